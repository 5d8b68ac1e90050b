"""From results to evidence: :func:`select` is the way in."""

from assistant.evidence.selection import select

__all__ = ["select"]
