"""What passes over an agent's desk: a customer's message, what fits it, and what became of the draft."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain import Answer, Language

LEAST_UNAIDED = 5


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
class Entry:
    """A help entry as an agent reads it."""

    faq_id: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What could be sent. ``text`` carries the marks ``[n]`` of the draft's citations.

    ``holding``: nothing answers, and it says only that somebody gets back. ``notes`` are what the agent should know of
    the draft and the customer need not.
    """

    text: str
    holding: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assisted:
    """One message as an agent sees it. ``message`` is masked; ``flags`` name what was masked or is abuse."""

    message: str
    language: Language
    flags: tuple[str, ...]
    prediction: Prediction
    similar: tuple[SimilarInquiry, ...]
    draft: Answer | None = None
    reply: Reply | None = None  # the draft in the house's tone


@dataclass(frozen=True, slots=True)
class Tally:
    """Decisions of a time. ``own``: answers that an agent wrote without a draft; ``edit_distance``: mean characters
    between draft and accepted answer; ``seconds``: median from message to decision. None: nothing to measure."""

    decided: int
    accepted: int
    unchanged: int
    rejected: int
    own: int
    edit_distance: float | None
    seconds: float | None


@dataclass(frozen=True, slots=True)
class EntryTally:
    """How the drafts on one help entry fared; an empty ``faq_id`` stands for those on none. As in :class:`Tally`."""

    faq_id: str
    decided: int
    accepted: int
    unchanged: int
    edit_distance: float | None
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Dispute:
    """A help entry whose drafts were turned down, or rewritten by more than half, and how often."""

    faq_id: str
    rejected: int
    rewritten: int


@dataclass(frozen=True, slots=True)
class DeskFigures:
    """``unaided``: answers written without a draft whose time is known; ``unaided_seconds``: their median."""

    today: Tally
    ever: Tally
    entries: tuple[EntryTally, ...]
    disputed: tuple[Dispute, ...]
    unaided: int
    unaided_seconds: float | None

    def saved(self, entry: EntryTally) -> float | None:
        """Seconds that a draft on this entry saves: the median without a draft less the median with it.

        None until :data:`LEAST_UNAIDED` answers were written without one: there is nothing to compare with before.
        """
        if self.unaided < LEAST_UNAIDED or self.unaided_seconds is None or entry.seconds is None:
            return None
        return self.unaided_seconds - entry.seconds
