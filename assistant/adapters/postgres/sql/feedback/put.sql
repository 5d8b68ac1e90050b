INSERT INTO feedback (id, rated_by, rating, reason, comment, question, history, answer, language, domain, role,
                      prompt_version, model, degraded, evidence)
VALUES (%(id)s, %(rated_by)s, %(rating)s, %(reason)s, %(comment)s, %(question)s, %(history)s, %(answer)s, %(language)s,
        %(domain)s, %(role)s, %(prompt_version)s, %(model)s, %(degraded)s, %(evidence)s)
ON CONFLICT (id) DO UPDATE SET rated_at = now(), rating = EXCLUDED.rating, reason = EXCLUDED.reason, comment = EXCLUDED.comment;
