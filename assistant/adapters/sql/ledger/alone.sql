-- One ingest at a time ("bdin"), for as long as the connection lasts: a killed one frees it.
SELECT pg_advisory_lock(1650747758)
