"""The prompts as one value: the lexicons, wordings, shared facts, stages and examples of one folder, read once.

Whoever answers or reads a question is handed one; two of them serve side by side in one process.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, wraps
from pathlib import Path, PurePath
from string import Template
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from zoneinfo import ZoneInfo

import yaml

from prompts.files import KEYS, SUFFIXES, Example, PromptFile, PromptFileError, parse_examples, parse_prompt
from prompts.yaml_text import parse_yaml

P = ParamSpec("P")
T = TypeVar("T")
SHIPPED = Path(__file__).parent

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
    sets: tuple[tuple[str, float | str], ...] = ()
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


def kept(make: Callable[Concatenate[Prompts, P], T]) -> Callable[Concatenate[Prompts, P], T]:
    """``make``, called once for each set of prompts and arguments; what it made lives as long as the prompts do."""

    @wraps(make)
    def held(prompts: Prompts, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (make, args, *kwargs.items())
        if key not in prompts._made:
            prompts._made[key] = make(prompts, *args, **kwargs)
        return cast(T, prompts._made[key])

    return held


def _list(name: str) -> Callable[[Prompts], Any]:
    return lambda prompts: prompts._yaml(name)


@dataclass(frozen=True, eq=False)
class Prompts:
    """The prompt files of a folder as they were when it was read; each is parsed when it is first asked for.

    ``texts``: by path within the folder, such as ``stages/detail-ko.md``; ``hash``: SHA-256 over names and contents.
    """

    folder: Path
    texts: Mapping[str, str]
    hash: str
    _made: dict[Any, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, folder: Path = SHIPPED) -> Prompts:
        """Read a folder, by default the one that ships.

        Raises:
            PromptFileError: a file is no text.
        """
        digest, texts = hashlib.sha256(), {}
        for file in sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES):
            name, content = file.relative_to(folder).as_posix(), file.read_bytes()
            digest.update(f"{name} {len(content)}\n".encode() + content)
            try:
                texts[name] = content.decode("utf-8").replace("\r\n", "\n")
            except UnicodeDecodeError as error:
                raise PromptFileError(f"{file}: byte {error.start} is no UTF-8. Save the file as UTF-8.") from error
        return cls(folder, texts, digest.hexdigest())

    words = cached_property(_list("words.yaml"))  # what questions are made of
    neighbours = cached_property(_list("neighbours.yaml"))  # districts beside each other
    listings = cached_property(_list("listings.yaml"))  # what posts and questions about posts are made of
    faq = cached_property(_list("faq.yaml"))  # what questions on rules and on the marketplace are made of
    messages = cached_property(_list("messages.yaml"))  # fixed sentences of answers
    conclusions = cached_property(_list("conclusions.yaml"))  # how what is computed is said
    replies = cached_property(_list("replies.yaml"))  # the house's greeting and closing
    judge = cached_property(_list("judge.yaml"))  # what a model that judges answers is asked

    @cached_property
    def facets(self) -> tuple[Lexeme, ...]:
        """What a question can ask about a complex, from ``facets.yaml``."""
        return tuple(
            Lexeme(row["facet"], tuple(row["ko"]), tuple(row["en"]), row["label"]["ko"], row["label"]["en"])
            for row in self._yaml("facets.yaml")
        )

    @cached_property
    def criteria(self) -> tuple[Wish, ...]:
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
            for row in self._yaml("criteria.yaml")
        )

    @cached_property
    def generic_words(self) -> frozenset[str]:
        """Words that carry no condition of their own, in both languages."""
        generic = self.words["generic"]
        return frozenset(generic["ko"]) | frozenset(generic["en"])

    @cached_property
    def wish_definitions(self) -> tuple[Fact, ...]:
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
            for wish in self.criteria
            if wish.definition_ko
        )

    @cached_property
    def shared_facts(self) -> tuple[Fact, ...]:
        """All of ``facts/*.yaml``, whether in force or not."""
        return tuple(
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
            for name in self.texts
            if name.startswith("facts/") and name.endswith(".yaml")
            for row in self._yaml(name)
        )

    def facts_in_force(self, today: date | None = None) -> tuple[Fact, ...]:
        """Shared facts that hold on a day; today in Korea where none is given."""
        day = today or datetime.now(KOREA).date()
        return tuple(
            fact
            for fact in self.shared_facts
            if fact.valid_from <= day and (fact.valid_to is None or day <= fact.valid_to)
        )

    @cached_property
    def korean_words(self) -> tuple[str, ...]:
        """Every Korean word of the lexicons, those of limits and counts first: what questions are made of."""
        found = dict.fromkeys(self.words["spelled"])
        for name in ("words.yaml", "neighbours.yaml", "facets.yaml", "criteria.yaml", "listings.yaml", "faq.yaml"):
            for phrase in _in_lists(self._yaml(name)):
                found.update(dict.fromkeys(re.findall("[가-힣]{2,}", phrase)))  # a set that keeps its order
        return tuple(found)

    @cached_property
    def english_words(self) -> tuple[str, ...]:
        """Every English word of the lexicons but those that are given as stems, and of the terms of shared facts."""
        phrases = [alias for fact in self.shared_facts for alias in fact.aliases]
        for name in ("words.yaml", "facets.yaml", "criteria.yaml", "listings.yaml", "faq.yaml"):
            tree = self._yaml(name)
            lists = (
                {key: branch for key, branch in tree.items() if key != "generic"} if isinstance(tree, dict) else tree
            )
            phrases += _in_lists(lists)
        found = (word for phrase in phrases if phrase.isascii() for word in re.findall("[A-Za-z]{2,}", phrase))
        return tuple(dict.fromkeys(found))

    def checked(self) -> Prompts:
        """The same, once every file of it could be parsed.

        Raises:
            PromptFileError: one could not; names the file and the line.
        """
        for path in map(PurePath, self.texts):
            if path.suffix == ".yaml":
                self._yaml(path.as_posix())
            elif path.parts[0] in KEYS:
                self.file(path.as_posix())
            if path.parts[0] == "examples":
                self.examples(path.stem)
        return self

    def say(self, key: str, language: str, **values: str) -> str:
        """A fixed sentence from ``messages.yaml`` in the reader's language."""
        return render(self.messages[key][language], **values)

    @kept
    def file(self, name: str) -> PromptFile:
        """A checked prompt file by its name, such as ``stages/detail-ko.md``.

        Raises:
            PromptFileError: it is missing, a key of its front matter is missing or unknown, or a variable is.
        """
        if name not in self.texts:
            raise PromptFileError(f"prompts/{name} does not exist.")
        return parse_prompt(f"prompts/{name}", name.partition("/")[0], self.texts[name])

    @kept
    def examples(self, stage: str) -> dict[str, dict[str, Example]]:
        """The examples of ``examples/STAGE.yaml``: by id (``detail/one-fact``), then by language.

        Raises:
            PromptFileError: one lacks a part; names the file and the example.
        """
        file = f"examples/{stage}.yaml"
        return parse_examples(file, self._yaml(file))

    def example(self, id_: str) -> dict[str, Example]:
        """One example by its id, in both languages.

        Raises:
            PromptFileError: there is none of this id.
        """
        found = self.examples(id_.partition("/")[0])
        if id_ not in found:
            raise PromptFileError(f"prompts/examples holds no {id_!r}. Known: {', '.join(found)}.")
        return found[id_]

    @kept
    def _yaml(self, name: str) -> Any:
        """What a file holds, parsed once.

        Raises:
            PromptFileError: it is no YAML; names the file and the line.
        """
        try:
            return parse_yaml(self.texts[name])
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise PromptFileError(f"{self.folder / name}, line {line}: no YAML ({error.problem}).") from error


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
