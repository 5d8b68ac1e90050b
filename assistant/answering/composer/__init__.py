"""Answers made without a model, and the sentences around those of a model."""
