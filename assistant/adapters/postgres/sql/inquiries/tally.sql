-- What became of messages since a day in Korea. An inquiry without draft and time was loaded, not decided.
SELECT count(*)::integer AS decided,
       (count(*) FILTER (WHERE drafted AND NOT rejected))::integer AS accepted,
       (count(*) FILTER (WHERE drafted AND NOT rejected AND edit_distance = 0))::integer AS unchanged,
       (count(*) FILTER (WHERE rejected))::integer AS rejected,
       (count(*) FILTER (WHERE NOT drafted))::integer AS own,
       (avg(edit_distance) FILTER (WHERE drafted AND NOT rejected))::float8 AS edit_distance,
       (percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds))::float8 AS seconds
FROM (SELECT accepted_at AS decided_at, draft <> '' AS drafted, false AS rejected, edit_distance, seconds
      FROM inquiry WHERE draft <> '' OR seconds IS NOT NULL
      UNION ALL
      SELECT rejected_at, true, true, NULL, NULL FROM rejected_draft) AS decision
WHERE (decided_at AT TIME ZONE 'Asia/Seoul')::date >= %(since)s;
