"""The console script: mounts the commands of the packages under one name."""

from __future__ import annotations

import importlib
from typing import Any

import click

# Loaded when called: `budongi ask` must not wait for the web server's imports, nor --help for any of them.
COMMANDS = {
    "up": ("budongi", "up"),
    "ingest": ("ingest.cli", "ingest"),
    "search": ("assistant.entrypoints.cli.ask", "search"),
    "ask": ("assistant.entrypoints.cli.ask", "ask"),
    "user": ("assistant.entrypoints.cli.user", "user"),
    "feedback": ("assistant.entrypoints.cli.feedback", "feedback"),
    "assist": ("assistant.entrypoints.cli.assist", "assist"),
    "inquiries": ("assistant.entrypoints.cli.assist", "inquiries"),
    "curation": ("ingest.curation.commands", "curation"),
    "prompts": ("assistant.entrypoints.cli.prompts", "prompts"),
    "doctor": ("assistant.entrypoints.cli.ask", "doctor"),
    "eval": ("eval.cli.commands", "evaluate"),
}


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.command(cls=_LazyGroup)
@click.version_option(package_name="budongi")
def main() -> None:
    """budongi answers questions on apartments, in Korean and English, from documents and with citations."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open the page in a browser when it is ready.")
@click.option(
    "--fetch-model", "fetch", metavar="COMMAND", default="", help="Installs the local model, if it is missing."
)
def up(fetch: str, **options: Any) -> None:
    """Serve the chat; an empty store is filled with the sample corpus first."""
    from functools import partial

    from assistant.entrypoints.cli.ask import guarded, settings_from_environment

    @guarded
    def run() -> None:
        from assistant.entrypoints.server import open_warm_service, serve
        from ingest.cli import load_samples
        from ingest.curation import create_curation

        settings = settings_from_environment()
        load_samples(settings, only_if_empty=True)
        serve(settings, curation=create_curation, opener=partial(open_warm_service, fetch=fetch), **options)

    run()
