"""The README is true: commands, options, settings, targets, links and JSON keys are those of the code."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path

import click
import pytest

from assistant.domain import Answer, Filters, Question, Understanding, Usage
from assistant.reporting import answer_json
from assistant.settings import Settings
from budongi import COMMANDS, main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = ["README.md", "eval/README.md", "ingest/samples/README.md"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_in_the_readme(name: str) -> None:
    command = main.get_command(click.Context(main), name)  # type: ignore[attr-defined]
    assert command is not None
    assert f"budongi {name}" in README
    nested = [command, *command.commands.values()] if isinstance(command, click.Group) else [command]
    options = {option for each in nested for parameter in each.params for option in parameter.opts if "--" in option}
    assert {option for option in options if option not in README} == set()


def test_the_settings_table_is_the_settings() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| `?([^`|]+?)`? \|", README, re.MULTILINE)
    documented = dict(rows)
    defaults = {item.metadata["env"]: item.default for item in fields(Settings)}
    assert documented.keys() == defaults.keys()
    for name, default in defaults.items():
        if name != "BUDONGI_HOME":
            assert documented[name] == ("not set" if default is None else str(default)), name


def test_every_make_target_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {target for page in PAGES for target in re.findall(r"`make (\w+)`", (ROOT / page).read_text("utf-8"))}
    assert {"run", "test"} <= set(re.findall(r"^make (\w+)", README, re.MULTILINE))
    assert named <= targets


@pytest.mark.parametrize("page", PAGES)
def test_every_link_and_image_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not link.startswith("http")]
    headings = {re.sub(r"[^\w가-힣 -]", "", line.lstrip("# ")).strip().lower().replace(" ", "-")
                for line in text.splitlines() if line.startswith("#")}  # fmt: skip
    for link in links:
        if link.startswith("#"):
            assert link[1:].lower() in headings, link
        else:
            assert ((ROOT / page).parent / link).exists(), link


def test_the_json_shown_is_the_json_printed() -> None:
    shown = json.loads(re.search(r"```json\n(.*?)```", README, re.DOTALL).group(1))  # type: ignore[union-attr]
    understanding = Understanding("", "ko", None, "explore", filters=Filters())
    steps = dict.fromkeys(shown["timings_ms"], 0.0)
    answer = Answer(Question(""), "", understanding, True, False, (), (), (), "", "", steps, Usage())
    printed = answer_json(answer)
    assert list(shown) == list(printed)
    assert shown["usage"].keys() == printed["usage"].keys()


def test_the_timings_shown_are_the_steps_of_a_turn() -> None:
    from assistant.turn import STEPS

    shown = json.loads(re.search(r"```json\n(.*?)```", README, re.DOTALL).group(1))  # type: ignore[union-attr]
    assert tuple(shown["timings_ms"]) == STEPS
