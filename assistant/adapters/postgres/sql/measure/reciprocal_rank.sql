-- Hybrid search as Azure AI Search documents it: the 50 best by the vector index and by BM25, each counted as
-- 1 / (60 + rank), and the ten with the largest sums.
WITH dense AS (
    SELECT chunk_id, row_number() OVER (ORDER BY distance) AS rank
    FROM (SELECT chunk_id, centred <=> %(vector)s::halfvec AS distance FROM embedding ORDER BY distance LIMIT 50) AS nearest
), query_term AS MATERIALIZED (
    SELECT t.term, ln(1 + (total.n - count(p.term) + 0.5) / (count(p.term) + 0.5)) AS idf
    FROM unnest(%(terms)s::text[]) AS t(term)
    CROSS JOIN (SELECT count(*)::float8 AS n FROM chunk) AS total
    LEFT JOIN posting p ON p.term = t.term
    GROUP BY t.term, total.n
), lexical AS (
    SELECT chunk_id, row_number() OVER (ORDER BY bm25 DESC, chunk_id) AS rank
    FROM (SELECT p.chunk_id, sum(q.idf * p.weight) AS bm25 FROM query_term q JOIN posting p USING (term)
          GROUP BY p.chunk_id ORDER BY bm25 DESC, p.chunk_id LIMIT 50) AS best
), fused AS (
    SELECT chunk_id, sum(1.0 / (60 + rank)) AS score
    FROM (SELECT * FROM dense UNION ALL SELECT * FROM lexical) AS either
    GROUP BY chunk_id ORDER BY score DESC, chunk_id LIMIT %(limit)s
)
SELECT c.id, c.text, c.sentences, d.name_ko, d.name_en, f.score
FROM fused f JOIN chunk c ON c.id = f.chunk_id JOIN document d ON d.id = c.document_id
ORDER BY f.score DESC, c.id
