"""The pages are true: commands, options, settings, targets, links, files and drawings are those of the code."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import click
import pytest

import make_reference
from assistant.adapters.chat.registry import VARIABLES
from assistant.settings import Settings
from budongi import COMMANDS, main

ROOT = Path(__file__).parents[2]
GENERATED = sorted(f"docs/reference/{name}" for name in make_reference.pages() if name.endswith(".md"))
PAGES = sorted(
    {str(path.relative_to(ROOT)) for folder in ("docs", "eval") for path in (ROOT / folder).rglob("*.md")}
    | {"README.md", "CONTRIBUTING.md", "ingest/samples/README.md"}
)
BY_HAND = [page for page in PAGES if page not in GENERATED]
DEFAULTS = {item.metadata["env"]: item.default for item in fields(Settings) if item.metadata} | {
    one.name: one.default or None for one in VARIABLES
}
FOLDERS = ("assistant", "ingest", "prompts", "eval", "tests", "docs")


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str) -> Iterator[str]:
    """The lines of code blocks: fenced ones without a language, those of a console, and indented ones."""
    text = text_of(page)
    for fence in re.findall(r"^```\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield from fence.splitlines()
    for fence in re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield from (line[2:] for line in fence.splitlines() if line.startswith("$ "))
    yield from (line.strip() for line in text.splitlines() if line.startswith("    "))


def spans(page: str) -> list[str]:
    """What stands in backticks, as it is read."""
    prose = re.sub(r"^```.*?^```$", "", text_of(page), flags=re.MULTILINE | re.DOTALL)
    return [" ".join(span.split()).replace("\\|", "|") for span in re.findall(r"`([^`]+)`", prose)]


def command_lines(page: str) -> list[list[str]]:
    """The words of each command of budongi that a page shows, from the variables before it on."""
    shown = [re.split(r"(?:^|\s)#|\s{3,}", line)[0] for line in blocks(page)]
    lines = [line for line in [*shown, *spans(page)] if re.search(r"(?:^|[ /])budongi [a-z]", line)]
    return [re.sub(r"[\[\]|…]", " ", line).replace(".venv/bin/", "").split() for line in lines]


def resolved(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command, or that of the group, that ``words`` after ``budongi`` name, and what is left of them."""
    command = main.get_command(click.Context(main), words[0])  # type: ignore[attr-defined]
    assert command is not None, words
    rest = words[1:]
    while isinstance(command, click.Group) and rest and rest[0] in command.commands:
        command, rest = command.commands[rest[0]], rest[1:]
    if isinstance(command, click.Group) and rest:
        assert not re.fullmatch(r"[a-z][a-z-]*", rest[0]), words
    return command, rest


def options_of(command: click.Command) -> set[str]:
    nested = [command, *command.commands.values()] if isinstance(command, click.Group) else [command]
    return {option for each in nested for parameter in each.params for option in parameter.opts}


def headings(page: str) -> set[str]:
    lines = re.sub(r"^```.*?^```$", "", text_of(page), flags=re.MULTILINE | re.DOTALL).splitlines()
    return {
        re.sub(r"[^\w가-힣 -]", "", line.lstrip("# ")).strip().lower().replace(" ", "-")
        for line in lines
        if line.startswith("#")
    }


def test_the_readme_is_short() -> None:
    assert len(text_of("README.md").splitlines()) <= 150


@pytest.mark.parametrize("name", make_reference.pages())
def test_the_reference_is_what_the_code_gives(name: str) -> None:
    written = (make_reference.REFERENCE / name).read_text(encoding="utf-8")
    assert written == make_reference.pages()[name], "run `make docs`"
    assert {path.name for path in make_reference.REFERENCE.iterdir()} == set(make_reference.pages())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_in_a_table_or_text_by_hand(name: str) -> None:
    text = "\n".join(map(text_of, BY_HAND))
    command, _ = resolved([name])
    assert f"budongi {name}" in text
    assert {option for option in options_of(command) if "--" in option and option not in text} == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_command_line_shown_can_be_run(page: str) -> None:
    for line in command_lines(page):
        before, after = line[: line.index("budongi")], line[line.index("budongi") + 1 :]
        command, rest = resolved(after)
        assert {word.partition("=")[0] for word in before if "=" in word} <= DEFAULTS.keys(), line
        unknown = {word for word in rest if word.startswith("--")} - options_of(command)
        assert unknown <= {"--help"}, line


def test_command_lines_are_found_in_tables_blocks_and_text() -> None:
    assert len(command_lines("README.md")) > 5
    assert len(command_lines("docs/operate.md")) > 10
    assert len(command_lines("eval/README.md")) > 20


def test_every_command_stands_in_a_table() -> None:
    rows = re.findall(r"^\| `budongi (\w+)", "\n".join(map(text_of, BY_HAND)), re.MULTILINE)
    assert set(rows) == set(COMMANDS)


