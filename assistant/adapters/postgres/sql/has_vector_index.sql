SELECT to_regclass(format('%I.embedding_hnsw', current_schema())) IS NOT NULL
