"""Whatever is wrong in the store is found and named, and a repair leaves it as a fresh ingest would."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ingest_run import ingest_into, run_over, write_faqs, write_notices
from psycopg_pool import ConnectionPool
from shipped import PROMPTS

from assistant.adapters.postgres.documents import Documents
from eval.perf.stand_ins import WordTokenizer
from ingest.reading import SAMPLES
from ingest.verify import Verified, verify

SEEDS = 500


def check(pool: ConnectionPool, *paths: Path, repair: bool = False) -> Verified:
    return verify(PROMPTS, pool, lambda given: run_over(*given), WordTokenizer(), paths, repair=repair)


def execute(pool: ConnectionPool, statement: str, *values: object) -> list[Any]:
    with pool.connection() as connection:
        cursor = connection.execute(statement.encode(), values)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    write_faqs(folder / "faq.jsonl", {f"F{n}": f"답은 {n}번입니다. 둘째 문장 {n}." for n in range(150)})
    notices = [
        {"주택관리번호": f"{n}", "주택명": f"독산 자이 {n}차", "공급위치": "서울특별시 금천구 독산동 1번지"}
        for n in range(12)
    ]
    write_notices(folder / "notices.csv", notices, SAMPLES / "housing/notices.csv")
    posts = [
        {"id": f"L{n}", "title": f"의자 {n}", "description": "튼튼해요.", "price": 1000 * n, "location": "독산동"}
        for n in range(30)
    ]
    (folder / "posts.jsonl").write_text("\n".join(json.dumps(post, ensure_ascii=False) for post in posts))
    (folder / "note.md").write_text("# 안내\n주차는 되지 않습니다.\n")
    return folder


def test_a_fresh_store_is_right(pool: ConnectionPool, folder: Path) -> None:
    ingest_into(pool, folder)
    found = check(pool)
    assert (found.findings, found.errors) == ((), ())
    assert found.documents == 193
    assert check(pool, folder).findings == ()


def test_what_changed_in_the_sources_is_stale_missing_or_extra(pool: ConnectionPool, folder: Path) -> None:
    ingest_into(pool, folder)
    write_faqs(
        folder / "faq.jsonl",
        {"F0": "다른 답.", **{f"F{n}": f"답은 {n}번입니다. 둘째 문장 {n}." for n in range(1, 149)}},
    )
    write_faqs(folder / "more.jsonl", {"G1": "답."})
    assert {str(finding) for finding in check(pool).findings} == {
        "stale: document faq:F0",
        "extra: document faq:F149",
        "missing: document faq:G1",
    }
    assert check(pool, repair=True).repaired
    found = check(pool)
    assert found.findings == ()


def test_a_file_that_cannot_be_read_is_told_and_its_documents_stay(
    pool: ConnectionPool, documents: Documents, folder: Path
) -> None:
    ingest_into(pool, folder)
    (folder / "posts.jsonl").write_text("{")
    found = check(pool, repair=True)
    assert found.findings == ()
    assert [error.path for error in found.errors] == [str(folder / "posts.jsonl")]
    assert "listing:L3" in documents.hashes()


def test_a_file_given_by_itself_that_is_gone_takes_its_documents_along(
    pool: ConnectionPool, documents: Documents, folder: Path, tmp_path: Path
) -> None:
    write_faqs(tmp_path / "single.jsonl", {"S1": "답."})
    ingest_into(pool, folder)
    ingest_into(pool, tmp_path / "single.jsonl")
    (tmp_path / "single.jsonl").unlink()
    assert [str(finding) for finding in check(pool).findings] == ["extra: document faq:S1"]
    assert check(pool, repair=True).repaired
    assert "faq:S1" not in documents.hashes()
    found = check(pool)
    assert (found.findings, found.errors, found.documents) == ((), (), 193)


@dataclass(frozen=True)
class Damage:
    """A statement on one row, by the key it is found under."""

    kind: str
    table: str
    key: str
    statement: str
    values: Sequence[object]


# Per table: the key, and statements that lose or alter one row.
KEYED = {
    "document": ("id", ["name_en = name_en || '!'", "aliases = aliases || 'x'::text", "origin = 'elsewhere'"]),
    "housing": ("document_id", ["households = coalesce(households, 0) + 1", "announced = '2001-01-01'", "dong = 'x'"]),
    "listing": (
        "document_id",
        [
            "kinds = kinds || 'x'::text",
            "price = coalesce(price, 0) + 1",
            "free = NOT free",
            "negotiable = NOT negotiable",
            "status = 'sold'",
            "dong = 'x'",
            "flags = flags || 'contact'::text",
        ],
    ),
    "frequent_term": ("term", ["chunks = chunks + 1", "of = of - 1"]),
    "chunk": ("id", ["text = text || ' '", "ordinal = ordinal + 100", "sentences = '[]'", "topic = 'x'"]),
    "embedding": (
        "chunk_id",
        [
            "raw = (SELECT raw FROM embedding e WHERE e.chunk_id <> embedding.chunk_id LIMIT 1)",
            "centred = raw",
            "centred = NULL",
            "text_hash = 'x'",
            "raw = '[1,2,3]'",
        ],
    ),
}


ORPHAN = """
    INSERT INTO document (id, domain, source_id, name_ko, name_en, content_hash) VALUES (%s, 'faq', %s, '', '', '')
