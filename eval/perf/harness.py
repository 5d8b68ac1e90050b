"""What the harness itself costs, whether it connects to anything, and whether a killed run ends as an unbroken one.

    python -m eval.perf.harness [--cases 500] [--kills 20]

The assistant is a stand-in that answers at once; cases, inspect-ai, scorers, records and logs are the real ones.
"""

from __future__ import annotations

import json
import multiprocessing
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import click

from assistant.domain import Answer, Question, Understanding, Usage
from eval.data.cases import Case, Expect
from eval.perf.machine import machine_line
from eval.report.answers import outcome_json
from eval.running.answer_cache import Records
from eval.running.identity import Identity
from eval.running.suite_run import FOLDER, SuiteRun, run_suite

IDENTITY = Identity("instant", "none", "", "", "", "2025-12-01")
PAUSE = 0.005  # seconds an answer takes while runs are killed, so that a kill finds some asked and some not
LONGEST = 120.0  # seconds a run may take before something is wrong


class Instant:
    """Answers by the question alone, right for every third one."""

    def __init__(self, pause: float = 0.0) -> None:
        self.asked = 0
        self._pause = pause

    def ask(self, question: Question) -> Answer:
        self.asked += 1
        time.sleep(self._pause)
        abstained = int(question.id) % 3 == 0
        return Answer(
            question=question,
            text="자료에서 확인할 수 없습니다.",
            understanding=Understanding(question.text, "ko", None, "explore"),
            abstained=abstained,
            degraded=False,
            entities=(),
            citations=(),
            dropped=(),
            prompt_version="",
            model="instant",
            timings_ms={"total": 0.0},
            usage=Usage(),
        )


def made_cases(count: int) -> list[Case]:
    """Cases that a refusal is the right answer to."""
    return [
        Case(str(n), f"질문 {n}", "ko", "unanswerable", Expect(abstain=True), "hand: made up") for n in range(count)
    ]


def run_in(home: Path, cases: int, pause: float = 0.0) -> tuple[SuiteRun, int]:
    """A run under ``home``, and how many questions were really asked."""
    assistant = Instant(pause)
    done = run_suite("harness", made_cases(cases), assistant, IDENTITY, home)
    return done, assistant.asked


def result_of(run: SuiteRun) -> list[dict[str, Any]]:
    """What a run says, without how long each answer took."""
    return [{**outcome_json(outcome), "seconds": 0.0} for outcome in run.outcomes]


def killed_runs(home: Path, cases: int, kills: int) -> int:
    """Start the same run ``kills`` times, killing each after a few more answers; how many of them the kill still found.

    The kills are spread over the whole run: the n-th comes when n / (kills + 1) of all answers are on disk.
    """
    # Children of a server that has everything imported already.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["eval.running.suite_run", "eval.report.answers", "inspect_ai"])
    records = Records(home / FOLDER / "answers", IDENTITY).path
    hit = 0
    for number in range(1, kills + 1):
        child = context.Process(target=run_in, args=(home, cases, PAUSE))
        child.start()
        enough = number * cases // (kills + 1)
        while child.is_alive() and _answers_in(records) < enough:
            time.sleep(PAUSE)
        child.kill()
        child.join(LONGEST)
        hit += child.exitcode == -signal.SIGKILL
    return hit


def _answers_in(path: Path) -> int:
    return path.read_bytes().count(b'"answer": ') if path.exists() else 0


def connections_of(home: Path, cases: int) -> list[str]:
    """Addresses that a run in this process connects to or looks up, but for Unix sockets."""
    seen: list[str] = []

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.getaddrinfo" or (event == "socket.connect" and isinstance(arguments[1], tuple)):
            seen.append(f"{event} {arguments[1:]}")

    sys.addaudithook(watch)  # stays for the life of the process
    run_in(home, cases)
    return seen


@click.command()
@click.option("--cases", default=500, show_default=True)
@click.option("--kills", default=20, show_default=True)
def main(cases: int, kills: int) -> None:
    """Time a run of an instant model, watch its connections, kill it and let it end."""
    click.echo(machine_line())
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        clean, _ = run_in(Path(folder) / "clean", cases)
        click.echo(f"{cases} cases, an instant model:       {time.perf_counter() - began:.1f} s")
        began = time.perf_counter()
        _, asked = run_in(Path(folder) / "clean", cases)
        click.echo(f"the same once more:                {time.perf_counter() - began:.1f} s, {asked} questions asked")
        seen = connections_of(Path(folder) / "watched", cases)
        click.echo(f"connections but to Unix sockets:   {len(seen)} {' '.join(seen[:5])}".rstrip())
        hit = killed_runs(Path(folder) / "killed", cases, kills)
        ended, asked = run_in(Path(folder) / "killed", cases)
        same = json.dumps(result_of(ended)) == json.dumps(result_of(clean))
        click.echo(f"runs killed with -9:               {hit} of {kills}; {cases - asked} answers kept by then")
        click.echo(f"the result of the last is the same: {'yes' if same else 'NO'}")
    if seen or not same:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
