-- Hybrid search over every chunk of given documents: what search_chunks.sql gives of them, as an own statement because
-- planning that one takes longer than scoring the chunks of a few documents.
WITH query_term AS MATERIALIZED (
    SELECT t.term, ln(1 + (total.n - found.n + 0.5) / (found.n + 0.5)) AS idf
    FROM unnest(%(terms)s::text[]) AS t(term)
    CROSS JOIN LATERAL (
        SELECT coalesce((SELECT f.chunks FROM frequent_term f WHERE f.term = t.term),
                        (SELECT count(*) FROM posting p WHERE p.term = t.term))::float8 AS n
        OFFSET 0
    ) AS found
    CROSS JOIN (SELECT coalesce((SELECT max(of) FROM frequent_term), (SELECT count(*) FROM chunk))::float8 AS n) AS total
), dense AS MATERIALIZED (
    SELECT c.id AS chunk_id, 1 - (e.centred <=> %(vector)s::halfvec) AS cosine
    FROM unnest(%(document_ids)s::text[]) AS given(id)
    CROSS JOIN LATERAL (SELECT id FROM document
                        WHERE id = given.id AND (%(domains)s::text[] = '{}' OR domain = ANY (%(domains)s::text[])) OFFSET 0) AS d
    CROSS JOIN LATERAL (SELECT id FROM chunk WHERE document_id = d.id OFFSET 0) AS c
    CROSS JOIN LATERAL (SELECT centred FROM embedding WHERE chunk_id = c.id AND centred IS NOT NULL OFFSET 0) AS e
), lexical AS MATERIALIZED (
    SELECT dense.chunk_id, sum(q.idf * p.weight) AS bm25, sum(q.idf) / (SELECT sum(idf) FROM query_term) AS coverage
    FROM query_term q
    CROSS JOIN dense
    CROSS JOIN LATERAL (SELECT weight FROM posting WHERE term = q.term AND chunk_id = dense.chunk_id OFFSET 0) AS p
    GROUP BY dense.chunk_id
), best AS MATERIALIZED (
    SELECT dense.chunk_id,
           dense.cosine,
           coalesce(lexical.bm25, 0) AS bm25,
           coalesce(lexical.coverage, 0) AS coverage,
           %(dense_weight)s * dense.cosine
             + (1 - %(dense_weight)s) * least(1, greatest(0.3, dense.cosine / 0.2))
               * coalesce(lexical.coverage * lexical.bm25 / max(lexical.bm25) OVER (), 0) AS score
    FROM dense LEFT JOIN lexical USING (chunk_id)
    ORDER BY score DESC, chunk_id
    LIMIT %(limit)s
)
SELECT d.id AS document_id, d.source_id, d.domain, d.name_ko, d.name_en, d.origin,
       c.id AS chunk_id, c.topic, c.language, c.text, c.sentences,
       f.score, f.cosine AS dense, f.bm25 AS lexical, f.coverage, (SELECT model FROM embedding_mean LIMIT 1) AS model
FROM best f
CROSS JOIN LATERAL (SELECT * FROM chunk WHERE id = f.chunk_id OFFSET 0) AS c
JOIN document d ON d.id = c.document_id
ORDER BY f.score DESC, c.id;
