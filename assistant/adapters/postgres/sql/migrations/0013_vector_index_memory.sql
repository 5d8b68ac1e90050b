-- As before, with memory for the whole graph up to 4 GB instead of 1 GB: what does not fit is built many times slower, and
-- a million vectors of 384 numbers need 1.7 GB. It is taken as the graph grows, and given back when it is built.
CREATE OR REPLACE FUNCTION build_vector_index(minimum bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    vectors    bigint;
    dimensions integer;
BEGIN
    IF to_regclass(format('%I.embedding_hnsw', current_schema())) IS NOT NULL THEN
        RETURN false;
    END IF;
    SELECT count(*) INTO vectors FROM embedding;
    SELECT vector_dims(centred) INTO dimensions FROM embedding WHERE centred IS NOT NULL LIMIT 1;
    IF vectors < minimum OR dimensions IS NULL OR dimensions > 4000 THEN
        RETURN false;
    END IF;
    EXECUTE format('ALTER TABLE embedding ALTER COLUMN centred TYPE halfvec(%s)', dimensions);
    -- A vector's two bytes a dimension, and about 1 kB for its neighbours.
    PERFORM set_config('maintenance_work_mem',
                       least(4194304, greatest(65536, vectors * (2 * dimensions + 1024) / 1024))::text || 'kB', true);
    -- Parallel builds need more /dev/shm than containers have.
    SET LOCAL max_parallel_maintenance_workers = 0;
    CREATE INDEX embedding_hnsw ON embedding USING hnsw (centred halfvec_cosine_ops);
    RETURN true;
END
$$;
