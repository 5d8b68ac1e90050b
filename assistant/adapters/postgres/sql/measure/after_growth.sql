SET LOCAL maintenance_work_mem = '2GB';
SET LOCAL max_parallel_maintenance_workers = 1;
ALTER TABLE posting ADD PRIMARY KEY (term, chunk_id);
CREATE INDEX posting_chunk_id_idx ON posting (chunk_id);
