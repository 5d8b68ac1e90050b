-- How drafts fared, per help entry: decisions, accepted as they were, mean edit distance, median seconds to decide.
SELECT faq_id, count(*)::integer AS decided,
       (count(*) FILTER (WHERE NOT rejected))::integer AS accepted,
       (count(*) FILTER (WHERE NOT rejected AND edit_distance = 0))::integer AS unchanged,
       (avg(edit_distance) FILTER (WHERE NOT rejected))::float8 AS edit_distance,
       (percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds))::float8 AS seconds
FROM (SELECT faq_id, false AS rejected, edit_distance, seconds FROM inquiry WHERE draft <> ''
      UNION ALL
      SELECT faq_id, true, NULL, NULL FROM rejected_draft) AS decision
GROUP BY faq_id
ORDER BY decided DESC, faq_id;
