-- The model of the stored vectors: recorded with the first mean, which is written before any vector.
SELECT model FROM embedding_mean ORDER BY version DESC LIMIT 1
