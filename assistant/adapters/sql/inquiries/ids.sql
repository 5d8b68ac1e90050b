SELECT id FROM inquiry WHERE model = %s;
