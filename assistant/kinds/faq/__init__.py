"""Help entries: questions on rules, and entries scored as wholes."""
