"""A cassette answers the prompt that a reply was made for, and no other."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.adapters.chat.cassette import Cassette, prompt_key, read_cassette
from assistant.adapters.chat.registry import open_chat_model
from assistant.errors import ModelError, SettingsError, SourceError
from assistant.ports import Prompt
from assistant.settings import Settings
from eval.cli.cassette import cassette as commands

PROMPT = Prompt("be short", (("q", "a"),), "공원 가까운 아파트?", "v1")
HEAD = {"writer": "somebody", "stand_in": True, "prompts": "abc"}


@pytest.fixture
def model(tmp_path: Path) -> Cassette:
    path = tmp_path / "trial.jsonl"
    rows = [HEAD, {"prompt": prompt_key(PROMPT), "reply": "있습니다. [1]"}]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    opened = open_chat_model(Settings(home=tmp_path / "home", chat_model=f"cassette:{path}"))
    assert isinstance(opened, Cassette)
    return opened


def said(model: Cassette, prompt: Prompt) -> str:
    return "".join(delta.text for delta in model.stream(prompt, max_tokens=9))


def test_it_is_told_as_a_stand_in_and_says_what_was_written_for_the_prompt(model: Cassette) -> None:
    assert model.name == "stand-in:trial (somebody)"
    assert said(model, PROMPT) == "있습니다. [1]"


@pytest.mark.parametrize(
    "other",
    [
        replace(PROMPT, system="be short."),
        replace(PROMPT, user="공원 가까운 아파트"),
        replace(PROMPT, examples=(("q", "b"),)),
    ],
)
def test_a_prompt_changed_by_a_letter_is_a_miss_that_is_kept_once(model: Cassette, other: Prompt) -> None:
    for _ in range(2):
        with pytest.raises(ModelError, match="no reply to this prompt"):
            said(model, other)
    (row,) = map(json.loads, model.misses.read_text(encoding="utf-8").splitlines())
    assert row["prompt"] == prompt_key(other)
    assert row["messages"] == [list(message) for message in other.messages()]


def test_a_miss_that_was_written_is_answered_and_never_changed(
    model: Cassette, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUDONGI_HOME", str(tmp_path / "home"))
    other = replace(PROMPT, user="도서관은?")
    with pytest.raises(ModelError):
        said(model, other)
    forms = tmp_path / "forms.jsonl"

    def run(*arguments: str, code: int = 0) -> str:
        done = CliRunner().invoke(commands, list(arguments))
        assert done.exit_code == code, done.output
        return done.output

    assert "1 prompts" in run("misses", str(model.path), "--out", str(forms))
    assert "its reply is empty" in run("add", str(model.path), str(forms), code=1)
    row = json.loads(forms.read_text(encoding="utf-8")) | {"reply": "가깝습니다. [1]"}
    forms.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    run("add", str(model.path), str(forms))
    assert said(Cassette(model.path, model.misses), other) == "가깝습니다. [1]"
    assert "never changed" in run("add", str(model.path), str(forms), code=1)
    assert "0 prompts" in run("misses", str(model.path), "--out", str(forms))


@pytest.mark.parametrize("text", ["", '{"writer": "a"}', f'{json.dumps(HEAD)}\n{{"prompt": "x"}}', "no JSON"])
def test_what_is_no_cassette_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"bad\.jsonl.*no cassette"):
        read_cassette(path)


def test_a_cassette_that_there_is_none_of_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="budongi eval cassette new"):
        open_chat_model(Settings(home=tmp_path, chat_model="cassette:nothing"))
