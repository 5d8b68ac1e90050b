-- Which of the given conditions a notice does not meet, each by itself; 'together' where it meets each, and not all for
-- one and the same type. `within` are the distances wished for, by kind of place.
WITH unmet AS (
    SELECT given.key
    FROM jsonb_each(%(filters)s::jsonb) AS given(key, value)
    WHERE given.key <> 'neighbours'
      AND %(document_id)s NOT IN (
            SELECT housing_matching(jsonb_strip_nulls(jsonb_build_object(
                given.key, given.value,
                'neighbours', CASE WHEN given.key = 'sigungus' THEN %(filters)s::jsonb->'neighbours' END))))
    UNION ALL
    SELECT wish.kind
    FROM jsonb_each_text(%(within)s::jsonb) AS wish(kind, metres)
    WHERE wish.kind IN ('park', 'station', 'school') AND NOT EXISTS (
            SELECT 1 FROM nearby n
            WHERE n.document_id = %(document_id)s AND n.kind = wish.kind AND n.distance <= wish.metres::int
              AND (wish.kind <> 'station' OR %(lines)s::text[] = '{}' OR n.lines && %(lines)s::text[]))
)
SELECT key FROM unmet
UNION ALL
SELECT 'together'
WHERE NOT EXISTS (SELECT 1 FROM unmet) AND %(filters)s::jsonb <> '{}'
  AND %(document_id)s NOT IN (SELECT housing_matching(%(filters)s::jsonb));
