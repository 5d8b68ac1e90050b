"""What is gone from the sources goes from the store, at once and for good; what has not changed is not read again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ingest_run import ingest_into, write_faqs, write_notices
from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.documents import Documents
from assistant.adapters.postgres.ledger import Unchanged
from assistant.adapters.postgres.store import Store
from assistant.domain import Filters
from assistant.errors import SourceError
from ingest.pipeline import Report
from ingest.reading import SAMPLES


def rows(pool: ConnectionPool, query: str) -> list[Any]:
    with pool.connection() as connection:
        return connection.execute(query.encode()).fetchall()


def stored(documents: Documents) -> set[str]:
    return set(documents.hashes())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two FAQ files with two entries each."""
    write_faqs(tmp_path / "data/a.jsonl", {"A1": "답 하나.", "A2": "답 둘."})
    write_faqs(tmp_path / "data/b.jsonl", {"B1": "답 셋.", "B2": "답 넷."})
    return tmp_path / "data"


def test_a_record_gone_from_its_file_is_removed_and_remembered(
    pool: ConnectionPool, documents: Documents, folder: Path
) -> None:
    ingest_into(pool, folder)
    write_faqs(folder / "a.jsonl", {"A1": "답 하나."})
    assert ingest_into(pool, folder) == Report(unchanged=3, removed=1)
    assert stored(documents) == {"faq:A1", "faq:B1", "faq:B2"}
    assert rows(pool, "SELECT count(*) FROM chunk WHERE document_id = 'faq:A2'") == [(0,)]
    ((name, minutes),) = rows(
        pool, "SELECT name_ko, extract(minutes FROM now() - removed_at) FROM tombstone WHERE document_id = 'faq:A2'"
    )
    assert (name, minutes) == ("질문 A2?", 0)


def test_a_file_gone_from_its_folder_is_removed_and_one_of_another_folder_is_not(
    pool: ConnectionPool, documents: Documents, folder: Path, tmp_path: Path
) -> None:
    write_faqs(tmp_path / "other/c.jsonl", {"C1": "답."})
    ingest_into(pool, folder)
    ingest_into(pool, tmp_path / "other")
    (folder / "b.jsonl").unlink()
    (tmp_path / "other/c.jsonl").unlink()
    assert ingest_into(pool, folder) == Report(unchanged=2, removed=2)
    assert stored(documents) == {"faq:A1", "faq:A2", "faq:C1"}
    assert rows(pool, "SELECT count(*) FROM source_file WHERE path LIKE '%b.jsonl'") == [(0,)]


def test_a_record_that_moves_to_another_file_stays_as_it_is(
    pool: ConnectionPool, documents: Documents, folder: Path
) -> None:
    ingest_into(pool, folder)
    write_faqs(folder / "a.jsonl", {"A1": "답 하나."})
    write_faqs(folder / "b.jsonl", {"A2": "답 둘.", "B1": "답 셋.", "B2": "답 넷."})
    written = rows(pool, "SELECT id, xmin::text FROM chunk WHERE document_id = 'faq:A2' ORDER BY 1")
    assert ingest_into(pool, folder) == Report(unchanged=4)
    assert rows(pool, "SELECT id, xmin::text FROM chunk WHERE document_id = 'faq:A2' ORDER BY 1") == written
    # Only where it is cited from has changed.
    assert rows(pool, "SELECT origin FROM document WHERE id = 'faq:A2'") == [("b.jsonl, line 1",)]
    # And it goes with the file that it is in now.
    (folder / "b.jsonl").unlink()
    ingest_into(pool, folder)
    assert stored(documents) == {"faq:A1"}


def test_a_record_in_two_files_goes_with_the_second(pool: ConnectionPool, documents: Documents, folder: Path) -> None:
    write_faqs(folder / "c.jsonl", {"A1": "답 하나."})
    ingest_into(pool, folder)
    (folder / "c.jsonl").unlink()
    assert ingest_into(pool, folder) == Report(unchanged=4)
    ingest_into(pool, folder / "a.jsonl")
    write_faqs(folder / "a.jsonl", {"A2": "답 둘."})
    assert ingest_into(pool, folder) == Report(unchanged=3, removed=1)
    assert "faq:A1" not in stored(documents)


def test_a_bad_file_removes_nothing(pool: ConnectionPool, documents: Documents, folder: Path) -> None:
    ingest_into(pool, folder)
    (folder / "a.jsonl").write_text('{"id": "A1", "question": "질문')
    write_faqs(folder / "b.jsonl", {"B1": "답 셋."})
    assert ingest_into(pool, folder) == Report(unchanged=1, removed=1)
    assert stored(documents) == {"faq:A1", "faq:A2", "faq:B1"}
    write_faqs(folder / "a.jsonl", {"A1": "답 하나."})
    assert ingest_into(pool, folder) == Report(unchanged=2, removed=1)


