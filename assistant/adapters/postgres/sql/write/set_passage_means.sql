-- The mean passage vector per language, of the 1,024 vectors whose texts have the smallest hashes: a random sample that
-- depends on the stored texts alone, not on the order they came in, and that a small change of a large corpus rarely
-- touches, so that the vectors need not all be centred anew. A changed passage of n is in it with probability 1024/n: the
-- expected work per changed passage is 1,024 rows, whatever n is. Its error, 0.45/√1024 = 0.014, is small against the
-- length 0.45 of a centred vector.
-- The query-side mean counts as 20 passages: without it, the mean of the two or three passages of a rare language would
-- be those passages themselves, and subtracting it would erase them.
WITH present AS (
    SELECT language, vector_dims(mean) AS dimensions FROM embedding_mean
    WHERE model = %(model)s AND side = 'query' AND EXISTS (SELECT FROM embedding WHERE language = embedding_mean.language)
), observation AS (
    SELECT present.language, sample.value, sample.text_hash, sample.chunk_id
    FROM present, LATERAL (
        SELECT raw::vector AS value, text_hash, chunk_id
        FROM embedding WHERE embedding.language = present.language AND vector_dims(raw) = present.dimensions
        ORDER BY text_hash, chunk_id LIMIT 1024
    ) AS sample
    UNION ALL
    SELECT language, mean::vector, NULL, NULL
    FROM embedding_mean JOIN present USING (language), generate_series(1, 20)
    WHERE model = %(model)s AND side = 'query'
), forgotten AS (
    DELETE FROM embedding_mean
    WHERE model = %(model)s AND side = 'passage' AND language NOT IN (SELECT language FROM present)
)
INSERT INTO embedding_mean (model, side, language, mean, version)
SELECT %(model)s, 'passage', language, avg(value ORDER BY text_hash, chunk_id)::halfvec, 1 FROM observation GROUP BY language
ON CONFLICT (model, side, language) DO UPDATE SET mean = excluded.mean, version = embedding_mean.version + 1
WHERE embedding_mean.mean <> excluded.mean
RETURNING language
