COPY chunk (id, document_id, ordinal, topic, language, text, sentences, content_hash) FROM STDIN (FORMAT BINARY)
