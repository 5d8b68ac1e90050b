-- What searching needs once a store is large: document frequencies that need no counting, and an index over vectors.

-- Terms that stand in many chunks, counted at the end of an ingest. IDF of all others is counted when it is asked for.
CREATE TABLE frequent_term (
    term   text PRIMARY KEY,
    chunks integer NOT NULL,                     -- that hold the term
    of     integer NOT NULL                      -- chunks in all, when it was counted
);

-- A vector index needs a column of known length, which depends on the embedding model. Built only where there are at
-- least so many vectors and it is not there yet; vectors longer than 4,000 cannot have one.
CREATE FUNCTION build_vector_index(minimum bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    dimensions integer;
BEGIN
    IF to_regclass('embedding_hnsw') IS NOT NULL OR (SELECT count(*) FROM embedding) < minimum THEN
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

-- The places of a notice, found without reading every notice.
CREATE INDEX ON housing USING gin (string_to_array(sigungu, ' '));
CREATE INDEX ON housing (dong);

-- As before, in a form that indexes serve: housing documents that meet every given condition. `f` holds the set fields of assistant.domain.Filters; a field that
-- is absent is no condition, and an unknown (NULL) never matches. Price and area must hold for one and the same type.
CREATE OR REPLACE FUNCTION housing_matching(f jsonb) RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT h.document_id
    FROM housing h
    WHERE (NOT f ? 'sidos' OR f->'sidos' ? h.sido)
      AND (NOT f ? 'sigungus' OR string_to_array(h.sigungu, ' ') && ARRAY(SELECT jsonb_array_elements_text(f->'sigungus')))
      AND (NOT f ? 'dongs' OR h.dong = ANY (ARRAY(SELECT jsonb_array_elements_text(f->'dongs'))))
      AND (NOT f ? 'tenure' OR h.tenure = f->>'tenure')
      AND (NOT f ? 'min_households' OR h.households >= (f->>'min_households')::int)
      AND (NOT f ? 'max_households' OR h.households <= (f->>'max_households')::int)
      AND (NOT f ? 'move_in_from' OR h.move_in >= (f->>'move_in_from')::date)
      AND (NOT f ? 'move_in_to' OR h.move_in <= (f->>'move_in_to')::date)
      AND (NOT f ? 'open_on' OR (f->>'open_on')::date BETWEEN h.receipt_start AND h.receipt_end)
      AND (NOT f ? 'brands' OR EXISTS (
            SELECT 1 FROM document d, jsonb_array_elements_text(f->'brands') AS brand(name)
            WHERE d.id = h.document_id AND position(brand.name IN replace(d.name_ko, ' ', '')) > 0))
      AND (NOT f ? 'lines' OR EXISTS (
            SELECT 1 FROM nearby n
            WHERE n.document_id = h.document_id AND n.kind = 'station' AND n.distance <= 1500
              AND n.lines && ARRAY(SELECT jsonb_array_elements_text(f->'lines'))))
      AND (NOT f ? 'stations' OR EXISTS (
            SELECT 1 FROM nearby n
            WHERE n.document_id = h.document_id AND n.kind = 'station' AND f->'stations' ? regexp_replace(n.name_ko, '역$', '')))
      AND (NOT f ?| ARRAY['min_price', 'max_price', 'min_area', 'max_area', 'min_supply_area', 'max_supply_area'] OR EXISTS (
            SELECT 1 FROM unit_type u
            WHERE u.document_id = h.document_id
              AND (NOT f ? 'min_price' OR u.top_price >= (f->>'min_price')::int)
              AND (NOT f ? 'max_price' OR u.top_price <= (f->>'max_price')::int)
              AND (NOT f ? 'min_area' OR u.area >= (f->>'min_area')::real)
              AND (NOT f ? 'max_area' OR u.area <= (f->>'max_area')::real)
              AND (NOT f ? 'min_supply_area' OR u.supply_area >= (f->>'min_supply_area')::real)
              AND (NOT f ? 'max_supply_area' OR u.supply_area <= (f->>'max_supply_area')::real)))
$$;
