"""``budongi eval first-sight``: freeze questions, have trees answer them, have answers judged blind, report."""

from __future__ import annotations

import json
import re
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from pydantic import TypeAdapter

from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from assistant.errors import SourceError
from eval.cli.options import EXISTING_FILE, FILE, print_json

SETS = click.option(
    "--sets",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of sets.  [default: eval/first_sight/sets]",
)


def _file_name(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if not re.fullmatch(r"[\w-]+", value):
        raise click.BadParameter("a judge's verdicts are a file of this name; take letters, digits, - and _.")
    return value


@click.group(name="first-sight")
def first_sight() -> None:
    """Questions of somebody who saw only the product's page, frozen before any answer and judged blind."""


def _folder(sets: Path | None) -> Path:
    from eval.first_sight.questions import FOLDER

    return sets or FOLDER


@first_sight.command()
@click.argument("file", type=EXISTING_FILE)
@click.option("--name", required=True, help="What the set is called: 2026-12-01-first.")
@click.option("--writer", required=True, help="Who wrote it.")
@click.option("--shown", required=True, help="What the writer was shown: the product's page, the samples …")
@SETS
@guarded
def new(file: Path, name: str, writer: str, shown: str, sets: Path | None) -> None:
    """Freeze the questions in FILE (JSON Lines) with the hash of what is asked and expected; commit them next."""
    from eval.data.lines import why
    from eval.first_sight.questions import Manifest, freeze, open_set

    try:
        manifest = Manifest(name, datetime.now(UTC).date(), writer, shown, "", secrets.token_hex(8))
    except ValueError as error:
        raise click.UsageError(f"this names no set ({why(error)}). A name is like 2026-12-01-first.") from error
    folder = freeze(file, manifest, _folder(sets))
    _, kept, conversations = open_set(name, _folder(sets))
    turns = sum(len(one.turns) for one in conversations)
    click.echo(f"{folder}: {len(conversations)} questions and conversations, {turns} turns, SHA-256 {kept.sha256}")
    click.echo("Commit it before anything answers it.")


@first_sight.command()
@click.argument("name")
@click.option(
    "--tree", "trees", multiple=True, metavar="COMMIT", help="Have that commit answer, too.  [default: this tree]"
)
@click.option("--model", default="none", show_default=True, help="The chat model.")
@SETS
@guarded
def answer(name: str, trees: tuple[str, ...], model: str, sets: Path | None) -> None:
    """Have this tree, or each --tree in a worktree of its own, answer the set NAME; each answers once."""
    from assistant.bootstrap import open_assistant
    from eval.first_sight import answering
    from eval.first_sight.questions import open_set, require_committed
    from eval.running.runner import require_samples

    folder, manifest, conversations = open_set(name, _folder(sets))
    require_committed(folder)
    settings = settings_from_environment()
    if not trees:
        with open_assistant(settings, chat=False) as opened:
            require_samples(opened)
    for commit in trees or (None,):
        home = settings.home / "eval" / "first-sight"
        tree = answering.other_tree(commit, home, model) if commit else answering.this_tree(model)
        asked = datetime.now(UTC).isoformat(timespec="seconds")
        head = {"set": manifest.sha256, "asked": asked, "model": model, "committed": tree.committed}
        rows = answering.ask(conversations, tree.budongi, tree.environment)
        path = answering.keep(folder, re.sub(r"[^\w.-]+", "-", f"{tree.name}-{model}"), head, rows)
        click.echo(f"answered: {path}")


@first_sight.command()
@click.argument("name")
@click.option("--judge", "who", required=True, callback=_file_name, help="Who judges.")
@click.option(
    "--tree", "trees", multiple=True, help="Whose answers, as `list` names them; two at most.  [default: all]"
)
@click.option("--page", type=FILE, help="Write the forms as a page to be filled in by a browser.")
@click.option("--export", type=FILE, help="Write the forms as JSON Lines.")
@click.option(
    "--import", "filled", type=EXISTING_FILE, help="Take the filled forms: what the page saved, or JSON Lines."
)
@SETS
@guarded
def judge(
    name: str,
    who: str,
    trees: tuple[str, ...],
    page: Path | None,
    export: Path | None,
    filled: Path | None,
    sets: Path | None,
) -> None:
    """Judge the answers to the set NAME without knowing whose they are: here, on a --page, or by --export, --import.

    Here, every verdict is kept at once, and the command goes on where it was stopped.
    """
    from eval.first_sight import judging
    from eval.first_sight.answering import answers_of, require_same_set
    from eval.first_sight.questions import open_set

    folder, manifest, conversations = open_set(name, _folder(sets))
    require_same_set(folder, manifest)
    answers = answers_of(folder)
    if strange := set(trees) - set(answers):
        raise click.UsageError(
            f"{', '.join(strange)} did not answer this set. Who did: {', '.join(answers) or 'nobody'}."
        )
    answers = {tree: answers[tree] for tree in trees or answers}
    if not 1 <= len(answers) <= 2:
        raise click.UsageError(f"{len(answers)} trees answered this set; name one or two by --tree.")
    key = judging.key_of(manifest, answers, who)
    made = judging.forms(manifest, conversations, answers, who)
    if page is not None:
        page.write_text(judging.page(made, key), encoding="utf-8")
    if export is not None:
        lines = judging.blind_lines(made, key)
        export.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    if filled is not None:
        path = judging.keep_verdicts(folder, who, judging.read_filled(filled, made, key))
        click.echo(f"kept: {path}")
    if page is export is filled is None:
        for form in judging.open_forms(folder, who, made):
            judging.keep_verdicts(folder, who, list(_ask_judge(form, key)))
        click.echo(f"{who} has judged every turn.")


def _ask_judge(form: Any, key: str) -> Any:
    """The form in a terminal."""
    from eval.first_sight import judging

    click.echo("\n" + "=" * 80 + "".join(f"\n(before: {one})" for one in form.earlier))
    click.echo(f"\n{form.question}\n\nA right answer: {form.expect}")
    for one in form.answers:
        click.echo(f"\n--- {one['side']}\n{one['answer']}\n{one['asks_back']}\n" + "\n".join(one["evidence"]))
    sides = [one["side"] for one in form.answers]
    words = click.Choice([str(at) for at in range(1, len(judging.WORDS) + 1)])
    click.echo("\n" + ", ".join(f"{at} {word}" for at, word in enumerate(judging.WORDS, start=1)))
    verdicts = {side: judging.WORDS[int(click.prompt(side, type=words)) - 1] for side in sides}
    noise = tuple(side for side in sides if click.confirm(f"{side}: is a note in it noise?", default=False))
    liked = click.prompt("preferred", type=click.Choice([*sides, "equal"])) if len(sides) > 1 else ""
    note = click.prompt("note", default="")
    filled = {"form": form.form, "key": key, "verdicts": verdicts, "noise": noise, "preferred": liked, "note": note}
    return judging.by_tree(TypeAdapter(judging.Filled).validate_python(filled), form)


@first_sight.command(name="report")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
@SETS
@guarded
def report_of(name: str | None, as_json: bool, sets: Path | None) -> None:
    """What the verdicts on the set NAME, or the newest one, say: by slice, between two trees, between judges."""
    from eval.first_sight import report
    from eval.first_sight.questions import newest

    summed = _summed(name or newest(_folder(sets)), sets)
    if as_json:
        print_json(summed)
    else:
        click.echo(report.table(summed["set"], summed))


def _summed(name: str, sets: Path | None) -> dict[str, Any]:
    """All that is known of a set."""
    from eval.first_sight import answering, report
    from eval.first_sight.judging import verdicts_of
    from eval.first_sight.questions import open_set

    folder, manifest, conversations = open_set(name, _folder(sets))
    answering.require_same_set(folder, manifest)
    heads = answering.heads_of(folder)
    turns = sum(len(one.turns) for one in conversations)
    told = {"set": name, "frozen": manifest.frozen.isoformat(), "writer": manifest.writer, "turns": turns}
    asked = {"asked": {tree: head["asked"] for tree, head in heads.items()}, "known": answering.known(heads)}
    return told | asked | report.summary(conversations, verdicts_of(folder), list(heads))


@first_sight.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print all figures, a JSON object a set.")
@SETS
@guarded
def list_sets(as_json: bool, sets: Path | None) -> None:
    """Every set that was ever tried, with its dates and figures."""
    from eval.first_sight.questions import manifests

    paths = list(manifests(_folder(sets)))
    if not paths:
        raise SourceError(_folder(sets), "there is no set yet.", "`budongi eval first-sight new` makes one.")
    for path in paths:
        told = _summed(path.parent.name, sets)
        if as_json:
            print_json(told)
            continue
        click.echo(f"{told['set']}: {told['turns']} turns, frozen {told['frozen']}, written by {told['writer']}")
        for tree, asked in told["asked"].items():
            shares = told["trees"].get(tree, {}).get("right", {})
            parts = [f"{part} {one['mean']:.3f}" for part, one in shares.items() if not part.startswith("kind")]
            known = ", known" if tree in told["known"]["trees"] else ""
            click.echo(f"  {tree}, answered {asked[:10]}{known}: {', '.join(parts) or 'not judged yet'}")
