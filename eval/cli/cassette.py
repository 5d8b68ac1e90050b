"""``budongi eval cassette``: replies in a model's place, by hand or recorded, each to one prompt."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from assistant.errors import SourceError
from eval.cli.options import EXISTING_FILE, FILE, MODEL, measured_settings


@click.group()
def cassette() -> None:
    """Replies that a chat model of the name cassette:NAME plays back, each to the one prompt that it was made for."""


@cassette.command()
@click.argument("name")
@click.option("--writer", required=True, help="Who writes the replies, from the rendered prompts alone.")
@guarded
def new(name: str, writer: str) -> None:
    """An empty cassette NAME for a stand-in; this commit freezes the prompts that it answers."""
    from assistant.adapters.chat.cassette import cassette_path
    from eval.gate.baseline import commit_of

    commit, path = commit_of(), cassette_path(name)
    if commit.endswith("+"):
        raise SourceError(
            path, "something is not committed, so nobody could tell the prompts.", "Commit, then make it."
        )
    if path.exists():
        raise SourceError(path, "there is a cassette of this name.", "Name another.")
    path.parent.mkdir(parents=True, exist_ok=True)
    head = {"writer": writer, "stand_in": True, "prompts": commit}
    path.write_text(json.dumps(head, ensure_ascii=False) + "\n", encoding="utf-8")
    click.echo(f"{path}: ask with --model cassette:{name}; what it cannot answer is kept for the writer.")


@cassette.command()
@click.argument("name")
@click.option("--out", type=FILE, required=True, help="Write the prompts here, one a line, with an empty reply.")
@guarded
def misses(name: str, out: Path) -> None:
    """The prompts that NAME was asked and has no reply to, as a writer gets them: nothing but what a model is sent."""
    from assistant.adapters.chat.cassette import cassette_path, misses_path, read_cassette

    path = cassette_path(name)
    known = read_cassette(path)[1]
    kept = misses_path(settings_from_environment().home, path)
    lines = kept.read_text(encoding="utf-8").splitlines() if kept.is_file() else []
    missing = [line for line in lines if json.loads(line)["prompt"] not in known]
    out.write_text("".join(f"{line}\n" for line in missing), encoding="utf-8")
    click.echo(f"{out}: {len(missing)} prompts without a reply")


@cassette.command()
@click.argument("name")
@click.argument("file", type=EXISTING_FILE)
@guarded
def add(name: str, file: Path) -> None:
    """Take the replies of FILE, as `misses` wrote it and the writer filled it in."""
    from assistant.adapters.chat.cassette import cassette_path, read_cassette
    from eval.data.lines import read_lines

    path = cassette_path(name)
    known = read_cassette(path)[1]

    def filled(row: dict[str, str]) -> dict[str, str]:
        if not row["reply"].strip():
            raise ValueError("its reply is empty")
        if row["prompt"] in known:
            raise ValueError("the cassette has a reply to this prompt, and a reply is never changed")
        return {"prompt": row["prompt"], "reply": row["reply"]}

    rows = read_lines(file, filled, "no reply", "A line is prompt and reply.", lambda row: row["prompt"])
    with path.open("a", encoding="utf-8") as kept:
        kept.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    click.echo(f"{path}: {len(rows)} replies more")


@cassette.command()
@click.argument("name")
@click.argument("prompts", type=EXISTING_FILE)
@MODEL
@guarded
def record(name: str, prompts: Path, model: str | None) -> None:
    """Ask a real chat model the PROMPTS that `misses` wrote, and keep what it says as the cassette NAME."""
    from assistant.adapters.chat.cassette import cassette_path, read_cassette
    from assistant.adapters.chat.registry import open_chat_model
    from assistant.answering.generator import MAX_TOKENS
    from assistant.ports import Prompt
    from eval.gate.baseline import commit_of

    path = cassette_path(name)
    asked = open_chat_model(measured_settings(model))
    if asked is None:
        raise click.UsageError("There is no model to record. Give --model openai:NAME, azure:DEPLOYMENT or local.")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        head = {"writer": asked.name, "stand_in": False, "prompts": commit_of()}
        path.write_text(json.dumps(head, ensure_ascii=False) + "\n", encoding="utf-8")
    head, known = read_cassette(path)
    if head["writer"] != asked.name:
        raise SourceError(path, f"it is of {head['writer']}, not of {asked.name}.", "Name another cassette.")
    rows = [json.loads(line) for line in prompts.read_text(encoding="utf-8").splitlines()]
    with path.open("a", encoding="utf-8") as kept:
        for row in (row for row in rows if row["prompt"] not in known):
            (_, system), *examples, (_, user) = row["messages"]
            pairs = tuple((one[1], other[1]) for one, other in zip(examples[::2], examples[1::2], strict=True))
            deltas = asked.stream(Prompt(system, pairs, user, ""), max_tokens=MAX_TOKENS)
            said = {"prompt": row["prompt"], "reply": "".join(delta.text for delta in deltas)}
            kept.write(json.dumps(said, ensure_ascii=False) + "\n")
    asked.close()
    click.echo(f"{path}: {len(read_cassette(path)[1])} replies")
