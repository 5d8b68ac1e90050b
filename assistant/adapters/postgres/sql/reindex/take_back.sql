ALTER SCHEMA previous_index RENAME TO next_index
