-- Help entries whose drafts agents turned down or rewrote by more than half.
SELECT faq_id, sum(rejected)::integer AS rejected, sum(rewritten)::integer AS rewritten
FROM (SELECT faq_id, 1 AS rejected, 0 AS rewritten FROM rejected_draft
      UNION ALL
      SELECT faq_id, 0, 1 FROM inquiry WHERE draft <> '' AND edit_distance > length(draft) / 2.0) AS told
WHERE faq_id <> ''
GROUP BY faq_id
ORDER BY sum(rejected) + sum(rewritten) DESC, faq_id;
