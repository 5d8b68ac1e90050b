"""A small corpus of all kinds that changes at random, to try what ingestion does with it."""

from __future__ import annotations

import csv
import json
import random
from dataclasses import dataclass, field
from pathlib import Path

from ingest.reading import SAMPLES

NOTICES = SAMPLES / "housing" / "notices.csv"


@dataclass(slots=True)
class Corpus:
    """Help-centre entries in some files, posts, notices (some corrected) and notes, under ``folder``."""

    folder: Path
    random: random.Random
    faqs: list[dict[str, str]] = field(default_factory=lambda: [{}, {}, {}])
    notices: dict[str, dict[str, str]] = field(default_factory=dict)
    posts: dict[str, int] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    number: int = 0

    def change(self) -> None:
        """One random step: add, change, remove, move or correct a record."""
        self.number += 1
        words = f"{self.number}번째로 바뀐 글입니다. 값은 {self.random.randint(1, 9)}입니다."
        file = self.random.choice(self.faqs)
        match self.random.randint(0, 9):
            case 0 | 1:
                file[f"F{self.number}"] = words
            case 2 if file:
                file[self.random.choice(list(file))] = words
            case 3 if file:
                del file[self.random.choice(list(file))]
            case 4 if file:
                key = self.random.choice(list(file))
                self.random.choice(self.faqs)[key] = file.pop(key)
            case 5:
                self.posts[f"P{self.random.randint(0, 6)}"] = 1000 * self.random.randint(0, 9)
            case 6:
                mark = self.random.choice(["", "[정정공고] "])
                day = f"2025-03-{self.random.randint(1, 28):02}"
                name = f"{mark}독산 자이 {self.random.randint(1, 3)}차"
                self.notices[f"{self.number}"] = {"주택명": name, "모집공고일": day}
            case 7 if self.notices:
                del self.notices[self.random.choice(list(self.notices))]
            case 8:
                self.notes[f"note{self.random.randint(0, 3)}.md"] = f"# 안내 {self.number}\n{words}\n"
            case _ if self.notes:
                del self.notes[self.random.choice(list(self.notes))]

    def write(self) -> None:
        """Make the folder what the corpus is now; a file with nothing in it is not there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in self.folder.iterdir():
            path.unlink()
        for position, faqs in enumerate(self.faqs):
            lines = [{"id": key, "question": f"{key}은 무엇인가요?", "answer": text} for key, text in faqs.items()]
            self._jsonl(f"faq{position}.jsonl", lines)
        posts = [
            {"id": key, "title": f"의자 {key}", "description": "튼튼합니다.", "price": price, "location": "독산동"}
            for key, price in self.posts.items()
        ]
        self._jsonl("posts.jsonl", posts)
        for name, text in self.notes.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        if self.notices:
            self._write_notices()

    def _jsonl(self, name: str, lines: list[dict[str, object]] | list[dict[str, str]]) -> None:
        if lines:
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
            (self.folder / name).write_text(text, encoding="utf-8")

    def _write_notices(self) -> None:
        with NOTICES.open(encoding="utf-8-sig", newline="") as source:
            reader = csv.DictReader(source)
            first = next(reader)
        with (self.folder / "notices.csv").open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, list(first))
            writer.writeheader()
            for key, values in self.notices.items():
                writer.writerow({**first, "주택관리번호": key, "공급위치": "서울특별시 금천구 독산동 1번지", **values})
