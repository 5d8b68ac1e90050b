"""Terms for lexical search."""
