"""The two languages say the same things."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest

from assistant.domain import Domain, Language, Stage
from assistant.entrypoints.chat.texts import spoken_language, texts


def _placeholders(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


def test_both_languages_have_the_same_phrases_with_the_same_placeholders() -> None:
    korean, english = texts("ko").phrases, texts("en").phrases
    assert korean.keys() == english.keys()
    for key in korean:
        assert _placeholders(korean[key]) == _placeholders(english[key]), key


def test_every_stage_domain_and_language_has_a_name() -> None:
    phrases = texts("en").phrases
    for group, values in (
        ("stages", get_args(Stage)),
        ("domains", get_args(Domain)),
        ("languages", get_args(Language)),
    ):
        assert {f"{group}.{value}" for value in values} <= phrases.keys()


def test_starters_are_in_their_language() -> None:
    korean, english = texts("ko").starters, texts("en").starters
    assert all(re.search("[가-힣]", starter["message"]) for row in korean.values() for starter in row)
    assert all(re.match("[A-Z]", starter["message"]) for row in english.values() for starter in row)
    assert {key: len(row) for key, row in korean.items()} == {key: len(row) for key, row in english.items()}


def test_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        texts("en").say("step.found", passages=3)


@pytest.mark.parametrize(
    ("tag", "language"),
    [("ko", "ko"), ("ko-KR", "ko"), ("KO-kr", "ko"), ("en-US", "en"), ("kok-IN", "en"), (None, "en")],
)
def test_spoken_language(tag: str | None, language: Language) -> None:
    assert spoken_language(tag) == language


def _leaves(tree: dict[str, Any], prefix: str = "") -> set[str]:
    return {
        leaf
        for key, value in tree.items()
        for leaf in (_leaves(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}"})
    }


@pytest.mark.parametrize("language", ["ko", "en-US"])
def test_translations_change_only_phrases_that_chainlit_has(language: str) -> None:
    ours = json.loads(
        (files("assistant.entrypoints.chat") / f"chainlit/translations/{language}.json").read_text("utf-8")
    )
    spec = find_spec("chainlit")  # found, not imported: importing it writes into the working directory
    assert spec is not None
    theirs = json.loads((Path(str(spec.origin)).parent / f"translations/{language}.json").read_text("utf-8"))
    # The login page looks for the status of a refusal, of which Chainlit words none.
    assert _leaves(ours) - {"auth.login.errors.Too Many Requests"} <= _leaves(theirs)
