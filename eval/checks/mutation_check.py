"""Does the gate notice? ``python -m eval.checks.mutation_check [--model none] [--suite smoke] [--limit N] [NAME…]``

Breaks what ships in one way at a time and judges that as ``budongi eval gate`` does: by the answers to a suite, and by
whether the prompts' examples are true. Nothing that ships is touched: prompts are broken in a copy.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import click
import yaml

from assistant.bootstrap import open_assistant
from assistant.entrypoints.cli.ask import settings_from_environment
from eval.checks.linting import untrue_examples
from eval.data.cases import load_suite
from eval.gate.decision import Verdict, decide
from eval.running.case_setting import set_for
from eval.running.runner import as_of_corpus, question_of, slices_of
from eval.running.suite_run import chosen, measure
from eval.scoring.scorers import problems
from prompts.files import SUFFIXES
from prompts.loader import SHIPPED
from prompts.yaml_text import parse_yaml

Scores = dict[str, list[float]]


def remove_shared_facts(prompts: Path) -> None:
    """What is true of all apartments is no longer known."""
    for path in (prompts / "facts").glob("*.yaml"):
        path.write_text("[]\n", encoding="utf-8")


def swap_two_examples(prompts: Path) -> None:
    """The answers of the first two examples of each file stand under each other's question."""
    for path in (prompts / "examples").glob("*.yaml"):
        rows = parse_yaml(path.read_text(encoding="utf-8"))
        for language in ("ko", "en"):
            one, other = rows[0][language], rows[1][language]
            one["answer"], other["answer"] = other["answer"], one["answer"]
        path.write_text(yaml.safe_dump(rows, allow_unicode=True, sort_keys=False), encoding="utf-8")


def break_citation_rule(prompts: Path) -> None:
    """No rule and no example asks for a citation."""
    for path in (prompts / "stages").glob("*.md"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "[1]" not in line), encoding="utf-8")
    for path in (prompts / "examples").glob("*.yaml"):
        rows = parse_yaml(path.read_text(encoding="utf-8"))
        for row in rows:
            for language in ("ko", "en"):
                answer = row[language]["answer"]
                for n in range(1, 10):
                    answer = answer.replace(f" [{n}]", "").replace(f"[{n}]", "")
                row[language]["answer"] = answer
        path.write_text(yaml.safe_dump(rows, allow_unicode=True, sort_keys=False), encoding="utf-8")


PROMPTS: Mapping[str, Callable[[Path], None]] = {
    "shared facts removed": remove_shared_facts,
    "two examples swapped": swap_two_examples,
    "citation rule broken": break_citation_rule,
}
NAMES = "bilingual names dropped"


def with_prompts(prompts: Path, suite: str, model: str, limit: int | None) -> Scores:
    """The suite by an assistant with these prompts."""
    run = measure(replace(settings_from_environment(), prompts=prompts, chat_model=model), suite, limit=limit)
    return {outcome.id: [float(outcome.right)] for outcome in run.outcomes}


def without_english_names(suite: str, model: str, limit: int | None) -> Scores:
    """The suite by an assistant that knows every complex by its Korean name alone."""
    settings = replace(settings_from_environment(), chat_model=model)
    scores: Scores = defaultdict(list)
    with open_assistant(settings) as opened:
        known = opened.vocabulary
        korean = [(replace(name, name_en=""), places) for name, places in known.entities]
        assistant = replace(as_of_corpus(opened), vocabulary=replace(known, entities=korean))
        for case in chosen(load_suite(suite), limit):
            scores[case.id].append(float(not problems(case, set_for(assistant, case).ask(question_of(case)))))
    return dict(scores)


def told(name: str, faults: int, verdict: Verdict) -> str:
    """One line of the table. Examples at fault block, as in ``budongi eval gate``."""
    whole = verdict.groups[0]
    worst = min((one for one in verdict.groups if one.decides), key=lambda one: one.points)
    return (
        f"{name:<24}{'block' if faults else verdict.level:<7}{faults:>4} faults of examples  answers {verdict.level:<6}"
        f"{whole.before:>7.1%} → {whole.after:<7.1%}worst {worst.group} {worst.points:+.2f} points"
    )


@click.command()
@click.argument("names", nargs=-1, type=click.Choice([*PROMPTS, NAMES]))
@click.option("--suite", default="smoke", show_default=True)
@click.option("--model", default="none", show_default=True, help="What breaks a prompt shows only with a model.")
@click.option("--limit", type=click.IntRange(1), help="Only so many cases, spread evenly over the suite.")
def main(names: tuple[str, ...], suite: str, model: str, limit: int | None) -> None:
    """Break one thing at a time; is it caught?"""
    slices = slices_of(load_suite(suite))
    before = with_prompts(SHIPPED, suite, model, limit)
    for name in names or (*PROMPTS, NAMES):
        with tempfile.TemporaryDirectory() as folder:
            prompts = Path(folder)
            shutil.copytree(SHIPPED, prompts, dirs_exist_ok=True, ignore=_other_files)
            if name in PROMPTS:
                PROMPTS[name](prompts)
            faults = len(list(untrue_examples(prompts)))
            after = (
                with_prompts(prompts, suite, model, limit)
                if name in PROMPTS
                else without_english_names(suite, model, limit)
            )
        click.echo(told(name, faults, decide(before, after, slices)))


def _other_files(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if Path(folder, name).is_file() and Path(name).suffix not in SUFFIXES]


if __name__ == "__main__":
    main()
