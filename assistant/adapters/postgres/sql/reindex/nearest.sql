SELECT chunk_id FROM embedding WHERE centred IS NOT NULL ORDER BY (centred <=> %s::halfvec) + 0, chunk_id LIMIT %s
