INSERT INTO conversation_part (conversation_id, kind, id, content)
SELECT conversation.id, %(kind)s, %(part)s, %(content)s
FROM conversation
WHERE conversation.id = %(id)s AND owner = %(owner)s
ON CONFLICT (conversation_id, kind, id) DO UPDATE SET content = EXCLUDED.content;
