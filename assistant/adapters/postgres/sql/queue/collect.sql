-- Taken out as they are read: what an ingest holds it stores, and what it loses is embedded again.
DELETE FROM queued_vector
WHERE model = %(model)s AND key IN (SELECT key FROM queued_vector WHERE model = %(model)s LIMIT 2000)
RETURNING key, vector
