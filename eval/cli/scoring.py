"""The commands of ``budongi eval`` that look at the measure itself: labels, datasets, what people said of answers."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path

import click

from assistant.adapters.prompt_releases import in_use
from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from eval.cli.options import AT_LEAST_ONE, EXISTING_FILE, FILE, measured_settings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the agreement as one JSON object.")
@guarded
def labels(as_json: bool) -> None:
    """Do the scorers judge texts as people do? Over eval/datasets/labels, labelled by hand."""
    from eval.scoring.labelled import by_korquad, disagreements, load_labels
    from eval.statistics.agreement import krippendorff_alpha

    pairs = load_labels()
    rows = []
    for name in ("all", "ko", "en", "held-out"):
        of = [pair for pair in pairs if name in ("all", pair.language) or (name == "held-out" and pair.held_out)]
        otherwise = disagreements(of)
        alpha = krippendorff_alpha((pair.said, pair.said != (pair in otherwise)) for pair in of)
        rows.append({"pairs": name, "agree": len(of) - len(otherwise), "total": len(of), "alpha": round(alpha, 4)})
    if as_json:
        korquad = [{"measure": name, "agree": agree, "total": total} for name, agree, total in by_korquad(pairs)]
        click.echo(json.dumps({"agreement": rows, "korquad": korquad}))
        return
    for pair in disagreements(pairs):
        click.echo(f"a person says it {'is' if pair.said else 'is not'} said: {pair.fact} in {pair.text!r}")
    for row in rows:
        share = int(row["agree"]) / int(row["total"])
        click.echo(f"{row['pairs']:<10}{row['agree']:>4} of {row['total']:<4}{share:>7.1%}   α {row['alpha']:.3f}")
    click.echo("\nof the facts in words, judged alike by")
    for name, agree, total in by_korquad(pairs):
        click.echo(f"{name:<52}{agree:>4} of {total}")


@click.command()
@click.option("--model", help="The judge, instead of BUDONGI_CHAT_MODEL.")
@click.option("--limit", type=AT_LEAST_ONE, help="Only so many pairs, spread evenly.")
@guarded
def judge(model: str | None, limit: int | None) -> None:
    """Does a chat model judge texts as people do? Over eval/datasets/labels; no answer is scored by it."""
    from assistant.adapters.chat.registry import open_chat_model
    from eval.running.runner import all_of
    from eval.running.suite_run import chosen
    from eval.scoring.judge import Judge, judged, prompt
    from eval.scoring.labelled import load_labels
    from eval.statistics.agreement import krippendorff_alpha

    pairs = chosen(load_labels(), limit)
    settings = measured_settings(model)
    prompts, chat_model = in_use(settings), open_chat_model(settings)
    if chat_model is None:
        raise click.UsageError("A judge is a chat model: give --model, or set BUDONGI_CHAT_MODEL.")
    try:
        chat_model.warm([prompt(prompts)])
        rows = all_of(judged(pairs, Judge(prompts, chat_model)), len(pairs), unit="text")
    finally:
        chat_model.close()
    told = [(label.said, said) for label, said in rows]
    agree, failed = sum(one == other for one, other in told), sum(said is None for _, said in told)
    click.echo(f"{chat_model.name}: {agree} of {len(told)} as the person who labelled them, {failed} not judged")
    click.echo(f"Krippendorff's α {krippendorff_alpha(told):.3f}, of those judged")


@click.command()
@guarded
def lint() -> None:
    """Are the datasets fit to measure with: well formed, asked once, in no prompt, gold that follows? Else exit 1."""
    from eval.checks.linting import lint as find_faults

    faults = find_faults()
    for fault in faults:
        click.echo(str(fault))
    click.echo(f"{len(faults)} faults" if faults else "nothing wrong with the datasets", err=bool(faults))
    sys.exit(1 if faults else 0)


@click.command(name="from-feedback")
@click.argument("file", required=False, type=EXISTING_FILE)
@click.option("--out", type=FILE, help="Write the candidates here, not to stdout.")
@click.option("--all", "everything", is_flag=True, help="Also what nobody has decided on, and what was taken before.")
@guarded
def from_feedback(file: Path | None, out: Path | None, everything: bool) -> None:
    """Candidate cases of answers that people rated down or rewrote, private data masked, for a person to complete.

    FILE is what `budongi feedback --out FILE` wrote; without it, what was made a candidate in the inbox of /curation,
    rated answers and agents' drafts alike. Once written to --out these count as taken.
    """
    from assistant.adapters.postgres.inbox import Inbox
    from assistant.adapters.postgres.pool import open_pool
    from eval.checks.feedback import candidates, from_inbox, read_feedback, suite_questions

    with ExitStack() as stack:
        inbox = None if file else Inbox(stack.enter_context(open_pool(settings_from_environment())))
        entries = from_inbox(inbox.entries("all" if everything else "candidate"), everything) if inbox else []
        found = list(candidates(read_feedback(file) if file else entries, suite_questions()))
        lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found)
        if out is None:
            click.echo(lines, nl=False)
        else:
            out.write_text(lines, encoding="utf-8")
            if inbox:
                inbox.take(entries)
    click.echo(
        f"{len(found)} candidates. Write what a right answer holds, take `status` out, and they are cases.", err=True
    )
