"""Prompts are released when the gate passed them, used from the next start on, and left again by a rollback."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from shipped import PROMPTS

from assistant.adapters import prompt_releases
from assistant.entrypoints.cli.prompts import prompts
from assistant.errors import PromptError
from assistant.settings import Settings
from eval.cli import gate as gate_commands
from eval.cli.gate import gate_run
from eval.gate import baseline as gate
from prompts.loader import SHIPPED, Prompts


def edited(path: Path, name: str) -> Path:
    """A copy of the prompts that ship, with one file changed."""
    for file in PROMPTS.texts:
        (path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SHIPPED / file, path / file)
    (path / "messages.yaml").write_text((path / "messages.yaml").read_text("utf-8") + f"# {name}\n", encoding="utf-8")
    return path


def verdict(path: Path, source: Path, level: str = "pass") -> Path:
    path.write_text(json.dumps({"verdict": level, "prompts": Prompts.read(source).hash}), encoding="utf-8")
    return path


def released(home: Path, source: Path, reason: str) -> prompt_releases.Release:
    return prompt_releases.release(
        home, Prompts.read(source), verdict(home / "v.json", source), date="2026-11-22", reason=reason
    )


def test_a_release_is_used_and_a_rollback_returns_to_the_one_before_and_to_what_ships(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    assert prompt_releases.in_use(settings).folder == SHIPPED
    one, two = edited(tmp_path / "one", "one"), edited(tmp_path / "two", "two")
    released(tmp_path, one, "shorter")
    first = prompt_releases.in_use(settings)
    released(tmp_path, two, "kinder")
    shutil.rmtree(two)  # a release is a copy
    second = prompt_releases.in_use(settings)
    assert first.hash == Prompts.read(one).hash
    assert "# two" in second.texts["messages.yaml"]
    back = prompt_releases.roll_back(tmp_path)
    assert back is not None
    assert back.reason == "shorter"
    assert prompt_releases.in_use(settings).hash == first.hash
    assert prompt_releases.roll_back(tmp_path) is None
    assert prompt_releases.in_use(settings).folder == SHIPPED
    with pytest.raises(PromptError, match="nothing to go back from"):
        prompt_releases.roll_back(tmp_path)


@pytest.mark.parametrize("level", ["alert", "block"])
def test_what_the_gate_did_not_pass_is_not_released(level: str, tmp_path: Path) -> None:
    source = edited(tmp_path / "source", "x")
    with pytest.raises(PromptError, match=f"The gate said {level}"):
        prompt_releases.release(
            tmp_path, Prompts.read(source), verdict(tmp_path / "v", source, level), date="", reason="x"
        )
    other = verdict(tmp_path / "v", SHIPPED)
    with pytest.raises(PromptError, match="judges other prompts"):
        prompt_releases.release(tmp_path, Prompts.read(source), other, date="", reason="x")
    other.write_text("{}", encoding="utf-8")
    with pytest.raises(PromptError, match="no verdict"):
        prompt_releases.release(tmp_path, Prompts.read(source), other, date="", reason="x")
    assert prompt_releases.releases(tmp_path) == []


def test_prompts_of_another_version_are_refused(tmp_path: Path) -> None:
    source = edited(tmp_path / "source", "x")
    (source / "words.yaml").unlink()
    with pytest.raises(PromptError, match=r"lack words\.yaml"):
        prompt_releases.in_use(Settings(home=tmp_path, prompts=source))


def test_what_was_read_stays_as_it_was_read(tmp_path: Path) -> None:
    source = edited(tmp_path / "source", "x")
    held = Prompts.read(source)
    (source / "messages.yaml").write_text("nothing: here\n", encoding="utf-8")
    assert held.say("welcome", "en")
    assert held.hash != Prompts.read(source).hash


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = edited(tmp_path / "source", "x")
    monkeypatch.setenv("BUDONGI_HOME", str(tmp_path))
    monkeypatch.setenv("BUDONGI_PROMPTS", str(source))
    arguments = ["release", "--gate", str(verdict(tmp_path / "v", source)), "--reason", "shorter"]
    done = CliRunner().invoke(prompts, arguments)
    assert done.exit_code == 0, done.output
    done = CliRunner().invoke(prompts, ["rollback"])
    assert "back to the prompts that ship" in done.output
    done = CliRunner().invoke(prompts, ["rollback"])
    assert done.exit_code == 1


def test_the_gate_judges_the_prompts_it_is_given_and_only_those_are_released(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = edited(tmp_path / "source", "x"), tmp_path / "verdict.json"
    monkeypatch.setenv("BUDONGI_HOME", str(tmp_path))
    monkeypatch.setattr(gate_commands, "_measure", lambda settings, *_: held if settings.prompts == source else None)
    held = gate.load(gate.baseline_path("smoke"))
    done = CliRunner().invoke(gate_run, ["--baseline", "smoke", "--prompts", str(source), "--out", str(out)])
    assert done.exit_code == 0, done.output
    judged = Prompts.read(source)
    assert prompt_releases.release(tmp_path, judged, out, date="", reason="x").prompts == judged.hash
    with pytest.raises(PromptError, match="judges other prompts"):
        prompt_releases.release(tmp_path, PROMPTS, out, date="", reason="x")


def test_the_gate_says_what_a_folder_of_prompts_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDONGI_HOME", str(tmp_path))
    done = CliRunner().invoke(gate_run, ["--baseline", "smoke", "--prompts", str(tmp_path)])
    assert done.exit_code == 3
    assert "lack" in done.output
