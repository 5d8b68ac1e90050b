"""Which documents a question names by their titles, whatever its spacing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from assistant.domain import EntityName
from assistant.understanding.text import squeeze

RUN = 4  # letters that a question and a title's word must share in a row; fewer are shared by chance
FEW = 2  # titles: what more of them share names none
_WORD = re.compile(r"[^\W\d_]+")


class TitleIndex:
    """Titles of documents (PDF and the like) by the runs of letters in their words."""

    def __init__(self, documents: Iterable[EntityName]) -> None:
        self._names = {name.id: name for name in documents}
        found: dict[str, set[str]] = defaultdict(set)
        for name in self._names.values():
            for title in {name.name_ko, name.name_en}:
                for word in _WORD.findall(title):
                    for run in _runs(squeeze(word)):
                        found[run].add(name.id)
        self._by_run = {run: ids for run, ids in found.items() if len(ids) <= FEW}

    def __bool__(self) -> bool:
        return bool(self._names)

    def named(self, text: str, entities: Iterable[EntityName] = ()) -> tuple[EntityName, ...]:
        """Documents that ``text`` names; where it names complexes, those whose titles hold a complex's whole name.

        Two complexes may share 반포 래미안: a run of letters names no document when the complex itself is known.
        """
        whole = [squeeze(name) for entity in entities for name in (entity.name_ko, entity.name_en)]
        if whole:
            return tuple(
                name
                for name in self._names.values()
                if any(len(part) >= RUN and part in squeeze(f"{name.name_ko} {name.name_en}") for part in whole)
            )
        ids = {id_ for run in _runs(squeeze(text)) for id_ in self._by_run.get(run, ())}
        return tuple(self._names[id_] for id_ in sorted(ids))


def _runs(squeezed: str) -> Iterable[str]:
    return (squeezed[start : start + RUN] for start in range(len(squeezed) - RUN + 1))
