-- Every row that is missing, extra or altered, with its document, its key and the columns that differ. A document of
-- which the source has another version is stale as a whole; its other rows say nothing more.
WITH comparable AS MATERIALIZED (
    SELECT id FROM document e JOIN stored_document s USING (id) WHERE e.content_hash = s.content_hash
), found AS (
    SELECT CASE WHEN s.id IS NULL THEN 'missing' WHEN e.content_hash <> s.content_hash THEN 'stale' ELSE 'altered' END AS kind,
           'document' AS relation, e.id AS document_id, e.id AS key, to_jsonb(e) AS wanted, to_jsonb(s) AS held
    FROM document e LEFT JOIN stored_document s ON s.id = e.id
    WHERE s.id IS NULL OR ROW (e.*) IS DISTINCT FROM ROW (s.*)
  UNION ALL
    SELECT CASE WHEN s.document_id IS NULL THEN 'missing' WHEN e.document_id IS NULL THEN 'extra' ELSE 'altered' END,
           'housing', document_id, document_id, to_jsonb(e), to_jsonb(s)
    FROM housing e FULL JOIN (SELECT * FROM stored_housing WHERE document_id IN (SELECT id FROM comparable)) s USING (document_id)
    WHERE document_id IN (SELECT id FROM comparable) AND ROW (e.*) IS DISTINCT FROM ROW (s.*)
  UNION ALL
    SELECT CASE WHEN s.document_id IS NULL THEN 'missing' WHEN e.document_id IS NULL THEN 'extra' ELSE 'altered' END,
           'listing', document_id, document_id, to_jsonb(e), to_jsonb(s)
    FROM listing e FULL JOIN (SELECT * FROM stored_listing WHERE document_id IN (SELECT id FROM comparable)) s USING (document_id)
    WHERE document_id IN (SELECT id FROM comparable) AND ROW (e.*) IS DISTINCT FROM ROW (s.*)
  UNION ALL
    SELECT CASE WHEN s.id IS NULL THEN 'missing' WHEN e.id IS NULL THEN 'extra' ELSE 'altered' END,
           'chunk', coalesce(e.document_id, s.document_id), id, to_jsonb(e), to_jsonb(s)
    FROM chunk e FULL JOIN (SELECT * FROM stored_chunk WHERE document_id IN (SELECT id FROM comparable)) s USING (id)
    WHERE coalesce(e.document_id, s.document_id) IN (SELECT id FROM comparable) AND ROW (e.*) IS DISTINCT FROM ROW (s.*)
  UNION ALL
    SELECT CASE WHEN s.term IS NULL THEN 'missing' WHEN e.term IS NULL THEN 'extra' ELSE 'altered' END,
           'posting', document_id, chunk_id || ' ' || term, to_jsonb(e), to_jsonb(s)
    FROM (SELECT p.*, c.document_id FROM posting p JOIN chunk c ON c.id = p.chunk_id) e
    FULL JOIN (SELECT p.*, c.document_id FROM stored_posting p JOIN stored_chunk c ON c.id = p.chunk_id
               WHERE c.document_id IN (SELECT id FROM comparable)) s USING (document_id, chunk_id, term)
    WHERE document_id IN (SELECT id FROM comparable) AND e.weight IS DISTINCT FROM s.weight
  UNION ALL
    (SELECT 'missing', 'unit_type', document_id, document_id || ' ' || label, NULL, NULL
     FROM (SELECT * FROM unit_type EXCEPT ALL SELECT * FROM stored_unit_type) AS rest
     WHERE document_id IN (SELECT id FROM comparable))
  UNION ALL
    (SELECT 'extra', 'unit_type', document_id, document_id || ' ' || label, NULL, NULL
     FROM (SELECT * FROM stored_unit_type WHERE document_id IN (SELECT id FROM comparable)
           EXCEPT ALL SELECT * FROM unit_type) AS rest)
  UNION ALL
    (SELECT 'missing', 'nearby', document_id, document_id || ' ' || name_ko, NULL, NULL
     FROM (SELECT * FROM nearby EXCEPT ALL SELECT * FROM stored_nearby) AS rest
     WHERE document_id IN (SELECT id FROM comparable))
  UNION ALL
    (SELECT 'extra', 'nearby', document_id, document_id || ' ' || name_ko, NULL, NULL
     FROM (SELECT * FROM stored_nearby WHERE document_id IN (SELECT id FROM comparable)
           EXCEPT ALL SELECT * FROM nearby) AS rest)
)
SELECT kind, relation, document_id, key,
       coalesce((SELECT array_agg(key ORDER BY key) FROM jsonb_each(wanted) w JOIN jsonb_each(held) h USING (key)
                 WHERE kind = 'altered' AND w.value IS DISTINCT FROM h.value), '{}') AS columns
FROM found
ORDER BY document_id, relation, key
