-- Copies of every stored document but for its vectors, numbers %(first)s to %(last)s, to measure search at size: the
-- spread of terms, topics and attributes stays as it is. Copies of copies are not made.
WITH copy AS (
    SELECT id, '~' || n AS mark FROM document, generate_series(%(first)s::int, %(last)s::int) AS n WHERE position('~' IN id) = 0
), documents AS (
    INSERT INTO document (id, domain, source_id, name_ko, name_en, aliases, origin, content_hash)
    SELECT d.id || mark, domain, source_id || mark, name_ko, name_en, aliases, origin, content_hash FROM copy JOIN document d USING (id)
), homes AS (
    INSERT INTO housing
    SELECT (jsonb_populate_record(h, jsonb_build_object('document_id', h.document_id || mark))).*
    FROM copy JOIN housing h ON h.document_id = copy.id
), types AS (
    INSERT INTO unit_type
    SELECT (jsonb_populate_record(u, jsonb_build_object('document_id', u.document_id || mark))).*
    FROM copy JOIN unit_type u ON u.document_id = copy.id
), posts AS (
    INSERT INTO listing
    SELECT (jsonb_populate_record(l, jsonb_build_object('document_id', l.document_id || mark))).*
    FROM copy JOIN listing l ON l.document_id = copy.id
), chunks AS (
    INSERT INTO chunk (id, document_id, ordinal, topic, language, text, sentences)
    SELECT c.id || mark, document_id || mark, ordinal, topic, language, text, sentences FROM copy JOIN chunk c ON c.document_id = copy.id
), original AS MATERIALIZED (
    SELECT term, chunk_id, weight FROM posting WHERE position('~' IN chunk_id) = 0 ORDER BY chunk_id
)
INSERT INTO posting (term, chunk_id, weight)
SELECT term, chunk_id || '~' || n, weight FROM generate_series(%(first)s::int, %(last)s::int) AS n CROSS JOIN original
