from __future__ import annotations

import re

import pytest

from assistant.adapters.chat.dialect import Dialect


def said(text: str, size: int, dialect: Dialect | None = None, *, cut_off: bool = False) -> str:
    thoughts = (dialect or Dialect()).thoughts()
    pieces = [thoughts.spoken(piece) for piece in re.findall(rf"(?s).{{1,{size}}}", text)]
    return "".join(pieces) + thoughts.last(cut_off=cut_off)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("<think>\nHm, [1] says 9,999.\n</think>\n\nSeoul. [1]", "\n\nSeoul. [1]"),
        ("<thinking>Hm.</thinking>Seoul.", "Seoul."),
        ("<THINK>Hm.</THINK>Seoul.", "Seoul."),
        ("◁think▷Hm.◁/think▷Seoul.", "Seoul."),
        ("[THINK]Hm.[/THINK]Seoul. [1]", "Seoul. [1]"),
        ("Seoul. <think>Or Busan?</think>It is. [1]", "Seoul. It is. [1]"),
        ("Seoul. <think>Or Busan? [2]", "Seoul. "),
        ("<think>Never ends < [ b", ""),
        ("a < b and [1] <b>bold</b> <thin", "a < b and [1] <b>bold</b> <thin"),
    ],
)
def test_thoughts_are_taken_out_however_they_are_cut(text: str, answer: str, size: int) -> None:
    assert said(text, size) == answer


@pytest.mark.parametrize("size", [1, 4, 1000])
def test_a_model_whose_prompt_opens_the_thought_is_known_from_then_on(size: int) -> None:
    dialect = Dialect()
    thought = "Okay, [1] says so.\n</think>\n\nSeoul. [1]"
    assert said(thought, size, dialect).endswith("\n\nSeoul. [1]")
    assert said(thought, size, dialect) == "\n\nSeoul. [1]"
    assert said("Seoul. [1]", size, dialect) == "Seoul. [1]"  # this time it did not think
    assert said("Okay, [1] says", size, dialect, cut_off=True) == ""


def test_what_is_said_is_given_at_once() -> None:
    thoughts = Dialect().thoughts()
    assert [thoughts.spoken(piece) for piece in ("Seoul", " is [", "1]. <", "b>")] == ["Seoul", " is ", "[1]. ", "<b>"]
