-- Every source file that is known: when it was last read, how many documents it holds, and whether by other code than
-- `version`, which would write them differently.
SELECT f.path, f.size, f.sha256, r.confirmed_at, f.index_version < %(version)s AS outdated,
       (SELECT count(*) FROM document_source s WHERE s.path = f.path) AS documents
FROM source_file f
JOIN ingest_run r ON r.id = f.run
ORDER BY f.path;
