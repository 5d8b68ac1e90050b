-- Only where the chunk still has the text that was embedded: it may have been replaced meanwhile.
INSERT INTO next_index.embedding (chunk_id, language, raw, text_hash, checksum)
SELECT c.id, c.language, raw, i.text_hash, sha256(halfvec_send(raw))
FROM incoming_embedding AS i
JOIN chunk c ON c.id = i.chunk_id AND sha256(convert_to(c.text, 'UTF8')) = i.text_hash
ON CONFLICT (chunk_id) DO NOTHING
