"""Several people chat at once, and Postgres is killed in the middle: `python -m eval.perf.chats [--minutes 10]`.

The served chat as a process, a socket per chat as Chainlit's page opens it, and a scripted model on loopback. Every
chat asks about a complex of its own, by name and then without it, so that another one's name or figure tells of a
mix-up. Prints; asserts nothing.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import click
import httpx2
from socketio.exceptions import SocketIOError

from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from assistant.settings import Settings
from eval.data.cases import load as load_cases
from eval.data.cases import suite_path
from eval.data.complexes import Complex, load_complexes
from eval.perf.chat_client import ChatClient, Reply
from eval.perf.machine import machine_line, spread
from eval.perf.scripted_model import ScriptedModel
from eval.perf.served_chat import ServedChat, kill_embedded_postgres, served
from eval.statistics.intervals import percentile

WARM_UP = 0.2  # of the time, after which the memory is taken that growth is told from
SAMPLE_SECONDS = 2.0  # between two looks at the memory, or less in a short run
API_SECONDS = 2.0  # between two questions to the API, whose answers tell the time of their steps
UNCOUNTED = 1  # first turns of each chat, which also load what later ones find loaded


@dataclass(frozen=True, slots=True)
class Asked:
    """One turn. ``began``, ``ended``: seconds on the run's clock; ``model``: how many of them the model took."""

    chat: int
    began: float
    ended: float
    model: float
    problem: str = ""  # what is wrong with it; empty where nothing is
    told: str = ""  # the sentence that stood in place of an answer

    @property
    def ours(self) -> float:
        """Milliseconds that were not the model's, as seen from outside."""
        return (self.ended - self.began - self.model) * 1000


@dataclass
class Load:
    """What a run measured. ``memory``: (seconds, MiB); ``inside``: ms without the model, as the API's answers tell."""

    chats: int
    turns: list[Asked] = field(default_factory=list)
    inside: list[float] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)
    killed_at: float = 0.0
    seconds: float = 0.0

    @property
    def problems(self) -> list[Asked]:
        """Turns that went wrong, but for those that were under way when Postgres died, and said so."""
        return [turn for turn in self.turns if turn.problem or (turn.told and not self.interrupted(turn))]

    def interrupted(self, turn: Asked) -> bool:
        return turn.began <= self.killed_at <= turn.ended

    @property
    def went_on(self) -> int:
        """Chats with an answer that was asked for after Postgres had died."""
        after = [turn for turn in self.turns if turn.began > self.killed_at and not turn.told and not turn.problem]
        return len({turn.chat for turn in after})

    @property
    def ours(self) -> list[float]:
        """Milliseconds per turn without the model, but for each chat's first and those that Postgres' death cut."""
        counted: dict[int, list[Asked]] = {}
        for turn in self.turns:
            counted.setdefault(turn.chat, []).append(turn)
        usual = [turn for turns in counted.values() for turn in turns[UNCOUNTED:]]
        return [turn.ours for turn in usual if not turn.told and not self.interrupted(turn)]

    @property
    def longest(self) -> float:
        """Seconds that the longest turn took without the model."""
        return max((turn.ours for turn in self.turns), default=0.0) / 1000

    @property
    def growth(self) -> tuple[float, float]:
        """MiB after the warm-up and at the end, each the median over a tenth of the time."""

        def around(share: float) -> float:
            begin, end = share * self.seconds, (share + 0.1) * self.seconds
            held = [size for at, size in self.memory if begin <= at <= end]
            return percentile(held, 0.5) if held else 0.0

        return around(WARM_UP), around(0.9)


