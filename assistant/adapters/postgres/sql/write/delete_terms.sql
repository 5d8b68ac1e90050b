DELETE FROM term WHERE origin = ANY(%s)
