-- And let the column take vectors of any length again.
DROP INDEX IF EXISTS embedding_hnsw;
ALTER TABLE embedding ALTER COLUMN centred TYPE halfvec;
