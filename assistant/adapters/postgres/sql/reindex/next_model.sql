SELECT model FROM next_index.embedding_mean LIMIT 1
