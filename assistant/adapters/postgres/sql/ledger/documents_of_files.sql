-- How many documents these files hold, and SHA-256 over the ids and content hashes of them.
SELECT count(DISTINCT d.id), sha256(convert_to(coalesce(string_agg(s.document_id || ' ' || encode(d.content_hash, 'hex'), E'\n'
       ORDER BY s.document_id COLLATE "C", s.path COLLATE "C"), ''), 'UTF8'))
FROM document_source s LEFT JOIN document d ON d.id = s.document_id
WHERE s.path = ANY(%s)