def own_complexes(count: int) -> list[Complex]:
    """Complexes of the samples, none of whose names stands in another's, with a month and a count of homes to ask for.

    Raises:
        ValueError: the samples have fewer.
    """
    every = load_complexes({})
    names = [one.name for one in every]
    alone = [one for one in every if sum(one.name in name for name in names) == 1]
    known = [one for one in alone if one.notice["입주예정월"] and int(one.notice["공급규모"] or 0) and one.prices()]
    if len(known) < count:
        raise ValueError(f"the samples have only {len(known)} complexes to ask {count} chats' questions about")
    return known[:: len(known) // count][:count]


def questions(mine: Complex) -> list[tuple[str, str]]:
    """Questions, and what an answer must hold: the complex's own figure, or its name."""
    year, month = (int(part) for part in mine.notice["입주예정월"].split("-")[:2])
    return [
        (f"{mine.name} 입주 언제야?", f"{year}년 {month}월"),
        ("거기 몇 세대야?", f"{int(mine.notice['공급규모']):,}세대"),
        ("분양가는 얼마야?", mine.name),
        ("언제 입주한다고?", f"{year}년 {month}월"),
    ]


def wrong(reply: Reply, expected: str, others: Sequence[str]) -> str:
    """What is wrong with a reply: another chat's complex in it, or not what was asked for; empty if nothing."""
    everything = "\n".join([reply.text, reply.shown, *reply.evidence])
    if mixed := [name for name in others if name in everything]:
        return f"speaks of another chat's {mixed[0]}: {reply.text[:200]}"
    if expected not in reply.text or not reply.evidence:
        return f"not {expected!r}, or nothing cited: {reply.text[:200]}"
    return ""


async def chat(number: int, mine: Complex, others: Sequence[str], run: Run) -> None:
    """One person: opens the page, asks, reads for ``think`` seconds, asks again, until the time is over."""
    client = ChatClient(run.served.url)
    await client.connect()
    await asyncio.sleep(run.think * number / max(1, run.load.chats))  # nobody presses Enter at the same moment
    asked = questions(mine)
    turn = 0
    while run.now() < run.load.seconds:
        question, expected = asked[turn % len(asked)]
        turn += 1
        before, began = run.model.seconds[mine.name], run.now()
        problem, told = "", ""
        try:
            reply = await client.ask(question)
            told = reply.text if reply.is_error else ""
            problem = "" if told else wrong(reply, expected, others)
        except (TimeoutError, SocketIOError, httpx2.HTTPError) as error:
            problem = f"{type(error).__name__}: {error}"
        ended = began + reply.seconds if not problem and not told else run.now()
        run.load.turns.append(Asked(number, began, ended, run.model.seconds[mine.name] - before, problem, told))
        await asyncio.sleep(run.think)
    await client.close()


@dataclass
class Run:
    """What the tasks of one run share."""

    served: ServedChat
    model: ScriptedModel
    load: Load
    think: float
    begun: float = field(default_factory=time.monotonic)

    def now(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self.begun

    async def watch(self) -> None:
        while self.now() < self.load.seconds:
            self.load.memory.append((self.now(), self.served.resident()))
            await asyncio.sleep(min(SAMPLE_SECONDS, self.load.seconds / 50))

    async def ask_api(self) -> None:
        """Ask the API beside the chats, questions of every kind."""
        cases = itertools.cycle(load_cases(suite_path("smoke")))
        async with httpx2.AsyncClient(base_url=self.served.url, timeout=60) as client:
            while self.now() < self.load.seconds:
                answer = await client.post("/v1/ask", json={"question": next(cases).question})
                if answer.status_code == httpx2.codes.OK:
                    spent = answer.json()["timings_ms"]
                    self.load.inside.append(spent["total"] - spent["generate"])
                await asyncio.sleep(API_SECONDS)

    async def kill_postgres(self, settings: Settings) -> None:
        await asyncio.sleep(self.load.seconds / 2)
        self.load.killed_at = self.now()
        kill_embedded_postgres(settings.home)


def measure(settings: Settings, chats: int, seconds: float, think: float) -> Load:
    """Serve the chat over ``settings.home`` and let ``chats`` people use it for so many seconds.

    Raises:
        BudongiError: the chat cannot be served, or uses no embedded Postgres.
    """
    mine = own_complexes(chats)
    names = [one.name for one in mine]
    model = ScriptedModel(names)
    variables = {
        "BUDONGI_HOME": str(settings.home),
        "BUDONGI_CHAT_MODEL": "openai:scripted",
        "OPENAI_BASE_URL": model.address,
    }
    load = Load(chats, seconds=seconds)
    try:
        with served(variables) as server:

            async def everybody() -> None:
                run = Run(server, model, load, think)
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(run.watch())
                    tasks.create_task(run.kill_postgres(settings))
                    tasks.create_task(run.ask_api())
                    for number in range(chats):
                        others = [name for name in names if name != names[number]]
                        tasks.create_task(chat(number, mine[number], others, run))

            asyncio.run(everybody())
    finally:
        model.close()
    return load


def lines(load: Load) -> list[str]:
    """The figures of a run, as the command prints them."""
    begin, end = load.growth
    interrupted = [turn for turn in load.turns if load.interrupted(turn)]
    told = [turn.told for turn in interrupted if turn.told]
    grown = f"{end / begin - 1:+.1%}" if begin else "not told by this system"
    shown = [f"    chat {turn.chat}, {turn.began:.0f} s: {turn.problem or turn.told}" for turn in load.problems[:5]]
    return [
        f"  {load.chats} chats for {load.seconds:.0f} s: {len(load.turns)} turns, {len(load.problems)} went wrong",
        *shown,
        f"  without the model, from outside   {spread(load.ours, 'ms')}   (goal: p95 500 ms)",
        f"  without the model, from inside    {spread(load.inside, 'ms')}",
        f"  memory of the process             {begin:.0f} MiB after {WARM_UP:.0%} of the time, {end:.0f} MiB at the end"
        f": {grown}   (goal: 10%)",
        f"  Postgres killed at {load.killed_at:.0f} s: {load.went_on} of {load.chats} chats went on; "
        f"of {len(interrupted)} turns under way {len(told)} told so",
        f"  longest turn without the model    {load.longest:.1f} s",
        *(f"    {sentence[:300]}" for sentence in told[:1]),
    ]


@click.command()
@click.option("--chats", default=20, show_default=True, type=click.IntRange(1, 60), help="People at once.")
@click.option("--minutes", default=10.0, show_default=True, type=click.FloatRange(min=0.1), help="How long.")
@click.option("--think", default=5.0, show_default=True, help="Seconds between an answer and the next question.")
@guarded
def main(chats: int, minutes: float, think: float) -> None:
    """Let people chat at once over the sample corpus in BUDONGI_HOME, and kill its Postgres in the middle."""
    click.echo(machine_line())
    for line in lines(measure(settings_from_environment(), chats, minutes * 60, think)):
        click.echo(line)


if __name__ == "__main__":
    main()
