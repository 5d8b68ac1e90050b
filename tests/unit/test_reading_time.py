"""What reads a text of people or of a model takes a time that grows with its length, whatever the text holds.

Measured is the processor's time of this process, with bounds of ten times and more of what is usual.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from long_texts import LONG_TEXTS

import assistant
from assistant.domain import Message, Question
from assistant.language.masking import mask
from assistant.language.text import clean
from assistant.understanding import understand
from vocabularies import tokenizer, vocabulary

TODAY = date(2026, 11, 1)
# What they read has been made by our own code, or comes from documents.
NOT_OF_PEOPLE = (
    "assistant.adapters",
    "assistant.entrypoints.chat",
    "assistant.entrypoints.http",
    "assistant.answering.answerability",
)
NAMES_OF_DOCUMENTS = ("assistant.language.ko.romanization",)
CLEANED = (
    "assistant.understanding",
    "assistant.kinds",
    "assistant.language.gazetteer",
    "assistant.language.ko",
    "assistant.language.en",
    "assistant.language.numbers",
    "assistant.language.phrases",
    "assistant.language.places",
    "assistant.language.text",
    "assistant.language.unparsed",
    "assistant.language.won",
    "assistant.answering.derived",
    "assistant.answering.evidence",
    "assistant.retrieval.reranker",
)
PATTERN_SECONDS = 0.3
TURN_SECONDS = 1.5


@cache
def patterns() -> dict[tuple[str, int], tuple[str, re.Pattern[str]]]:
    """Every pattern of the modules that read what people or models write: in their globals, or in a call of ``re``."""
    found: dict[tuple[str, int], tuple[str, re.Pattern[str]]] = {}
    for name in _modules_under(assistant):
        module = importlib.import_module(name)
        held = [pattern for key, value in vars(module).items() if key[:2] != "__" for pattern in _held(value)]
        source = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        for pattern in (*held, *_called(source)):
            found.setdefault((pattern.pattern, pattern.flags), (name, pattern))
    return found


def _modules_under(package: ModuleType) -> Iterator[str]:
    """Its modules at any depth, without those of ``NOT_OF_PEOPLE`` and ``NAMES_OF_DOCUMENTS``, which stay unloaded."""
    for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        if not info.name.startswith((*NOT_OF_PEOPLE, *NAMES_OF_DOCUMENTS)):
            yield info.name
            if info.ispkg:
                yield from _modules_under(importlib.import_module(info.name))


def _held(value: object) -> Iterator[re.Pattern[str]]:
    match value:
        case re.Pattern() if isinstance(value.pattern, str):
            yield value
        case list() | tuple():
            for item in value:
                yield from _held(item)
        case dict():
            for item in value.values():
                yield from _held(item)


def _called(source: ast.AST) -> Iterator[re.Pattern[str]]:
    """Patterns that stand as literals in ``re.sub(r"…")`` and its like."""
    for node in ast.walk(source):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re")), args=[ast.Constant(value=str(written)), *_]):
                yield re.compile(written)


class TooLong(Exception):
    pass


@contextmanager
def processor_seconds(most: float) -> Iterator[None]:
    """Stop what takes longer, so that a pattern that would never end fails as well.

    Raises:
        TooLong: it does.
    """

    def stop(_number: int, _frame: object) -> None:
        raise TooLong(f"more than {most} s of the processor")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, most)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def read(text: str, history: tuple[Message, ...] = ()) -> None:
    understand(Question(text, history), vocabulary(), tokenizer().tagged, TODAY)


@pytest.mark.parametrize("name", LONG_TEXTS)
def test_no_pattern_is_kept_busy(name: str) -> None:
    raw, cleaned = LONG_TEXTS[name], clean(LONG_TEXTS[name])
    assert len(patterns()) > 250
    slow = []
    for module, pattern in patterns().values():
        text = cleaned if module.startswith(CLEANED) else raw
        try:
            with processor_seconds(PATTERN_SECONDS):
                for _ in pattern.finditer(text):
                    pass
        except TooLong:
            slow.append(f"{module}: {pattern.pattern[:80]}")
    assert not slow


@pytest.mark.parametrize("name", LONG_TEXTS)
def test_longest_question_is_read_in_time(name: str) -> None:
    read("금천구 아파트")  # what is loaded once
    with processor_seconds(TURN_SECONDS):
        read(LONG_TEXTS[name])
    with processor_seconds(TURN_SECONDS):
        mask(LONG_TEXTS[name] * 4)  # as long as a customer's message may be


def test_history_of_long_questions_is_read_in_time() -> None:
    read("금천구 아파트")
    turns = [Message("user", LONG_TEXTS[name]) for name in ("digits", "syllable", "eok", "mail", "numerals", "cases")]
    with processor_seconds(4 * TURN_SECONDS):
        read(LONG_TEXTS["digits"], tuple(turns))


def test_long_runs_are_cut_and_the_rest_stays() -> None:
    assert clean("11" * 500 + " 84㎡") == "1" * 20 + " 84㎡"
    assert clean("ㅋ" * 300 + " 철산역") == "ㅋ" * 20 + " 철산역"
    assert clean("2024년 1,000,000,000원 !!!!") == "2024년 1,000,000,000원 !!!!"
    assert len(clean("가나 " * 2000)) <= 2000
