"""Embedding models, each with the mean vectors that its own are calibrated by."""
