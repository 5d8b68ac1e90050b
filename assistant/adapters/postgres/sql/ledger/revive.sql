DELETE FROM tombstone WHERE document_id IN (SELECT id FROM document)
