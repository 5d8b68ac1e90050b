"""One folder, given in every way that a path can be written: what is stored is the same, and is found right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from command_line import CommandLine
from ingest_run import ingest_into, write_faqs
from psycopg_pool import ConnectionPool
from test_verify import check, execute

from assistant.adapters.postgres.documents import Documents


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """``data`` with a file of each form whose place is told, and ``link`` to it."""
    write_faqs(tmp_path / "data/faq.jsonl", {"F1": "답입니다."})
    (tmp_path / "data/guides").mkdir()
    (tmp_path / "data/guides/guide.md").write_text("# 안내\n주차는 되지 않습니다.\n")
    (tmp_path / "link").symlink_to("data")
    (tmp_path / "link.jsonl").symlink_to("data/faq.jsonl")
    return tmp_path / "data"


def test_a_relative_path_is_verified_from_elsewhere(tmp_path: Path, folder: Path) -> None:
    there = CommandLine(tmp_path / "home", tmp_path)
    stored = there("ingest", "data/../data/")
    assert stored.code == 0, stored.printed
    verified = replace(there, cwd=folder)("ingest", "verify")
    assert verified.code == 0, verified.printed
    assert " 0 wrong " in verified.stdout
    (folder / "passwords.txt").symlink_to("/etc/passwd")
    refused = there("ingest", "data")
    assert refused.code == 1
    assert "leads out of what was given, to /etc/passwd" in refused.paragraph.replace("/private/etc", "/etc")
    assert "data/passwords.txt" in refused.paragraph
    assert "1 documents" in there("ingest", "status").stdout.split("document: ")[1]


@pytest.mark.parametrize(
    "written",
    [
        "data",
        "./data",
        "data/",
        "data/guides/..",
        "../{here}/data",
        "link",
        "{absolute}",
        "data/faq.jsonl",
        "link.jsonl",
    ],
)
def test_however_it_is_written(
    pool: ConnectionPool, folder: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.chdir(folder.parent)
    path = Path(written.format(here=folder.parent.name, absolute=folder))
    ingest_into(pool, path)
    stored = dict(execute(pool, "SELECT id, origin FROM document"))
    assert stored["faq:F1"] == "faq.jsonl, line 1"
    assert stored.get("document:guides/guide.md", "guide.md") == "guide.md"
    monkeypatch.chdir(folder)
    found = check(pool)
    assert (found.findings, found.errors, found.documents) == ((), (), len(stored))
    assert check(pool, folder.parent / path).findings == ()


def test_what_was_once_read_through_a_link_goes_with_it(
    pool: ConnectionPool, documents: Documents, folder: Path
) -> None:
    secret = folder.parent / "elsewhere.md"
    secret.write_text("비밀입니다.")
    link = folder / "secret.md"
    link.symlink_to(secret)
    ingest_into(pool, folder, secret)
    assert set(documents.hashes()) == {"faq:F1", "document:guides/guide.md", "document:elsewhere.md"}
    # As an earlier version stored it: the file elsewhere, of the folder that was given.
    execute(pool, "UPDATE source_file SET root = %s WHERE path = %s", str(folder.resolve()), str(secret.resolve()))
    link.unlink()
    ingest_into(pool, folder)
    assert set(documents.hashes()) == {"faq:F1", "document:guides/guide.md"}
