-- The mean passage vector per language. The query-side mean counts as 20 passages: without it, the mean of the two or
-- three passages of a rare language would be those passages themselves, and subtracting it would erase them.
WITH observation AS (
    SELECT language, raw::vector AS value FROM embedding
    UNION ALL
    SELECT language, mean::vector
    FROM embedding_mean, generate_series(1, 20)
    WHERE model = %(model)s AND side = 'query' AND language IN (SELECT DISTINCT language FROM embedding)
)
INSERT INTO embedding_mean (model, side, language, mean, version)
SELECT %(model)s, 'passage', language, avg(value)::halfvec, 1 FROM observation GROUP BY language
ON CONFLICT (model, side, language) DO UPDATE SET mean = excluded.mean, version = embedding_mean.version + 1
