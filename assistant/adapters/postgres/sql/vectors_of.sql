-- Text and vector of every chunk of some documents, so that a chunk that stays as it is need not be embedded again; only
-- of vectors that are as the model gave them.
SELECT c.text, e.raw
FROM chunk c JOIN embedding e ON e.chunk_id = c.id
WHERE c.document_id = ANY (%s)
  AND e.checksum = sha256(halfvec_send(e.raw)) AND e.text_hash = sha256(convert_to(c.text, 'UTF8'))
  AND vector_dims(e.raw) = (SELECT vector_dims(mean) FROM embedding_mean ORDER BY version DESC LIMIT 1);
