"""The changes: each makes of a question one that means the same, or nothing where it does not apply."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Any

import yaml
from kiwipiepy import Kiwi

from eval.data.cases import Case
from eval.search.typos import misspelt

Change = Callable[[Case], str | None]  # a question that asks the same, or None
PARTICLES = frozenset(("JKS", "JKO", "JX"))  # of subjects, objects and topics: left out in speech and in haste
_PLACE_AND_LIMIT = {
    "ko": re.compile(r"(?P<one>[가-힣]{1,4}[구시역동])(?P<between> )(?P<other>\d+억 ?(?:이하|미만|이상|이내))(?= )"),
    "en": re.compile(
        r"(?P<one>(?:in|near) [A-Z][\w-]+(?: Station)?)(?P<between> )"
        r"(?P<other>(?:under|below|over|above|up to) [\d.,]+ (?:million|billion)(?: won)?)"
    ),
}
_HUNDRED_MILLIONS = re.compile(r"(?<![\d.])(\d{1,2})억(?: ?원)?(?! ?\d|천)")
_MILLIONS = re.compile(r"\b(\d)00 million\b")
_AE, _E = 1, 5  # ㅐ and ㅔ among the vowels of a syllable: they sound alike, and are mixed up most


@dataclass(frozen=True, slots=True)
class Relation:
    """``name`` of a change, and what must stay: the decision, and whose statements are cited."""

    name: str
    change: Change


@cache
def relations() -> tuple[Relation, ...]:
    """All changes of the wording, by name."""
    words = _words()
    made: dict[str, Change] = {f"preamble: {kind}": partial(_before, kind) for kind in words["preambles"]}
    made |= {
        "order of conditions": _swapped,
        "no particles": _without_particles,
        "no spaces": _without_spaces,
        "synonyms": _synonym,
        "typos": _typo,
        "a condition that all meet": _met_by_all,
        "units": _units,
    }
    return tuple(Relation(name, change) for name, change in made.items())


def changed(relation: Relation, case: Case) -> str | None:
    """The question of ``case`` under ``relation``; None where that leaves it as it is or does not apply."""
    made = relation.change(case)
    return None if made is None or made == case.question else made


@cache
def _words() -> Mapping[str, Any]:
    found: dict[str, Any] = yaml.safe_load(files("eval.metamorphic").joinpath("relations.yaml").read_text("utf-8"))
    return found


def _before(kind: str, case: Case) -> str:
    preambles: list[str] = _words()["preambles"][kind][case.language]
    return random.Random(f"{kind} {case.id}").choice(preambles) + case.question


@cache
def _kiwi() -> Kiwi:
    return Kiwi(num_workers=1, load_default_dict=False, load_typo_dict=False, load_multi_dict=False)


def _without_particles(case: Case) -> str | None:
    if case.language == "en":
        return None
    kept, at = "", 0
    for token in _kiwi().tokenize(case.question):
        # 난 is 나 and ㄴ: what is no letter of its own stays.
        if token.tag in PARTICLES and case.question[token.start : token.end] == token.form:
            kept, at = kept + case.question[at : token.start], token.end
    return kept + case.question[at:]


def _without_spaces(case: Case) -> str | None:
    # 59 7억 without its space is another figure.
    return re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", case.question) if case.language == "ko" else None


def _swapped(case: Case) -> str | None:
    found = _PLACE_AND_LIMIT[case.language].search(case.question)
    if found is None:
        return None
    swapped = found["other"] + found["between"] + found["one"]
    return case.question[: found.start()] + swapped + case.question[found.end() :]


def _synonym(case: Case) -> str | None:
    question = case.question
    for one, other in _words()["synonyms"][case.language]:
        for said, meant in ((one, other), (other, one)):
            # Of English, whole words, whatever their case; of Korean, as they stand.
            pattern = rf"\b{re.escape(said)}\b" if case.language == "en" else re.escape(said)
            if re.search(pattern, question, re.IGNORECASE):
                question = re.sub(pattern, meant, question, count=1, flags=re.IGNORECASE)
                break
    return question


def _typo(case: Case) -> str | None:
    if case.language == "en":
        return misspelt(case.question)
    for at, letter in enumerate(case.question):
        index = ord(letter) - ord("가")
        vowel = index % 588 // 28
        if 0 <= index < 11172 and vowel in (_AE, _E):
            other = index + (_E - _AE if vowel == _AE else _AE - _E) * 28
            return case.question[:at] + chr(other + ord("가")) + case.question[at + 1 :]
    return None


def _met_by_all(case: Case) -> str | None:
    if (case.kind, case.domain) != ("find", "housing") or case.history:
        return None
    return str(_words()["met_by_all"][case.language]) + case.question


def _units(case: Case) -> str | None:
    if case.language == "ko":
        return _HUNDRED_MILLIONS.sub(lambda found: f"{found[1]}0000만원", case.question)
    return _MILLIONS.sub(lambda found: f"0.{found[1]} billion", case.question)
