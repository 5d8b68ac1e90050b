SELECT id::text, owner, name, profile, settings, to_char(changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
FROM conversation
WHERE id = %(id)s;
