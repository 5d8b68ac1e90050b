-- Files of which documents are stored: in the given folders, or reached from them by a link.
SELECT DISTINCT path FROM (SELECT path, NULL AS root FROM document_source UNION ALL SELECT path, root FROM source_file) AS known
WHERE EXISTS (
    SELECT FROM unnest(%s::text[]) AS folder(prefix) WHERE starts_with(path, folder.prefix) OR root || '/' = folder.prefix
)
