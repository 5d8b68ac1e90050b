"""Writes ``docs/reference``: the commands from ``--help``, the settings from their metadata, the HTTP API as OpenAPI.

``make docs`` runs it. ``tests/unit/test_docs.py`` holds the files to :func:`pages`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from assistant.adapters.chat.registry import VARIABLES
from assistant.desk import Desk
from assistant.entrypoints.http import create_api, read_keys
from assistant.settings import Settings
from budongi import main

REFERENCE = Path(__file__).parent / "reference"
WIDTH = 100  # columns of a help page
WRITTEN = "Written by `make docs` from the code: do not edit."
SECRET = " (secret: `budongi doctor` says only whether it is set)"
KEY = "a-key-of-sixteen-or-more"  # any: only that there is one shows


def pages() -> dict[str, str]:
    """The text of each file of ``docs/reference``, by its name."""
    return {"commands.md": commands_page(), "settings.md": settings_page(), "openapi.json": openapi_page()}


def commands_page() -> str:
    """Every command with its help page, in the order in which ``budongi --help`` lists them."""
    helped = list(_helped(main, "budongi"))
    contents = "\n".join(f"- [{path}](#{path.replace(' ', '-')})" for path, _ in helped)
    sections = "\n\n".join(f"## {path}\n\n```text\n{text}\n```" for path, text in helped)
    return f"# Commands\n\n{WRITTEN}\n\n{contents}\n\n{sections}\n"


def _helped(command: click.Command, path: str) -> Iterator[tuple[str, str]]:
    context = click.Context(command, info_name=path, terminal_width=WIDTH, max_content_width=WIDTH)
    yield path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            nested = command.get_command(context, name)
            if nested is not None:
                yield from _helped(nested, f"{path} {name}")


def settings_page() -> str:
    """Every environment variable with its default and what it is for."""
    rows = []
    for item in (item for item in fields(Settings) if item.metadata):
        default = "not set" if item.default is None else f"`{item.default}`"
        if item.name == "home":
            default = "the user's data folder"
        secret = SECRET if item.metadata.get("secret") else ""
        rows.append(f"| `{item.metadata['env']}` | {default} | {item.metadata['help']}{secret} |")
    for one in VARIABLES:
        default = f"`{one.default}`" if one.default else "not set"
        rows.append(f"| `{one.name}` | {default} | {one.help}{SECRET if one.secret else ''} |")
    table = "\n".join(rows)
    return f"# Settings\n\n{WRITTEN}\n\n| variable | default | what for |\n|---|---|---|\n{table}\n"


def openapi_page() -> str:
    """What ``/v1/openapi.json`` gives where keys are set."""
    api = create_api(_no_desk, read_keys(f"docs:{KEY}"), 60, open_here=False)
    app = Starlette(routes=[Mount("/v1", app=api)])
    answer = TestClient(app).get("/v1/openapi.json", headers={"Authorization": f"Bearer {KEY}"})
    return json.dumps(answer.raise_for_status().json(), indent=1, ensure_ascii=False) + "\n"


def _no_desk() -> Desk:
    raise AssertionError("who reads the description asks nothing")


def write() -> None:
    """Write all of them."""
    REFERENCE.mkdir(exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
