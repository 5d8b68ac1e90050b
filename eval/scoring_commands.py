"""The commands of ``budongi eval`` that look at the measure itself: labels, datasets, what people said of answers."""

from __future__ import annotations

import json

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
