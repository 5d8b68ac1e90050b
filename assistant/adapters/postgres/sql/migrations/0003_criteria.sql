-- What qualitative wishes are measured by: homes set aside by kind, and the price per 3.3 ㎡ that complexes are compared by.
ALTER TABLE housing
    ADD COLUMN unit_price integer,                   -- 만원 per 3.3 ㎡ of supply area, weighted by units; sale only
    ADD COLUMN special    jsonb NOT NULL DEFAULT '{}'; -- units of special supply by kind: {"신혼부부": 12}
