"""What whoever changes code or prompts is told before it ships: the gates, and the local model on the smoke suite."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from eval.cli.commands import evaluate

# An alert (exit code 1) is for a person to look at: one lost question of the smoke suite is one. More must not ship.
LET_THROUGH = (0, 1)
CASES = 10  # that it works; how well is for `make eval`
LEAST_RIGHT = 0.85


@pytest.fixture(autouse=True)
def _configured(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDONGI_HOME", str(samples))
    monkeypatch.setenv("BUDONGI_CHAT_MODEL", "none")
    monkeypatch.delenv("BUDONGI_DATABASE_URL", raising=False)


@pytest.mark.parametrize("gate", [["--baseline", "smoke"], ["--retrieval"]])
def test_answers_and_searches_are_as_good_as_those_accepted(gate: list[str]) -> None:
    done = CliRunner().invoke(evaluate, ["gate", *gate])
    assert done.exit_code in LET_THROUGH, done.output


def test_the_local_model_answers_the_smoke_suite(samples: Path, local_model_home: Path) -> None:
    (samples / "models").symlink_to(local_model_home / "models")
    arguments = ["run", "--suite", "smoke", "--limit", str(CASES), "--model", "local", "--json"]
    done = CliRunner().invoke(evaluate, arguments)
    assert done.exit_code == 0, done.output
    summed = json.loads(done.stdout)
    assert summed["model"].startswith("local:")
    assert summed["accuracy"]["all"]["total"] == CASES
    assert summed["accuracy"]["all"]["share"] >= LEAST_RIGHT, done.stdout
