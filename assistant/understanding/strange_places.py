"""Places of a search for homes that nothing here knows: words that stand where a place stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain import Unmatched
from assistant.language.text import ReadableText, has_any
from assistant.language.unparsed import LONGEST_WORD, runs
from assistant.understanding.negation import is_unwanted
from prompts import loader

# What somebody says of themselves before they ask: "my husband works in Pangyo, …", "여의도로 출근하는데 …".
_CLAUSE = re.compile(
    r"[.,;!?](?:\s|$)|(?:는데|은데|인데|한데|니까|라서|어서|아서|해서|지만)\s|\s(?:and|but|so|because)\s"
)
_HERE = r"(?:근처|주변|인근|부근|일대|쪽)"
_NAMED = re.compile(
    rf"(?P<name>[가-힣A-Za-z0-9]{{1,12}}?(?:지구|신도시|뉴타운|동네|마을|역))(?:에서|에|의|{_HERE}|[은는도이가을를로])*"
)
_STANDS = re.compile(rf"(?:에서|에|{_HERE}[가-힣]{{0,2}})")
_HERE_NEXT = re.compile(rf"\s+{_HERE}")
_BEFORE = re.compile(r"\b(?P<word>\w+\s+)?(?:in|near|around|at|by|close to|next to|beside)\s+(?:the\s+)?$")
_OF_SOMEBODY = re.compile(r"(?:live|lives|living|lived|work|works|working|worked|born|job|office|from)\s+$")
_CAPITAL_BEFORE = re.compile(r"\b[A-Z][\w'-]* $")
_CAPITALS = re.compile(r"[A-Z][\w'-]*(?: [A-Z][\w'-]*)*(?: (?:district|town|area|city|village))?")


def strange_places(
    text: ReadableText, left: Sequence[tuple[str, int]], tagged: Sequence[tuple[str, str, int]], language: str
) -> list[Unmatched]:
    """Of the leftover terms (``left``) those that are places in the clause that asks for homes, as they were typed."""
    names = {start for _, tag, start in tagged if tag in ("NNP", "SL")}
    homes = loader.words("words.yaml")["complexes"]
    edges = [edge.span() for edge in _CLAUSE.finditer(text.text)]
    asks: dict[tuple[int, int], bool] = {}  # whether a clause is for homes: it is looked at once, however long
    found: list[Unmatched] = []
    for start, end, terms in runs(left, gap=0):
        first, last = clause = _clause(edges, len(text.text), start)
        if clause not in asks:
            asks[clause] = has_any(ReadableText(text.text[first:last]), homes, language)
        if not asks[clause]:
            continue
        place = (
            _korean(text.text, start, end, start in names) if language == "ko" else _english(text.text, first, start)
        )
        if place:
            found += [Unmatched(term, place, place=True) for term in terms]
    return found


def _clause(edges: Sequence[tuple[int, int]], length: int, at: int) -> tuple[int, int]:
    first = 0
    for begin, end in edges:
        if end <= at:
            first = end
        elif begin >= at:
            return first, begin
    return first, length


def _korean(text: str, start: int, end: int, is_name: bool) -> str:
    word = text[start : start + LONGEST_WORD].split(" ")[0].rstrip("?!.,~")
    rest = text[end : start + len(word)]
    if is_unwanted(text, start + len(word)):
        return ""
    if named := _NAMED.fullmatch(word):
        return named["name"]
    stands = is_name and (not rest or _STANDS.fullmatch(rest))  # tersely, as in "송도 6억 이하 아파트", alone
    near = rest[:1] == "쪽" or (not rest and _HERE_NEXT.match(text, end))
    return text[start:end] if stands or near else ""


def _english(text: str, first: int, start: int) -> str:
    while capital := _CAPITAL_BEFORE.search(text, first, start):  # Times, of Times Square, is a word of its own
        start = capital.start()
    before = _BEFORE.search(text.lower(), max(first, start - LONGEST_WORD), start)
    name = _CAPITALS.match(text, start)
    if before is None or name is None or _OF_SOMEBODY.fullmatch(before["word"] or ""):
        return ""
    return name.group()
