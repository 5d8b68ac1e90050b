-- Centred at once where the mean is known, so that a document that changes does not stop being found until the end.
INSERT INTO embedding (chunk_id, language, raw, centred, text_hash, checksum)
SELECT chunk_id, incoming.language, raw, l2_normalize(raw::vector - mean::vector)::halfvec, text_hash,
       sha256(halfvec_send(raw))
FROM incoming_embedding AS incoming
LEFT JOIN embedding_mean ON embedding_mean.language = incoming.language AND embedding_mean.side = 'passage'
