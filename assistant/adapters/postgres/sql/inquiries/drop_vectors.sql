DELETE FROM inquiry_vector WHERE model = %s;
