"""Asks a suite's questions and keeps the answers; the naive chain, too. May import scoring and below."""
