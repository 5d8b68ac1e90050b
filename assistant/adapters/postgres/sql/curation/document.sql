SELECT d.id, d.domain, d.source_id, d.name_ko, d.name_en, d.aliases, d.origin, encode(d.content_hash, 'hex') AS content_hash,
       d.ingested_at, d.superseded_by, to_jsonb(h) - 'document_id' AS housing, to_jsonb(l) - 'document_id' AS listing,
       ARRAY(SELECT path FROM document_source s WHERE s.document_id = d.id ORDER BY path) AS files
FROM document d
LEFT JOIN housing h ON h.document_id = d.id
LEFT JOIN listing l ON l.document_id = d.id
WHERE d.id = %(id)s;
