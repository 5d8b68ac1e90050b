-- Those embedded with another model than the present one.
SELECT id, message, language, answer, faq_id FROM inquiry WHERE model <> %s ORDER BY id;
