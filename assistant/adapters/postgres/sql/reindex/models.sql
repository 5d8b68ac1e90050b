-- Of the index being built and of the one that was replaced: whether it is there.
SELECT to_regclass('next_index.embedding') IS NOT NULL, to_regclass('previous_index.embedding') IS NOT NULL
