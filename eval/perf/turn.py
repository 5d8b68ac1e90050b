"""How long a turn takes: ``python -m eval.perf.turn [--no-llm]``. Prints; asserts nothing.

Without a model: a whole turn against one embedding and one search; every step of a turn over the questions of the smoke
suite, the chat model replaced by an echo of the evidence. With the configured chat model: from the question to its
first token and to the first sentence shown, and what of a turn is grounding.
"""

from __future__ import annotations

import secrets
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import click
from tqdm import tqdm

from assistant.adapters.embeddings.models import open_embedding
from assistant.answering.evidence_finder import RESULTS
from assistant.answering.prompting import STAGES
from assistant.answering.turn import Assistant
from assistant.bootstrap import open_assistant, warm
from assistant.domain import Filters, Finished, Question, Released
from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from assistant.ports import SearchRequest
from eval.data.cases import Case, load, suite_path
from eval.perf.machine import machine_line, spread
from eval.perf.stand_ins import Cold, Echo
from eval.statistics.intervals import percentile

STEPS = ("understand", "embed", "search", "prompt", "ground")
BEFORE_MODEL = ("understand", "embed", "search", "prompt")
UNCOUNTED = 3  # first turns of a process, which also load what later ones find loaded
PER_LANGUAGE = 6  # questions put to the chat model


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


def against_least(assistant: Assistant, cases: Sequence[Case]) -> list[str]:
    """How much longer a turn without a chat model takes than the least it can: one embedding and one hybrid search.

    The two are timed one after the other, question by question, so that other work on the machine slows both alike.
    """
    composing = replace(assistant, chat_model=None)
    turns: list[float] = []
    least: list[float] = []
    for number, case in enumerate(cases):
        if number % 2:
            turns.append(timed_turn(composing, case))
            least.append(timed_least(assistant, case))
        else:
            least.append(timed_least(assistant, case))
            turns.append(timed_turn(composing, case))
    turns, least = turns[UNCOUNTED:], least[UNCOUNTED:]
    ratios = [turn / floor for turn, floor in zip(turns, least, strict=True)]
    in_all, at_median = sum(turns) / sum(least), percentile(ratios, 0.5)
    return [
        f"Without any chat model, against one embedding and one hybrid search ({len(ratios)} questions):",
        f"  {'whole turn':<12}{spread(turns, 'ms')}",
        f"  {'the least':<12}{spread(least, 'ms')}",
        f"  a turn takes {in_all:.2f} x the least in all, {at_median:.2f} x at the median",
    ]


def timed_turn(assistant: Assistant, case: Case) -> float:
    """Milliseconds of a whole turn."""
    began = time.perf_counter()
    assistant.ask(Question(case.question))
    return (time.perf_counter() - began) * 1000


def timed_least(assistant: Assistant, case: Case) -> float:
    """Milliseconds to embed a question and search every document for it."""
    began = time.perf_counter()
    text = f"{case.question} "  # to every cache another text, to the models the same
    vector = assistant.embedding.embed_query(text)
    terms = assistant.tokenizer.terms(text)
    assistant.store.search(SearchRequest(vector, terms, case.language, Filters(), limit=RESULTS))
    return (time.perf_counter() - began) * 1000


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
    warm(assistant, STAGES)
    warming = time.perf_counter() - began
    bar = tqdm(cases, desc="Asking", unit="question", disable=not sys.stderr.isatty())
    asked = [timed(assistant, case) for case in bar]
    turns = [turn for turn in asked if turn.first_token is not None]
    if not turns:
        return [f"{assistant.chat_model.name} gave no token to any of {len(asked)} questions; nothing was measured."]
    tokens = [turn.first_token for turn in turns if turn.first_token is not None]
    grounding = sum(turn.steps["ground"] for turn in turns) / 1000
    lines = [
        f"With {assistant.chat_model.name} ({len(cases)} questions, half each language; ready in {warming:.1f} s):",
        f"  {'first token':<16}{spread(tokens, 's')}",
        f"  {'first sentence':<16}{spread([t.first_sentence for t in turns if t.first_sentence is not None], 's')}",
        f"  {'whole turn':<16}{spread([turn.total for turn in turns], 's')}",
        f"  {'grounding':<16}{grounding / sum(turn.total for turn in turns):.2%} of all turns' time",
        f"  {'output tokens':<16}median {percentile([float(turn.output_tokens) for turn in turns], 0.5):.0f}",
    ]
    if len(turns) < len(asked):
        lines.append(f"  {len(asked) - len(turns)} turns declined without the model, or it failed: not counted")
    read = [(case, turn) for case, turn in zip(cases, asked, strict=True) if turn.first_token is not None]
    return [*lines, _with_unread_prefix(assistant, read)]


def _with_unread_prefix(assistant: Assistant, read: Sequence[tuple[Case, Timed]]) -> str:
    """The first and the last question (one of each language) again, with a static part that has to be read."""
    assert assistant.chat_model is not None
    times = []
    for case, before in (read[0], read[-1]):
        cold = timed(replace(assistant, chat_model=Cold(assistant.chat_model, secrets.token_hex(4))), case)
        if cold.first_token and before.first_token:
            times.append((cold.first_token, before.first_token))
    if not times:
        return "  with the prompt's fixed part unread the model gave no token in time"
    unread, warmed = (percentile([pair[side] for pair in times], 0.5) for side in (0, 1))
    return (
        f"  first token of {len(times)} of them with the prompt's fixed part unread: {unread:.2f} s, "
        f"read: {warmed:.2f} s, {unread / warmed:.1f} times as fast"
    )


@click.command()
@click.option("--no-llm", is_flag=True, help="Leave the chat model out.")
@guarded
def main(no_llm: bool) -> None:
    """Time a turn over the configured store, which must hold documents (the sample corpus, say)."""
    settings = settings_from_environment()
    cases = [case for case in load(suite_path("smoke")) if not case.history]
    click.echo(machine_line())
    with open_assistant(settings, chat=not no_llm) as assistant:
        # A model of its own, for the same questions are asked again below, and embeddings are remembered.
        click.echo("\n".join(against_least(replace(assistant, embedding=open_embedding(settings)), cases)))
        click.echo("\n".join(without_model(assistant, cases)))
        if assistant.chat_model is None:
            click.echo("The chat model was left out.")
        else:
            click.echo("\n".join(with_model(assistant, answerable(cases))))


if __name__ == "__main__":
    main()
