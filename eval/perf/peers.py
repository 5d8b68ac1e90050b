"""Other ways to store and search the same rows: ``python -m eval.perf.peers [--rows 5000]``. Prints; asserts nothing.

First how right each is, on the question set over the sample corpus; then how long each takes on more rows.
Against langchain-postgres (its bulk write, its dense and its hybrid search) and a hybrid query fused as Azure AI Search
does, in the same Postgres, with the same texts and vectors, everything committed durably. langchain-postgres wants an
older pgvector client than budongi: uv gives it an environment of its own, and without uv or network it is left out.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click
import numpy as np
from psycopg_pool import ConnectionPool

from assistant.adapters.embeddings.models import open_embedding
from assistant.adapters.postgres.documents import Documents
from assistant.adapters.postgres.queries import query
from assistant.answering.evidence_finder import RESULTS
from assistant.domain import Chunk, Document
from assistant.entrypoints.cli.ask import guarded
from assistant.ports import SearchRequest, Vectors
from assistant.settings import Settings
from eval.perf.corpus_at_size import grow
from eval.perf.machine import machine_line, spread
from eval.perf.peers_quality import found_by, requests_of, table, understood
from eval.perf.search import SEED, K, Ways, cases, questions, recall, samples_in, timed
from eval.running.query_cache import QueryCache
from eval.search.cases import load_searches
from eval.search.store import CACHE
from eval.statistics.intervals import percentile

PEER = Path(__file__).with_name("peer_langchain.py")
TIMEOUT = 1800  # seconds


def passages(pool: ConnectionPool) -> tuple[list[tuple[str, str]], Vectors]:
    """Ids and texts of stored passages, and their vectors of shape ``(n, dimensions)``."""
    with pool.connection() as connection:
        rows = connection.execute(query("measure/passages")).fetchall()
    return [(chunk_id, text) for chunk_id, text, _ in rows], np.stack([vector.to_numpy() for *_, vector in rows])


def our_write(pool: ConnectionPool, rows: Sequence[tuple[str, str]], vectors: Vectors) -> float:
    """Seconds to store these passages as documents of one chunk each, in one transaction, as an ingest does."""
    documents = [
        Document("document", f"peer-{number}", "", "", (Chunk("text", text, ()),))
        for number, (_, text) in enumerate(rows)
    ]
    store = Documents(pool)
    began = time.perf_counter()
    store.replace(documents, vectors, [{}] * len(rows), [b""] * len(rows))
    seconds = time.perf_counter() - began
    store.delete([document.id for document in documents])
    return seconds


def langchain(
    pool: ConnectionPool,
    rows: Sequence[tuple[str, str]],
    vectors: Vectors,
    asked: Sequence[tuple[str, Vectors]],
    limit: int = K,
) -> dict[str, Any] | None:
    """What ``peer_langchain.py`` measured; None, with the reason printed, where it cannot be run."""
    uv = Path(sys.executable).with_name("uv")
    if find_spec("uv") is None or not uv.exists():
        click.echo("  langchain-postgres: left out, for uv is not installed in this environment")
        return None
    with tempfile.TemporaryDirectory(prefix="budongi-peer-") as folder:
        home = Path(folder)
        lines = [json.dumps({"id": chunk_id, "text": text}, ensure_ascii=False) for chunk_id, text in rows]
        (home / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")
        (home / "questions.jsonl").write_text(
            "\n".join(json.dumps({"text": text}, ensure_ascii=False) for text, _ in asked), encoding="utf-8"
        )
        np.save(home / "rows.npy", vectors.astype(np.float32))
        np.save(home / "questions.npy", np.stack([vector for _, vector in asked]).astype(np.float32))
        command = [str(uv), "run", "--quiet", "--no-project", "--isolated", "--python", sys.executable]
        command += [
            "--with",
            "langchain-postgres",
            "--with",
            "numpy",
            "python",
            str(PEER),
            _url(pool),
            folder,
            str(limit),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, cwd=folder, check=False)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        click.echo(f"  langchain-postgres: left out, for it did not run ({reason[:300]})")
        return None
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _url(pool: ConnectionPool) -> str:
    """The store as SQLAlchemy names it."""
    with pool.connection() as connection:
        info = connection.info
        where = f"host={quote(info.host, safe='')}&port={info.port}"
        return f"postgresql+psycopg://{quote(info.user)}@/{quote(info.dbname)}?{where}"


def reciprocal(pool: ConnectionPool, ways: Ways, request: SearchRequest) -> list[str]:
    """Ids of the best by reciprocal rank fusion."""
    parameters = {**ways.vector(request), "terms": list(request.terms), "limit": request.limit}
    with pool.connection() as connection:
        return [row[0] for row in connection.execute(query("measure/reciprocal_rank"), parameters).fetchall()]


def latencies(
    pool: ConnectionPool, ways: Ways, requests: Sequence[SearchRequest], peer: dict[str, Any] | None
) -> list[str]:
    """One line a way: how long it takes, and how much of the exact nearest neighbours the dense ones find."""
    true = [ways.scan(request) for request in requests]
    ours, rrf = timed(ways.hybrid, requests), timed(lambda request: reciprocal(pool, ways, request), requests)
    dense = timed(lambda request: ways.hybrid(replace(request, terms=())), requests)
    said = [
        f"  budongi, dense               {spread(dense.milliseconds, 'ms')}   recall {recall(dense.found, true):.3f}",
        f"  budongi, hybrid              {spread(ours.milliseconds, 'ms')}",
        f"  reciprocal rank fusion, SQL  {spread(rrf.milliseconds, 'ms')}   {rrf.median / ours.median:.2f} x budongi's",
    ]
    for name, own in (("dense", dense), ("hybrid", ours)) if peer else ():
        assert peer is not None
        times = peer[name]
        found = f"recall {recall(peer['dense_found'], true):.3f}   " if name == "dense" else ""
        said.append(
            f"  langchain-postgres, {name:<9}{spread(times, 'ms')}   {found}"
            f"{percentile(times, 0.5) / own.median:.2f} x budongi's"
        )
    return said


def quality(pool: ConnectionPool, pairs: int) -> list[str]:
    """The question set asked every way of the sample corpus, as it is: a table."""
    settings = Settings.from_environment()
    cases = load_searches(pairs=pairs)
    model = QueryCache(open_embedding(settings), settings.home / CACHE)
    requests = requests_of(cases, model)
    model.save()
    ways = Ways(pool)
    rows, vectors = passages(pool)
    ours = {
        "budongi, dense": found_by(lambda request: ways.hybrid(replace(request, terms=())), requests),
        "budongi, hybrid": found_by(ways.hybrid, requests),
        "budongi, hybrid, understood": understood(pool, model, cases),
        "reciprocal rank fusion, SQL": found_by(lambda request: reciprocal(pool, ways, request), requests),
    }
    asked = [(case.question, ways.centred(request)) for case, request in zip(cases, requests, strict=True)]
    if (peer := langchain(pool, rows, vectors, asked, RESULTS)) is not None:
        ours |= {f"langchain-postgres, {name}": (peer[name], peer[f"{name}_found"]) for name in ("dense", "hybrid")}
    return [f"{len(cases)} questions on the sample corpus, {len(rows):,} passages:", *table(pool, cases, ours)]


@click.command()
@click.option("--rows", "number", default=5000, show_default=True, type=click.IntRange(100), help="Passages, at least.")
@click.option("--questions", "asked", default=40, show_default=True, type=click.IntRange(1))
@click.option("--pairs", default=1000, type=click.IntRange(1), help="Groups of questions that quality is judged by.")
@guarded
def main(number: int, asked: int, pairs: int) -> None:
    """Write the same rows and ask the same questions every way."""
    click.echo(machine_line())
    requests = questions(asked)
    with samples_in(None) as pool:
        click.echo("\n".join(quality(pool, pairs)))
        grow(pool, number, np.random.default_rng(SEED), index_from=sys.maxsize)
        rows, vectors = passages(pool)
        click.echo(f"{len(rows):,} passages, {vectors.shape[1]} dimensions, {len(requests)} questions")
        texts = [case.question for case in cases(asked)]
        seconds = our_write(pool, rows, vectors)  # into tables without a vector index, as the peer's is then
        Documents(pool).index(1)
        ways = Ways(pool)
        vectors_asked = [ways.centred(request) for request in requests]
        peer = langchain(pool, rows, vectors, list(zip(texts, vectors_asked, strict=True)))
        click.echo(f"  write, budongi               {len(rows) / seconds:10,.0f} rows/s")
        if peer is not None:
            click.echo(
                f"  write, langchain-postgres    {len(rows) / peer['write']:10,.0f} rows/s ({peer['version']}, "
                f"add_embeddings): budongi is {peer['write'] / seconds:.0f} x as fast"
            )
        click.echo("\n".join(latencies(pool, ways, requests, peer)))


if __name__ == "__main__":
    main()
