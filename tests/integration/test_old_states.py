"""Conversation states that an older version gave, before conditions were a map, are read and answered on."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import CommandLine, read_lines, write_lines

from assistant.entrypoints.json_forms.conversation import state_from_json, state_json

# As version 3785b6f gave them after the questions of `asked`; `after` is what it then held of `question`.
OLD = read_lines(Path(__file__).with_name("old_states.jsonl"))


@pytest.mark.parametrize("old", OLD, ids=[old["id"] for old in OLD])
def test_an_old_state_is_written_as_it_was_read(old):
    assert state_json(state_from_json(old["state"])) == old["state"]


def test_old_states_are_answered_on_as_they_were(samples: Path, tmp_path: Path) -> None:
    assert len(OLD) == 18
    lines = [{name: old[name] for name in ("id", "question", "state")} for old in OLD]
    out = tmp_path / "answers.jsonl"
    done = CommandLine(samples)("ask", "--batch", write_lines(tmp_path / "asked.jsonl", lines), "--out", out)
    assert done.code == 0, done.printed
    for old, answer in zip(OLD, read_lines(out), strict=True):
        search, posts = answer["state"].get("search", {}), answer["state"].get("posts", {})
        held = {
            "search": search.get("filters", {}),
            "criteria": search.get("criteria", []),
            "sort": search.get("sort", ""),
            "posts": posts.get("filters", {}),
        }
        assert held == old["after"], old["id"]
        assert answer["answer"]
