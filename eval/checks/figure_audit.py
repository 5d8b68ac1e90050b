"""Every figure that answers deliver, checked one by one: ``python -m eval.checks.figure_audit``. It asserts nothing.

Answers the questions of suites over the configured store, and asks of each figure in them, with ``eval.data.figures``
and the public tables and no code of the assistant's: does the quote that it cites hold it, or does it follow from what
that holds; is the complex of that quote the one that the statement names; and do the tables hold it of that complex?
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import click

from assistant.bootstrap import open_assistant
from assistant.domain import Answer, Citation
from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from eval.data.cases import load_suite
from eval.data.complexes import Complex, load_complexes
from eval.data.figures import Figure, agrees, figures
from eval.data.public_data import area_of
from eval.perf.machine import machine_line
from eval.running.case_setting import set_for
from eval.running.runner import as_of_corpus, question_of, require_samples
from eval.running.suite_run import chosen
from eval.scoring.derived_figures import follows
from eval.scoring.fact_matcher import MARK
from eval.scoring.scorers import REMARK, STATEMENT_END

SUITES = ("smoke", "fresh", "unseen", "answers")
IN_TABLES = frozenset(("won", "date", "month", "m2"))  # units of which the tables hold every figure of a complex


@dataclass(frozen=True, slots=True)
class Delivered:
    """A figure in a cited statement. ``held``: its quotes state it. ``derived``: it follows from what they state.

    ``of_entity``: the statement names the complex of each quote. ``in_tables``: None where the tables do not say.
    """

    statement: str
    figure: Figure
    held: bool
    derived: bool
    of_entity: bool
    in_tables: bool | None


def delivered(answer: Answer, question: str, known: Mapping[str, Complex]) -> Iterator[Delivered]:
    """The figures of an answer's statements; those without any mark are held by nothing."""
    cited = {citation.n: citation for citation in answer.citations}
    names = {entity.id: (entity.name_ko, entity.name_en) for entity in answer.entities}
    asked = figures(question)
    for statement in STATEMENT_END.split(answer.text):
        marks = [int(n) for n in MARK.findall(statement)]
        if REMARK.match(statement) and not marks:
            continue
        said = MARK.sub("", statement)
        quotes = [cited[n] for n in marks if n in cited]
        stated = [figure for citation in quotes for figure in figures(citation.quote)]
        context = " ".join([question, *(citation.quote for citation in quotes)])
        of_entity = all(_names(said, names.get(citation.entity_id, ())) for citation in quotes)
        for figure in figures(said):
            if not quotes and any(agrees(figure, one) for one in asked):
                continue  # "900 homes, as you put it": the reader's own, with the correction behind it
            held = any(agrees(figure, truth) for truth in stated)
            derived = not held and (
                follows(figure, [*stated, *asked], context) or any(agrees(figure, one) for one in asked)
            )
            yield Delivered(said, figure, held, derived, of_entity, _in_tables(figure, quotes, known) if held else None)


def at_holder(answer: Answer) -> Iterator[bool]:
    """For each mark behind a statement with figures, whether its own quote holds one of them."""
    cited = {citation.n: citation for citation in answer.citations}
    for statement in STATEMENT_END.split(answer.text):
        said = figures(MARK.sub("", statement))
        for n in map(int, MARK.findall(statement)) if said else ():
            yield n in cited and any(agrees(one, truth) for one in said for truth in figures(cited[n].quote))


def _names(statement: str, names: Iterable[str]) -> bool:
    squeezed = re.sub(r"\W", "", statement).lower()
    told = [re.sub(r"\W", "", name).lower() for name in names if name]
    return not told or any(name in squeezed for name in told)


def _in_tables(figure: Figure, quotes: Iterable[Citation], known: Mapping[str, Complex]) -> bool | None:
    of_parks = figure.unit == "m2"  # those of what is around it are in other tables
    quotes = [one for one in quotes if not (of_parks and one.chunk_id.partition("#")[2].startswith("place"))]
    complexes = [known[one.source_id] for one in quotes if one.source_id in known]
    if figure.unit not in IN_TABLES or not complexes:
        return None
    truths = [truth for one in complexes for truth in (*one.figures(), *_areas(one))]
    return any(agrees(figure, truth) for truth in truths)


def _areas(one: Complex) -> Iterator[Figure]:
    for row in one.types:
        exact = area_of(row["주택형"])
        yield Figure("m2", exact)
        yield Figure("m2", float(int(exact)))
        if row.get("공급면적"):
            yield Figure("m2", float(row["공급면적"]))


@click.command()
@click.option("--suite", "suites", multiple=True, default=SUITES, show_default=True, help="Whose questions are asked.")
@click.option("--limit", type=click.IntRange(1), help="Questions of each suite, spread evenly.")
@guarded
def main(suites: tuple[str, ...], limit: int | None) -> None:
    """Check the figures that answers deliver, over a store of the sample corpus."""
    settings = settings_from_environment()
    known = {one.id: one for one in load_complexes({})}
    counted: Counter[str] = Counter()
    click.echo(f"{machine_line()}; chat model {settings.chat_model}")
    with open_assistant(settings) as opened:
        require_samples(opened)
        assistant = as_of_corpus(opened)
        for suite in suites:
            for case in chosen(load_suite(suite), limit):
                answer = set_for(assistant, case).ask(question_of(case))
                counted["answers"] += 1
                for held in at_holder(answer):
                    counted["marks"] += 1
                    counted["marks at the holder"] += held
                for one in delivered(answer, case.question, known):
                    counted["figures"] += 1
                    counted["derived"] += one.derived
                    counted["checked against the tables"] += one.in_tables is not None
                    for fault, wrong in (
                        ("unsupported", not (one.held or one.derived)),
                        ("of another complex", not one.of_entity),
                        ("not in the tables", one.in_tables is False),
                    ):
                        if wrong:
                            counted[fault] += 1
                            click.echo(f"  {fault}: {one.figure} ({suite}/{case.id})\n    {one.statement.strip()}")
    marks = counted["marks"]
    click.echo(
        f"  {counted['figures']} figures in {counted['answers']} answers: {counted['unsupported']} unsupported, "
        f"{counted['derived']} computed; {counted['of another complex']} where the quote's complex is not named; "
        f"{counted['not in the tables']} of {counted['checked against the tables']} not in the tables; "
        f"citations at the holder {counted['marks at the holder'] / marks if marks else 0:.3f} of {marks}"
    )


if __name__ == "__main__":
    main()
