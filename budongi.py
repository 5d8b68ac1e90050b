"""The console script: mounts the commands of the packages under one name."""

from __future__ import annotations


def main() -> None:
    """Entry point of ``budongi``."""
    from assistant.cli import cli

    cli()
