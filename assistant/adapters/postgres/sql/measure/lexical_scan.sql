-- BM25 alone, over every posting of the question's terms, with what a search gives of each result.
WITH query_term AS MATERIALIZED (
    SELECT t.term, ln(1 + (total.n - count(p.term) + 0.5) / (count(p.term) + 0.5)) AS idf
    FROM unnest(%(terms)s::text[]) AS t(term)
    CROSS JOIN (SELECT count(*)::float8 AS n FROM chunk) AS total
    LEFT JOIN posting p ON p.term = t.term
    GROUP BY t.term, total.n
), best AS MATERIALIZED (
    SELECT p.chunk_id, sum(q.idf * p.weight) AS bm25
    FROM query_term q JOIN posting p USING (term)
    GROUP BY p.chunk_id
    ORDER BY bm25 DESC, chunk_id LIMIT %(limit)s
)
SELECT d.id, d.name_ko, d.name_en, c.id, c.topic, c.text, c.sentences, b.bm25
FROM best b JOIN chunk c ON c.id = b.chunk_id JOIN document d ON d.id = c.document_id
ORDER BY b.bm25 DESC, c.id
