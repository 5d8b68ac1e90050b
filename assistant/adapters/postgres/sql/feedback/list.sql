SELECT id::text, to_char(rated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS rated_at, rated_by, rating, reason,
       comment, question, history, answer, language, domain, role, prompt_version, model, degraded, evidence
FROM feedback
ORDER BY feedback.rated_at, id;
