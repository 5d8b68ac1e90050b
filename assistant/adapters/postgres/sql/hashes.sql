SELECT id, content_hash FROM document
