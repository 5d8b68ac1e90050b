-- The files that a document was last read from, and what was in them.
SELECT f.path, f.sha256
FROM document_source s JOIN source_file f ON f.path = s.path
WHERE s.document_id = %s
ORDER BY f.path
