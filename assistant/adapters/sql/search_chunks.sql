-- Hybrid search over the chunks of eligible documents, in one round trip.
-- Dense: exact cosine over centred vectors. Lexical: BM25 from postings, IDF at query time.
-- Fusion: weighted scores; the lexical leg counts as far as it matched the question's IDF (coverage), and less where the
-- meaning is at a right angle, so that a chance match of a rare word cannot outrank meaning.
WITH eligible AS MATERIALIZED (
    SELECT d.id
    FROM document d
    WHERE (%(domains)s::text[] = '{}' OR d.domain = ANY (%(domains)s::text[]))
      AND (%(document_ids)s::text[] = '{}' OR d.id = ANY (%(document_ids)s::text[]))
      AND (%(filters)s::jsonb = '{}' OR d.domain <> 'housing' OR d.id IN (SELECT housing_matching(%(filters)s::jsonb)))
), scope AS MATERIALIZED (
    SELECT c.id FROM chunk c JOIN eligible e ON e.id = c.document_id
), query_term AS MATERIALIZED (
    SELECT t.term, ln(1 + (total.n - count(p.term) + 0.5) / (count(p.term) + 0.5)) AS idf
    FROM unnest(%(terms)s::text[]) AS t(term)
    CROSS JOIN (SELECT count(*)::float8 AS n FROM chunk) AS total
    LEFT JOIN posting p ON p.term = t.term
    GROUP BY t.term, total.n
), lexical AS MATERIALIZED (
    SELECT p.chunk_id, sum(q.idf * p.weight) AS bm25, sum(q.idf) / (SELECT sum(idf) FROM query_term) AS coverage
    FROM query_term q JOIN posting p USING (term)
    WHERE p.chunk_id IN (SELECT id FROM scope)
    GROUP BY p.chunk_id
), dense AS MATERIALIZED (
    SELECT e.chunk_id, 1 - (e.centred <=> %(vector)s::halfvec) AS cosine
    FROM embedding e
    WHERE e.chunk_id IN (SELECT id FROM scope) AND e.centred IS NOT NULL
), fused AS (
    SELECT dense.chunk_id,
           dense.cosine,
           coalesce(lexical.bm25, 0) AS bm25,
           coalesce(lexical.coverage, 0) AS coverage,
           %(dense_weight)s * dense.cosine
             + (1 - %(dense_weight)s) * least(1, greatest(0.3, dense.cosine / 0.2))
               * coalesce(lexical.coverage * lexical.bm25 / max(lexical.bm25) OVER (), 0) AS score
    FROM dense LEFT JOIN lexical USING (chunk_id)
)
SELECT d.id AS document_id, d.source_id, d.domain, d.name_ko, d.name_en, d.origin,
       c.id AS chunk_id, c.topic, c.language, c.text, c.sentences,
       f.score, f.cosine AS dense, f.bm25 AS lexical, f.coverage
FROM fused f
JOIN chunk c ON c.id = f.chunk_id
JOIN document d ON d.id = c.document_id
ORDER BY f.score DESC, c.id
LIMIT %(limit)s;
