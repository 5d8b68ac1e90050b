"""Fixtures that tests of every kind may use."""

from fixtures_local_model import local_model_home

__all__ = ["local_model_home"]
