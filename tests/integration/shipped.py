"""What ships, read once for all tests of a process: the prompts and the sample corpus."""

from __future__ import annotations

from functools import cache

from ingest.reading import SAMPLES
from ingest.sources import Sources, read
from prompts.loader import Prompts

PROMPTS = Prompts.read()


@cache
def sample_sources() -> Sources:
    """Every record of the sample corpus."""
    return read(PROMPTS, [SAMPLES])
