-- Vectors that are missing, of another text, altered, of another model's length, or not centred as they should be; and
-- rows whose parent is gone.
SELECT CASE WHEN e.chunk_id IS NULL THEN 'missing'
            WHEN c.id IS NULL THEN 'orphan'
            WHEN vector_dims(e.raw) <> (SELECT vector_dims(mean) FROM embedding_mean ORDER BY version DESC LIMIT 1) THEN 'model'
            WHEN e.text_hash <> sha256(convert_to(c.text, 'UTF8')) THEN 'stale'
            ELSE 'altered' END AS kind,
       'embedding' AS relation, coalesce(c.document_id, regexp_replace(e.chunk_id, '#[^#]*$', '')) AS document_id,
       coalesce(c.id, e.chunk_id) AS key,
       array_remove(ARRAY[CASE WHEN e.text_hash <> sha256(convert_to(c.text, 'UTF8')) THEN 'text_hash' END,
                          CASE WHEN e.checksum <> sha256(halfvec_send(e.raw)) THEN 'raw' END,
                          CASE WHEN e.language <> c.language THEN 'language' END,
                          CASE WHEN e.chunk_id IS NOT NULL AND e.checksum = sha256(halfvec_send(e.raw)) THEN 'centred' END], NULL)
FROM chunk c
FULL JOIN embedding e ON e.chunk_id = c.id
LEFT JOIN embedding_mean m ON m.side = 'passage' AND m.language = e.language
WHERE e.chunk_id IS NULL OR c.id IS NULL
   OR e.text_hash <> sha256(convert_to(c.text, 'UTF8'))
   OR e.checksum <> sha256(halfvec_send(e.raw))
   OR e.language <> c.language
   OR CASE WHEN vector_dims(e.raw) = vector_dims(m.mean)
           THEN e.centred IS DISTINCT FROM l2_normalize(e.raw::vector - m.mean::vector)::halfvec ELSE true END
UNION ALL
SELECT 'orphan', 'chunk', document_id, id, '{}' FROM chunk WHERE document_id NOT IN (SELECT id FROM document)
UNION ALL
SELECT 'orphan', 'posting', regexp_replace(chunk_id, '#[^#]*$', ''), chunk_id || ' ' || term, '{}'
FROM posting WHERE chunk_id NOT IN (SELECT id FROM chunk)
ORDER BY 3, 2, 4
