"""Reading source files into records. ``read`` is the way in; what a file is, its content decides, never its name."""

from __future__ import annotations

from ingest.sources.problems import SourceErrors
from ingest.sources.reading import Sources, read

__all__ = ["SourceErrors", "Sources", "read"]
