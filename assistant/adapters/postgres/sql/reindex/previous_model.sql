SELECT model FROM previous_index.embedding_mean LIMIT 1
