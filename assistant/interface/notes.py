"""What stands under an answer about the answer itself: where it comes from, who wrote it, what was left out."""

from __future__ import annotations

from assistant.domain import Answer, Domain
from assistant.interface.profiles import elsewhere
from assistant.interface.texts import Texts


def notes(answer: Answer, chosen: Domain | None, phrases: Texts, before: Answer | None = None) -> list[str]:
    """One sentence each; ``chosen`` is the section of the page that the question was asked in.

    ``before`` is the answer that stood until this one: where it says the same, nothing was left out of what was read.
    """
    told = []
    if not answer.abstained and (other := elsewhere(answer.understanding.domain, chosen, phrases)):
        told.append(other)
    if answer.degraded:
        told.append(phrases.say("notes.degraded"))
    if answer.dropped and not (before and before.text == answer.text):
        told.append(phrases.say("notes.dropped", count=len(answer.dropped)))
    return told
