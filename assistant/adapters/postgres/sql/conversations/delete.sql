DELETE FROM conversation WHERE id = %(id)s AND owner = %(owner)s;