"""
OTHER_MEAN = """
    UPDATE embedding_mean SET mean = (SELECT raw FROM embedding LIMIT 1) WHERE side = 'passage' AND language = 'ko'
"""


def damages(pool: ConnectionPool, generator: random.Random) -> list[Damage]:
    """One per document, of all kinds, in a random order."""
    found: list[Damage] = []
    for table, (key, changes) in KEYED.items():
        for (row,) in execute(pool, f"SELECT {key} FROM {table} ORDER BY 1"):
            for change in changes:
                found.append(Damage("", table, row, f"UPDATE {table} SET {change} WHERE {key} = %s", [row]))
            found.append(Damage("missing", table, row, f"DELETE FROM {table} WHERE {key} = %s", [row]))
    for term, chunk in execute(pool, "SELECT term, chunk_id FROM posting ORDER BY 1, 2"):
        where = "WHERE term = %s AND chunk_id = %s"
        key = f"{chunk} {term}"
        found.append(
            Damage("altered", "posting", key, f"UPDATE posting SET weight = weight + 0.001 {where}", [term, chunk])
        )
        found.append(Damage("missing", "posting", key, f"DELETE FROM posting {where}", [term, chunk]))
        found.append(
            Damage(
                "extra", "posting", f"{chunk} x{term}", "INSERT INTO posting VALUES (%s, %s, 1)", [f"x{term}", chunk]
            )
        )
        found.append(
            Damage("extra", "frequent_term", f"x{term}", "INSERT INTO frequent_term VALUES (%s, 1, 1)", [f"x{term}"])
        )
    for number in range(100):
        found.append(Damage("orphan", "document", f"faq:X{number}", ORPHAN, [f"faq:X{number}", f"X{number}"]))
    generator.shuffle(found)
    return found


def test_every_one_of_many_damages_is_found_and_mended(
    pool: ConnectionPool, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.adapters.postgres.documents.FREQUENT_FROM", 20)
    ingest_into(pool, folder)
    seeded = damages(pool, random.Random(7))
    wanted: dict[tuple[str, str], Damage] = {}
    rounds = 0
    while sum(1 for _ in wanted) < SEEDS:
        # Of one document one damage at a time: the loss of its document would hide that of a posting.
        rounds += 1
        now: dict[str, Damage] = {}
        for damage in seeded[:]:
            document = damage.key.split("#")[0]
            if document not in now and (damage.table, damage.statement + damage.key) not in wanted:
                now[document] = damage
                wanted[damage.table, damage.statement + damage.key] = damage
                seeded.remove(damage)
            if len(wanted) == SEEDS:
                break
        for damage in now.values():
            execute(pool, damage.statement, *damage.values)
        found = check(pool, repair=True)
        named = {(finding.table, finding.key) for finding in found.findings}
        missed = [damage for damage in now.values() if (damage.table, damage.key) not in named]
        assert missed == []
        touched = {damage.key.split("#")[0] for damage in now.values()}
        assert {f.document_id for f in found.findings if f.document_id} <= touched
        assert found.repaired
        assert check(pool).findings == ()
    assert rounds < 10


def test_what_belongs_to_the_whole_is_checked_too(pool: ConnectionPool, folder: Path) -> None:
    ingest_into(pool, folder)
    execute(pool, OTHER_MEAN)
    execute(pool, "UPDATE term SET en = 'x' WHERE ko = (SELECT min(ko) FROM term)")
    execute(pool, "UPDATE document SET superseded_by = 'housing:2' WHERE id = 'housing:1'")
    execute(pool, "INSERT INTO unit_type SELECT document_id, 'X', 1 FROM housing WHERE document_id = 'housing:3'")
    named = {str(finding).split(" (")[0] for finding in check(pool).findings}
    assert {"altered: embedding_mean ko", "altered: document housing:1", "extra: unit_type housing:3 X"} <= named
    assert sum("term" in name for name in named) == 2
    assert check(pool, repair=True).repaired
