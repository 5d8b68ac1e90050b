"""The ideas that the answers stand on, each a switch, so that its worth can be measured (``budongi eval ablate``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Examples = Literal["none", "one", "few"]
SHOWN: Final[dict[Examples, int | None]] = {"none": 0, "one": 1, "few": None}  # examples of a prompt; None: all


@dataclass(frozen=True, slots=True, kw_only=True)
class Ideas:
    """What a turn does, all on as it ships but for ``english_reasoning``, which costs a second call.

    ``examples``: how many a model is shown. ``role``: it is told who it is, and for whom. ``shared_facts``: what is
    true of all apartments reaches the prompt and the evidence. ``narrowing``: a model is shown examples of the stage at
    hand, and a long list ends with a question that narrows it. ``grounding``: sentences are checked; without it they go
    out as the model wrote them. ``purpose``: what is measured is read out of why somebody asks ("for jogging"); without
    it only figures and names are conditions. ``english_reasoning``: the model reads question, evidence and rules in
    English and answers in the reader's language.
    """

    examples: Examples = "few"
    role: bool = True
    shared_facts: bool = True
    narrowing: bool = True
    grounding: bool = True
    purpose: bool = True
    english_reasoning: bool = False
