SELECT id FROM inquiry;
