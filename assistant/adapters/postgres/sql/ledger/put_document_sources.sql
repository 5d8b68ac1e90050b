INSERT INTO document_source (document_id, path, content_hash)
SELECT * FROM unnest(%s::text[], %s::text[], %s::bytea[])
ON CONFLICT (document_id, path) DO UPDATE SET content_hash = excluded.content_hash
WHERE document_source.content_hash <> excluded.content_hash
