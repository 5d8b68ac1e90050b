"""The types of one area, a sentence each: out of a list of figures the wrong one is easily quoted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.writing.statements import Phrase, Statement
from ingest.writing.subject import Subject, area_tag


def by_type(
    subject: Subject, facet: str, metres: int, what: Phrase, figures: Sequence[tuple[str, Phrase]]
) -> Iterator[Statement]:
    """Sentences like ``…의 84.98A 타입 최고 분양가는 8억원입니다.``

    They are cited, not indexed: the area's own statement already makes the paragraph findable.

    Args:
        metres: the area group, whole ㎡.
        what: what the figure is, in Korean with its particle.
        figures: each type's label, and its figure.
    """
    for label, figure in figures:
        yield Statement(
            facet,
            "{name}의 {type} 타입 {what} {figure}입니다.",
            "At {name} the {what} of type {type} is {figure}.",
            {"name": subject.name, "type": label, "what": what, "figure": figure},
            (area_tag(metres), "by_type", f"type:{label}"),
            listed="",
        )
