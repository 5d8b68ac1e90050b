DELETE FROM embedding_mean WHERE model <> %s
