COPY posting (term, chunk_id, weight) FROM STDIN (FORMAT BINARY)
