"""A chat model as a judge of answers, for what no rule can see. Off unless asked for; measured against people first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.errors import ModelError
from assistant.ports import ChatModel, Prompt
from eval.data.figures import parse_figure
from eval.scoring.labelled import Label
from prompts.loader import Prompts, render, version_of

_VERDICT = re.compile(r"\W*(YES|NO)\b", re.IGNORECASE)
_UNITS = {
    "won": "won", "m2": "square metres", "pyeong": "평 (pyeong)", "m": "metres", "minutes": "minutes",
    "homes": "households", "ratio": "applicants per home (to 1)", "points": "points", "percent": "percent",
}  # fmt: skip


class JudgeError(ModelError):
    """The judge's answer is neither yes nor no. It says nothing of what was judged: never count it as either."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Asks ``model`` whether a text states a fact."""

    prompts: Prompts
    model: ChatModel

    def says(self, text: str, fact: str) -> bool:
        """Whether ``text`` states ``fact``, as a dataset writes it.

        Raises:
            JudgeError: the model answered something else.
            ModelError: it did not answer.
        """
        answered = "".join(
            delta.text for delta in self.model.stream(prompt(self.prompts, text, in_words(fact)), max_tokens=4)
        )
        verdict = _VERDICT.match(answered)
        if verdict is None:
            raise JudgeError(
                f"{self.model.name} was asked for YES or NO and answered {answered!r}. Use a model that follows "
                "this, or judge without one."
            )
        return verdict[1].upper() == "YES"


def prompt(prompts: Prompts, text: str = "", fact: str = "") -> Prompt:
    """What the judge is asked; without arguments, its static part, for a model to read before the first question."""
    written = prompts.judge
    examples = tuple(
        (render(written["ask"], text=one["text"], fact=one["fact"]), one["answer"]) for one in written["examples"]
    )
    asked = render(written["ask"], text=text, fact=fact)
    version = version_of(written["system"], *(part for pair in examples for part in pair))
    return Prompt(written["system"], examples, asked, version)


def in_words(fact: str) -> str:
    """A fact of a dataset as a reader would have it: ``850,000,000 won``, ``the day 2024-12-24``."""
    figure = parse_figure(fact)
    if figure is None:
        return fact
    value = fact.partition(":")[2]
    if figure.unit in ("date", "month", "month_day", "year"):
        return f"the {'day' if figure.unit in ('date', 'month_day') else figure.unit} {value}"
    return f"{figure.value:,.10g} {_UNITS[figure.unit]}"


def judged(labels: Iterable[Label], judge: Judge) -> Iterator[tuple[Label, bool | None]]:
    """What the judge says of each labelled text, as soon as it is known; None where it failed to judge."""
    for label in labels:
        try:
            yield label, judge.says(label.text, label.fact)
        except JudgeError:
            yield label, None
