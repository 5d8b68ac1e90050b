"""Misspelt English words and romanised names are put right, and right ones are left alone."""

from __future__ import annotations

import pytest

from assistant.adapters.lexical.english_words import is_common_english
from assistant.language.en.spelling import LatinSpelling, folded
from eval.search.typos import misspelt

SPELLING = LatinSpelling(
    words=["apartments", "station", "household"],
    districts=["Gangnam", "Dongdaemun", "Gwangmyeong", "Guro"],
    names=["Sinchon", "Kangnam"],
    others=["Foret", "Suncheon"],
    is_word=is_common_english,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Appartments near a staton", "Apartments near a station"),
        ("hosehold", "household"),
        ("Gwanmyeong", "Gwangmyeong"),
        ("Gwangmyung", "Gwangmyeong"),
        ("Tongdaemoon", "Dongdaemun"),
        ("Kangnam apartments", "Gangnam apartments"),
        ("Kuro-ku", "Guro-gu"),
    ],
)
def test_a_slip_or_another_romanisation_is_put_right(typed: str, meant: str) -> None:
    assert SPELLING.corrected(typed) == meant


@pytest.mark.parametrize(
    "right",
    [
        "nation stations departments stationary",  # common words, however near
        "Foret",  # a word of a name
        "Suncheon",  # a city that the data does not cover, a letter from Sinchon
        "Kangnam Univ.",  # a station of its own
        "statn",  # two letters off is too far for a short word
    ],
)
def test_a_right_word_is_left_alone(right: str) -> None:
    assert SPELLING.corrected(right) == right


def test_romanisations_of_one_sound_are_one_and_other_sounds_are_not() -> None:
    assert folded("Chongno") == folded("Jongno")
    assert folded("Seocho") == folded("Socho")
    assert folded("Gangnam") != folded("Gangdong")


def test_a_slip_changes_the_longest_words_always_alike_and_keeps_first_letters_and_figures() -> None:
    question = "Gwangmyeong apartments 84 under 700 million"
    typed = misspelt(question)
    assert typed != question
    assert typed == misspelt(question)
    assert [word[0] for word in typed.split()] == [word[0] for word in question.split()]
    assert [word for word in typed.split() if word.isdigit()] == ["84", "700"]
