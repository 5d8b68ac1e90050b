"""A change of the embedding model while servers run: those that can use it change over, the others go on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command_line import CommandLine, write_lines
from embedding_server import Handler, embedding_server
from served import Served, serve

QUESTION = "택배는 며칠 걸리나요?"
INQUIRY = "보낸 상자를 분실했대요"
ENTRIES = {
    "delivery": "택배는 보통 이틀 걸립니다.",
    "refund": "환불은 사흘 안에 됩니다.",
    "account": "계정은 이메일로 만듭니다.",
}


def settings(server: type[Handler]) -> dict[str, str]:
    """Of a machine on which nobody ever changes what was set for the first model."""
    return {"BUDONGI_EMBEDDING_MODEL": "openai:first", "OPENAI_BASE_URL": server.url}


def accept(budongi: CommandLine, settings: dict[str, str]) -> str:
    """An agent's answer is accepted where the store is searched with the model that can be used there; gives its id."""
    given = ("--message", INQUIRY, "--answer", "찾아서 다시 보내 드립니다.")
    done = budongi("inquiries", "accept", *given, **settings)
    assert done.code == 0, done.printed
    return done.stdout.strip().removeprefix("Kept as ").removesuffix(".")


def similar(served: Served) -> set[str]:
    """The past inquiries that an agent is shown."""
    return {item["id"] for item in served.post("assist", message=INQUIRY, draft=False)["similar"]}


@contextmanager
def asked_all_along(served: Served, inquiry: str) -> Iterator[None]:
    """Asks without pause; fails in the end if one question was not answered, or the inquiry was not found."""
    over = threading.Event()
    problems: list[BaseException] = []

    def ask() -> None:
        number = 0
        while not over.is_set():
            number += 1
            # Each another text, so that none is answered from the memory of its vector.
            question = f"{QUESTION}{'?' * (number % 40)}{'!' * (number // 40)}"
            try:
                found = served.post("search", question=question)
                assert found["results"], found
                assert similar(served) == {inquiry}
            except BaseException as error:
                problems.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    assert problems == []


def test_servers_go_on_without_a_pause_while_the_model_is_changed(tmp_path: Path) -> None:
    budongi = CommandLine(tmp_path / "home")
    rows = [{"id": key, "question": f"{answer} 맞나요?", "answer": answer} for key, answer in ENTRIES.items()]
    faqs = write_lines(tmp_path / "faq.jsonl", rows)
    with embedding_server("first", "second") as both, embedding_server("first") as only_first:
        loaded = budongi("ingest", faqs, **settings(both))
        assert loaded.code == 0, loaded.printed
        with (
            serve(budongi, tmp_path, **settings(both)) as able,
            serve(budongi, tmp_path, **settings(only_first)) as unable,
        ):
            kept = accept(budongi, settings(both))
            with asked_all_along(able, kept), asked_all_along(unable, kept):
                done = budongi("ingest", "reindex", "--model", "openai:second", **settings(both))
                assert done.code == 0, done.printed
                # The reindex itself asks for both: of what is asked from here on, the last is by the new one.
                both.embedded.clear()
                able.becomes(lambda: [model for model, text in both.embedded if QUESTION in text][-1:], ["second"])
                for served in (able, unable):
                    assert served.post("ask", question=QUESTION)["answer"]
            # What is accepted where either model is used is found at once where the other is.
            accepted = {kept, accept(budongi, settings(both)), accept(budongi, settings(only_first))}
            assert similar(able) == similar(unable) == accepted
            _told_by_doctor(budongi, both, only_first)
            # A new start needs no other setting, and what is ingested has the new model's vectors.
            assert budongi("search", QUESTION, **settings(both)).code == 0
            assert budongi("search", QUESTION, **settings(only_first)).code == 0
            write_lines(faqs, [*rows, {"id": "new", "question": "드론도 되나요?", "answer": "드론은 안 됩니다."}])
            assert budongi("ingest", faqs, **settings(both)).code == 0
            able.becomes(lambda: able.post("search", question="드론도 되나요?")["results"][0]["source_id"], "new")

            dropped = budongi("ingest", "reindex", "--drop-old", **settings(both))
            assert "Dropped the index of openai/first" in dropped.stdout
            assert able.post("search", question=QUESTION)["results"]
            assert similar(able) == accepted
            with pytest.raises(AssertionError, match=r"openai/(first|second)"):
                unable.becomes(lambda: unable.post("search", question=QUESTION)["results"] == [], True)
        refused = budongi("search", QUESTION, **settings(only_first))
        assert refused.code == 1
        assert "openai/second" in refused.paragraph
        assert "OPENAI_BASE_URL" in refused.paragraph


def _told_by_doctor(budongi: CommandLine, both: type[Handler], only_first: type[Handler]) -> None:
    able = budongi("doctor", **settings(both))
    assert able.code == 0, able.printed
    assert "index: openai/second, 12 dimensions; this machine can use it" in able.stdout
    assert "BUDONGI_EMBEDDING_MODEL is openai:first, which a new store would be embedded with" in able.stdout
    unable = budongi("doctor", **settings(only_first))
    assert unable.code == 1
    assert "FAIL  index: openai/second; this machine cannot use it" in unable.stdout
    assert "replaced index: openai/first, kept until `budongi ingest reindex --drop-old`" in unable.stdout
