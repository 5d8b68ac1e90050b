COPY embedding (chunk_id, language, raw, centred) FROM STDIN (FORMAT BINARY)
