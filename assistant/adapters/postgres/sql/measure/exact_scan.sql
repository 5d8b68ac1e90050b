-- Every vector compared: the sum keeps an index out.
SELECT chunk_id FROM embedding WHERE centred IS NOT NULL ORDER BY (centred <=> %(vector)s::halfvec) + 0 LIMIT %(limit)s
