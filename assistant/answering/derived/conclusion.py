"""A computed sentence, and the figures that it is computed from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.domain import EntityName, Evidence, Result, Sentence
from assistant.language.claims import told
from assistant.language.en import writing as english
from assistant.language.ko import writing as korean
from assistant.language.ko.writing import attach, number
from prompts.loader import Prompts

Pair = tuple[Result, Sentence]


@dataclass(frozen=True, slots=True)
class Conclusion:
    """``text`` rests on ``held_by`` (not yet numbered). ``covers`` are words of the question that it answers;
    ``whole``: it says all there is to say of what it rests on. ``replaces`` are facets whose other sentences on the
    same complexes it makes needless; ``alone``: all other evidence is. ``declines``: it says why
    there is no answer. ``remark`` stands behind the answer, uncited.
    """

    text: str
    held_by: tuple[Evidence, ...]
    covers: tuple[str, ...] = ()
    whole: bool = False
    replaces: tuple[str, ...] = ()
    alone: bool = False
    declines: bool = False
    remark: str = ""


class Noun(str):
    """Text that takes a Korean particle in a format string: ``{name:은}``."""

    __slots__ = ()

    def __format__(self, particle: str) -> str:
        return attach(str(self), particle) if particle else str(self)


def say(prompts: Prompts, *keys: str, language: str, **values: str) -> str:
    """A sentence of ``prompts/conclusions.yaml``."""
    found = prompts.conclusions
    for key in keys:
        found = found[key]
    return str(found[language]).format(**{name: Noun(value) for name, value in values.items()})


def name_of(entity: EntityName, language: str) -> str:
    return entity.name_ko if language == "ko" else entity.name_en


def sentences_of(document_id: str, results: Sequence[Result], facet: str = "") -> Iterator[Pair]:
    """The sentences of one complex, of one facet where it is given."""
    for result in sorted(results, key=lambda result: result.chunk_id):
        if result.document_id == document_id:
            yield from ((result, item) for item in result.sentences if not facet or item.facet == facet)


def figures(sentence: Sentence, unit: str) -> list[float]:
    """The figures of one unit that a statement gives, smallest first."""
    return sorted(value for kind, value in told(sentence.values, sentence.ko) if kind == unit)


def won(value: float, language: str) -> str:
    """``value`` in won, as whole 만원."""
    manwon = round(value / 10_000)
    return english.won(manwon) if language == "en" else korean.won(manwon)


def area_of(sentence: Sentence) -> int | None:
    """The whole ㎡ that a statement is limited to; None where it is of one type or of all."""
    if any(tag == "by_type" for tag in sentence.tags):
        return None
    return next((int(tag.removeprefix("area:")) for tag in sentence.tags if tag.startswith("area:")), None)


__all__ = ["Conclusion", "Noun", "Pair", "area_of", "figures", "name_of", "number", "say", "sentences_of", "won"]
