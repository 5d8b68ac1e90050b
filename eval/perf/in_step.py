"""How long it takes to find out that nothing has changed, and that nothing is wrong.

    python -m eval.perf.in_step --documents 10000
    python -m eval.perf.in_step --data ../shared/data

The first writes a corpus of help-centre entries, ingests and verifies it; the second does so with the files given.
Reading, morphology and Postgres are real; a stand-in embeds, so that the first ingest is shorter here than in earnest.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
from psycopg_pool import ConnectionPool

from assistant.adapters.lexical.terms import open_tokenizer
from assistant.adapters.postgres.pool import open_pool
from assistant.settings import Settings
from eval.perf.machine import machine_line
from eval.perf.stand_ins import HashEmbedding, embed_here
from ingest.reading import read_documents
from ingest.run import Run
from ingest.verify import verify
from prompts.loader import Prompts

SUBJECTS = (
    "계약금",
    "중도금",
    "당첨자 발표",
    "예비입주자",
    "청약통장",
    "무주택기간",
    "부양가족",
    "전매제한",
    "발코니 확장",
)


@contextmanager
def timed(what: str) -> Iterator[Callable[[], float]]:
    """Print how long the block took; gives the seconds afterwards."""
    start = time.perf_counter()
    took: list[float] = []
    yield lambda: took[0]
    took.append(time.perf_counter() - start)
    click.echo(f"{what:<44} {took[0]:>8.2f} s")


def measure(folder: Path, home: Path, *, changed: Path | None) -> bool:
    """Ingest, ingest again, and verify; whether the store was found right."""
    settings = Settings(home=home)
    with open_pool(settings) as pool:
        with timed("first ingest (stand-in embeds)") as first:
            _ingest(pool, settings, folder)
        with timed("ingest of the same files") as again:
            assert _begin(settings, folder).unchanged_in(pool) is not None
        click.echo(f"{'':<44} {first() / again():>8.0f} × faster")
        if changed is not None:
            changed.write_text("\n".join(changed.read_text(encoding="utf-8").splitlines()[1:]), encoding="utf-8")
            with timed("ingest with one record removed"):
                _ingest(pool, settings, folder)
        with timed("verify"):
            found = verify(
                Prompts.read(),
                pool,
                lambda _: _begin(settings, folder),
                open_tokenizer(),
                cache=home / "cache" / "pdf",
            )
    click.echo(f"{found.documents:,} documents, {found.rows:,} rows, {len(found.findings)} wrong")
    for finding in found.findings[:10]:
        click.echo(str(finding))
    return not found.findings


def _begin(settings: Settings, folder: Path) -> Run:
    run = Run.over([folder], None, settings)
    return replace(run, open_model=HashEmbedding, tokenizer=open_tokenizer(), embed=embed_here, progress=False)


def _ingest(pool: ConnectionPool, settings: Settings, folder: Path) -> None:
    run = _begin(settings, folder)
    documents, sources = read_documents(Prompts.read(), run.paths, progress=False, cache=run.cache)
    run.store_in(pool, documents, sources)


def _write(file: Path, number: int) -> None:
    generator = random.Random(1)
    with file.open("w", encoding="utf-8") as out:
        for index in range(number):
            one, other = generator.sample(SUBJECTS, 2)
            days = generator.randint(1, 90)
            answer = f"{one}은 {index}번 항목에 따라 {days}일 안에 정해집니다. {other}은 따로 확인해 주세요."
            line = {"id": f"Q{index}", "question": f"{one}과 {other}은 {index}번에서 어떻게 되나요?", "answer": answer}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


@click.command()
@click.option("--documents", default=10_000, show_default=True, help="Of the corpus that is written.")
@click.option("--data", type=click.Path(path_type=Path, exists=True), help="Files to take instead.")
def main(documents: int, data: Path | None) -> None:
    """Time an unchanged ingest and a verification."""
    click.echo(machine_line())
    with tempfile.TemporaryDirectory() as temporary:
        changed = None
        if data is None:
            data = Path(temporary) / "data"
            data.mkdir()
            changed = data / "faq.jsonl"
            _write(changed, documents)
        if not measure(data, Path(temporary) / "home", changed=changed):
            raise SystemExit(1)


if __name__ == "__main__":
    main()
