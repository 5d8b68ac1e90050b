COPY embedding (chunk_id, language, raw, centred, text_hash, checksum) FROM STDIN (FORMAT BINARY)
