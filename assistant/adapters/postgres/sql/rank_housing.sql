-- Housing documents under filters, those that meet every wish best fit first.
-- `wishes` = [{"kind", "within": metres, ...}, ...], a kind of place each, for what must be near, in what way: of a
-- `category`, on one of `lines`, of one of `names`, with a `facility`. A wish that nothing near meets excludes the complex.
-- Each fit is 1 at its best and 0 at its worst. With neighbouring districts admitted, the district that was named comes first.
-- A place to `walk` in is one of a kind laid out for walks, or of 10,000 ㎡, or with a known trail: closeness weighs 0.4,
-- size 0.3 (by its logarithm: 1,000 ㎡ = 0, 100,000 ㎡ = 1), kind 0.15, trail 0.15. Any other of a kind that is `sized`:
-- closeness 0.6, size 0.4. The rest: closeness alone. Special supply: 200 homes set aside = 1.
WITH wish AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(%(wishes)s::jsonb)
        AS given(kind text, within int, category text, lines text[], names text[], facility text, sized boolean, walk boolean)
), fitting AS (
    SELECT h.*, near.met, near.fit AS near_fit, near.places,
           price.low, price.high, peers.median, peers.compared, aside.units AS units_aside
    FROM housing h
    JOIN document d ON d.id = h.document_id AND d.superseded_by IS NULL
    LEFT JOIN LATERAL (
        SELECT count(*) AS met, sum(best.fit) AS fit, jsonb_object_agg(wish.kind, best.name) AS places
        FROM wish CROSS JOIN LATERAL (
            SELECT n.name_ko AS name,
                   CASE WHEN wish.walk THEN
                     0.40 * (1 - n.distance / wish.within::float8)
                   + 0.30 * least(1, greatest(0, log(greatest(n.area, 1)::numeric / 1000) / 2))::float8
                   + 0.15 * (n.category <> ALL (ARRAY['어린이공원', '소공원', '묘지공원', '']))::int
                   + 0.15 * n.trail::int
                   WHEN wish.sized THEN
                     0.60 * (1 - n.distance / wish.within::float8)
                   + 0.40 * least(1, greatest(0, log(greatest(n.area, 1)::numeric / 1000) / 2))::float8
                   ELSE 1 - n.distance / wish.within::float8
                   END AS fit
            FROM nearby n
            WHERE n.document_id = h.document_id AND n.kind = wish.kind AND n.distance <= wish.within
              AND (wish.walk IS NOT TRUE OR n.trail OR n.area >= 10000 OR n.category = ANY (%(walking_kinds)s::text[]))
              AND (wish.facility IS NULL OR EXISTS (
                    SELECT 1 FROM unnest(n.facilities) AS facility WHERE position(wish.facility IN facility) > 0))
              AND (wish.category IS NULL OR n.category = wish.category)
              AND (wish.lines IS NULL OR n.lines && wish.lines)
              AND (wish.names IS NULL OR regexp_replace(n.name_ko, '역$', '') = ANY (wish.names))
            ORDER BY fit DESC, n.distance LIMIT 1
        ) best
    ) near ON %(wishes)s::jsonb <> '[]'
    LEFT JOIN LATERAL (
        SELECT min(u.top_price) AS low, max(u.top_price) AS high
        FROM unit_type u
        WHERE u.document_id = h.document_id
          AND u.area >= coalesce(((%(filters)s::jsonb)->>'min_area')::real, 0)
          AND u.area <= coalesce(((%(filters)s::jsonb)->>'max_area')::real, 10000)
    ) price ON true
    -- Prices rose over the years: only notices of about the same time are compared, with three others at least.
    LEFT JOIN LATERAL (
        SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY peer.unit_price) AS median, count(*) AS compared
        FROM housing peer
        WHERE peer.sigungu = h.sigungu AND peer.unit_price IS NOT NULL AND peer.document_id <> h.document_id
          AND peer.announced BETWEEN h.announced - 365 AND h.announced + 365
        HAVING count(*) >= 3
    ) peers ON %(sort)s LIKE 'value%%' AND h.sigungu <> '' AND h.unit_price IS NOT NULL
    LEFT JOIN LATERAL (
        SELECT sum(units::int) AS units FROM jsonb_each_text(h.special) AS kind(name, units) WHERE name = ANY (%(special)s::text[])
    ) aside ON %(special)s::text[] <> '{}'
    WHERE (%(filters)s::jsonb = '{}' OR h.document_id IN (SELECT housing_matching(%(filters)s::jsonb)))
      AND h.special ?& %(special)s::text[]
      AND (%(ownership)s = '' OR h.ownership = %(ownership)s)
      AND (NOT %(undersubscribed)s OR h.competition < 1)
)
SELECT document_id,
       coalesce(near_fit, 0)
         + coalesce(least(1, units_aside / 200.0), 0)::float8 AS fit,
       coalesce(places, '{}') AS places, unit_price, median, coalesce(compared, 0) AS compared,
       count(*) OVER () AS total
FROM fitting
WHERE coalesce(met, 0) = jsonb_array_length(%(wishes)s::jsonb)
  AND (%(sort)s NOT LIKE 'price%%' OR low IS NOT NULL)
  AND (%(sort)s NOT LIKE 'competition%%' OR competition IS NOT NULL)
  AND (%(sort)s NOT LIKE 'score%%' OR lowest_score IS NOT NULL)
  AND (%(sort)s NOT LIKE 'value%%' OR median IS NOT NULL)
ORDER BY CASE %(sort)s WHEN 'price:up' THEN CASE WHEN %(filters)s::jsonb ? 'min_area' THEN high ELSE low END WHEN 'competition:up' THEN competition WHEN 'households:up' THEN households
                       WHEN 'score:up' THEN lowest_score WHEN 'value:up' THEN unit_price / median END ASC NULLS LAST,
         CASE %(sort)s WHEN 'price:down' THEN high WHEN 'competition:down' THEN competition WHEN 'households:down' THEN households
                       WHEN 'score:down' THEN lowest_score END DESC NULLS LAST,
         CASE %(sort)s WHEN 'move_in:up' THEN move_in END ASC NULLS LAST,
         CASE %(sort)s WHEN 'move_in:down' THEN move_in WHEN 'announced:down' THEN announced END DESC NULLS LAST,
         (%(filters)s::jsonb ? 'neighbours' AND string_to_array(sigungu, ' ') && ARRAY(SELECT jsonb_array_elements_text(%(filters)s::jsonb->'sigungus'))) DESC,
         fit DESC, announced DESC NULLS LAST, document_id
LIMIT %(limit)s;
