"""``budongi prompts``: what a chat model is sent, and its releases."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import click

from assistant.adapters import prompt_releases
from assistant.adapters.prompt_releases import in_use
from assistant.answering import prompting
from assistant.domain import Language, Question, Role
from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from assistant.ports import Delta, Prompt
from assistant.settings import Settings
from prompts.loader import SHIPPED, Prompts


@dataclass
class _Recorder:
    """A chat model that keeps what it is sent and says nothing."""

    name: str = "none"
    prompts: list[Prompt] = field(default_factory=list)

    def stream(self, prompt: Prompt, *, max_tokens: int, timeout: float | None = None) -> Iterator[Delta]:  # noqa: ARG002
        self.prompts.append(prompt)
        yield from ()

    def warm(self, prompts: Sequence[Prompt]) -> None: ...

    def close(self) -> None: ...


@click.group()
def prompts() -> None:
    """What a chat model is sent, and which of its versions is in use."""


@prompts.command()
@click.argument("question", required=False)
@click.option("--role", default="user", type=click.Choice(["user", "agent"]), show_default=True, help="Who is asking.")
@click.option(
    "--stage",
    default="explore",
    type=click.Choice([*prompting.STAGES, prompting.GENERAL]),
    show_default=True,
    help="Kind of question; without QUESTION.",
)
@click.option("--language", default="ko", type=click.Choice(["ko", "en"]), show_default=True, help="Without QUESTION.")
@click.option("--json", "as_json", is_flag=True, help="Print the version and the messages as one JSON object.")
@guarded
def show(question: str | None, role: str, stage: str, language: str, as_json: bool) -> None:
    """The prompt of QUESTION, evidence included; without QUESTION, the static part that every turn begins with."""
    settings = settings_from_environment()
    asking = cast(Role, role)
    if question is None:
        prompt = prompting.build(in_use(settings), asking, cast(Language, language), (), "", stage=stage)
        _print(prompt, static=True, as_json=as_json)
        return
    from assistant.bootstrap import open_assistant

    recorder = _Recorder()
    with open_assistant(settings, chat=False) as assistant:
        answer = replace(assistant, chat_model=recorder).ask(Question(question, role=asking))
    if not recorder.prompts:
        click.echo(f"No model is asked; the answer is computed or declined:\n\n{answer.text}", err=as_json)
        return
    _print(recorder.prompts[0], static=False, as_json=as_json)


def _print(prompt: Prompt, *, static: bool, as_json: bool) -> None:

    sent = prompt.messages()[: -1 if static else None]
    if as_json:
        listed = [{"role": role, "content": content} for role, content in sent]
        click.echo(json.dumps({"version": prompt.version, "messages": listed}, ensure_ascii=False))
        return
    click.echo(f"version {prompt.version}")
    for role, content in sent:
        click.echo(f"\n--- {role}\n{content}")


@prompts.command()
@click.option("--gate", "verdict", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="What `budongi eval gate --out FILE` wrote of these prompts.")  # fmt: skip
@click.option("--reason", required=True, help="What they make better: it is kept with them.")
@guarded
def release(verdict: Path, reason: str) -> None:
    """Keep the prompts of BUDONGI_PROMPTS, or those that ship, and use them from the next start on."""
    settings = settings_from_environment()
    if not reason.strip():
        raise click.UsageError("Say what these prompts make better: --reason.")
    today = datetime.now(UTC).date().isoformat()
    source = Prompts.read(settings.prompts or SHIPPED)
    made = prompt_releases.release(settings.home, source, verdict, date=today, reason=reason.strip())
    click.echo(f"released {made.prompts[:12]}; in use from the next start on")


@prompts.command()
@guarded
def rollback() -> None:
    """Return to the prompts that were in use before the latest release."""
    # Not settings_from_environment: a release that cannot be read must not keep one from leaving it.
    before = prompt_releases.roll_back(Settings.from_environment().home)
    told = f"release {before.prompts[:12]} of {before.date} ({before.reason})" if before else "the prompts that ship"
    click.echo(f"back to {told}, from the next start on")
