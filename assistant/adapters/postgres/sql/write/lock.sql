-- One writer at a time ("bdst"); readers never wait for it. Freed when the transaction ends.
SELECT pg_advisory_xact_lock(1650750324)
