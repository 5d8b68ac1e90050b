"""Examples that stay the same per stage, against those most like the question: what the local model pays for choosing.

It keeps the state after a prompt's static part on disk. Examples that change with the question are read anew each turn.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import click

from assistant.answering import prompting
from assistant.answering.turn import Assistant
from assistant.bootstrap import open_assistant, warm
from assistant.domain import Language, Question
from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from eval.data.cases import load_suite
from eval.perf.machine import machine_line, spread
from eval.running.runner import AS_OF

LANGUAGES: Sequence[Language] = ("ko", "en")


def as_of() -> date:
    """The day as of which the suites' questions are meant."""
    return AS_OF


def first_tokens(assistant: Assistant, questions: Sequence[str]) -> list[float]:
    """Seconds from sending each prompt to the first token; questions that no model is asked are left out."""
    spent = [assistant.ask(Question(question)).timings_ms["first_token"] / 1000 for question in questions]
    return [seconds for seconds in spent if seconds]


@click.command()
@click.option("--questions", "count", type=click.IntRange(1), default=6, show_default=True)
@guarded
def main(count: int) -> None:
    """Seconds to the first token, the same questions both ways, after every stage's own examples were read once."""
    cases = load_suite("smoke")
    questions = [cases[number * len(cases) // count].question for number in range(count)]
    click.echo(machine_line())
    with open_assistant(settings_from_environment()) as assistant:
        assistant = replace(assistant, today=as_of)
        began = time.perf_counter()
        warm(assistant, prompting.STAGES, languages=LANGUAGES)
        click.echo(
            f"reading {len(prompting.STAGES) * len(LANGUAGES)} static parts: {time.perf_counter() - began:.1f} s"
        )
        for name, similar in (("of the stage", False), ("most like the question", True)):
            spent = first_tokens(replace(assistant, similar_examples=similar), questions)
            click.echo(f"examples {name}: first token {spread(spent, 's')}")


if __name__ == "__main__":
    main()
