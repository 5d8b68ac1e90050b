"""`budongi ingest` from files to a real store, and what it says of files it cannot take."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import ingest.reading
from assistant.settings import Settings
from ingest.cli import ingest as command
from ingest.cli import load_samples


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("BUDONGI_HOME", str(home))
    monkeypatch.delenv("BUDONGI_DATABASE_URL", raising=False)
    return home


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two FAQs and a note."""
    folder = tmp_path / "data"
    folder.mkdir()
    entries = [{"id": f"F{n}", "question": f"질문 {n}은 무엇인가요?", "answer": "답입니다."} for n in range(2)]
    (folder / "faq.jsonl").write_text("\n".join(json.dumps(entry) for entry in entries))
    (folder / "note.md").write_text("# 안내\n주차는 되지 않습니다.\n")
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_files_are_stored_once(home: Path, folder: Path) -> None:
    first = run(str(folder))
    assert first.exit_code == 0, first.output
    assert "faq: 2 documents" in first.output
    assert "Stored: 3 added, 0 changed, 0 unchanged" in first.output
    again = run(str(folder)).output
    assert "Nothing to read" in again
    assert "Stored: 0 added, 0 changed, 3 unchanged" in again
    status = run("status").output
    assert "faq: 2 documents, 4 chunks, 4 of them searchable" in status
    assert not (home / "postgres/data/postmaster.pid").exists()


def test_a_dry_run_touches_nothing(home: Path, folder: Path) -> None:
    done = run("--dry-run", str(folder))
    assert done.exit_code == 0
    assert "document: 1 documents" in done.output
    assert not home.exists()


def test_every_problem_is_a_paragraph_and_the_good_files_are_stored(folder: Path) -> None:
    (folder / "broken.csv").write_text("이름,값\n가,1\n")
    (folder / "faq2.jsonl").write_text('{"id": "F9", "question": "질문?", "answer": " "}\n')
    (folder / "blob.bin").write_bytes(b"\x00\x01")
    done = run(str(folder), "/no/such/file")
    assert done.exit_code == 1
    paragraphs = done.output.split("\n\n")
    for name in ("broken.csv", "faq2.jsonl", "blob.bin", "/no/such/file"):
        assert sum(name in paragraph for paragraph in paragraphs) == 1, done.output
    assert "Stored: 3 added, 0 changed, 0 unchanged" in done.output


def test_files_of_another_domain_are_refused(folder: Path) -> None:
    done = run("--domain", "faq", str(folder))
    assert done.exit_code == 1
    assert "note.md" in done.output
    assert "faq: 2 documents" in done.output
    assert "document:" not in run("status").output


def test_nothing_given_is_wrong_usage(home: Path) -> None:
    done = run("files")
    assert done.exit_code == 2
    assert "Give one or more files" in done.output
    assert not home.exists()


def test_samples_fill_an_empty_store_and_leave_another_alone(
    home: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest.reading, "SAMPLES", folder)
    settings = Settings(home=home)
    report = load_samples(settings, only_if_empty=True)
    assert report is not None
    assert report.added == 3
    assert load_samples(settings, only_if_empty=True) is None
    other = Settings(home=tmp_path / "other")
    monkeypatch.setenv("BUDONGI_HOME", str(other.home))
    run(str(folder / "note.md"))
    assert load_samples(other, only_if_empty=True) is None
