"""Gold of the suites, computed from the public tables: ``python -m eval.data.gold --check`` or ``--write``.

A case whose ``gold`` is a rule (see ``gold_rules.py``) has the rule's part of ``expect`` written by this program;
one whose ``gold`` begins with ``hand:`` was written by a person from the place it names, before any answer was seen.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from eval.data import gold_search
from eval.data.gold_rules import resolve

DATASETS = Path(__file__).parents[1] / "datasets"
COMPUTED = ("facts", "entities_any", "entities_all")
HAND = "hand:"


def computed(line: str) -> str:
    """One line of a suite with its computed gold put in; a case written by hand comes back as it was.

    Raises:
        ValueError: not a JSON object with ``id`` and ``gold``, or its rule gives nothing.
    """
    case = json.loads(line)
    if "relevant" in case:
        case["relevant"] = gold_search.resolve(case["gold"])
    elif not str(case["gold"]).startswith(HAND):
        expect = {key: value for key, value in case.get("expect", {}).items() if key not in COMPUTED}
        case["expect"] = {**resolve(case["gold"]), **expect}
    return json.dumps(case, ensure_ascii=False)


@click.command()
@click.option("--write", is_flag=True, help="Write the computed gold into the datasets.")
@click.option("--check", is_flag=True, help="Exit 1 unless the datasets hold just what the tables give.")
def main(write: bool, check: bool) -> None:
    """Compute the gold of every suite from the sample corpus."""
    if write == check:
        raise click.UsageError("Give either --check or --write.")
    wrong = 0
    for path in sorted(DATASETS.glob("*.jsonl")):
        fresh = []
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                fresh.append(computed(line))
            except (ValueError, KeyError) as error:
                raise click.ClickException(f"{path}, line {number}: {error}. Mend the case's gold rule.") from error
            if fresh[-1] != line and check:
                wrong += 1
                click.echo(f"{path}, line {number}: not what the tables give:\n  has   {line}\n  gives {fresh[-1]}")
        if write:
            path.write_text("".join(line + "\n" for line in fresh), encoding="utf-8")
        click.echo(f"{path.name}: {len(fresh)} cases, {wrong if check else 0} with stale gold")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
