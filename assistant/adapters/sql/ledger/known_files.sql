-- Files of which documents are stored, in the given folders.
SELECT DISTINCT path FROM (SELECT path FROM document_source UNION ALL SELECT path FROM source_file) AS known
WHERE EXISTS (SELECT FROM unnest(%s::text[]) AS folder(prefix) WHERE starts_with(path, folder.prefix))
