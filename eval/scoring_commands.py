"""The commands of ``budongi eval`` that look at the measure itself: labels, datasets, what people said of answers."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from assistant.cli import guarded


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the agreement as one JSON object.")
@guarded
def labels(as_json: bool) -> None:
    """Do the scorers judge texts as people do? Over eval/datasets/labels, labelled by hand."""
    from eval.agreement import krippendorff_alpha
    from eval.labelled import disagreements, load_labels

    pairs = load_labels()
    rows = []
    for name in ("all", "ko", "en", "held-out"):
        of = [pair for pair in pairs if name in ("all", pair.language) or (name == "held-out" and pair.held_out)]
        otherwise = disagreements(of)
        alpha = krippendorff_alpha((pair.said, pair.said != (pair in otherwise)) for pair in of)
        rows.append({"pairs": name, "agree": len(of) - len(otherwise), "total": len(of), "alpha": round(alpha, 4)})
    if as_json:
        click.echo(json.dumps({"agreement": rows}))
        return
    for pair in disagreements(pairs):
        click.echo(f"a person says it {'is' if pair.said else 'is not'} said: {pair.fact} in {pair.text!r}")
    for row in rows:
        share = int(row["agree"]) / int(row["total"])
        click.echo(f"{row['pairs']:<10}{row['agree']:>4} of {row['total']:<4}{share:>7.1%}   α {row['alpha']:.3f}")


@click.command()
@guarded
def lint() -> None:
    """Are the datasets fit to measure with: well formed, asked once, in no prompt, gold that follows? Else exit 1."""
    from eval.linting import lint as find_faults

    faults = find_faults()
    for fault in faults:
        click.echo(str(fault))
    click.echo(f"{len(faults)} faults" if faults else "nothing wrong with the datasets", err=bool(faults))
    sys.exit(1 if faults else 0)


@click.command(name="from-feedback")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the candidates here, not to stdout."
)
@guarded
def from_feedback(file: Path, out: Path | None) -> None:
    """Candidate cases of answers that people rated down or rewrote, private data masked, for a person to approve."""
    from eval.feedback import candidates, read_feedback, suite_questions

    found = list(candidates(read_feedback(file), suite_questions()))
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found)
    if out is None:
        click.echo(lines, nl=False)
    else:
        out.write_text(lines, encoding="utf-8")
    click.echo(
        f"{len(found)} candidates. Write what a right answer holds, take `status` out, and they are cases.", err=True
    )
