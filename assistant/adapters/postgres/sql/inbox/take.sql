UPDATE inbox_decision SET taken_at = now()
FROM unnest(%(kinds)s::text[], %(ids)s::text[]) AS taken(kind, id)
WHERE inbox_decision.kind = taken.kind AND inbox_decision.id = taken.id;
