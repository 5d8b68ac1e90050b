"""Sets at first sight: frozen for good, judged without names, and a wrong verdict shows."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import SourceError
from eval.first_sight.answering import ask, keep, known, other_tree, require_same_set
from eval.first_sight.judging import (
    Form,
    Judged,
    blind_lines,
    forms,
    keep_verdicts,
    open_forms,
    page,
    read_filled,
    verdicts_of,
)
from eval.first_sight.questions import QUESTIONS, Conversation, Manifest, Turn, freeze, open_set, require_committed
from eval.first_sight.report import summary, table

TALK = Conversation(
    "c1", "search", "ko", (Turn("공원 옆", "lists homes near a park"), Turn("더 싼 데", "cheaper first"))
)
ONE = Conversation("q1", "fact", "en", (Turn("Move-in of Gaon?", "May 2026"),))
LINES = [
    {"id": "q1", "kind": "fact", "language": "en", "turns": [{"question": "Move-in of Gaon?", "expect": "May 2026"}]},
    {"id": "q2", "kind": "rule", "language": "ko", "turns": [{"question": "재당첨 제한?", "expect": "기간을 말한다"}]},
]
MANIFEST = Manifest("first", date(2026, 12, 1), "somebody", "the page", "", "seed")
KEY = "0123456789ab"


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def answers(*trees: str) -> dict[str, dict[str, dict[str, Any]]]:
    def row(tree: str, turn: str) -> dict[str, Any]:
        cited = [{"n": 1, "quote": f"quote of {turn}"}]
        return {"turn": turn, "answer": f"said by {tree[::-1]} to {turn}", "citations": cited, "next": None}

    return {tree: {turn: row(tree, turn) for turn in ("c1.1", "c1.2", "q1.1")} for tree in trees}


def filled(made: list[Form], verdict: str = "right") -> list[dict[str, Any]]:
    return [
        {"form": one.form, "key": KEY, "verdicts": {"A": verdict, "B": verdict}, "preferred": "equal"} for one in made
    ]


def test_a_frozen_set_is_neither_changed_nor_written_over(tmp_path: Path) -> None:
    source = written(tmp_path / "new.jsonl", LINES)
    folder = freeze(source, MANIFEST, tmp_path / "sets")
    assert [one.id for one in open_set("first", tmp_path / "sets")[2]] == ["q1", "q2"]
    with pytest.raises(SourceError, match="never changed"):
        freeze(source, MANIFEST, tmp_path / "sets")
    written(folder / QUESTIONS, LINES[:1])
    with pytest.raises(SourceError, match="not as it was frozen"):
        open_set("first", tmp_path / "sets")


def test_a_line_that_is_no_question_is_named_with_its_line(tmp_path: Path) -> None:
    source = written(tmp_path / "new.jsonl", [LINES[0], LINES[1] | {"turns": [{"question": "재당첨 제한?"}]}])
    with pytest.raises(SourceError, match=r"new\.jsonl, line 2.*expect"):
        freeze(source, MANIFEST, tmp_path / "sets")
    assert not (tmp_path / "sets").exists()


def test_nothing_is_answered_before_its_questions_are_committed(tmp_path: Path) -> None:
    folder = freeze(written(tmp_path / "new.jsonl", LINES), MANIFEST, tmp_path / "sets")
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "--quiet"], check=True)
    with pytest.raises(SourceError, match="not committed"):
        require_committed(folder)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "--quiet", "-m", "set"], check=True)
    require_committed(folder)
    written(folder / QUESTIONS, LINES[::-1])
    with pytest.raises(SourceError, match="not committed"):
        require_committed(folder)


def test_a_set_that_git_ignores_is_not_committed(tmp_path: Path) -> None:
    folder = freeze(written(tmp_path / "new.jsonl", LINES), MANIFEST, tmp_path / "sets")
    (tmp_path / ".gitignore").write_text("sets/\n", encoding="utf-8")
    repository(tmp_path)
    with pytest.raises(SourceError, match="not committed"):
        require_committed(folder)


@pytest.mark.parametrize("question", ["", " \n", "가" * 2001])
def test_a_question_that_the_assistant_refuses_is_not_frozen(tmp_path: Path, question: str) -> None:
    row = LINES[1] | {"turns": [{"question": question, "expect": "기간"}]}
    with pytest.raises(SourceError, match=r"line 2.*turns\.0\.question"):
        freeze(written(tmp_path / "new.jsonl", [LINES[0], row]), MANIFEST, tmp_path / "sets")


def test_answers_to_other_questions_do_not_count(tmp_path: Path) -> None:
    keep(tmp_path, "abc1234-none", {"asked": "2026-12-01T01:00:00+00:00", "set": "one hash"}, iter([]))
    require_same_set(tmp_path, replace(MANIFEST, sha256="one hash"))
    with pytest.raises(SourceError, match=r"abc1234-none\.jsonl.*other questions"):
        require_same_set(tmp_path, replace(MANIFEST, sha256="another"))


def test_a_set_is_known_to_trees_that_were_made_after_its_first_answers() -> None:
    heads: dict[str, dict[str, str | None]] = {
        "first": {"asked": "2026-12-01T01:00:00+00:00", "committed": "2026-11-30T20:00:00+00:00"},
        "older": {"asked": "2026-12-03T01:00:00+00:00", "committed": "2026-12-01T09:59:00+09:00"},
        "newer": {"asked": "2026-12-03T02:00:00+00:00", "committed": "2026-12-01T10:01:00+09:00"},
        "newer-changed": {"asked": "2026-12-03T03:00:00+00:00", "committed": None},
    }
    assert known(heads) == {"since": "2026-12-01", "trees": ["newer", "newer-changed"]}
    assert known({"first-changed": heads["first"] | {"committed": None}})["trees"] == []


MAKEFILE = """.venv/.run:
\tmkdir -p .venv/bin
\tcp budongi .venv/bin/budongi
"""
# Answers with its state, its store and its setting of the database; or loads samples.
BUDONGI = """#!/usr/bin/env python3
import json, os, sys
if sys.argv[1] == "ask":
    with open(sys.argv[3]) as asked, open(sys.argv[5], "w") as told:
        for line in asked:
            row = json.loads(line)
            said = [row["question"], row.get("state"), *map(os.environ.get, ("BUDONGI_HOME", "BUDONGI_DATABASE_URL"))]
            told.write(json.dumps({"answer": said, "state": {"after": row["question"]}}) + "\\n")
