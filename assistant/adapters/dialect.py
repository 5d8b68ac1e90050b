"""Which optional parameters a chat server takes, and how much room its model needs to think.

What a server refuses tells this better than a model's name, for names change; a name gives the first guess alone. What
was learnt holds as long as the process, so that one turn pays for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import openai

# The limit's newer name comes first where a model is known to think: those refuse the older one.
LIMITS: Final = ("max_tokens", "max_completion_tokens")
# Parameters that an answer does without; the limit is renamed before it is left out.
OPTIONAL: Final = ("temperature", "stream", "stream_options", "reasoning_effort", *LIMITS)
# Tokens beside an answer's own, for thoughts that nobody sees: at first, and after all were thought away.
ROOM: Final = 2048
MOST_ROOM: Final = 8192
REFUSALS: Final = (400, 422)  # status codes
_THINKS: Final = re.compile(r"o\d|gpt-(?:[5-9]|\d\d)(?!.*chat)", re.IGNORECASE)


class Dialect:
    """What one server is sent beside the messages. Safe to use from several threads: what is learnt is only added."""

    def __init__(self, model: str = "") -> None:
        """``model``: its name without the provider's."""
        self._refused: set[str] = set()
        self._guessed = self._thinks = _THINKS.match(model) is not None
        self._room = ROOM if self._thinks else 0
        self._limits = LIMITS[::-1] if self._thinks else LIMITS

    def parameters(self, max_tokens: int) -> dict[str, Any]:
        """What the next request carries, for an answer of at most so many tokens."""
        limit = [name for name in self._limits if name not in self._refused][:1]
        wanted: dict[str, Any] = {"stream": True, "stream_options": {"include_usage": True}}
        wanted |= dict.fromkeys(limit, max_tokens + self._room)
        if not self._guessed:
            wanted["temperature"] = 0
        if self._thinks:
            wanted["reasoning_effort"] = "low"
        return {name: value for name, value in wanted.items() if name not in self._refused}

    def learn(self, error: openai.OpenAIError, sent: Mapping[str, Any]) -> str:
        """The parameter of ``sent`` that the server refused, which it is not sent again; empty where it named none."""
        name = _named(error, sent) if getattr(error, "status_code", 0) in REFUSALS else ""
        if name:
            self._refused.add(name)
        return name

    def more_room(self) -> bool:
        """Leave more tokens for thoughts; False where there are as many as there will be."""
        if self._room == MOST_ROOM:
            return False
        self._room = MOST_ROOM if self._room else ROOM
        self._thinks = True
        return True

    @property
    def remarks(self) -> list[str]:
        """What was learnt, in words for ``budongi doctor``."""
        old, new = self._limits
        told = [f"it does not take {name}, which is left out" for name in sorted(self._refused - {old})]
        if old in self._refused:
            told.append(f"it takes {new} for {old}" if new not in self._refused else f"it does not take {old} either")
        return [*told, f"it thinks before it answers, for which {self._room:,} tokens are left"] if self._room else told


def _named(error: openai.OpenAIError, sent: Mapping[str, Any]) -> str:
    """A parameter that was sent and that a refusal is about."""
    param = getattr(error, "param", None)
    if param:
        return str(param) if param in OPTIONAL and param in sent else ""
    # Longest first: stream_options is not stream, and that word alone is no parameter.
    for name in sorted((name for name in OPTIONAL if name in sent), key=len, reverse=True):
        quote = "['\"`]" if name == "stream" else ""
        if re.search(rf"(?<!\w){quote}{name}{quote}(?!\w)", str(error)):
            return name
    return ""
