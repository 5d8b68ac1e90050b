"""``2BL은 몇 세대인데?``, "and Complex 2?": another part of the complex at hand, named by its number alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.domain import EntityName
from assistant.language.text import squeeze

_KINDS = {
    "bl": "bl",
    "블록": "bl",
    "블럭": "bl",
    "block": "bl",
    "단지": "단지",
    "complex": "단지",
    "차": "차",
    "phase": "차",
}
_ASKED = re.compile(
    r"(?<![가-힣a-z\d.-])(?:(?P<ko>\d)\s*(?P<unit_ko>bl|블록|블럭|단지|차)|(?P<unit_en>block|complex|phase)\s*(?P<en>\d))(?!\d|입)",
    re.IGNORECASE,
)
_IN_NAME = re.compile(r"(?P<number>\d)(?P<unit>bl|블록|블럭|단지|차)", re.IGNORECASE)


def with_sibling(text: str, focus: Iterable[EntityName], known: Iterable[EntityName]) -> str:
    """``text`` with the whole name of the part that it names by number; as it is where there is no such part."""
    asked = _ASKED.search(text)
    if asked is None:
        return text
    number, unit = asked["ko"] or asked["en"], (asked["unit_ko"] or asked["unit_en"]).lower()
    names = list(known)
    for one in focus:
        own = squeeze(one.name_ko)
        found = _IN_NAME.search(own)
        if found is None or _KINDS[found["unit"].lower()] != _KINDS[unit]:
            continue
        stem = own[: found.start("number")] + number + own[found.end("number") : found.end()]
        siblings = [other for other in names if other.id != one.id and squeeze(other.name_ko).startswith(stem)]
        if len(siblings) == 1:
            name = siblings[0].name_en if asked["en"] else siblings[0].name_ko
            return f"{text[: asked.start()]}{name}{text[asked.end() :]}"
    return text
