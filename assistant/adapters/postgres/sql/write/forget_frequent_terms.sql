DELETE FROM frequent_term
