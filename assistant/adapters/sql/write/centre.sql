UPDATE embedding
SET centred = l2_normalize(raw::vector - mean::vector)::halfvec
FROM embedding_mean
WHERE embedding_mean.model = %s AND embedding_mean.side = 'passage' AND embedding_mean.language = embedding.language
