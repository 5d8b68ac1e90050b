"""Markdown help pages: every question is a heading, and what stands below it is the answer.

# Payments               (category)
## When am I charged?    (question)
On the day you book.
"""

from __future__ import annotations

import re

from ingest.records import FaqEntry

LEAST = 2  # questions; a single one is a document's rhetorical heading
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.+?)\s*#*\s*$", re.MULTILINE)
_QUESTION = re.compile(r"\?$|(?:까요|나요|가요|인가|는가|는지)[.]?$|^Q\s?\d*[.:)]", re.IGNORECASE)
_MARK = re.compile(r"^Q\s?\d*[.:)]\s*", re.IGNORECASE)


def entries(text: str, name: str) -> list[FaqEntry]:
    """The entries of a page of which every heading with text below it is a question; of any other page, none.

    An entry's id is ``name#question``, so that it stays the same where others are put before it.
    """
    parts = _HEADING.split(text)
    if parts[0].strip():
        return []
    found: list[FaqEntry] = []
    above: dict[int, str] = {}
    for marks, heading, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        above = {level: outer for level, outer in above.items() if level < len(marks)}
        category = above[max(above)] if above else ""
        if not body.strip():
            above[len(marks)] = heading
        elif _QUESTION.search(heading):
            question = _MARK.sub("", heading)
            found.append(FaqEntry(f"{name}#{question}", question, body.strip(), category))
        else:
            return []
    return found if len(found) >= LEAST else []
