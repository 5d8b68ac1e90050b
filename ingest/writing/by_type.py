"""The types of one area side by side, a few in a sentence: a list of twenty is nothing to quote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ingest.writing.statements import Statement
from ingest.writing.subject import Subject, area_tag

TYPES_IN_ONE_SENTENCE: Final = 6


def by_type(
    subject: Subject, facet: str, metres: int, what: str, what_en: str, figures: Sequence[tuple[str, str]]
) -> Iterator[Statement]:
    """Sentences like ``…의 전용 84㎡ 주택형별 최고 분양가는 84.98A 8억원, 84.92B 7억원입니다.``

    They are cited, not indexed: the area's own statement already makes the paragraph findable.

    Args:
        metres: the area group, whole ㎡.
        what: what is listed, with its particle.
        figures: each type with its figure, in Korean and English.
    """
    for start in range(0, len(figures), TYPES_IN_ONE_SENTENCE):
        few = figures[start : start + TYPES_IN_ONE_SENTENCE]
        yield Statement(
            facet,
            "{name}의 전용 {area}㎡ 주택형별 {what} {all}입니다.",
            "At {name} the {what_en} of each {area} ㎡ type is: {all_en}.",
            {
                "name": subject.name,
                "area": metres,
                "what": what,
                "what_en": what_en,
                "all": ", ".join(ko for ko, _ in few),
                "all_en": "; ".join(en for _, en in few),
            },
            (area_tag(metres), "by_type"),
            listed="",
        )
