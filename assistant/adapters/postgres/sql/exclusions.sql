-- Which of the given conditions a notice does not meet, each by itself; 'together' where it meets each, and not all for
-- one and the same type. `wishes` are kinds of place that are to be `within` metres.
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
    FROM jsonb_to_recordset(%(wishes)s::jsonb) AS wish(kind text, within int, lines text[])
    WHERE NOT EXISTS (
            SELECT 1 FROM nearby n
            WHERE n.document_id = %(document_id)s AND n.kind = wish.kind AND n.distance <= wish.within
              AND (wish.lines IS NULL OR n.lines && wish.lines))
)
SELECT key FROM unmet
UNION ALL
SELECT 'together'
WHERE NOT EXISTS (SELECT 1 FROM unmet) AND %(filters)s::jsonb <> '{}'
  AND %(document_id)s NOT IN (SELECT housing_matching(%(filters)s::jsonb));
