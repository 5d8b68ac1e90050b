"""Sentences on two complexes: whose figure is whose, and whether a comparison holds, by computing it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.domain import Evidence
from assistant.language.claims import Claim, claims, implied, stated, told

# Words for less and for more, by the unit that they compare.
_WORDS = {
    "won": (r"(?<!비)[싸쌉싼]|저렴|낮|\bcheaper|\blower", r"비싸|비쌉|비싼|높|\bdearer|\bmore expensive|\bhigher"),
    "m": (r"가깝|가까|\bcloser|\bnearer", r"멀|먼(?![가-힣])|\bfarther|\bfurther"),
    "month": (r"빠르|빠릅|빨|이르|이릅|\bearlier|\bsooner", r"늦|\blater"),
    "home": (r"적|작|\bfewer|\bsmaller", r"많|크|큽|\bmore|\blarger|\bbigger"),
    "ratio": (r"낮|\blower", r"높|\bhigher"),
    "point": (r"낮|\blower", r"높|\bhigher"),
}


def misattributed(body: str, cited: Sequence[Evidence]) -> bool:
    """Whether a figure stands behind the name of one complex and is another's. A difference of two is nobody's."""
    if len({item.document_id for item in cited}) < 2:
        return False
    differences = _differences(cited)
    for owner, segment in _segments(body, cited):
        own = _stated(item for item in cited if item.document_id == owner)
        others = _stated(item for item in cited if item.document_id != owner)
        if any(claim in others for claim in claims(segment) - own - differences):
            return True
    return False


def comparison_holds(body: str, cited: Sequence[Evidence]) -> bool | None:
    """Whether the first complex is less, or more, than the one it is compared with; None where none can tell.

    It takes one statement of each of two complexes, on the same matter and size, with one figure in the unit compared.
    """
    if len(cited) != 2 or len({item.document_id for item in cited}) != 2 or len({item.facet for item in cited}) != 1:
        return None
    if len({frozenset(map(int, _of_unit(item, "m2"))) for item in cited}) != 1:
        return None
    standard = [item for item in cited if _is_standard(item, body)]
    if len(standard) != 1:
        return None
    (than,) = standard
    (subject,) = [item for item in cited if item is not than]
    found = []
    for unit, (less, more) in _WORDS.items():
        values = [_of_unit(item, unit) for item in (subject, than)]
        said = [bool(re.search(words, body, re.IGNORECASE)) for words in (less, more)]
        if sum(said) == 1 and all(len(each) == 1 for each in values):
            ours, theirs = values[0][0], values[1][0]
            found.append(ours < theirs if said[0] else ours > theirs)
    return found[0] if len(found) == 1 else None


def _stated(items: Iterable[Evidence]) -> frozenset[Claim]:
    return implied(frozenset(claim for item in items for claim in stated(item.values, item.text)))


def _of_unit(item: Evidence, unit: str) -> list[float]:
    return [value for kind, value in told(item.values, item.quote) if kind == unit]


def _differences(cited: Sequence[Evidence]) -> frozenset[Claim]:
    """What one complex's figures are more than another's, where each has one in the unit."""
    found: set[Claim] = set()
    for unit in ("won", "m", "home"):
        values = [_of_unit(item, unit) for item in cited]
        if len(values) == 2 and all(len(each) == 1 for each in values):
            found.add((unit, abs(values[0][0] - values[1][0])))
    return frozenset(found)


def allowed_difference(body: str, cited: Sequence[Evidence]) -> frozenset[Claim]:
    """The difference that a comparison which holds may state."""
    return _differences(cited) if comparison_holds(body, cited) else frozenset()


def _segments(body: str, cited: Sequence[Evidence]) -> Iterator[tuple[str, str]]:
    """Each complex's id, with what follows its name up to the next one's."""
    spans = sorted(
        (match.start(), match.end(), item.document_id)
        for item in cited
        for name in (item.name_ko, item.name_en)
        if name
        for match in re.finditer(_spaced(name), body, re.IGNORECASE)
    )
    for index, (_, end, owner) in enumerate(spans):
        yield owner, body[end : spans[index + 1][0] if index + 1 < len(spans) else len(body)]


def _is_standard(item: Evidence, body: str) -> bool:
    """Whether it is what the other one is compared with: ``B보다``, ``than B``."""
    return any(
        re.search(rf"{_spaced(name)}(?:의[^,.]*?)?\s*(?:\([^()]*\))?\s*보다", body)
        or re.search(rf"\bthan\s+(?:(?:that|those|the \w+) (?:of|at)\s+)?{_spaced(name)}", body, re.IGNORECASE)
        for name in (item.name_ko, item.name_en)
        if name
    )


def _spaced(name: str) -> str:
    """A pattern for a name however it is spaced."""
    return r"\s*".join(re.escape(char) for char in name if not char.isspace())
