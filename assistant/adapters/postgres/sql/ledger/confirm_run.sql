UPDATE ingest_run SET confirmed_at = now() WHERE id = %s
