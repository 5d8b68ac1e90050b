COPY embedding (chunk_id, language, raw) FROM STDIN (FORMAT BINARY)
