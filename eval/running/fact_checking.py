"""Run generated conversations and judge each answer: the right fact, cited, and no figure of another complex."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.domain import Answer, Message
from eval.data.figures import Figure, agrees, figures, parse_figure
from eval.running.fact_questions import Conversation, FactCase
from eval.running.runner import Asked, Outcome, run
from eval.scoring.derived_figures import follows

# Units that tell complexes apart; areas, distances and rates are alike in many, or not in these tables.
_TELLING = frozenset(("won", "homes", "month", "date", "month_day", "year"))
# What the assistant says about the search or the day stands in brackets on a line of its own.
_REMARK = re.compile(r"^\(.*\)$", re.MULTILINE)


def strange_figures(asked: FactCase, answer: Answer) -> tuple[str, ...]:
    """Figures told that are neither of the complexes asked about, nor in the question, nor computed from its gold."""
    text = _REMARK.sub("", answer.text)
    for one in asked.own:  # a name may hold a figure: "…(15세대)"
        for name in filter(None, (one.name, one.english)):
            text = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)
    question = figures(asked.case.question)
    own = [*question, *(figure for one in asked.own for figure in one.figures())]
    gold = [figure for group in asked.case.expect.facts for one in group if (figure := parse_figure(one))]
    names = ", ".join(one.name for one in asked.own)
    strange = [said for said in figures(text) if said.unit in _TELLING and not _held(said, own, [*question, *gold])]
    return tuple(dict.fromkeys(f"{said} is no figure of {names}" for said in strange))


def _held(said: Figure, own: list[Figure], asked: list[Figure]) -> bool:
    return any(agrees(said, truth) for truth in own) or follows(said, asked, "")


def check(conversations: Iterable[Conversation], assistant: Asked) -> Iterator[Outcome]:
    """Outcomes of every turn in order, each as soon as it is known; a turn's history holds the answers really given."""
    for conversation in conversations:
        history: tuple[Message, ...] = ()
        for asked in conversation:
            (outcome,) = run([replace(asked.case, history=history)], assistant)
            history += (Message("user", asked.case.question), Message("assistant", outcome.answer.text))
            yield replace(outcome, problems=(*outcome.problems, *strange_figures(asked, outcome.answer)))