@pytest.mark.parametrize("page", PAGES)
def test_every_module_that_is_run_exists_and_has_the_options(page: str) -> None:
    for name, usage in re.findall(r"python -m ((?:eval|ingest)[\w.]+)((?: \S+)*)", text_of(page)):
        found = importlib.util.find_spec(name)
        assert found is not None, name
        assert found.origin is not None, name
        source = Path(found.origin).read_text(encoding="utf-8")
        assert [option for option in re.findall(r"--[a-z-]+", usage) if f'"{option}"' not in source] == [], name


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_named_exists(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    named = {span.split()[1] for span in spans(page) if re.fullmatch(r"make \w+", span)}
    assert named | set(re.findall(r"^make (\w+)", text_of(page), re.MULTILINE)) <= targets


@pytest.mark.parametrize("page", [*PAGES, "CHANGELOG.md"])
def test_every_link_and_image_leads_somewhere(page: str) -> None:
    linked = re.findall(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"", text_of(page))
    for link in [one or other for one, other in linked if not (one or other).startswith("http")]:
        path, _, heading = link.partition("#")
        target = ((ROOT / page).parent / path).resolve() if path else ROOT / page
        assert target.exists(), link
        if heading:
            assert heading.lower() in headings(str(target.relative_to(ROOT))), link


def test_every_page_is_reached_from_the_readme() -> None:
    reached, waiting = set(), ["README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        for link in re.findall(r"\]\(([^)\s#]+\.md)[^)]*\)", text_of(page)):
            target = ((ROOT / page).parent / link).resolve()
            if not link.startswith("http") and (name := str(target.relative_to(ROOT))) not in {*reached, *waiting}:
                waiting.append(name)
    assert set(PAGES) <= reached


@pytest.mark.parametrize("page", PAGES)
def test_every_variable_named_is_a_setting(page: str) -> None:
    named = re.findall(r"\b(?:BUDONGI|OPENAI|AZURE_OPENAI|SLACK)_[A-Z_]+\b", text_of(page))
    assert set(named) <= DEFAULTS.keys()


@pytest.mark.parametrize("page", PAGES)
def test_every_file_and_folder_named_exists(page: str) -> None:
    for span in spans(page):
        named = re.match(rf"(?:{'|'.join(FOLDERS)})/[\w./*-]*", span)
        if named and named.group() == span:
            near = (ROOT, (ROOT / page).parent)
            assert any(list(root.glob(span.rstrip("/"))) for root in near), span


@pytest.mark.parametrize("page", BY_HAND)
def test_every_path_in_a_drawing_exists(page: str) -> None:
    for drawing in re.findall(r"^```mermaid\n(.*?)^```$", text_of(page), re.MULTILINE | re.DOTALL):
        named = re.findall(rf"\b(?:{'|'.join(FOLDERS)})/[\w./]+", drawing)
        assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_file_in_the_tables_of_folders_exists() -> None:
    rows = re.findall(r"^\| `(\w+/)` \| (.*) \|$", text_of("CONTRIBUTING.md"), re.MULTILINE)
    assert {folder for folder, _ in rows} == {"assistant/", "ingest/", "prompts/", "eval/", "tests/"}
    for folder, held in rows:
        for name in re.findall(r"`([\w./]+)`", held):
            assert (ROOT / folder / name).exists(), folder + name
    files = text_of("eval/README.md").split("## Files")[1]
    names = [name for row in re.findall(r"^\| (`.*?) \|", files, re.MULTILINE) for name in re.findall(r"`(.+?)`", row)]
    assert len(names) > 40
    assert [name for name in names if not (ROOT / "eval" / name).exists()] == []


def test_the_drawing_of_the_rooms_is_the_contract() -> None:
    contracts = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    (contract,) = [one for one in contracts if one.get("containers") == ["assistant"]]
    layers = [layer.split(" | ") for layer in contract["layers"]]
    drawing = text_of("docs/architecture.md").split("```mermaid\n")[1].split("```")[0]
    arrows = [re.split(r"\s*-->\s*", line.strip()) for line in drawing.splitlines() if "-->" in line]
    drawn = [(set(above.split(" & ")), set(below.split(" & "))) for above, below in arrows]
    assert drawn == [(set(above), set(below)) for above, below in pairwise(layers)]


def test_the_settings_page_has_every_setting_and_its_default() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| `?([^`|]+?)`? \|", text_of("docs/reference/settings.md"), re.MULTILINE)
    assert dict(rows).keys() == DEFAULTS.keys()
    for name, default in DEFAULTS.items():
        if name != "BUDONGI_HOME":
            assert dict(rows)[name] == ("not set" if default is None else str(default)), name


def test_the_changelog_says_each_thing_once() -> None:
    entries = re.split(r"^(?:- |### )", text_of("CHANGELOG.md"), flags=re.MULTILINE)
    said = [" ".join(entry.split()) for entry in entries]
    assert [entry for entry in said if said.count(entry) > 1] == []
