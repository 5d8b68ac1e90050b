SELECT chunk_id, language, centred FROM embedding ORDER BY chunk_id
