"""A server that runs while the store changes under it: what is loaded is answered from, without a restart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from command_line import CommandLine, read_csv, write_corpus, write_csv, write_lines
from served import Served, serve

EARLIER = {"2024000546", "2020000338"}
LATEST = "2025000429"  # 철산역자이


def keep_notices(corpus: Path, source: Path, wanted: Callable[[str], bool]) -> None:
    """Write of the notices in ``source`` those whose number is wanted into ``corpus``."""
    for path in (source / "housing").glob("*.csv"):
        header, *rows = read_csv(path)
        write_csv(corpus / "housing" / path.name, [header, *(row for row in rows if wanted(row[0]))])


def ingest(budongi: CommandLine, corpus: Path) -> None:
    loaded = budongi("ingest", corpus)
    assert loaded.code == 0, loaded.printed


def test_what_is_loaded_beside_a_running_server_is_answered_from(tmp_path: Path) -> None:
    full, corpus = write_corpus(tmp_path / "full"), write_corpus(tmp_path / "corpus")
    keep_notices(corpus, full, EARLIER.__contains__)
    budongi = CommandLine(tmp_path / "home")
    ingest(budongi, corpus)
    with serve(budongi, tmp_path) as served:
        _follows(served, full, corpus)


def _follows(served: Served, full: Path, corpus: Path) -> None:
    def asked() -> set[str]:
        answer = served.post("ask", question="철산역자이 분양가 얼마야?")
        return {citation["source_id"] for citation in answer["citations"]}

    def read() -> dict[str, Any]:
        """A district, a station, a builder and a neighbourhood of posts, as they are read in questions."""
        questions = {
            "sigungus": "새별시 아파트",
            "stations": "새별나루역 근처 아파트",
            "builders": "주영토건이 지은 아파트",
            "dongs": "샛별면에서 파는 의자",
        }
        return {name: served.post("search", question=asked)["filters"].get(name) for name, asked in questions.items()}

    def predicted() -> list[str]:
        found = served.post("assist", message="물건을 드론으로 받을 수 있나요?", draft=False)
        return [match["id"] for match in found["faq"][:1]]

    assert asked() == set()
    assert read() == dict.fromkeys(read())
    assert predicted() != ["drone"]

    keep_notices(corpus, full, bool)
    for name, row in (("districts", "sigungu,41999,새별시,Saebyeol-si"), ("stations", "새별나루역,Saebyeollaru,")):
        with (corpus / "glossary" / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.write(f"{row}\n")
    entry = {"id": "drone", "question": "드론으로 물건을 받을 수 있나요?", "answer": "드론 배송은 하지 않습니다."}
    write_lines(corpus / "faq" / "more.jsonl", [entry])
    (corpus / "listings").mkdir()
    post = {"id": "p1", "title": "원목 의자", "description": "", "price": 10000, "location": "경기 가평군 샛별면"}
    write_lines(corpus / "listings" / "posts.jsonl", [post])
    ingest(served.budongi, corpus)

    served.becomes(asked, {LATEST})
    assert read() == {
        "sigungus": ["새별시"],
        "stations": ["새별나루"],
        "builders": ["주영토건"],
        "dongs": ["샛별면"],
    }
    assert predicted() == ["drone"]

    # And what is gone from its files is gone from the answers.
    keep_notices(corpus, full, lambda number: number != LATEST)
    ingest(served.budongi, corpus)
    served.becomes(asked, set())
