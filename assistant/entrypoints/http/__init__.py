"""The HTTP API: what the command line does, for other programs; :func:`create_api` is the way in."""

from assistant.entrypoints.http.keys import read_keys
from assistant.entrypoints.http.routes import create_api

__all__ = ["create_api", "read_keys"]
