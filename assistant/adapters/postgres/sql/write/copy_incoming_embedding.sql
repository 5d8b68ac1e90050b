COPY incoming_embedding (chunk_id, language, raw, text_hash) FROM STDIN (FORMAT BINARY)
