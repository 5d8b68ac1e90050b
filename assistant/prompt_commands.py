"""``budongi prompts``: what a chat model is sent, and its releases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import click

from assistant import prompting
from assistant.cli import guarded, settings_from_environment
from assistant.domain import Language, Question, Role
from assistant.ports import Delta, Prompt
from assistant.release_commands import release, rollback


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


prompts.add_command(release)
prompts.add_command(rollback)


@prompts.command()
@click.argument("question", required=False)
@click.option("--role", default="user", type=click.Choice(["user", "agent"]), show_default=True, help="Who is asking.")
@click.option("--language", default="ko", type=click.Choice(["ko", "en"]), show_default=True, help="Without QUESTION.")
@guarded
def show(question: str | None, role: str, language: str) -> None:
    """The prompt of QUESTION, evidence included; without QUESTION, the static part that every turn begins with."""
    settings = settings_from_environment()
    asking = cast(Role, role)
    if question is None:
        _print(prompting.build(asking, cast(Language, language), (), ""))
        return
    from assistant.bootstrap import open_assistant

    recorder = _Recorder()
    with open_assistant(settings, chat=False) as assistant:
        answer = replace(assistant, chat_model=recorder).ask(Question(question, role=asking))
    if not recorder.prompts:
        click.echo(f"No model is asked; the answer is computed or declined:\n\n{answer.text}")
        return
    _print(recorder.prompts[0])


def _print(prompt: Prompt) -> None:
    parts = [("system", prompt.system)]
    for asked, answered in prompt.examples:
        parts += [("user", asked), ("assistant", answered)]
    if prompt.user.strip() not in ("", prompting.QUESTION["ko"].strip(), prompting.QUESTION["en"].strip()):
        parts.append(("user", prompt.user))
    click.echo(f"version {prompt.version}")
    for role, text in parts:
        click.echo(f"\n--- {role}\n{text}")
