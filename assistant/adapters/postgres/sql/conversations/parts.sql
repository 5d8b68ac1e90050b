SELECT content FROM conversation_part WHERE conversation_id = %(id)s AND kind = %(kind)s ORDER BY number;
