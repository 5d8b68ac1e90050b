"""The README is true: commands, options, settings, targets, links and JSON keys are those of the code."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path

import click
import pytest

from assistant.domain import (
    Answer,
    Citation,
    Criterion,
    Dropped,
    EntityName,
    Filters,
    Question,
    Result,
    Understanding,
    Usage,
)
from assistant.entrypoints.json_forms.answer import answer_json, search_json
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


def test_every_command_line_shown_can_be_run() -> None:
    variables = {item.metadata["env"] for item in fields(Settings)}
    blocks = re.findall(r"^```\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    shown = [re.split(r"(?:^|\s)#", line)[0].split() for block in blocks for line in block.splitlines()]
    lines = [words for words in shown if "budongi" in words]
    assert len(lines) > 5
    for line in lines:
        name, *rest = line[line.index("budongi") + 1 :]
        command = main.get_command(click.Context(main), name)  # type: ignore[attr-defined]
        assert command is not None, line
        assert {word.partition("=")[0] for word in line[: line.index("budongi")]} <= variables, line
        nested = [command, *command.commands.values()] if isinstance(command, click.Group) else [command]
        known = {option for each in nested for parameter in each.params for option in parameter.opts}
        assert {word for word in rest if word.startswith("--")} <= known, line


def test_every_option_in_the_table_of_commands_is_of_its_command() -> None:
    rows = re.findall(r"^\| `budongi (\w+)([^|]*)` \| (.*) \|$", README, re.MULTILINE)
    assert {name for name, _, _ in rows} == set(COMMANDS)
    for name, usage, remark in rows:
        command = main.get_command(click.Context(main), name)  # type: ignore[attr-defined]
        nested = [command, *command.commands.values()] if isinstance(command, click.Group) else [command]
        known = {option for each in nested for parameter in each.params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", usage + remark)) <= known, name


@pytest.mark.parametrize("page", PAGES)
def test_every_variable_named_is_a_setting(page: str) -> None:
    named = re.findall(r"\b(?:BUDONGI|OPENAI|AZURE_OPENAI)_[A-Z_]+\b", (ROOT / page).read_text(encoding="utf-8"))
    assert set(named) <= {item.metadata["env"] for item in fields(Settings)}


def test_every_folder_and_file_in_the_table_of_folders_exists() -> None:
    rows = re.findall(r"^\| `(\w+/)` \| (.*) \|$", README, re.MULTILINE)
    assert {folder for folder, _ in rows} >= {"assistant/", "ingest/", "prompts/", "eval/", "tests/"}
    for folder, held in rows:
        for name in re.findall(r"`([\w./]+)`", held):
            assert (ROOT / folder / name).exists(), folder + name


def test_every_module_named_in_the_drawing_exists() -> None:
    drawing = README.split("## How an answer comes about", 1)[1].split("```")[1]
    named = re.findall(r"(assistant/[\w/.]+|prompts/)", drawing)
    assert len(named) > 5
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_json_of_a_search_is_the_json_printed() -> None:
    shown = json.loads(re.findall(r"```json\n(.*?)```", README, re.DOTALL)[1])
    filters = Filters(sigungus=("금천구",))
    understanding = Understanding("", "ko", None, "explore", filters=filters, criteria=(Criterion("park", 800),))
    result = Result(1, 0.5, "housing:1", "1", "housing:1#place", "housing", "가", "A", "place", "가는", ())
    printed = search_json("", "", understanding, [result])
    assert list(shown) == list(printed)
    assert shown["filters"] == printed["filters"]
    assert list(shown["results"][0]) == list(printed["results"][0])


def test_the_json_shown_is_the_json_printed() -> None:
    shown = json.loads(re.search(r"```json\n(.*?)```", README, re.DOTALL).group(1))  # type: ignore[union-attr]
    understanding = Understanding("", "ko", None, "explore", filters=Filters())
    steps = dict.fromkeys(shown["timings_ms"], 0.0)
    entities = (EntityName("housing:1", "가", "A"),)
    cited = (Citation(1, "1", "housing:1#place", "housing:1", "가는"),)
    dropped = (Dropped("가는", "why"),)
    answer = Answer(Question(""), "", understanding, True, False, entities, cited, dropped, "", "", steps, Usage())
    printed = answer_json(answer)
    assert list(shown) == list(printed)
    for key in ("entities", "citations", "dropped"):
        assert list(shown[key][0]) == list(printed[key][0])
    assert shown["usage"].keys() == printed["usage"].keys()


def test_the_timings_shown_are_the_steps_of_a_turn() -> None:
    from assistant.answering.draft import STEPS

    shown = json.loads(re.search(r"```json\n(.*?)```", README, re.DOTALL).group(1))  # type: ignore[union-attr]
    assert tuple(shown["timings_ms"]) == STEPS


def test_the_changelog_says_each_thing_once() -> None:
    entries = re.split(r"^(?:- |### )", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    said = [" ".join(entry.split()) for entry in entries]
    assert [entry for entry in said if said.count(entry) > 1] == []
