"""Under which rules the notice stands: each designation said as yes or no, as of the notice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ingest.writing.figures import joined
from ingest.writing.statements import Phrase, Statement
from ingest.writing.subject import Subject

KEYWORDS: Final = "regulation"

# (field of Notice, Korean, English)
_DESIGNATIONS: Final = (
    ("speculation_zone", "투기과열지구", "overheated speculation zone"),
    ("adjustment_zone", "조정대상지역", "adjustment target area"),
    ("price_ceiling", "분양가상한제", "price ceiling"),
    ("redevelopment", "정비사업", "redevelopment project"),
    ("public_district", "공공주택지구", "public housing district"),
    ("large_site", "대규모 택지개발지구", "large-scale housing site"),
)


def regulation(subject: Subject) -> Iterator[Statement]:
    for answer, word, ko, en in (
        (
            True,
            "yes",
            "{name}에 모집공고 기준으로 적용되는 규제·사업 구분은 {items}입니다.",
            "As of its notice, these apply to {name}: {items}.",
        ),
        (
            False,
            "no",
            "{name:은} 모집공고 기준으로 {items}에 해당하지 않습니다.",
            "As of its notice, these do not apply to {name}: {items}.",
        ),
    ):
        items = [item for item in _DESIGNATIONS if getattr(subject.notice, item[0]) is answer]
        if items:
            yield Statement(
                "regulation",
                ko,
                en,
                {"name": subject.name, "items": joined(Phrase(item[1], item[2]) for item in items)},
                tuple(f"{field}:{word}" for field, *_ in items),
                # Out of the text: a search for a zone should find what lies in it.
                listed="" if answer is False else None,
            )
