-- Rows by the million go in many times faster where no index is kept and no key checked row by row; a store that is only
-- measured need not outlive a crash of the server either. For the transaction at hand and the tables' logging.
SET LOCAL session_replication_role = replica;
SET LOCAL work_mem = '256MB';
DROP INDEX IF EXISTS embedding_hnsw;
ALTER TABLE posting SET UNLOGGED;
ALTER TABLE posting DROP CONSTRAINT posting_pkey;
DROP INDEX posting_chunk_id_idx;
ALTER TABLE embedding SET UNLOGGED;
DO $$
BEGIN
    EXECUTE format('ALTER TABLE embedding ALTER COLUMN centred TYPE halfvec(%s)', (SELECT vector_dims(centred) FROM embedding LIMIT 1));
END
$$;
