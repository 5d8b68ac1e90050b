DELETE FROM inbox_decision WHERE kind = %(kind)s AND id = %(id)s;
