"""Reads the lexicons, wordings and shared facts that ship with this package; ``prompts.files`` reads the prompts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from string import Template
from typing import Any
from zoneinfo import ZoneInfo

from prompts.folder import folder
from prompts.yaml_text import parse_yaml

KOREA = ZoneInfo("Asia/Seoul")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """Words that mean one thing, a facet, in both languages."""

    key: str
    ko: tuple[str, ...]
    en: tuple[str, ...]
    label_ko: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Wish:
    """A qualitative word and the measurable condition it stands for; the fields are described in ``criteria.yaml``."""

    name: str
    key: str
    ko: tuple[str, ...]
    en: tuple[str, ...]
    label_ko: str
    label_en: str
    within: int = 0
    category: str = ""
    sets: tuple[tuple[str, float], ...] = ()
    sort: str = ""
    finds: bool = False
    told: bool = False
    definition_ko: str = ""
    definition_en: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement true of all apartments, with where it comes from and when it holds (both days inclusive)."""

    id: str
    term_ko: str
    term_en: str
    names: tuple[str, ...]  # the term itself: they answer a question about it and nothing else
    aliases: tuple[str, ...]  # they answer any question that holds them
    statement_ko: str
    statement_en: str
    source: str
    valid_from: date
    valid_to: date | None = None


def _read(name: str) -> str:
    return (folder() / name).read_text(encoding="utf-8")


def _lexicon(name: str, key: str) -> tuple[Lexeme, ...]:
    return tuple(
        Lexeme(
            key=row[key],
            ko=tuple(row["ko"]),
            en=tuple(row["en"]),
            label_ko=row["label"]["ko"],
            label_en=row["label"]["en"],
        )
        for row in parse_yaml(_read(name))
    )


@cache
def facets() -> tuple[Lexeme, ...]:
    """What a question can ask about a complex, from ``facets.yaml``."""
    return _lexicon("facets.yaml", "facet")


@cache
def criteria() -> tuple[Wish, ...]:
    """Qualitative wishes and what they are taken to mean, from ``criteria.yaml``."""
    return tuple(
        Wish(
            name=row["name"],
            key=row["key"],
            ko=tuple(row["ko"]),
            en=tuple(row["en"]),
            label_ko=row["label"]["ko"],
            label_en=row["label"]["en"],
            within=int(row.get("within", 0)),
            category=row.get("category", ""),
            sets=tuple(row.get("sets", {}).items()),
            sort=row.get("sort", ""),
            finds=bool(row.get("finds", False)),
            told=bool(row.get("told", False)),
            definition_ko=row.get("define", {}).get("ko", ""),
            definition_en=row.get("define", {}).get("en", ""),
        )
        for row in parse_yaml(_read("criteria.yaml"))
    )


@cache
def words(name: str) -> dict[str, Any]:
    """A word list file such as ``words.yaml`` as plain data."""
    loaded: dict[str, Any] = parse_yaml(_read(name))
    return loaded


@cache
def generic_words() -> frozenset[str]:
    """Words that carry no condition of their own, in both languages."""
    generic = words("words.yaml")["generic"]
    return frozenset(generic["ko"]) | frozenset(generic["en"])


def facts_in_force(today: date | None = None) -> tuple[Fact, ...]:
    """Shared facts that hold on a day; today in Korea where none is given."""
    day = today or datetime.now(KOREA).date()
    return tuple(
        fact for fact in shared_facts() if fact.valid_from <= day and (fact.valid_to is None or day <= fact.valid_to)
    )


@cache
def wish_definitions() -> tuple[Fact, ...]:
    """What each wish of ``criteria.yaml`` is taken to mean, as facts: this project's own, always in force."""
    return tuple(
        Fact(
            id=wish.name,
            term_ko=wish.label_ko,
            term_en=wish.label_en,
            names=(wish.label_ko, wish.label_en, *wish.ko, *wish.en),
            aliases=(),
            statement_ko=wish.definition_ko,
            statement_en=wish.definition_en,
            source="budongi 기준",
            valid_from=date.min,
        )
        for wish in criteria()
        if wish.definition_ko
    )


@cache
def shared_facts() -> tuple[Fact, ...]:
    """All of ``facts/*.yaml``, whether in force or not."""
    found: list[Fact] = []
    for item in sorted((folder() / "facts").iterdir(), key=lambda path: path.name):
        if item.name.endswith(".yaml"):
            for row in parse_yaml(item.read_text(encoding="utf-8")):
                found.append(
                    Fact(
                        id=str(row["id"]),
                        term_ko=row["term"]["ko"],
                        term_en=row["term"]["en"],
                        names=(row["term"]["ko"], row["term"]["en"], *row.get("names", ())),
                        aliases=tuple(row.get("aliases", ())),
                        statement_ko=row["statement"]["ko"].strip(),
                        statement_en=row["statement"]["en"].strip(),
                        source=str(row["source"]),
                        valid_from=row["valid_from"],
                        valid_to=row.get("valid_to"),
                    )
                )
    return tuple(found)


@cache
def korean_words() -> tuple[str, ...]:
    """Every Korean word of the lexicons, those of limits and counts first: what questions are made of."""
    found = dict.fromkeys(words("words.yaml")["spelled"])
    for name in ("words.yaml", "neighbours.yaml", "facets.yaml", "criteria.yaml", "listings.yaml", "faq.yaml"):
        for phrase in _in_lists(words(name)):
            found.update(dict.fromkeys(re.findall("[가-힣]{2,}", phrase)))  # a set that keeps its order
    return tuple(found)


@cache
def english_words() -> tuple[str, ...]:
    """Every English word of the lexicons but those that are given as stems, and of the terms of shared facts."""
    phrases = [alias for fact in shared_facts() for alias in fact.aliases]
    for name in ("words.yaml", "facets.yaml", "criteria.yaml", "listings.yaml", "faq.yaml"):
        tree = words(name)
        lists = {key: branch for key, branch in tree.items() if key != "generic"} if isinstance(tree, dict) else tree
        phrases += _in_lists(lists)
    found = (word for phrase in phrases if phrase.isascii() for word in re.findall("[A-Za-z]{2,}", phrase))
    return tuple(dict.fromkeys(found))


def _in_lists(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        for branch in tree.values():
            if not isinstance(branch, str):
                yield from _in_lists(branch)
    elif isinstance(tree, list):
        for leaf in tree:
            yield from ([leaf] if isinstance(leaf, str) else _in_lists(leaf))


def version_of(*texts: str) -> str:
    """Short content hash that is stamped on every answer."""
    return hashlib.sha256("\0".join(texts).encode("utf-8")).hexdigest()[:12]


def render(template: str, **values: str) -> str:
    """Fill ``$name`` variables.

    Raises:
        KeyError: the template names a variable that was not given.
    """
    return Template(template).substitute(values)
