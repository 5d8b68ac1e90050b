"""How much may be said at once: reading it takes the longer, the longer it is."""

from __future__ import annotations

from typing import Final

MOST_QUESTION: Final = 2_000  # characters; of each text of a conversation's state, too
MOST_MESSAGE: Final = 8_000  # characters of a customer's message, or of an earlier answer
MOST_TURNS: Final = 100  # messages of a history


def checked_length(text: str, most: int = MOST_QUESTION) -> str:
    """``text`` as it is.

    Raises:
        ValueError: it has more than ``most`` characters; says both figures.
    """
    if len(text) > most:
        raise ValueError(f"this has {len(text):,} characters, and may have {most:,}. Send less.")
    return text
