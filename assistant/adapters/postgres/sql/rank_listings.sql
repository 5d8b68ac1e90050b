-- Marketplace posts that meet the given conditions, those that can be had first. `filters` holds the set fields of
-- assistant.domain.ListingFilters but for `words`, of which the posts shown hold as many as any post does.
-- Prohibited goods are never among them; sold posts only where nothing else matches, or where they were asked for.
WITH matching AS MATERIALIZED (
    SELECT l.document_id, l.price, l.status,
           CASE l.status WHEN 'on_sale' THEN 0 WHEN 'sold' THEN 2 ELSE 1 END AS availability
    FROM listing l
    WHERE NOT EXISTS (SELECT FROM unnest(l.flags) AS flag WHERE flag LIKE 'prohibited:%%')
      AND (NOT %(filters)s::jsonb ? 'kinds' OR l.kinds && ARRAY(SELECT jsonb_array_elements_text(%(filters)s::jsonb->'kinds')))
      AND (NOT %(filters)s::jsonb ? 'min_won' OR l.price >= (%(filters)s::jsonb->>'min_won')::bigint)
      AND (NOT %(filters)s::jsonb ? 'max_won' OR l.price <= (%(filters)s::jsonb->>'max_won')::bigint)
      AND (NOT %(filters)s::jsonb ? 'free' OR l.free)
      AND (NOT %(filters)s::jsonb ? 'negotiable' OR l.negotiable)
      AND (NOT %(filters)s::jsonb ? 'statuses' OR %(filters)s::jsonb->'statuses' ? l.status)
      AND (NOT %(filters)s::jsonb ? 'sidos' OR %(filters)s::jsonb->'sidos' ? l.sido)
      AND (NOT %(filters)s::jsonb ? 'sigungus' OR %(filters)s::jsonb->'sigungus' ?| string_to_array(l.sigungu, ' '))
      AND (NOT %(filters)s::jsonb ? 'dongs' OR %(filters)s::jsonb->'dongs' ? l.dong)
), holding AS MATERIALIZED (
    SELECT c.document_id, count(DISTINCT p.term) AS held
    FROM posting p JOIN chunk c ON c.id = p.chunk_id
    WHERE p.term = ANY (%(words)s::text[]) AND c.document_id IN (SELECT document_id FROM matching)
    GROUP BY c.document_id
), scored AS (
    SELECT m.*, c.id AS chunk_id, c.topic, c.language, c.text, c.sentences,
           coalesce(h.held, 0) AS held, max(coalesce(h.held, 0)) OVER () AS most, min(m.availability) OVER () AS best,
           coalesce(1 - (e.centred <=> %(vector)s::halfvec), 0) AS cosine
    FROM matching m
    JOIN chunk c ON c.document_id = m.document_id AND c.ordinal = 0
    LEFT JOIN embedding e ON e.chunk_id = c.id
    LEFT JOIN holding h ON h.document_id = m.document_id
)
SELECT d.id AS document_id, d.source_id, d.domain, d.name_ko, d.name_en, d.origin,
       s.chunk_id, s.topic, s.language, s.text, s.sentences, s.cosine AS score, s.cosine AS dense,
       s.held::float8 AS lexical, s.held / greatest(1, cardinality(%(words)s::text[]))::float8 AS coverage,
       count(*) OVER () AS total, (SELECT model FROM embedding_mean LIMIT 1) AS model
FROM scored s JOIN document d ON d.id = s.document_id
WHERE s.held = s.most
  AND (s.availability < 2 OR s.best = 2 OR %(filters)s::jsonb ? 'statuses')
  AND (%(words)s::text[] = '{}' OR %(filters)s::jsonb ? 'kinds' OR s.held > 0 OR s.cosine >= %(near)s)
ORDER BY s.availability,
         CASE %(sort)s WHEN 'price:up' THEN s.price END ASC NULLS LAST,
         CASE %(sort)s WHEN 'price:down' THEN s.price END DESC NULLS LAST,
         s.cosine DESC, d.id
LIMIT %(limit)s;
