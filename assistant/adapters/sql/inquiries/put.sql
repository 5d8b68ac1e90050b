-- What was decided on a draft stays when an inquiry is only embedded anew.
INSERT INTO inquiry (id, message, language, answer, faq_id, draft, edit_distance, seconds, model, vector, terms, chat_model,
                     prompt_version, evidence)
VALUES (%(id)s, %(message)s, %(language)s, %(answer)s, %(faq_id)s, %(draft)s, %(edit_distance)s, %(seconds)s, %(model)s,
        %(vector)s, %(terms)s, %(chat_model)s, %(prompt_version)s, %(evidence)s)
ON CONFLICT (id) DO UPDATE
SET message = excluded.message,
    language = excluded.language,
    answer = excluded.answer,
    faq_id = excluded.faq_id,
    draft = coalesce(nullif(excluded.draft, ''), inquiry.draft),
    edit_distance = coalesce(excluded.edit_distance, inquiry.edit_distance),
    seconds = coalesce(excluded.seconds, inquiry.seconds),
    model = excluded.model,
    vector = excluded.vector,
    terms = excluded.terms,
    chat_model = coalesce(nullif(excluded.chat_model, ''), inquiry.chat_model),
    prompt_version = coalesce(nullif(excluded.prompt_version, ''), inquiry.prompt_version),
    evidence = coalesce(nullif(excluded.evidence, '{}'), inquiry.evidence);
