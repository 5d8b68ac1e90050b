"""What a model wrote, brought into one form: it cites as ``[1]`` however it was taught to, and writes plain sentences.

Models cite as 【1†source】, [source 1], [^1], [1, 2], (1), <sup>1</sup>, [[1]](#1) and **[1]**; some set answers in
tables, in code fences, or in a field of a JSON object.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

_LABEL = r"(?:[A-Za-z가-힣]{1,12}[\s.:：#]{0,3})?"
_ONE = rf"\[?\^?{_LABEL}\d{{1,2}}\^?(?:†[^\]】］〕,]*)?\]?"
# Between two numbers there is always something: 2027 is one.
_BETWEEN = r"(?:\s*(?:[,;/·&~–-]|및|와|과)\s*|\s+(?:and\s+)?|(?<=\])(?=\[))"
_MANY = rf"{_ONE}(?:{_BETWEEN}{_ONE})*"
_BRACKETED = re.compile(rf"[\[【［〔]\s*({_MANY})\s*[\]】］〕]|<sup>\s*({_MANY})\s*</sup>")
_ROUND = re.compile(rf"\s*[(（]\s*({_MANY})\s*[)）]")
_NUMBERS = re.compile(r"(\d{1,2})(?:\s*[~–-]\s*(\d{1,2}))?")
_WITHIN = re.compile(r"†[^,]*")  # where in a source: 1†L3-L9
# What remains around a mark that was set off or linked: `[1]`, _[1]_, [1](#ref-1).
_AROUND = re.compile(r"[*_`]+((?:\[\d{1,2}\])+)[*_`]+|(\[\d{1,2}\])\((?:#|https?:)[^()\s]*\)")
_ENDED = re.compile(r"[.!?。]\s*$")
_FENCE = re.compile(r"^[ \t]*```\w*[ \t]*\n", re.MULTILINE)
_JSON = re.compile(r"\s*(?:`{3}\w*\s*)?\{")
_MAY_BE_JSON = re.compile(r"\s*(?:`{1,3}\w*\s*)?")
# The beginning of a mark, or of what is written around one, of which the rest may yet come.
_BEGUN = re.compile(
    r"\s*(?:[\[【［〔][^\]】］〕\n]{0,24}|[(（][^)）\n]{0,24}[)）]?|<[^\n]{0,16}|[*_`]+(?:\[[^\]\n]{0,8}\]?)*)"
)
_RULE = re.compile(r"[\s:|-]+")


@dataclass(frozen=True)
class Marks:
    """Which numbers can be cited (None: any), and what the evidence says: what it has in brackets itself is no mark."""

    known: Collection[int] | None = None
    held: str = ""

    def read(self, text: str) -> str:
        """The text with its marks in our form; the same again for a text that was read and has grown."""
        text = _FENCE.sub("", text.replace("**", ""))
        text = _BRACKETED.sub(self._bracketed, text)
        text = _AROUND.sub(lambda match: match[1] or match[2], text)
        return _ROUND.sub(self._round, text)

    def _bracketed(self, match: re.Match[str]) -> str:
        inner = match[1] or match[2]
        if inner.isdecimal():
            return match[0] if match[0] in self.held else f"[{int(inner)}]"
        return self._marks(match[0], inner) or match[0]

    def _round(self, match: re.Match[str]) -> str:
        """Round brackets hold much else: they are a mark only where a sentence ends, before its full stop or after."""
        rest = match.string[match.end() :]
        ends = re.match(r"\s*[.!?。\n]|\[", rest) or (
            _ENDED.search(match.string[: match.start()]) and rest[:1].isspace()
        )
        marks = self._marks(match[0].strip(), match[1]) if ends and match.start() else ""
        return f" {marks}" if marks else match[0]

    def _marks(self, whole: str, inner: str) -> str:
        numbers: list[int] = []
        for first, last in _NUMBERS.findall(_WITHIN.sub("", inner)):
            numbers += range(int(first), int(last or first) + 1)
        cited = self.known is None or (bool(numbers) and all(number in self.known for number in numbers))
        return "".join(f"[{number}]" for number in numbers) if cited and whole not in self.held else ""


def may_go_on(rest: str) -> bool:
    """Whether what follows a sentence may turn out to be its mark."""
    return not rest.strip() or _BEGUN.fullmatch(rest) is not None


def table_row(line: str) -> str:
    """The cells of a table's row as one sentence, without the row's number; empty for the rule below the heads."""
    if _RULE.fullmatch(line):
        return ""
    cells = [cell.strip() for cell in line.split("|") if cell.strip()]
    return " ".join(cells[1:] if len(cells) > 1 and cells[0].rstrip(".").isdecimal() else cells)


def unwrapped(pieces: Iterable[str]) -> Iterator[str]:
    """A text as it comes; one that is set in a JSON object once that is whole."""
    begun, left = "", iter(pieces)
    for piece in left:
        begun += piece
        if _JSON.match(begun):
            yield _longest(begun + "".join(left))
            return
        if not _MAY_BE_JSON.fullmatch(begun):
            yield begun
            yield from left
            return
    yield begun


def _longest(text: str) -> str:
    """The longest text in a JSON object, which is the answer in whatever field; all of it where it is no JSON."""
    try:
        found, _ = json.JSONDecoder().raw_decode(text, text.index("{"))
    except ValueError:
        return text
    return max(_texts(found), key=len, default=text)


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for item in value.values():
                yield from _texts(item)
        case list():
            yield "\n".join(text for item in value for text in _texts(item))
