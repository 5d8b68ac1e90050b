-- Who supplies the housing: 국민 (public-sector), 민영 (private-sector), or '' where the notice does not say.
ALTER TABLE housing ADD COLUMN ownership text NOT NULL DEFAULT '';
