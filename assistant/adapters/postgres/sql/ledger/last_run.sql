-- The completed ingest that was the last to read each of these files, if it is the same for all.
SELECT run.id, run.key, run.documents, run.confirmed_at
FROM ingest_run AS run
WHERE run.id = (SELECT max(f.run) FROM source_file f WHERE f.path = ANY(%(paths)s))
  AND (SELECT count(*) FROM source_file f WHERE f.path = ANY(%(paths)s) AND f.run = run.id) = cardinality(%(paths)s::text[])
