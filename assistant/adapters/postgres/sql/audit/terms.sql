SELECT kind, ko, en, origin FROM term
