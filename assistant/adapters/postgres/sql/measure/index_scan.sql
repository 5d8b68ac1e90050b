SELECT chunk_id FROM embedding ORDER BY centred <=> %(vector)s::halfvec LIMIT %(limit)s
