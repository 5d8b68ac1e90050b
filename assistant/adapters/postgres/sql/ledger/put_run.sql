INSERT INTO ingest_run (key, documents, started_at) VALUES (%s, %s, %s) RETURNING id
