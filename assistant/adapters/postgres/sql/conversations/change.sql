UPDATE conversation
SET name = COALESCE(%(name)s, name),
    profile = COALESCE(%(profile)s, profile),
    settings = COALESCE(%(settings)s, settings),
    changed_at = now()
WHERE id = %(id)s AND owner = %(owner)s;
