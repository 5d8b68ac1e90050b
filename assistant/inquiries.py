"""What passes over an agent's desk: a customer's message, what fits it, and what became of the draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.domain import Answer, Language
from assistant.ports import Vectors


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A message, masked, with the answer that an agent accepted. ``faq_id`` is empty where no help entry answers it."""

    id: str
    message: str
    language: Language
    answer: str
    faq_id: str = ""


@dataclass(frozen=True, slots=True)
class SimilarInquiry:
    """A past inquiry and how near it is: ``cosine`` of the meanings, -1 to 1; ``terms`` are its lexical terms."""

    inquiry: Inquiry
    cosine: float
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class FaqMatch:
    """A help entry that may answer the message, and how probable that is."""

    faq_id: str
    question: str
    probability: float


@dataclass(frozen=True, slots=True)
class Prediction:
    """The likeliest help entries, best first, and how probable it is that none fits."""

    matches: tuple[FaqMatch, ...]
    none: float

    @property
    def fits(self) -> bool:
        """Whether the first entry is likelier than that there is none."""
        return bool(self.matches) and self.matches[0].probability > self.none


@dataclass(frozen=True, slots=True)
class Decision:
    """What an agent made of a draft. ``seconds`` from the message to the decision.

    ``model``, ``prompt_version`` and ``evidence`` (ids of the chunks it cites) are those of the drafted answer.
    """

    message: str
    answer: str
    draft: str = ""
    faq_id: str = ""
    seconds: float | None = None
    model: str = ""
    prompt_version: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assisted:
    """One message as an agent sees it. ``message`` is masked; ``flags`` name what was masked or is abuse."""

    message: str
    language: Language
    flags: tuple[str, ...]
    prediction: Prediction
    similar: tuple[SimilarInquiry, ...]
    draft: Answer | None


class Inquiries(Protocol):
    """The index of past inquiries."""

    def ids(self) -> set[str]:
        """The inquiries that can be found."""
        ...

    def outdated(self) -> list[Inquiry]:
        """Inquiries embedded with another model, which no search finds until they are stored again."""
        ...

    def put(self, inquiry: Inquiry, vector: Vectors, terms: Sequence[str], decision: Decision | None = None) -> None:
        """Store one; it is found from then on. ``vector``: raw query embedding of the message."""
        ...

    def nearest(self, vector: Vectors, language: Language, limit: int) -> list[SimilarInquiry]:
        """Those nearest in meaning to a raw query embedding, best first."""
        ...

    def reject(self, decision: Decision, reason: str) -> None:
        """Note a draft that was turned down."""
        ...
