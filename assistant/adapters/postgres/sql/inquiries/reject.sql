INSERT INTO rejected_draft (message, draft, faq_id, reason, chat_model, prompt_version, evidence)
VALUES (%(message)s, %(draft)s, %(faq_id)s, %(reason)s, %(chat_model)s, %(prompt_version)s, %(evidence)s);
