SELECT to_regclass('embedding_hnsw') IS NOT NULL
