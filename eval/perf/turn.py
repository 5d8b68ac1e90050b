"""How long a turn takes: ``python -m eval.perf.turn [--no-llm]``. Prints; asserts nothing.

Without a model: every step of a turn over the questions of the smoke suite, the chat model replaced by an echo of the
evidence. With the configured chat model: from the question to its first token and to the first sentence shown.
"""

from __future__ import annotations

import secrets
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import click
from tqdm import tqdm

from assistant.bootstrap import open_assistant, warm
from assistant.cli import guarded, settings_from_environment
from assistant.domain import Finished, Question, Released
from assistant.turn import Assistant
from eval.cases import Case, load, suite_path
from eval.perf.machine import machine_line, spread
from eval.perf.stand_ins import Cold, Echo
from eval.statistics import percentile

STEPS = ("understand", "embed", "search", "prompt", "ground")
BEFORE_MODEL = ("understand", "embed", "search", "prompt")
UNCOUNTED = 3  # first turns of a process, which also load what later ones find loaded
PER_LANGUAGE = 6  # questions put to the chat model
COLD = 2  # of them, once more with a static part that the model has not read


@dataclass(frozen=True, slots=True)
class Timed:
    """One turn. Seconds from the question; ``first_token`` and ``first_sentence`` are None where none came."""

    total: float
    first_sentence: float | None
    first_token: float | None
    output_tokens: int
    steps: dict[str, float]


def timed(assistant: Assistant, case: Case) -> Timed:
    """Ask one question and take its times."""
    began = time.perf_counter()
    first_sentence: float | None = None
    for event in assistant.stream(Question(case.question, case.history)):
        if isinstance(event, Released) and first_sentence is None:
            first_sentence = time.perf_counter() - began
        elif isinstance(event, Finished):
            spent = event.answer.timings_ms
            waited = spent["first_token"]
            first_token = (sum(spent[step] for step in BEFORE_MODEL) + waited) / 1000 if waited else None
            total = time.perf_counter() - began
            return Timed(total, first_sentence, first_token, event.answer.usage.output_tokens, spent)
    raise AssertionError("a turn always ends with Finished")


def without_model(assistant: Assistant, cases: Sequence[Case]) -> list[str]:
    """Lines on the part of a turn that needs no chat model, in milliseconds."""
    echoing = replace(assistant, chat_model=Echo())
    turns = [timed(echoing, case) for case in cases][UNCOUNTED:]
    lines = [f"  {step:<12}{spread([turn.steps[step] for turn in turns], 'ms')}" for step in STEPS]
    whole = [turn.steps["total"] - turn.steps["generate"] for turn in turns]
    return [f"Without the chat model ({len(turns)} questions):", *lines, f"  {'whole turn':<12}{spread(whole, 'ms')}"]


def answerable(cases: Sequence[Case]) -> list[Case]:
    """As many questions of each language as are put to the chat model, spread over the suite."""
    chosen: list[Case] = []
    for language in ("ko", "en"):
        of_language = [case for case in cases if case.language == language and not case.expect.abstain]
        stride = max(1, len(of_language) // PER_LANGUAGE)
        chosen += of_language[::stride][:PER_LANGUAGE]
    return chosen


def with_model(assistant: Assistant, cases: Sequence[Case]) -> list[str]:
    """Lines on turns with the chat model, in seconds, after warming it; then a few with nothing warm."""
    assert assistant.chat_model is not None
    began = time.perf_counter()
    warm(assistant)
    warming = time.perf_counter() - began
    bar = tqdm(cases, desc="Asking", unit="question", disable=not sys.stderr.isatty())
    turns = [timed(assistant, case) for case in bar]
    tokens = [turn.first_token for turn in turns if turn.first_token is not None]
    lines = [
        f"With {assistant.chat_model.name} ({len(cases)} questions, half each language; ready in {warming:.1f} s):",
        f"  {'first token':<16}{spread(tokens, 's')}",
        f"  {'first sentence':<16}{spread([t.first_sentence for t in turns if t.first_sentence is not None], 's')}",
        f"  {'whole turn':<16}{spread([turn.total for turn in turns], 's')}",
        f"  {'output tokens':<16}median {percentile([float(turn.output_tokens) for turn in turns], 0.5):.0f}",
    ]
    if len(tokens) < len(turns):
        lines.append(f"  {len(turns) - len(tokens)} turns got no token from the model")
    cold = [
        timed(replace(assistant, chat_model=Cold(assistant.chat_model, secrets.token_hex(4))), case)
        for case in (cases[0], cases[-1])[:COLD]
    ]
    unwarmed = [turn.first_token for turn in cold if turn.first_token is not None]
    again = [turn.first_token for turn in (turns[0], turns[-1]) if turn.first_token is not None]
    lines.append(f"  {'prefix unread':<16}{spread(unwarmed, 's')} (first token)")
    if unwarmed and again:
        ratio = percentile(unwarmed, 0.5) / percentile(again, 0.5)
        lines.append(
            f"  the same questions with the prefix read took {percentile(again, 0.5):.2f} s: {ratio:.1f} × faster"
        )
    return lines


@click.command()
@click.option("--no-llm", is_flag=True, help="Leave the chat model out.")
@guarded
def main(no_llm: bool) -> None:
    """Time a turn over the configured store, which must hold documents (the sample corpus, say)."""
    settings = settings_from_environment()
    cases = [case for case in load(suite_path("smoke")) if not case.history]
    click.echo(machine_line())
    with open_assistant(settings, chat=not no_llm) as assistant:
        click.echo("\n".join(without_model(assistant, cases)))
        if assistant.chat_model is None:
            click.echo("The chat model was left out.")
        else:
            click.echo("\n".join(with_model(assistant, answerable(cases))))


if __name__ == "__main__":
    main()