def test_what_is_added_again_is_found_again(pool: ConnectionPool, documents: Documents, folder: Path) -> None:
    ingest_into(pool, folder)
    write_faqs(folder / "a.jsonl", {"A1": "답 하나."})
    ingest_into(pool, folder)
    write_faqs(folder / "a.jsonl", {"A1": "답 하나.", "A2": "답 둘."})
    assert ingest_into(pool, folder) == Report(added=1, unchanged=3, passages=2)
    assert rows(pool, "SELECT count(*) FROM tombstone") == [(0,)]
    assert not documents.needs_recentring()


def test_removing_most_of_what_was_stored_has_to_be_asked_for(
    pool: ConnectionPool, documents: Documents, folder: Path
) -> None:
    write_faqs(folder / "a.jsonl", {f"A{n}": "답." for n in range(40)})
    ingest_into(pool, folder)
    before = stored(documents)
    write_faqs(folder / "a.jsonl", {"A0": "답."})
    with pytest.raises(SourceError, match=r"39 of the 42 .*--allow-removals"):
        ingest_into(pool, folder)
    assert stored(documents) == before
    assert ingest_into(pool, folder, allow_removals=True) == Report(unchanged=3, removed=39)


def test_nothing_is_read_again_until_something_changes(pool: ConnectionPool, folder: Path, tmp_path: Path) -> None:
    ingest_into(pool, folder)
    assert isinstance(ingest_into(pool, folder), Unchanged)
    # The same files by another way are another run: a text document is called otherwise.
    assert isinstance(ingest_into(pool, folder / "a.jsonl"), Report)
    assert isinstance(ingest_into(pool, folder), Report)
    assert isinstance(ingest_into(pool, folder), Unchanged)
    # Another run that changes a document of these files, without any of these files being changed.
    write_faqs(tmp_path / "other.jsonl", {"A1": "다른 답."})
    ingest_into(pool, tmp_path / "other.jsonl")
    assert ingest_into(pool, folder) == Report(changed=1, unchanged=3, passages=1)
    # A document lost from the store, and one altered in it.
    for damage in (
        "DELETE FROM document WHERE id = 'faq:B1'",
        "UPDATE document SET content_hash = 'x' WHERE id = 'faq:B2'",
    ):
        assert isinstance(ingest_into(pool, folder), Unchanged)
        with pool.connection() as connection:
            connection.execute(damage.encode())
        assert isinstance(ingest_into(pool, folder), Report)


def test_a_run_with_a_bad_file_is_never_taken_for_done(pool: ConnectionPool, folder: Path) -> None:
    (folder / "c.jsonl").write_text("{")
    for _ in range(2):
        assert isinstance(ingest_into(pool, folder), Report)


NOTICES = SAMPLES / "housing/notices.csv"


def notice(number: str, name: str, day: str) -> dict[str, str]:
    return {"주택관리번호": number, "주택명": name, "모집공고일": day, "공급위치": "서울특별시 금천구 독산동 1번지"}


def found(pool: ConnectionPool) -> list[str]:
    candidates, _ = Store(pool).rank_housing(Filters(), (), "", 50)
    return sorted(candidate.document_id for candidate in candidates)


def test_a_corrected_notice_supersedes_what_it_corrects_and_no_other_round(
    pool: ConnectionPool, documents: Documents, tmp_path: Path
) -> None:
    earlier = notice("1", "독산 자이", "2024-01-05")
    wrong = notice("2", "독산 자이", "2025-03-01")
    other = notice("9", "독산 롯데캐슬", "2025-03-01")
    write_notices(tmp_path / "notices.csv", [earlier, wrong, other], NOTICES)
    ingest_into(pool, tmp_path / "notices.csv")
    assert found(pool) == ["housing:1", "housing:2", "housing:9"]
    # Corrected in another file, and corrected again.
    first = notice("3", "[정정공고] 독산 자이", "2025-03-04")
    write_notices(tmp_path / "corrected.csv", [first, notice("4", "독산 자이(정정)", "2025-03-08")], NOTICES)
    ingest_into(pool, tmp_path / "corrected.csv")
    assert found(pool) == ["housing:1", "housing:4", "housing:9"]
    assert {"housing:2", "housing:3"} <= stored(documents)
    assert rows(pool, "SELECT DISTINCT superseded_by FROM document WHERE id IN ('housing:2', 'housing:3')") == [
        ("housing:4",)
    ]
    assert rows(pool, "SELECT name_ko FROM document WHERE id = 'housing:4'") == [("독산 자이",)]
    # Without its correction the notice holds again.
    write_notices(tmp_path / "corrected.csv", [first], NOTICES)
    ingest_into(pool, tmp_path / "corrected.csv")
    assert found(pool) == ["housing:1", "housing:3", "housing:9"]
