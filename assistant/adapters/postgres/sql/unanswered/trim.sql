-- Those that nobody asked for so long, and those beyond the newest.
DELETE FROM unanswered
WHERE last_asked < now() - make_interval(days => %(days)s)
   OR (question, role) IN (SELECT question, role FROM unanswered ORDER BY last_asked DESC, question, role OFFSET %(most)s);
