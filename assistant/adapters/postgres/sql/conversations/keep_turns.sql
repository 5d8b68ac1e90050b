DELETE FROM conversation_part
USING conversation
WHERE conversation_id = conversation.id AND conversation.id = %(id)s AND owner = %(owner)s
  AND kind = 'turn' AND NOT conversation_part.id = ANY (%(kept)s);
