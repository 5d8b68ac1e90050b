"""How search behaves as a store grows: ``python -m eval.perf.search [--chunks 20000,100000]``. Prints; asserts nothing.

On a store of its own (the samples, copied with vectors of their own, see :mod:`eval.perf.corpus_at_size`), in one run
and with the same questions: the vector index against a scan of every vector, a filter that few chunks pass against the
unfiltered index, hybrid search against the sum of its legs, and how all of it grows.
"""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
import numpy as np
from pgvector import HalfVector
from psycopg_pool import ConnectionPool

from assistant.adapters.embeddings.models import open_embedding
from assistant.adapters.lexical.terms import open_tokenizer
from assistant.adapters.postgres.pool import open_pool
from assistant.adapters.postgres.queries import query
from assistant.adapters.postgres.store import Store
from assistant.domain import Filters
from assistant.entrypoints.cli.ask import guarded
from assistant.ports import SearchRequest, Vectors
from assistant.settings import Settings
from eval.data.cases import Case, load, suite_path
from eval.perf.corpus_at_size import grow
from eval.perf.machine import machine_line
from eval.statistics.intervals import percentile
from ingest.cli import load_samples

K = 10
SEED = 20261122
REPEATS = 3
SCORED_IN_FULL = 3  # questions for which even a store of more than MANY chunks is scored whole, seconds each
MANY = 200_000
MAX_SHARE = 0.01  # of the chunks, that the filters may let through
SIGUNGUS = (
    "금천구",
    "강북구",
    "중랑구",
    "관악구",
    "광주시",
    "오산시",
    "이천시",
    "연수구",
    "계양구",
    "포천시",
    "안성시",
    "양주시",
)


@dataclass(frozen=True, slots=True)
class Timed:
    """What one way of searching took, in milliseconds per question, and which chunks it found."""

    milliseconds: tuple[float, ...]
    found: tuple[tuple[str, ...], ...]

    @property
    def median(self) -> float:
        return percentile(self.milliseconds, 0.5)

    @property
    def p95(self) -> float:
        return percentile(self.milliseconds, 0.95)


def timed(search: Callable[[SearchRequest], Sequence[str]], requests: Sequence[SearchRequest]) -> Timed:
    """Each question four times: the first reads what it needs into memory, and of the others the fastest counts.

    The machine has other work, too: the fastest is what the search itself takes, for every way alike.
    """
    milliseconds, found = [], []
    for request in requests:
        ids = search(request)
        spent = []
        for _ in range(REPEATS):
            began = time.perf_counter()
            search(request)
            spent.append((time.perf_counter() - began) * 1000)
        milliseconds.append(min(spent))
        found.append(tuple(ids))
    return Timed(tuple(milliseconds), tuple(found))


def recall(found: Sequence[Sequence[str]], truth: Sequence[Sequence[str]]) -> float:
    """Mean share of the true ids that were found."""
    return float(np.mean([len(set(a) & set(b)) / len(b) for a, b in zip(found, truth, strict=True) if b]))


class Ways:
    """The searches that are compared, over one store."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool
        self._store = Store(pool)
        self._every = Store(pool, exact=True)
        self._store.refresh()
        self._every.refresh()

    def hybrid(self, request: SearchRequest) -> list[str]:
        return [result.chunk_id for result in self._store.search(request)]

    def dense(self, request: SearchRequest) -> list[str]:
        return self.hybrid(replace(request, terms=()))

    def true(self, request: SearchRequest) -> list[str]:
        """Hybrid search that scores every eligible chunk."""
        return [result.chunk_id for result in self._every.search(request)]

    def true_dense(self, request: SearchRequest) -> list[str]:
        return self.true(replace(request, terms=()))

    def scan(self, request: SearchRequest) -> list[str]:
        """The nearest vectors, by comparing every one; ids alone."""
        return [row[0] for row in self._rows("measure/exact_scan", self.vector(request))]

    def index(self, request: SearchRequest) -> list[str]:
        """The nearest vectors by the index; ids alone."""
        return [row[0] for row in self._rows("measure/index_scan", self.vector(request))]

    def lexical(self, request: SearchRequest) -> list[str]:
        """BM25 over every posting of the question's terms."""
        return [row[3] for row in self._rows("measure/lexical_scan", {"terms": list(request.terms), "limit": K})]

    def centred(self, request: SearchRequest) -> Vectors:
        return self._store.centred(request.vector, request.language)

    def vector(self, request: SearchRequest) -> dict[str, Any]:
        return {"vector": HalfVector(self.centred(request)), "limit": K}

    def _rows(self, name: str, parameters: dict[str, Any]) -> list[Any]:
        with self._pool.connection() as connection:
            return connection.execute(query(name), parameters).fetchall()


def selective(
    ways: Ways, sigungus: Sequence[str], requests: Sequence[SearchRequest], chunks: int
) -> list[SearchRequest]:
    """The questions again, each under a district that at most MAX_SHARE of all chunks are of."""
    rare = []
    for sigungu in sigungus:
        request = replace(requests[0], filters=Filters(sigungus=(sigungu,)), domains=("housing",), terms=())
        share = len(ways.true(replace(request, limit=chunks))) / chunks
        if 0 < share <= MAX_SHARE:
            rare.append(request)
    return [
        replace(request, filters=rare[number % len(rare)].filters, domains=("housing",))
        for number, request in enumerate(requests)
        if rare
    ]


