-- Documents of the same domain whose passages mean most nearly the same: passages on the same topic and in the same
-- language are compared, each of the item's with the nearest of the other's; the mean over topics is the score.
WITH item AS MATERIALIZED (
    SELECT d.id, d.domain FROM document d WHERE d.id = %(id)s OR d.source_id = %(id)s ORDER BY d.id <> %(id)s, d.id LIMIT 1
), own AS MATERIALIZED (
    SELECT c.id, c.topic, c.language, e.centred
    FROM item JOIN chunk c ON c.document_id = item.id JOIN embedding e ON e.chunk_id = c.id
    WHERE e.centred IS NOT NULL AND c.topic <> 'variant'  -- how many ways an entry is asked in says nothing of it
), nearest AS (
    SELECT DISTINCT ON (own.id, c.document_id) c.document_id, c.id AS chunk_id, 1 - (e.centred <=> own.centred) AS cosine
    FROM item
    JOIN document d ON d.domain = item.domain AND d.id <> item.id AND d.superseded_by IS NULL
    JOIN chunk c ON c.document_id = d.id
    JOIN own ON own.topic = c.topic AND own.language = c.language
    JOIN embedding e ON e.chunk_id = c.id AND e.centred IS NOT NULL
    ORDER BY own.id, c.document_id, cosine DESC
), scored AS (
    SELECT document_id, sum(cosine) / (SELECT count(*) FROM own) AS score,
           (array_agg(chunk_id ORDER BY cosine DESC, chunk_id))[1] AS chunk_id
    FROM nearest GROUP BY document_id
    ORDER BY score DESC, document_id LIMIT %(limit)s
)
SELECT d.id AS document_id, d.source_id, d.domain, d.name_ko, d.name_en, d.origin,
       c.id AS chunk_id, c.topic, c.language, c.text, c.sentences, s.score, s.score AS dense
FROM item LEFT JOIN (scored s JOIN chunk c ON c.id = s.chunk_id JOIN document d ON d.id = s.document_id) ON true
ORDER BY s.score DESC, d.id;
