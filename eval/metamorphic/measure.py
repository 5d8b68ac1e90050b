"""Ask what means the same: how often do the decision and what is cited stay?

Only cases that are answered right as they stand count, and how many those are is told beside the shares: what is wrong
anyway says nothing of a change.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.answering.turn import Assistant
from assistant.domain import Answer, ConversationState, Message, Question
from assistant.errors import SourceError
from eval.data.cases import Case
from eval.metamorphic.relations import changed, relations
from eval.running.case_setting import set_for
from eval.running.runner import question_of
from eval.scoring.scorers import problems
from eval.statistics.intervals import wilson

AGAIN = "the same turn again"
HISTORY = "state, or the history it is of"
OTHER_LANGUAGE = "in the other language"
THRESHOLDS = Path(__file__).parents[1] / "baselines" / "metamorphic.json"


@dataclass(frozen=True, slots=True)
class Pair:
    """A case answered right, asked otherwise: did decision and citations ``stay``? ``before`` and ``after`` as told."""

    relation: str
    case: Case
    question: str
    stays: bool
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Measured:
    """``asked`` cases, of which ``right`` were answered right; each of these with every relation that applies to it."""

    asked: int
    right: int
    pairs: tuple[Pair, ...]

    def of(self, relation: str) -> list[Pair]:
        return [pair for pair in self.pairs if pair.relation == relation]

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(pair.relation for pair in self.pairs))


def measure(cases: Sequence[Case], assistant: Assistant) -> Measured:
    """Ask every case, and those answered right once more for each relation."""
    right: dict[str, tuple[Case, Answer]] = {}
    pairs: list[Pair] = []
    for case in cases:
        asked = set_for(assistant, case)
        answer = asked.ask(question_of(case))
        if problems(case, answer):
            continue
        pairs += _pairs(case, answer, asked)
        if (pair := right.get(case.pair)) and pair[0].language != case.language:
            pairs.append(_pair(OTHER_LANGUAGE, case, pair[1], answer, case.question))
        right[case.id] = case, answer
    return Measured(len(cases), len(right), tuple(pairs))


def summary(measured: Measured) -> dict[str, Any]:
    """Of each relation how often decision and citations stay, with Wilson's 95 % interval."""
    shares = {}
    for name in measured.names:
        pairs = measured.of(name)
        stays = sum(pair.stays for pair in pairs)
        low, high = wilson(stays, len(pairs))
        shares[name] = {
            "share": round(stays / len(pairs), 4),
            "stays": stays,
            "pairs": len(pairs),
            "low": round(low, 4),
            "high": round(high, 4),
        }
    return {"asked": measured.asked, "right": measured.right, "relations": shares}


def table(summed: Mapping[str, Any]) -> str:
    """The summary for a terminal."""
    lines = [
        f"{summed['right']} of {summed['asked']} are answered right as they stand; of these, asked otherwise, stay:",
        "",
    ]
    for name, one in summed["relations"].items():
        figures = f"{one['share']:.3f}  ({one['low']:.3f} to {one['high']:.3f})"
        lines.append(f"{name:<32}{one['stays']:>4} of {one['pairs']:<4}  {figures}")
    return "\n".join(lines)


def failures(measured: Measured) -> str:
    """Of each relation that does not always stay, the smallest pair: the shortest question whose answer changed."""
    parts = []
    for name in measured.names:
        if changed := [pair for pair in measured.of(name) if not pair.stays]:
            least = min(changed, key=lambda pair: len(pair.question))
            parts.append(
                f"{name}: {len(changed)} change; the smallest, {least.case.id}\n"
                f"  asked  {least.case.question}\n    told {_line(least.before)}\n"
                f"  asked  {least.question}\n    told {_line(least.after)}"
            )
    return "\n\n".join(parts)


def _line(text: str) -> str:
    return " / ".join(text.split("\n"))


def below(summed: Mapping[str, Any], thresholds: Mapping[str, float]) -> list[str]:
    """What stays less often than it did when the thresholds were set; a relation that no longer applies, too."""
    found = []
    for name, least in thresholds.items():
        one = summed["relations"].get(name)
        if one is None or one["share"] < least:
            found.append(f"{name}: {one['share'] if one else 'nothing to ask'}, and it was {least}")
    return found


def load_thresholds(path: Path = THRESHOLDS) -> dict[str, Any]:
    """What each relation must reach, with the suite and the number of cases that it was measured on.

    Raises:
        SourceError: there are none.
    """
    if not path.is_file():
        raise SourceError(
            path, "there are no thresholds.", "`budongi eval metamorphic --accept` measures and keeps them."
        )
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def raised(summed: Mapping[str, Any], before: Mapping[str, float]) -> dict[str, float]:
    """The thresholds of today: what is reached now.

    Raises:
        SourceError: one would fall; thresholds only rise.
    """
    if lower := below(summed, before):
        raise SourceError(THRESHOLDS, f"thresholds only rise ({'; '.join(lower)}).", "Mend what fell first.")
    return {name: one["share"] for name, one in summed["relations"].items()}


def _pairs(case: Case, answer: Answer, asked: Assistant) -> Iterator[Pair]:
    question = question_of(case)
    for relation in relations():
        if made := changed(relation, case):
            yield _pair(relation.name, case, answer, asked.ask(replace(question, text=made)), made)
    # Whoever asks a settled question again is told the same again.
    yield _pair(AGAIN, case, answer, asked.ask(replace(question, history=(), state=answer.state)), case.question)
    if case.history:
        # The history of a case is somebody's; that of a state is what was answered on the way to it.
        state, told = ConversationState(), list[Message]()
        for message in case.history:
            if message.role == "user":
                said = asked.ask(Question(message.content, state=state))
                told += [message, Message("assistant", said.text)]
                state = said.state
        by_history = asked.ask(replace(question, history=tuple(told)))
        by_state = asked.ask(replace(question, history=(), state=state))
        yield _pair(HISTORY, case, by_history, by_state, case.question)


def _pair(relation: str, case: Case, one: Answer, other: Answer, question: str) -> Pair:
    return Pair(relation, case, question, _basis(one) == _basis(other), one.text, other.text)


def _basis(answer: Answer) -> tuple[bool, frozenset[str]]:
    """The decision, and whose statements it rests on."""
    return answer.abstained, frozenset(citation.source_id for citation in answer.citations)
