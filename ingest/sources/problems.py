"""What can go wrong over many files, told all at once; and what was left out on purpose."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.errors import BudongiError, SourceError

SHOWN = 20


class SourceErrors(BudongiError):
    """Every problem found in the given files, so that a person mends them in one go. ``errors`` has them all."""

    def __init__(self, errors: Sequence[SourceError]) -> None:
        self.errors = tuple(errors)
        shown = [str(error) for error in self.errors[:SHOWN]]
        if len(self.errors) > SHOWN:
            shown.append(f"... and {len(self.errors) - SHOWN} more.")
        super().__init__("\n".join(shown))


class LeftOut(Exception):
    """A row that is understood but of no use here (a place outside Korea). Reported as skipped, not as an error."""
