"""The types of one area, a sentence each: out of a list of figures the wrong one is easily quoted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.writing.statements import Statement
from ingest.writing.subject import Subject, area_tag


def by_type(
    subject: Subject, facet: str, metres: int, what: str, what_en: str, figures: Sequence[tuple[str, str, str]]
) -> Iterator[Statement]:
    """Sentences like ``…의 84.98A 타입 최고 분양가는 8억원입니다.``

    They are cited, not indexed: the area's own statement already makes the paragraph findable.

    Args:
        metres: the area group, whole ㎡.
        what: what the figure is, with its particle.
        figures: each type's label, and its figure in Korean and English.
    """
    for label, figure, figure_en in figures:
        yield Statement(
            facet,
            "{name}의 {type} 타입 {what} {figure}입니다.",
            "At {name} the {what_en} of type {type} is {figure_en}.",
            {
                "name": subject.name,
                "type": label,
                "what": what,
                "what_en": what_en,
                "figure": figure,
                "figure_en": figure_en,
            },
            (area_tag(metres), "by_type", f"type:{label}"),
            listed="",
        )
