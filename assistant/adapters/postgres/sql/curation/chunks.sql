-- A document's paragraphs as they are searched: the text that is embedded, the statements that are cited, the lexical
-- terms (heaviest first), and whether the vector is there and of this very text.
SELECT c.id, c.ordinal, c.topic, c.language, c.text, c.sentences, encode(sha256(convert_to(c.text, 'UTF8')), 'hex') AS hash,
       (SELECT array_agg(p.term ORDER BY p.weight DESC, p.term) FROM posting p WHERE p.chunk_id = c.id) AS terms,
       CASE WHEN e.centred IS NULL THEN 'missing'
            WHEN e.text_hash <> sha256(convert_to(c.text, 'UTF8')) THEN 'stale'
            ELSE 'present' END AS vector,
       (SELECT model FROM embedding_mean ORDER BY version DESC LIMIT 1) AS model
FROM chunk c
LEFT JOIN embedding e ON e.chunk_id = c.id
WHERE c.document_id = %(id)s
ORDER BY c.ordinal;
