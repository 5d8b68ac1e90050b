-- A record that only moved, within its file or to another, is cited from where it is now.
UPDATE document SET origin = given.origin
FROM unnest(%s::text[], %s::text[]) AS given(id, origin)
WHERE document.id = given.id AND document.origin <> given.origin
