SELECT chunk_id, language, centred, text_hash FROM embedding ORDER BY chunk_id
