SELECT id::text, owner, name, profile, settings, to_char(changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
FROM conversation
WHERE owner = %(owner)s
  AND strpos(lower(name), lower(%(search)s)) > 0
  AND (%(after)s::uuid IS NULL OR (changed_at, id) < (SELECT changed_at, id FROM conversation WHERE id = %(after)s))
ORDER BY conversation.changed_at DESC, conversation.id DESC
LIMIT %(limit)s;
