-- Hybrid search over the chunks of eligible documents, in one round trip.
-- Dense: cosine over centred vectors. Lexical: BM25 from postings, IDF at query time.
-- Fusion: weighted scores; the lexical leg counts as far as it matched the question's IDF (coverage), and less where the
-- meaning is at a right angle, so that a chance match of a rare word cannot outrank meaning.
--
-- Two ways, of which the planner drops the other: `exact` scores every eligible chunk. It is taken where there is no
-- vector index, or where what is eligible is at most `document_limit` documents and `chunk_limit` chunks: there an index
-- would find too few, and slower.
-- Otherwise each leg gives its best `candidates` (vector index; postings of the rarest terms), and the union is scored in full.
WITH wanted AS NOT MATERIALIZED (
    SELECT d.id, d.domain
    FROM document d
    WHERE (%(domains)s::text[] = '{}' OR d.domain = ANY (%(domains)s::text[]))
      AND (%(document_ids)s::text[] = '{}' OR d.id = ANY (%(document_ids)s::text[]))
), eligible AS NOT MATERIALIZED (
    SELECT id FROM wanted WHERE %(filters)s::jsonb = '{}'
    UNION ALL
    SELECT id FROM wanted
    WHERE %(filters)s::jsonb <> '{}' AND domain <> 'housing' AND %(domains)s::text[] <> '{housing}'
    UNION ALL
    SELECT w.id FROM housing_matching(%(filters)s::jsonb) AS m(id) JOIN wanted w USING (id) WHERE %(filters)s::jsonb <> '{}'
), few AS MATERIALIZED (
    SELECT id FROM eligible WHERE %(indexed)s AND %(restricted)s LIMIT %(document_limit)s + 1
), scope AS MATERIALIZED (
    SELECT c.id FROM chunk c JOIN eligible e ON e.id = c.document_id WHERE NOT %(indexed)s
    UNION ALL
    (SELECT c.id
     FROM few CROSS JOIN LATERAL (SELECT id FROM chunk WHERE document_id = few.id OFFSET 0) AS c
     WHERE %(indexed)s AND (SELECT count(*) FROM few) <= %(document_limit)s
     LIMIT %(chunk_limit)s + 1)
), way AS MATERIALIZED (
    SELECT NOT %(indexed)s OR (%(restricted)s AND (SELECT count(*) FROM few) <= %(document_limit)s
                               AND (SELECT count(*) FROM scope) <= %(chunk_limit)s) AS exact
), query_term AS MATERIALIZED (
    -- Counting the postings of a frequent term would take longer than the search: those are counted at ingest.
    SELECT t.term, found.n AS chunks, ln(1 + (total.n - found.n + 0.5) / (found.n + 0.5)) AS idf
    FROM unnest(%(terms)s::text[]) AS t(term)
    CROSS JOIN LATERAL (
        SELECT coalesce((SELECT f.chunks FROM frequent_term f WHERE f.term = t.term),
                        (SELECT count(*) FROM posting p WHERE p.term = t.term))::float8 AS n
    ) AS found
    CROSS JOIN (SELECT coalesce((SELECT max(of) FROM frequent_term), (SELECT count(*) FROM chunk))::float8 AS n) AS total
), rare_term AS MATERIALIZED (
    SELECT term, idf
    FROM (SELECT term, idf, sum(chunks) OVER down AS postings, row_number() OVER down AS position
          FROM query_term WHERE chunks > 0 WINDOW down AS (ORDER BY idf DESC, term)) AS ranked
    WHERE postings <= %(postings_limit)s OR position = 1
), promising AS MATERIALIZED (
    SELECT p.chunk_id, sum(r.idf * p.weight) AS partial
    FROM rare_term r
    CROSS JOIN LATERAL (SELECT chunk_id, weight FROM posting WHERE term = r.term LIMIT %(postings_limit)s) AS p
    WHERE NOT (SELECT exact FROM way)
    GROUP BY p.chunk_id
), candidate AS MATERIALIZED (
    SELECT id AS chunk_id FROM scope WHERE (SELECT exact FROM way)
    UNION ALL
    (SELECT chunk_id FROM (
        (SELECT e.chunk_id
         FROM embedding e
         WHERE NOT (SELECT exact FROM way)
           AND (NOT %(restricted)s OR (
               SELECT true
               FROM chunk c CROSS JOIN LATERAL (SELECT FROM eligible WHERE id = c.document_id OFFSET 0) AS found
               WHERE c.id = e.chunk_id))
         ORDER BY e.centred <=> %(vector)s::halfvec
         LIMIT %(candidates)s)
        UNION
        (SELECT best.chunk_id
         FROM (SELECT chunk_id FROM promising ORDER BY partial DESC, chunk_id) AS best
         WHERE NOT %(restricted)s OR (
             SELECT true
             FROM chunk c CROSS JOIN LATERAL (SELECT FROM eligible WHERE id = c.document_id OFFSET 0) AS found
             WHERE c.id = best.chunk_id)
         LIMIT %(candidates)s)) AS either)
), lexical AS MATERIALIZED (
    SELECT p.chunk_id, sum(q.idf * p.weight) AS bm25, sum(q.idf) / (SELECT sum(idf) FROM query_term) AS coverage
    FROM query_term q JOIN posting p USING (term)
    WHERE NOT %(indexed)s AND p.chunk_id IN (SELECT chunk_id FROM candidate)
    GROUP BY p.chunk_id
    UNION ALL
    SELECT k.chunk_id, sum(q.idf * p.weight), sum(q.idf) / (SELECT sum(idf) FROM query_term)
    FROM candidate k
    CROSS JOIN query_term q
    CROSS JOIN LATERAL (SELECT weight FROM posting WHERE term = q.term AND chunk_id = k.chunk_id OFFSET 0) AS p
    WHERE %(indexed)s
    GROUP BY k.chunk_id
), dense AS MATERIALIZED (
    SELECT e.chunk_id, 1 - (e.centred <=> %(vector)s::halfvec) AS cosine
    FROM embedding e
    WHERE NOT %(indexed)s AND e.chunk_id IN (SELECT chunk_id FROM candidate) AND e.centred IS NOT NULL
    UNION ALL
    SELECT k.chunk_id, 1 - (e.centred <=> %(vector)s::halfvec)
    FROM candidate k
    CROSS JOIN LATERAL (SELECT centred FROM embedding WHERE chunk_id = k.chunk_id AND centred IS NOT NULL OFFSET 0) AS e
    WHERE %(indexed)s
), superseded AS MATERIALIZED (
    -- Kept, and found only where it is asked for by its id.
    SELECT c.id AS chunk_id
    FROM document d JOIN chunk c ON c.document_id = d.id
    WHERE d.superseded_by IS NOT NULL AND NOT d.id = ANY (%(document_ids)s::text[])
), fused AS (
    SELECT dense.chunk_id,
           dense.cosine,
           coalesce(lexical.bm25, 0) AS bm25,
           coalesce(lexical.coverage, 0) AS coverage,
           %(dense_weight)s * dense.cosine
             + (1 - %(dense_weight)s) * least(1, greatest(0.3, dense.cosine / 0.2))
               * coalesce(lexical.coverage * lexical.bm25 / max(lexical.bm25) OVER (), 0) AS score
    FROM dense LEFT JOIN lexical USING (chunk_id)
    WHERE dense.chunk_id NOT IN (SELECT chunk_id FROM superseded)
), best AS MATERIALIZED (
    SELECT * FROM fused ORDER BY score DESC, chunk_id LIMIT %(limit)s
)
SELECT d.id AS document_id, d.source_id, d.domain, d.name_ko, d.name_en, d.origin,
       c.id AS chunk_id, c.topic, c.language, c.text, c.sentences,
       f.score, f.cosine AS dense, f.bm25 AS lexical, f.coverage, (SELECT model FROM embedding_mean LIMIT 1) AS model
FROM best f
JOIN chunk c ON c.id = f.chunk_id
JOIN document d ON d.id = c.document_id
ORDER BY f.score DESC, c.id;
