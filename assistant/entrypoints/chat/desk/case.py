"""One customer's message on an agent's desk, as the server holds it while the page is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

from assistant.desk import Assisted
from assistant.entrypoints.chat.session import held

MOST_CASES: Final = 50  # that a page goes back to
CASES: Final = "desk_cases"
DRAFT: Final = "draft"


@dataclass
class Case:
    """``offers`` are the texts that an agent can start from, by where they are from: ``draft``, ``inquiry:ID``,
    ``entry:ID``. ``evidence`` is what a citation of the draft opens, as Markdown by its number. ``began`` is the
    monotonic time at which the message came. ``accepted`` and ``rejected`` hold what was said of the decision.
    """

    assisted: Assisted
    began: float
    id: str = field(default_factory=lambda: str(uuid4()))
    offers: dict[str, str] = field(default_factory=dict)
    evidence: dict[int, str] = field(default_factory=dict)
    accepted: str = ""
    rejected: str = ""

    def __post_init__(self) -> None:
        self.offers |= {f"inquiry:{one.inquiry.id}": one.inquiry.answer for one in self.assisted.similar}


def keep(case: Case) -> None:
    """Have the page's session know a case; the oldest is forgotten for it."""
    cases = kept()
    cases[case.id] = case
    while len(cases) > MOST_CASES:
        del cases[next(iter(cases))]


def kept() -> dict[str, Case]:
    """The cases of this page by their ids, but for those that the server has forgotten."""
    return held(CASES, dict)
