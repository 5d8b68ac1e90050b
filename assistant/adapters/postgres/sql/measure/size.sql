SELECT count(*) FROM embedding
