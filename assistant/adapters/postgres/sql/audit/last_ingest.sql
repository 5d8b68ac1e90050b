-- When an ingest last found or made the store in step with all of its files, and when one first did.
SELECT min(confirmed_at), max(confirmed_at) FROM ingest_run WHERE key <> ''
