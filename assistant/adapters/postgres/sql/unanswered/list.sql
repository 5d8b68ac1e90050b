SELECT question, language, domain, role, missing, answer, asked, first_asked, last_asked
FROM unanswered
ORDER BY last_asked DESC, question, role;
