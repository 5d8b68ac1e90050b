-- The index that build_vector_index() makes, by two processes.
SET LOCAL maintenance_work_mem = '4GB';
SET LOCAL max_parallel_maintenance_workers = 1;
CREATE INDEX embedding_hnsw ON embedding USING hnsw (centred halfvec_cosine_ops);
