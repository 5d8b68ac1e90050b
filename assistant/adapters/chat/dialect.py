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
# As DeepSeek's, Qwen's, Kimi's and Mistral's templates write them.
_NAME: Final = r"(?:think(?:ing)?|thoughts?|reasoning)"
_TAG: Final = re.compile(rf"[<\[◁]\s*(/?)\s*{_NAME}\s*[>\]▷]", re.IGNORECASE)
_TAG_BEGUN: Final = re.compile(r"[<\[◁]\s*/?\s*[a-z]{0,9}\s*$", re.IGNORECASE)


class Dialect:
    """What one server is sent beside the messages. Safe to use from several threads: what is learnt is only added."""

    def __init__(self, model: str = "") -> None:
        """``model``: its name without the provider's."""
        self._refused: set[str] = set()
        self._guessed = self._thinks = _THINKS.match(model) is not None
        self._room = ROOM if self._thinks else 0
        self._limits = LIMITS[::-1] if self._thinks else LIMITS
        self.opens_in_thought = False  # its prompt ends with <think>, so that only the end of a thought is written

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

    def thoughts(self) -> Thoughts:
        """What tells the next answer from the thoughts before it."""
        return Thoughts(self)

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


class Thoughts:
    """Takes out what one answer says in ``<think>…</think>``, closed or not, in pieces cut anywhere."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._opened = False
        self._unsure = dialect.opens_in_thought  # a thought if its end comes
        self._held = ""

    def spoken(self, piece: str) -> str:
        """What of the pieces so far is sure to be said, and was not given before."""
        self._held += piece
        said = ""
        while tag := _TAG.search(self._held):
            before, self._held = self._held[: tag.start()], self._held[tag.end() :]
            if not tag[1]:
                said += "" if self._opened or self._unsure else before
            elif not self._opened:
                self._dialect.opens_in_thought = True
                said = ""  # what came with it; what was given before it cannot be taken back
            self._opened, self._unsure = not tag[1], False
        begun = _TAG_BEGUN.search(self._held)
        if self._opened:
            self._held = begun[0] if begun else ""
        elif not self._unsure:
            at = begun.start() if begun else len(self._held)
            said, self._held = said + self._held[:at], self._held[at:]
        return said

    def last(self, *, cut_off: bool) -> str:
        """What is left at the end; nothing where a thought was not ended, or may have been when it was ``cut_off``."""
        return "" if self._opened or (self._unsure and cut_off) else self._held
