"""A model as a judge: yes, no, and never a guess where it said neither."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from shipped import PROMPTS

from assistant.ports import Delta, Prompt
from eval.scoring.judge import Judge, JudgeError, in_words, judged
from eval.scoring.labelled import Label
from eval.statistics.agreement import krippendorff_alpha


@dataclass
class Saying:
    """A chat model that says the same to everything."""

    words: str
    name: str = "fake"
    asked: list[Prompt] = field(default_factory=list)

    def stream(self, prompt: Prompt, *, max_tokens: int) -> Iterator[Delta]:  # noqa: ARG002
        self.asked.append(prompt)
        yield from (Delta(char) for char in self.words)

    def warm(self, prompts: Sequence[Prompt]) -> None: ...

    def close(self) -> None: ...


@pytest.mark.parametrize(
    ("words", "verdict"), [("YES", True), ("yes.", True), (" **No**", False), ("NO, it says 9", False)]
)
def test_one_word_decides(words: str, verdict: bool) -> None:
    model = Saying(words)
    assert Judge(PROMPTS, model).says("8억 5천입니다.", "won:850000000") is verdict
    assert "850,000,000 won" in model.asked[0].user
    assert model.asked[0].version


@pytest.mark.parametrize("words", ["", "maybe", "The text says YES", "Nope", "예"])
def test_anything_else_is_an_error_and_never_a_no(words: str) -> None:
    with pytest.raises(JudgeError, match="asked for YES or NO"):
        Judge(PROMPTS, Saying(words)).says("x", "won:1")
    (row,) = judged([Label("won:1", "x", False)], Judge(PROMPTS, Saying(words)))
    assert row[1] is None
    with pytest.raises(ValueError, match="rated twice"):
        krippendorff_alpha([(False, None)])


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ("won:850000000", "850,000,000 won"),
        ("m2:84.98", "84.98 square metres"),
        ("date:2024-12-24", "the day 2024-12-24"),
        ("month:2026-03", "the month 2026-03"),
        ("year:2027", "the year 2027"),
        ("롯데건설", "롯데건설"),
    ],
)
def test_a_fact_is_put_in_words(fact: str, words: str) -> None:
    assert in_words(fact) == words