"""


def repository(folder: Path, files: dict[str, str] | None = None) -> None:
    for name, text in (files or {}).items():
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)
    git = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "--quiet", "-m", "all"], check=True)


def test_another_tree_answers_turn_by_turn_from_a_store_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUDONGI_DATABASE_URL", "postgresql://of-this-tree")
    (tmp_path / "there").mkdir()
    repository(tmp_path / "there", {"Makefile": MAKEFILE, "budongi": BUDONGI})
    for _ in range(2):  # the second time all is there
        tree = other_tree("HEAD", tmp_path / "home", "none", tmp_path / "there")
        rows = {row["turn"]: row["answer"] for row in ask([TALK, ONE], tree.budongi, tree.environment)}
        store = str(tmp_path / "home" / "stores" / tree.name)
        assert rows == {
            "c1.1": ["공원 옆", None, store, None],
            "q1.1": ["Move-in of Gaon?", None, store, None],
            "c1.2": ["더 싼 데", {"after": "공원 옆"}, store, None],
        }


def test_a_tree_that_cannot_be_set_up_is_told_with_what_its_makefile_said(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    broken = ".venv/.run:\n\t@echo the lock is broken >&2; false\n"
    repository(tmp_path / "there", {"Makefile": broken})
    with pytest.raises(SourceError, match="the lock is broken"):
        other_tree("HEAD", tmp_path / "home", "none", tmp_path / "there")
    with pytest.raises(SourceError, match="deadbeef"):
        other_tree("deadbeef", tmp_path / "home", "none", tmp_path / "there")


def test_a_tree_answers_a_set_once(tmp_path: Path) -> None:
    keep(tmp_path, "abc1234-none", {"asked": "2026-12-01"}, iter([{"turn": "q1.1"}]))
    with pytest.raises(SourceError, match="already"):
        keep(tmp_path, "abc1234-none", {"asked": "2026-12-02"}, iter([]))


def test_forms_name_no_tree_and_mix_the_sides_alike_every_time() -> None:
    told = answers("before-none", "after-none")
    made = forms(MANIFEST, [TALK, ONE], told, "judge")
    assert made == forms(MANIFEST, [TALK, ONE], told, "judge")
    for text in (json.dumps(blind_lines(made, KEY)), page(made, KEY)):
        assert "before-none" not in text
        assert "after-none" not in text
    assert made == forms(MANIFEST, [TALK, ONE], dict(reversed(told.items())), "judge")
    many = [Conversation(f"q{at}", "fact", "en", ONE.turns) for at in range(40)]
    rows = {tree: {f"q{at}.1": told[tree]["q1.1"] for at in range(40)} for tree in told}
    first = [form.trees[0] for form in forms(MANIFEST, many, rows, "judge")]
    assert 8 < first.count("before-none") < 32
    assert first != [form.trees[0] for form in forms(MANIFEST, many, rows, "another judge")]
    later = next(form for form in made if form.form == "c1.2")
    assert later.earlier == ("공원 옆",)
    assert later.answers[0]["earlier"] == [told[later.trees[0]]["c1.1"]["answer"]]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"form": "q9.1"}, "no turn"),
        ({"key": "else"}, "other answers"),
        ({"verdicts": {"A": "right"}}, "each of A, B"),
        ({"verdicts": {"A": "right", "B": "fine"}}, "right"),
        ({"preferred": ""}, "preferred"),
    ],
)
def test_what_is_wrong_with_a_filled_form_is_told_with_its_line(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    made = forms(MANIFEST, [TALK, ONE], answers("a", "b"), "judge")
    rows = filled(made)
    with pytest.raises(SourceError, match=rf"line 3.*{said}"):
        read_filled(written(tmp_path / "v.jsonl", [*rows[:2], rows[2] | change]), made, KEY)
    with pytest.raises(SourceError, match="1 turns have no verdict"):
        read_filled(written(tmp_path / "v.jsonl", rows[:2]), made, KEY)


def test_verdicts_count_for_the_tree_that_was_read(tmp_path: Path) -> None:
    made = forms(MANIFEST, [TALK, ONE], answers("before", "after"), "judge")
    rows = filled(made)
    for row, form in zip(rows, made, strict=True):
        side = "AB"[form.trees.index("before")]
        row |= {"verdicts": {"A": "right", "B": "right"} | {side: "wrong"}, "preferred": "AB".replace(side, "")}
    keep_verdicts(tmp_path, "judge", read_filled(written(tmp_path / "v.jsonl", rows), made, KEY))
    told = summary([TALK, ONE], verdicts_of(tmp_path), ["before", "after"])
    assert told["trees"]["before"]["right"]["all"]["mean"] == 0
    assert told["trees"]["after"]["right"]["all"]["mean"] == 1
    assert told["difference"]["right"]["later turns"]["mean"] == 1
    assert told["difference"]["preferred"]["mean"] == 1
    assert "preferred: 1.000" in table("first", told)
    assert told["trees"]["after"]["right"]["all"]["low"] < 1  # two conversations are not certainty


def test_two_trees_are_compared_where_the_same_judge_read_both() -> None:
    told = {
        "strict": [
            Judged("q1.1", "before", "wrong"),
            Judged("q1.1", "after", "partly"),
            Judged("c1.1", "after", "wrong"),
        ],
        "kind": [Judged("c1.1", "before", "right", preferred=1, against="another")],
    }
    apart = summary([TALK, ONE], told, ["before", "after"])["difference"]
    assert apart["right"]["all"] == {"mean": 0, "low": 0, "high": 0, "pairs": 1}
    assert "preferred" not in apart


def test_forms_stay_open_until_both_sides_are_judged(tmp_path: Path) -> None:
    made = forms(MANIFEST, [TALK, ONE], answers("before", "after"), "judge")
    keep_verdicts(tmp_path, "judge", [Judged("c1.1", "before", "right"), Judged("c1.1", "after", "right")])
    keep_verdicts(tmp_path, "judge", [Judged("q1.1", "before", "right")])
    assert [form.form for form in open_forms(tmp_path, "judge", made)] == ["c1.2", "q1.1"]
    assert len(open_forms(tmp_path, "another", made)) == 3


def test_known_trees_are_told_in_the_report() -> None:
    of_two = summary([ONE], {"judge": [Judged("q1.1", "a", "right"), Judged("q1.1", "b", "right")]}, ["a", "b"])
    text = table("first", of_two | {"known": {"since": "2026-12-01", "trees": ["b"]}})
    assert text.index("\nb: right") < text.index("known since 2026-12-01")
    assert text.count("known since") == 1


def test_a_wrong_verdict_of_one_judge_lowers_agreement_and_is_listed() -> None:
    turns = [f"q{at}.1" for at in range(20)]
    asked = [Conversation(turn.removesuffix(".1"), "fact", "en", ONE.turns) for turn in turns]
    one = [Judged(turn, "tree", "right" if at % 2 else "wrong") for at, turn in enumerate(turns)]
    planted = [Judged("q1.1", "tree", "invented"), *(each for each in one if each.turn != "q1.1")]
    agreed = summary(asked, {"a": one, "b": one}, ["tree"])["agreement"]
    apart = summary(asked, {"a": one, "b": planted}, ["tree"])["agreement"]
    assert agreed["alpha"] == 1
    assert agreed["apart"] == {}
    assert apart["alpha"] < 1
    assert apart["apart"] == {"q1.1 tree": {"a": "right", "b": "invented"}}
