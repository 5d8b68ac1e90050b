-- Those not centred yet, and all of a language whose mean has changed.
UPDATE embedding
SET centred = l2_normalize(raw::vector - mean::vector)::halfvec
FROM embedding_mean
WHERE embedding_mean.model = %(model)s AND embedding_mean.side = 'passage'
  AND embedding_mean.language = embedding.language
  AND (embedding.language = ANY(%(languages)s) OR embedding.centred IS NULL)
