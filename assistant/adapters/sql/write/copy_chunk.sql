COPY chunk (id, document_id, ordinal, topic, language, text, sentences) FROM STDIN (FORMAT BINARY)
