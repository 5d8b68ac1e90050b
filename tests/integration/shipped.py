"""The prompts that ship, read once for all tests of a process."""

from __future__ import annotations

from prompts.loader import Prompts

PROMPTS = Prompts.read()
