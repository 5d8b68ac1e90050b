-- As before, but for the first schema of the search path: the vectors of another embedding model are built in a schema of
-- their own, beside those that are searched. See adapters/next_index.py.
CREATE OR REPLACE FUNCTION build_vector_index(minimum bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    dimensions integer;
BEGIN
    IF to_regclass(format('%I.embedding_hnsw', current_schema())) IS NOT NULL OR (SELECT count(*) FROM embedding) < minimum THEN
        RETURN false;
    END IF;
    SELECT vector_dims(centred) INTO dimensions FROM embedding WHERE centred IS NOT NULL LIMIT 1;
    IF dimensions IS NULL OR dimensions > 4000 THEN
        RETURN false;
    END IF;
    EXECUTE format('ALTER TABLE embedding ALTER COLUMN centred TYPE halfvec(%s)', dimensions);
    -- The graph should fit into memory while it is built; parallel builds need more /dev/shm than containers have.
    SET LOCAL maintenance_work_mem = '1GB';
    SET LOCAL max_parallel_maintenance_workers = 0;
    CREATE INDEX embedding_hnsw ON embedding USING hnsw (centred halfvec_cosine_ops);
    RETURN true;
END
$$;
