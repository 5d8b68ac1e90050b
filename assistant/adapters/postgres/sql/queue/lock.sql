-- One process at a time sets up the queue ("bdsq"). Freed when the transaction ends.
SELECT pg_advisory_xact_lock(1650750321)
