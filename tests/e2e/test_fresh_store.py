"""A server that runs while the store changes under it: what is loaded is answered from, without a restart."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from chat_process import ChatProcess, chat_process
from command_line import BUDONGI, CommandLine, read_csv, write_corpus, write_csv, write_lines

EARLIER = {"2024000546", "2020000338"}
LATEST = "2025000429"  # 철산역자이
START_SECONDS = 120
SOON_SECONDS = 60  # it takes one or two; a busy machine may take many times that


@dataclass(frozen=True)
class Served:
    """A running server on a small corpus, and the command line beside it."""

    chat: ChatProcess
    budongi: CommandLine
    corpus: Path

    def post(self, path: str, **body: Any) -> Any:
        answered = httpx2.post(f"{self.chat.url}/v1/{path}", json=body, timeout=60)
        assert answered.status_code == 200, answered.text
        return answered.json()

    def ingest(self) -> None:
        loaded = self.budongi("ingest", self.corpus)
        assert loaded.code == 0, loaded.printed

    def becomes(self, look: Callable[[], Any], wanted: Any) -> None:
        """``look()`` gives what is wanted, soon."""
        deadline = time.monotonic() + SOON_SECONDS
        while (seen := look()) != wanted and time.monotonic() < deadline:
            time.sleep(0.2)
        assert seen == wanted, self.chat.printed


def keep_notices(corpus: Path, source: Path, wanted: Callable[[str], bool]) -> None:
    """Write of the notices in ``source`` those whose number is wanted into ``corpus``."""
    for path in (source / "housing").glob("*.csv"):
        header, *rows = read_csv(path)
        write_csv(corpus / "housing" / path.name, [header, *(row for row in rows if wanted(row[0]))])


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpus(tmp_path_factory.mktemp("full") / "corpus")


@pytest.fixture(scope="module")
def served(full: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    base = tmp_path_factory.mktemp("fresh")
    corpus = write_corpus(base / "corpus")
    keep_notices(corpus, full, EARLIER.__contains__)
    budongi = CommandLine(base / "home")
    loaded = budongi("ingest", corpus)
    assert loaded.code == 0, loaded.printed
    environment = {"BUDONGI_HOME": str(budongi.home), "BUDONGI_CHAT_MODEL": "none", "BUDONGI_API_PER_MINUTE": "100000"}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    with chat_process([str(BUDONGI), "up", "--port", port], base, environment, START_SECONDS) as chat:
        yield Served(chat, budongi, corpus)


def test_what_is_loaded_beside_a_running_server_is_answered_from(served: Served, full: Path) -> None:
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

    keep_notices(served.corpus, full, bool)
    for name, row in (("districts", "sigungu,41999,새별시,Saebyeol-si"), ("stations", "새별나루역,Saebyeollaru,")):
        with (served.corpus / "glossary" / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.write(f"{row}\n")
    entry = {"id": "drone", "question": "드론으로 물건을 받을 수 있나요?", "answer": "드론 배송은 하지 않습니다."}
    write_lines(served.corpus / "faq" / "more.jsonl", [entry])
    (served.corpus / "listings").mkdir()
    post = {"id": "p1", "title": "원목 의자", "description": "", "price": 10000, "location": "경기 가평군 샛별면"}
    write_lines(served.corpus / "listings" / "posts.jsonl", [post])
    served.ingest()

    served.becomes(asked, {LATEST})
    assert read() == {
        "sigungus": ["새별시"],
        "stations": ["새별나루"],
        "builders": ["주영토건"],
        "dongs": ["샛별면"],
    }
    assert predicted() == ["drone"]

    # And what is gone from its files is gone from the answers.
    keep_notices(served.corpus, full, lambda number: number != LATEST)
    served.ingest()
    served.becomes(asked, set())
