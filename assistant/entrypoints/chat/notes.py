"""What stands under an answer about the answer itself: where it comes from, who wrote it, what was left out."""

from __future__ import annotations

from assistant.domain import Answer, Domain, Loading
from assistant.entrypoints.chat.profiles import elsewhere
from assistant.entrypoints.chat.texts import Texts


def notes(answer: Answer, chosen: Domain | None, phrases: Texts, before: Answer | None = None) -> list[str]:
    """One sentence each; ``chosen`` is the section of the page that the question was asked in.

    ``before`` is the answer that stood until this one: where it says the same, nothing was left out of what was read.
    """
    told = []
    if not answer.abstained and (other := elsewhere(answer.understanding.domain, chosen, phrases)):
        told.append(other)
    if answer.loading:
        told.append(phrases.say("loading.note", what=loading(answer.loading, phrases)))
    if answer.degraded:
        told.append(phrases.say("notes.degraded"))
    if answer.dropped and not (before and before.text == answer.text):
        told.append(phrases.say("notes.dropped", count=len(answer.dropped)))
    return told


def loading(now: Loading, phrases: Texts) -> str:
    """What the chat model is doing that is on its way, in a few words."""
    step = phrases.say(f"loading.{now.step}")
    return step if now.percent is None else phrases.say("loading.share", step=step, percent=now.percent)
