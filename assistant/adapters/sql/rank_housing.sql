-- Housing documents under filters, those that meet every wish first-fit first.
-- `within` = {"park": metres, ...} for the wishes; a wish that nothing near meets excludes the complex.
-- Park fit: large (up to 30,000 ㎡), of a kind made for walking, with a known trail, and close.
WITH fitting AS (
    SELECT h.*, park.fit AS park_fit, park.name AS park_name, station.distance AS station_distance, station.name AS station_name,
           school.distance AS school_distance, school.name AS school_name, price.low, price.high
    FROM housing h
    LEFT JOIN LATERAL (
        SELECT n.name_ko AS name,
               0.35 * least(1, coalesce(n.area, 0) / 30000.0)
             + 0.25 * (n.category NOT IN ('어린이공원', '소공원', ''))::int
             + 0.15 * n.trail::int
             + 0.25 * (1 - n.distance / ((%(within)s::jsonb)->>'park')::float8) AS fit
        FROM nearby n
        WHERE n.document_id = h.document_id AND n.kind = 'park' AND n.distance <= ((%(within)s::jsonb)->>'park')::int
        ORDER BY fit DESC, n.distance LIMIT 1
    ) park ON %(within)s::jsonb ? 'park'
    LEFT JOIN LATERAL (
        SELECT n.name_ko AS name, n.distance
        FROM nearby n
        WHERE n.document_id = h.document_id AND n.kind = 'station' AND n.distance <= ((%(within)s::jsonb)->>'station')::int
          AND (%(lines)s::text[] = '{}' OR n.lines && %(lines)s::text[])
          AND (%(stations)s::text[] = '{}' OR regexp_replace(n.name_ko, '역$', '') = ANY (%(stations)s::text[]))
        ORDER BY n.distance LIMIT 1
    ) station ON %(within)s::jsonb ? 'station'
    LEFT JOIN LATERAL (
        SELECT n.name_ko AS name, n.distance
        FROM nearby n
        WHERE n.document_id = h.document_id AND n.kind = 'school' AND n.distance <= ((%(within)s::jsonb)->>'school')::int
          AND (%(school)s = '' OR n.category = %(school)s)
        ORDER BY n.distance LIMIT 1
    ) school ON %(within)s::jsonb ? 'school'
    LEFT JOIN LATERAL (
        SELECT min(u.top_price) AS low, max(u.top_price) AS high
        FROM unit_type u
        WHERE u.document_id = h.document_id
          AND u.area >= coalesce(((%(filters)s::jsonb)->>'min_area')::real, 0)
          AND u.area <= coalesce(((%(filters)s::jsonb)->>'max_area')::real, 10000)
    ) price ON true
    WHERE (%(filters)s::jsonb = '{}' OR h.document_id IN (SELECT housing_matching(%(filters)s::jsonb)))
)
SELECT document_id,
       coalesce(park_fit, 0)
         + coalesce(1 - station_distance / ((%(within)s::jsonb)->>'station')::float8, 0)
         + coalesce(1 - school_distance / ((%(within)s::jsonb)->>'school')::float8, 0) AS fit,
       park_name, station_name, school_name,
       count(*) OVER () AS total
FROM fitting
WHERE (NOT %(within)s::jsonb ? 'park' OR park_fit IS NOT NULL)
  AND (NOT %(within)s::jsonb ? 'station' OR station_distance IS NOT NULL)
  AND (NOT %(within)s::jsonb ? 'school' OR school_distance IS NOT NULL)
  AND (%(sort)s NOT LIKE 'price%%' OR low IS NOT NULL)
  AND (%(sort)s NOT LIKE 'competition%%' OR competition IS NOT NULL)
ORDER BY CASE %(sort)s WHEN 'price:up' THEN CASE WHEN %(filters)s::jsonb ? 'min_area' THEN high ELSE low END WHEN 'competition:up' THEN competition WHEN 'households:up' THEN households END ASC NULLS LAST,
         CASE %(sort)s WHEN 'price:down' THEN high WHEN 'competition:down' THEN competition WHEN 'households:down' THEN households END DESC NULLS LAST,
         CASE %(sort)s WHEN 'move_in:up' THEN move_in END ASC NULLS LAST,
         CASE %(sort)s WHEN 'move_in:down' THEN move_in WHEN 'announced:down' THEN announced END DESC NULLS LAST,
         fit DESC, announced DESC NULLS LAST, document_id
LIMIT %(limit)s;
