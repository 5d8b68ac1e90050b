"""How long it takes until there is something to ask: ``python -m eval.perf.startup``. Prints; asserts nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import click

from assistant.bootstrap import open_assistant
from assistant.domain import Question
from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from assistant.errors import BudongiError
from eval.perf.machine import machine_line, spread

QUESTION = "광명에서 84㎡ 8억 이하 아파트"


def process(question: str) -> float:
    """Seconds of ``budongi ask`` as a process, from its start to its end, answering from the evidence alone.

    Raises:
        BudongiError: it did not answer; the message holds what it printed.
    """
    command = ["env", "BUDONGI_CHAT_MODEL=none", str(Path(sys.executable).with_name("budongi")), "ask", question]
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - began
    if done.returncode != 0:
        raise BudongiError(f"`budongi ask` could not be timed, because it failed: {done.stderr.strip()[-500:]}")
    return seconds


@click.command()
@click.option("--repeat", default=5, show_default=True, type=click.IntRange(1), help="How often each thing is timed.")
@guarded
def main(repeat: int) -> None:
    """Time a start over the configured store, without a chat model."""
    settings = replace(settings_from_environment(), chat_model="none")
    click.echo(machine_line())
    click.echo(f"  {'budongi ask':<16}{spread([process(QUESTION) for _ in range(repeat)], 's')}")
    opening, answering = [], []
    for _ in range(repeat):
        began = time.perf_counter()
        with open_assistant(settings) as assistant:
            opened = time.perf_counter()
            assistant.ask(Question(QUESTION))
            answering.append(time.perf_counter() - opened)
        opening.append(opened - began)
    click.echo(f"  {'opening alone':<16}{spread(opening, 's')}")
    click.echo(f"  {'a turn alone':<16}{spread(answering, 's')}")


if __name__ == "__main__":
    main()
