-- Another process may load the same file at this moment: the vector goes with the message that was kept.
WITH kept AS (
    INSERT INTO inquiry (id, message, language, answer, faq_id, draft, edit_distance, seconds, terms, chat_model,
                         prompt_version, evidence)
    VALUES (%(id)s, %(message)s, %(language)s, %(answer)s, %(faq_id)s, %(draft)s, %(edit_distance)s, %(seconds)s, %(terms)s,
            %(chat_model)s, %(prompt_version)s, %(evidence)s)
    ON CONFLICT DO NOTHING
    RETURNING id
)
INSERT INTO inquiry_vector (inquiry_id, model, vector) SELECT id, %(model)s, %(vector)s FROM kept;
