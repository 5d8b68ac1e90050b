"""What a turn ends with, and what people say of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.domain.conversation import ConversationState, EntityName, Question
from assistant.domain.understood import Understanding


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement of the answer stands. ``n`` is the number in brackets in the answer's text."""

    n: int
    source_id: str
    chunk_id: str
    entity_id: str
    quote: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence the model wrote that was not released, and why."""

    sentence: str
    reason: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the model's server counted them; 0 where no model was called. ``cost_usd`` None: no price is known."""

    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None

    def __add__(self, other: Usage) -> Usage:
        costs = [one.cost_usd for one in (self, other) if one.cost_usd is not None]
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            sum(costs) if costs else None,
        )


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """What an answer asks back to narrow a long list, and replies that each fit some of what was found."""

    question: str
    replies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Loading:
    """Where a chat model stands that is on its way: ``percent`` of ``step``; None: that is not known.

    ``step``: ``download``, ``assemble`` (its file from its parts), ``load`` or ``read`` (what questions start with).
    """

    step: str
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The end of a turn: what ``budongi ask --json`` prints.

    ``degraded``: the chat model failed (``problem``) and the evidence speaks for itself. ``misconfigured``: it will
    fail again until a setting is mended. ``state`` is where the conversation stands now. ``next``: the question
    that ``text`` ends with, where it ends with one. ``loading``: the chat model had no part in it, for it was not there
    yet.
    """

    question: Question
    text: str
    understanding: Understanding
    abstained: bool
    degraded: bool
    entities: tuple[EntityName, ...]
    citations: tuple[Citation, ...]
    dropped: tuple[Dropped, ...]
    prompt_version: str
    model: str
    timings_ms: dict[str, float]
    usage: Usage
    state: ConversationState = field(default_factory=ConversationState)
    problem: str = ""
    misconfigured: bool = False
    next: NextQuestion | None = None
    loading: Loading | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """What a person said of one answer. ``id`` is a UUID of that answer; ``rated_by`` a login, empty without one.

    ``reason`` is what was wrong with it, by key; empty where they did not say.
    """

    id: str
    helpful: bool
    reason: str = ""
    comment: str = ""
    rated_by: str = ""
