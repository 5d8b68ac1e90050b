DELETE FROM conversation_part
USING conversation
WHERE conversation_id = conversation.id AND conversation.id = %(id)s AND owner = %(owner)s
  AND kind = %(kind)s AND conversation_part.id = %(part)s;
