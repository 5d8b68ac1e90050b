-- One ingest at a time ("bdin"), for as long as the transaction lasts: a killed one frees it. Not the session, which a
-- pooler gives to others between two transactions.
SELECT pg_advisory_xact_lock(1650747758)
