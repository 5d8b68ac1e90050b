"""Conversations in Postgres: found again by their owner, changed by nobody else, gone when they are too old."""

from __future__ import annotations

from uuid import uuid4

from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.conversations import PostgresConversations


def test_conversation_is_found_again_with_its_parts_in_their_order(pool: ConnectionPool) -> None:
    kept, id_ = PostgresConversations(pool, 90), str(uuid4())
    kept.begin(id_, "kim")
    for part in ("b", "a", "c"):
        kept.put(id_, "kim", "step", part, {"id": part, "output": "첫째"})
    kept.put(id_, "kim", "step", "b", {"id": "b", "output": "changed"})
    kept.remove(id_, "kim", "step", "c")
    kept.change(id_, "kim", name="공원", profile="housing", settings={"price": 600})
    kept.change(id_, "kim", name="공원 옆")
    assert kept.parts(id_, "step") == [{"id": "b", "output": "changed"}, {"id": "a", "output": "첫째"}]
    assert kept.parts(id_, "turn") == []
    found = kept.find(id_)
    assert found is not None
    assert (found.owner, found.name, found.profile, found.settings) == ("kim", "공원 옆", "housing", {"price": 600})


def test_turns_that_were_edited_away_are_removed(pool: ConnectionPool) -> None:
    kept, id_ = PostgresConversations(pool, 90), str(uuid4())
    kept.begin(id_, "kim")
    for part in ("1", "2", "3"):
        kept.put(id_, "kim", "turn", part, {"id": part})
    kept.put(id_, "kim", "step", "2", {"id": "2"})
    kept.keep_turns(id_, "kim", ["1", "3"])
    assert [turn["id"] for turn in kept.parts(id_, "turn")] == ["1", "3"]
    assert kept.parts(id_, "step")


def test_nobody_changes_what_is_anothers(pool: ConnectionPool) -> None:
    kept, id_ = PostgresConversations(pool, 90), str(uuid4())
    kept.begin(id_, "kim")
    kept.put(id_, "kim", "step", "1", {"id": "1"})
    kept.put(id_, "kim", "turn", "1", {"id": "1"})
    before = (kept.find(id_), kept.parts(id_, "step"), kept.parts(id_, "turn"))
    kept.begin(id_, "lee")
    kept.change(id_, "lee", name="theirs")
    kept.put(id_, "lee", "step", "1", {"id": "altered"})
    kept.put(id_, "lee", "step", "2", {"id": "added"})
    kept.remove(id_, "lee", "step", "1")
    kept.keep_turns(id_, "lee", [])
    kept.delete(id_, "lee")
    assert (kept.find(id_), kept.parts(id_, "step"), kept.parts(id_, "turn")) == before
    assert kept.page("lee", 10) == []


def test_conversations_are_listed_page_by_page_latest_first(pool: ConnectionPool) -> None:
    kept, owner, ids = PostgresConversations(pool, 90), f"owner {uuid4()}", [str(uuid4()) for _ in range(5)]
    for number, id_ in enumerate(ids):
        kept.begin(id_, owner)
        kept.change(id_, owner, name=f"Number {number}")
    kept.change(ids[0], owner, name="Number 0, 100%")
    latest_first = [ids[0], *reversed(ids[1:])]
    first = kept.page(owner, 3)
    rest = kept.page(owner, 3, after=first[-1].id)
    assert [one.id for one in (*first, *rest)] == latest_first
    assert [one.name for one in kept.page(owner, 3, search="number 0")] == ["Number 0, 100%"]
    assert [one.id for one in kept.page(owner, 3, search="%")] == [ids[0]]


def test_deleted_conversation_is_gone_with_its_parts_and_stays_gone(pool: ConnectionPool) -> None:
    kept, id_ = PostgresConversations(pool, 90), str(uuid4())
    kept.begin(id_, "kim")
    kept.put(id_, "kim", "step", "1", {"id": "1"})
    kept.delete(id_, "kim")
    kept.put(id_, "kim", "step", "2", {"id": "2"})  # an answer that was still running
    assert kept.find(id_) is None
    assert kept.parts(id_, "step") == []


def test_old_conversations_are_deleted_when_another_begins(pool: ConnectionPool) -> None:
    kept, old, new = PostgresConversations(pool, 30), str(uuid4()), str(uuid4())
    kept.begin(old, "kim")
    with pool.connection() as connection:
        connection.execute("UPDATE conversation SET changed_at = now() - interval '31 days' WHERE id = %s", [old])
    kept.begin(new, "kim")
    assert kept.find(old) is None
    assert kept.find(new) is not None


def test_what_is_no_id_of_a_conversation_finds_none(pool: ConnectionPool) -> None:
    kept = PostgresConversations(pool, 90)
    kept.begin("../etc/passwd", "kim")
    kept.put("'; DROP TABLE conversation; --", "kim", "step", "1", {})
    assert kept.find("../etc/passwd") is None
    assert kept.parts("1", "step") == []
    assert kept.page("kim", 3, after="1") == []
