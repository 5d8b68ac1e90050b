-- SHA-256 over what is stored to be searched and told: documents, and the texts that were embedded (not their vectors, which differ between processors).
WITH content (line) AS (
    SELECT id || ' ' || encode(content_hash, 'hex') || ' ' || coalesce(superseded_by, '') FROM document
    UNION ALL SELECT chunk_id || ' ' || encode(text_hash, 'hex') FROM embedding
)
SELECT encode(sha256(convert_to(string_agg(line, E'\n' ORDER BY line COLLATE "C"), 'UTF8')), 'hex') FROM content
