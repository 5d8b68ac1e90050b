-- Answers that people rated down, and drafts that agents edited or turned down, newest first. `state`: new (nobody has
-- decided), candidate, dismissed, or all. `shown` is how many there are in that state.
SELECT entry.*, coalesce(decided.decision, '') AS decision, coalesce(decided.decided_by, '') AS decided_by, decided.taken_at,
       count(*) OVER () AS shown
FROM (
    SELECT 'rating' AS kind, id::text, rated_at AS at, question, history, answer, '' AS edited, reason, comment, language,
           domain, role, '' AS faq_id, model, prompt_version, evidence
    FROM feedback WHERE rating = 'down'
    UNION ALL
    SELECT 'edited', id, accepted_at, message, '[]', draft, answer, '', '', language, '', 'agent', faq_id, chat_model,
           prompt_version, evidence
    FROM inquiry WHERE draft <> '' AND edit_distance > 0
    UNION ALL
    SELECT 'rejected', id::text, rejected_at, message, '[]', draft, '', reason, '', '', '', 'agent', faq_id, chat_model,
           prompt_version, evidence
    FROM rejected_draft
) AS entry
LEFT JOIN inbox_decision AS decided ON decided.kind = entry.kind AND decided.id = entry.id
WHERE %(state)s = 'all' OR coalesce(decided.decision, 'new') = %(state)s
ORDER BY entry.at DESC, entry.kind, entry.id
LIMIT %(limit)s OFFSET %(offset)s;
