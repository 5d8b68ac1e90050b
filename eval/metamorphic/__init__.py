"""Metamorphic relations: a question changed in a way that must not change its answer. No gold is needed beside it.

``relations.yaml`` holds the words, ``relations.py`` makes the questions, ``measure.py`` asks them. May import running,
scoring, search, data and statistics.
"""
