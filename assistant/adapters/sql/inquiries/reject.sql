INSERT INTO rejected_draft (message, draft, faq_id, reason) VALUES (%(message)s, %(draft)s, %(faq_id)s, %(reason)s);