def measured(ways: Ways, requests: Sequence[SearchRequest], filtered: Sequence[SearchRequest]) -> dict[str, Timed]:
    """Every way, by its name."""
    return {
        "exact scan": timed(ways.scan, requests),
        "vector index alone": timed(ways.index, requests),
        "search, dense": timed(ways.dense, requests),
        "search, lexical leg alone": timed(ways.lexical, requests),
        "search, hybrid": timed(ways.hybrid, requests),
        "search, dense, filtered": timed(ways.dense, filtered),
        "search, hybrid, filtered": timed(ways.hybrid, filtered),
        "search, hybrid, one domain": timed(ways.hybrid, [replace(r, domains=("housing",)) for r in requests]),
    }


def lines(
    ways: Ways, requests: Sequence[SearchRequest], filtered: Sequence[SearchRequest], chunks: int
) -> tuple[list[str], dict[str, Timed]]:
    """What there is to say about one size, and the times by which growth is judged."""
    times = measured(ways, requests, filtered)
    median = {name: item.median for name, item in times.items()}
    said = [f"  {name:<28} median {item.median:8.1f} ms   p95 {item.p95:8.1f} ms" for name, item in times.items()]
    few = times["search, dense, filtered"].found
    in_full = requests if chunks <= MANY else requests[:SCORED_IN_FULL]
    best = recall(times["search, hybrid"].found[: len(in_full)], [ways.true(request) for request in in_full])
    one_domain = recall(
        times["search, hybrid, one domain"].found[: len(in_full)],
        [ways.true(replace(request, domains=("housing",))) for request in in_full],
    )
    legs = median["search, dense"] + median["search, lexical leg alone"]
    said += [
        f"  unfiltered: recall@{K} {recall(times['search, dense'].found, times['exact scan'].found):.3f}, "
        f"{median['search, dense'] / median['exact scan']:.2f} x the exact scan (index alone "
        f"{median['vector index alone'] / median['exact scan']:.2f} x)",
        f"  filtered (<= {MAX_SHARE:.0%}): recall@{K} {recall(few, [ways.true_dense(r) for r in filtered]):.3f}, "
        f"{sum(len(found) < K for found in few)} of {len(few)} short of {K}, "
        f"{median['search, dense, filtered'] / median['search, dense']:.2f} x the unfiltered search by the index",
        f"  hybrid: {median['search, hybrid'] / legs:.2f} x the sum of its legs; of its {K} best, {best:.3f} are of "
        f"the {K} best by scoring all (one domain: {one_domain:.3f}; {len(in_full)} questions)",
    ]
    return said, times


def growth(small: float, large: float, factor: float) -> float:
    """The exponent b of time ~ size^b."""
    return math.log(large / small) / math.log(factor)


@contextmanager
def samples_in(home: Path | None) -> Iterator[ConnectionPool]:
    """A store with the sample corpus, in a folder that is removed afterwards unless one is given."""
    with tempfile.TemporaryDirectory(prefix="budongi-perf-") as temporary:
        settings = Settings(home=home or Path(temporary), embedding_model="local")
        load_samples(settings, only_if_empty=True)
        with open_pool(settings) as pool:
            yield pool


def cases(limit: int) -> list[Case]:
    """The first of the smoke suite's questions."""
    return load(suite_path("smoke"))[:limit]


def questions(limit: int) -> list[SearchRequest]:
    """The same, as they are searched for without any filter."""
    model, tokenizer = open_embedding(Settings(embedding_model="local")), open_tokenizer()
    return [
        SearchRequest(model.embed_query(c.question), tokenizer.terms(c.question), c.language, Filters(), limit=K)
        for c in cases(limit)
    ]


@click.command()
@click.option("--chunks", default="20000,100000", show_default=True, help="Sizes of the store, ascending.")
@click.option("--questions", "number", default=40, show_default=True, type=click.IntRange(1))
@click.option(
    "--home",
    "homes",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Keep the store in this folder, to measure on it again; several: each is measured as large as it is.",
)
@guarded
def main(chunks: str, number: int, homes: tuple[Path, ...]) -> None:
    """Grow a store to each size and time every way of searching it."""
    sizes = [int(size) for size in chunks.split(",")] if len(homes) < 2 else [0]
    random = np.random.default_rng(SEED)
    click.echo(machine_line())
    requests = questions(number)
    earlier: list[tuple[int, dict[str, Timed]]] = []
    for home in homes or (None,):
        with samples_in(home) as pool:
            for size in sizes:
                began = time.perf_counter()
                held = grow(pool, size, random)
                spent = time.perf_counter() - began
                click.echo(f"{held:,} chunks (grown and indexed in {spent:.0f} s), {len(requests)} questions")
                ways = Ways(pool)
                filtered = selective(ways, SIGUNGUS, requests, held)
                said, times = lines(ways, requests, filtered, held)
                click.echo("\n".join(said))
                earlier.append((held, times))
    if len(earlier) > 1:
        (small, first), (large, last) = earlier[0], earlier[-1]
        click.echo(f"growth of the median from {small:,} to {large:,} chunks, as an exponent of the size:")
        for name, item in last.items():
            click.echo(f"  {name:<28} {growth(first[name].median, item.median, large / small):5.2f}")


if __name__ == "__main__":
    main()
