-- Per table, how many rows there are and SHA-256 over all of them, vectors included, in an order of their own. Left out is
-- what tells of the past and not of what is stored: times, ids of runs, counts of recentrings, tombstones.
WITH content (relation, line) AS (
    SELECT 'document', (id, domain, source_id, name_ko, name_en, aliases, origin, content_hash, superseded_by)::text FROM document
    UNION ALL SELECT 'housing', housing::text FROM housing
    UNION ALL SELECT 'listing', listing::text FROM listing
    UNION ALL SELECT 'unit_type', unit_type::text FROM unit_type
    UNION ALL SELECT 'nearby', nearby::text FROM nearby
    UNION ALL SELECT 'chunk', chunk::text FROM chunk
    UNION ALL SELECT 'embedding', (chunk_id, language, raw, centred, text_hash, checksum)::text FROM embedding
    UNION ALL SELECT 'embedding_mean', (model, side, language, mean)::text FROM embedding_mean
    UNION ALL SELECT 'posting', posting::text FROM posting
    UNION ALL SELECT 'frequent_term', frequent_term::text FROM frequent_term
    UNION ALL SELECT 'term', term::text FROM term
    UNION ALL SELECT 'document_source', document_source::text FROM document_source
    UNION ALL SELECT 'source_file', (path, root, sha256, size, index_version)::text FROM source_file
)
SELECT relation, count(*), encode(sha256(string_agg(sha256(convert_to(line, 'UTF8')), '' ORDER BY line COLLATE "C")), 'hex')
FROM content
GROUP BY relation
ORDER BY relation
