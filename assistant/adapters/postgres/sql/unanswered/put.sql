INSERT INTO unanswered (question, language, domain, role, missing, answer)
VALUES (%(question)s, %(language)s, %(domain)s, %(role)s, %(missing)s, %(answer)s)
ON CONFLICT (question, role) DO UPDATE
SET language = excluded.language, domain = excluded.domain, missing = excluded.missing, answer = excluded.answer,
    asked = unanswered.asked + 1, last_asked = now();
