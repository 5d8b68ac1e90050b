"""주택형 as the notices print it (``084.9800A``), split into what people write and what it measures."""

from __future__ import annotations

import re

from ingest.sources.tables import Row

_LABEL = re.compile(r"0*([0-9]+)(?:\.([0-9]*))?\s*([A-Za-z0-9-]*)")


def label_and_area(row: Row, column: str = "주택형") -> tuple[str, float]:
    """``084.9800A`` → ``("84.98A", 84.98)``; ``055.0000 `` → ``("55", 55.0)``. Area in ㎡."""
    match = _LABEL.fullmatch(row.required(column))
    if match is None or int(match[1]) == 0:
        raise row.broken(column, "a type like 084.9800A")
    decimals = (match[2] or "").rstrip("0")
    number = f"{match[1]}.{decimals}" if decimals else match[1]
    return number + match[3].upper(), float(number)
