"""Designations that a complex must have or must not have: ``투기과열지구 아닌 곳``, ``not in a speculation zone``."""

from __future__ import annotations

import re

from assistant.domain import Filters
from assistant.language.numbers import Readings
from assistant.language.text import ReadableText, has_any

_NOT_AFTER = re.compile(
    r"\s*(?:지역|구역|지구)?\s*(?:이|가|은|는|에|도|로|으로|을|를)?\s*(?:적용|해당|지정|포함)?\s*(?:이|가|도|은|는|을|를)?\s*"
    r"(?:아닌|아니고|아니면서|말고|빼고|뺀|제외|없는|밖|벗어난|미적용|안\s*(?:되는|되고|된|걸린|묶인|받는|하는)|되지\s*않|받지\s*않|하지\s*않|않는|않은)"
)
_NOT_BEFORE = re.compile(
    r"(?:\bnot|\bno|n't|outside|without|free (?:of|from)|except|excluding|\bnon)[ -]+(?:\w+ ){0,4}$"
)


def read_regulations(text: ReadableText, filters: Filters, readings: Readings, language: str) -> Filters:
    """The designations as conditions, where complexes are looked for; in a question on rules they are its subject."""
    words = text.prompts.words
    if not has_any(text, words["complexes"], language):
        return filters
    rules = any(has_any(text, words[kind], language) for kind in ("howto", "define", "eligibility"))
    found: list[str] = []
    for designation in words["designations"]:
        for word in sorted(designation[language], key=len, reverse=True):
            if span := text.find(word):
                after = _NOT_AFTER.match(text.lower, span[1])
                against = after or _NOT_BEFORE.search(text.lower[: span[0]])
                no = bool(against) or designation.get("free", False)
                if rules and not no:
                    break
                found += [f"{key}:{'no' if no else 'yes'}" for key in designation["keys"]]
                readings.append(text.read("designation", (span[0], after.end() if after else span[1])))
                break
    return filters.but(regulations=tuple(dict.fromkeys(found))) if found else filters
