"""``budongi eval compare`` and ``report``: runs that are done, read by people and by build servers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from eval.cli.options import FILE, print_json


@click.command()
@click.argument("before")
@click.argument("after", default="latest")
@click.option("--json", "as_json", is_flag=True, help="Print the changes as one JSON object.")
@guarded
def compare(before: str, after: str, as_json: bool) -> None:
    """What changed between two runs of the same questions: files that `eval run` wrote, their names, or latest."""
    from eval.report import comparing
    from eval.report.run_file import read_run, run_path

    home = settings_from_environment().home
    one, other = (read_run(run_path(name, home)) for name in (before, after))
    verdict, changed = comparing.compare(one, other)
    if as_json:
        print_json(comparing.comparison_json(one, other, verdict, changed))
        return
    click.echo(comparing.table(one, other, verdict, changed))


@click.command()
@click.argument("run", default="latest")
@click.option("--against", help="An earlier run: what changed is shown case by case.")
@click.option("--ablation", type=FILE, help="What `eval ablate --out` wrote.")
@click.option("--price", nargs=2, type=float, help="US dollars per million tokens read, and written.")
@click.option("--out", type=FILE, default=Path("report.html"), show_default=True, help="The HTML page.")
@click.option("--junit", "junit_out", type=FILE, help="Write JUnit XML here.")
@click.option("--json", "json_out", type=FILE, help="Write accuracy by slice as JSON here.")
@guarded
def report(
    run: str,
    against: str | None,
    ablation: Path | None,
    price: tuple[float, float] | None,
    out: Path,
    junit_out: Path | None,
    json_out: Path | None,
) -> None:
    """A run as one HTML page that stands alone; RUN is a file that `eval run` wrote, its name, or latest."""
    from eval.report import comparing, html_page
    from eval.report.junit import junit
    from eval.report.run_file import read_run, run_path
    from eval.scoring.measures import Price

    home = settings_from_environment().home
    told = read_run(run_path(run, home))
    change: html_page.Change | None = None
    if against is not None:
        before = read_run(run_path(against, home))
        change = (before, *comparing.compare(before, told))
    arms: list[dict[str, Any]] = json.loads(ablation.read_text(encoding="utf-8"))["rows"] if ablation else []
    page = html_page.page(told, change=change, arms=arms, price=Price(*price) if price else None)
    out.write_text(page, encoding="utf-8")
    if junit_out is not None:
        junit_out.write_text(junit(told), encoding="utf-8")
    if json_out is not None:
        json_out.write_text(json.dumps(html_page.summary(told), ensure_ascii=False) + "\n", encoding="utf-8")
    click.echo(f"{out}: {told.name}")
