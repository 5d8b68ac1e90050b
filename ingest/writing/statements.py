"""From templates to chunks: one Korean template is written twice, Korean only to cite and bilingual to index.

A template names its values and the particle that follows them: ``{name:은} {builder:이} 시공합니다.``. A :class:`Noun`
is written as ``롯데건설`` in a citation, ``롯데건설(Lotte E&C)`` where it first appears in a chunk's text, and
``Lotte E&C`` in English. A :class:`Phrase` brings the figures that it tells along (:mod:`ingest.writing.figures`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter
from typing import Any, Final

from assistant.domain import Chunk, Sentence, Value
from assistant.language.ko.writing import JOSA, attach

CHUNK_CHARACTERS: Final = 450
# A last statement may overrun by this much: a paragraph of its own would repeat the name and cost more.
OVERRUN_CHARACTERS: Final = 110


@dataclass(frozen=True, slots=True)
class Noun:
    """A proper noun in both languages. ``short`` is what a paragraph may call it after the first mention."""

    ko: str
    en: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What else differs between the languages, and the figures in it."""

    ko: str
    en: str
    values: tuple[Value, ...] = ()


Part = Noun | Phrase | str


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact as templates in both languages, with the parts they need. Becomes one :class:`Sentence`."""

    facet: str
    ko: str
    en: str
    parts: Mapping[str, Part] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    # How the chunk's text says it when it is not the paragraph's first: None as the citation does, "" not at all.
    # Items of a list are short there: every character costs embedding time, and the paragraph has named its subject.
    listed: str | None = None

    def sentence(self) -> Sentence:
        return Sentence(
            ko=_KoreanFormatter().vformat(self.ko, (), self.parts),
            en=_EnglishFormatter().vformat(self.en, (), self.parts),
            facet=self.facet,
            tags=self.tags,
            values=self._values(),
        )

    def _values(self) -> tuple[Value, ...]:
        """The figures that either language tells, in their order, each once."""
        told = (self.parts[name] for _, name, _, _ in Formatter().parse(self.ko + self.en) if name)
        return tuple(dict.fromkeys(value for part in told if isinstance(part, Phrase) for value in part.values))


class _KoreanFormatter(Formatter):
    """Writes nouns in Korean only; a format spec is a particle."""

    def format_field(self, value: Any, format_spec: str) -> str:
        written = self.written(value)
        if format_spec not in JOSA:
            return str(format(written, format_spec))
        # The particle follows the sound of the Korean name, bracketed English or not.
        sound = value.ko if isinstance(value, Noun | Phrase) else written
        return written + attach(sound, format_spec)[len(sound) :]

    def written(self, value: Any) -> str:
        return value.ko if isinstance(value, Noun | Phrase) else str(value)


class _BilingualFormatter(_KoreanFormatter):
    """Adds the English of a noun where it is first mentioned; afterwards its short name will do."""

    def __init__(self, mentioned: set[str]) -> None:
        self._mentioned = mentioned

    def written(self, value: Any) -> str:
        if not isinstance(value, Noun):
            return super().written(value)
        if value.ko in self._mentioned or value.en in ("", value.ko):
            return value.short or value.ko
        self._mentioned.add(value.ko)
        return f"{value.ko}({value.en})"


class _EnglishFormatter(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Phrase):
            return value.en
        return str(format((value.en or value.ko) if isinstance(value, Noun) else str(value), format_spec))


def chunks(topic: str, statements: Iterable[Statement], keywords: str) -> Iterator[Chunk]:
    """One topic's statements as paragraphs of about ``CHUNK_CHARACTERS``: ``price``, ``price-2`` …

    Args:
        topic: the chunk's topic; later paragraphs get a number.
        statements: in reading order. None of them gives no chunk.
        keywords: English words people search the topic by, put at the end of every paragraph.
    """
    for number, group in enumerate(_paragraphs(list(statements), CHUNK_CHARACTERS - len(keywords) - 3), start=1):
        yield Chunk(
            topic=topic if number == 1 else f"{topic}-{number}",
            text=f"{_text(group)} [{keywords}]",
            sentences=tuple(statement.sentence() for statement in group),
        )


def _paragraphs(statements: Sequence[Statement], limit: int) -> Iterator[list[Statement]]:
    group: list[Statement] = []
    # What follows the last indexed statement adds nothing to the text, and stays with it.
    last = max((i for i, statement in enumerate(statements) if statement.listed != ""), default=0)
    for i, statement in enumerate(statements):
        room = limit + (OVERRUN_CHARACTERS if i >= last else 0)
        if group and len(_text([*group, statement])) > room:
            yield group
            group = []
        group.append(statement)
    if group:
        yield group


def _text(group: Sequence[Statement]) -> str:
    formatter = _BilingualFormatter(set())
    first, *others = group
    templates = [(first.ko, first), *((one.ko if one.listed is None else one.listed, one) for one in others)]
    return " ".join(formatter.vformat(template, (), one.parts) for template, one in templates if template)
