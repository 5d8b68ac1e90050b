-- Of what was ingested, without copies.
SELECT chunk_id, language, centred, text_hash FROM embedding WHERE position('~' IN chunk_id) = 0 ORDER BY chunk_id
