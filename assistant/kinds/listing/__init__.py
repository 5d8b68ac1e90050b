"""Marketplace posts: whether a question is about them, and the conditions it sets."""
