"""Which documents a question names by their titles, whatever its spacing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from assistant.domain import EntityName
from assistant.understanding.text import longest_first, squeeze
from prompts import loader

RUN = 4  # letters that a question and a title's word must share in a row; fewer are shared by chance
LEAST_TITLE = 6  # letters of a title that is named as a whole
FEW = 2  # titles: what more of them share names none
_WORD = re.compile("[가-힣]+")
_CODE = re.compile(r"\b[A-Za-z]{1,2}-?\d{1,2}(?=블록|BL|\b)")  # of a block: Ac-05
_NOTE = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")


class TitleIndex:
    """Titles of documents (PDF and the like) by the runs of Hangul in their words.

    What every notice is called (입주자 모집 공고) tells none from another and is passed over.
    """

    def __init__(self, documents: Iterable[EntityName]) -> None:
        self._names = {name.id: name for name in documents}
        self._whole = {
            name.id: title
            for name in self._names.values()
            if len(title := squeeze(_NOTE.sub("", name.name_ko))) >= LEAST_TITLE
        }
        common = "|".join(map(re.escape, longest_first(loader.words("words.yaml")["title_words"])))
        found: dict[str, set[str]] = defaultdict(set)
        self._telling: dict[str, tuple[str, ...]] = {}
        for name in self._names.values():
            words = [part for word in _WORD.findall(name.name_ko) for part in re.split(common, word)]
            telling = [part for part in words if len(part) >= RUN]
            if telling:
                self._telling[name.id] = (*telling, *map(squeeze, _CODE.findall(name.name_ko)))
            for run in (run for part in telling for run in _runs(part)):
                found[run].add(name.id)
        self._by_run = {run: ids for run, ids in found.items() if len(ids) <= FEW}

    def __bool__(self) -> bool:
        return bool(self._names)

    def named(self, text: str, entities: Iterable[EntityName] = ()) -> tuple[EntityName, ...]:
        """Documents that ``text`` names; where it names complexes, those of which a complex bears the whole name.

        Two complexes may share 반포 래미안: a run of letters names no document when the complex itself is known.
        """
        squeezed = squeeze(text)
        ids = {id_ for id_, title in self._whole.items() if title in squeezed}
        complexes = [squeeze(entity.name_ko) for entity in entities]
        if complexes:
            ids |= {
                id_
                for id_, parts in self._telling.items()
                if any(all(part in name for part in parts) for name in complexes)
            }
        else:
            ids |= {id_ for run in _runs(squeezed) for id_ in self._by_run.get(run, ())}
        return tuple(self._names[id_] for id_ in sorted(ids))


def _runs(letters: str) -> Iterator[str]:
    return (letters[start : start + RUN] for start in range(len(letters) - RUN + 1))
