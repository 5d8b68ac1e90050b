-- A second thought replaces the first, and what was taken before may be taken again.
INSERT INTO inbox_decision (kind, id, decision, decided_by)
VALUES (%(kind)s, %(id)s, %(decision)s, %(decided_by)s)
ON CONFLICT (kind, id) DO UPDATE
SET decision = excluded.decision, decided_by = excluded.decided_by, decided_at = now(), taken_at = NULL;
