"""What an ingest costs beyond embedding: ``python -m eval.perf.ingest [--passages 300]``. Prints; asserts nothing.

The same passages of the sample corpus (marked, so that their packaged vectors are of no use) are embedded alone, and
ingested into an empty store, by one process and by two. All times include starting the processes and loading the model.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from assistant.adapters.embeddings.models import open_embedding
from assistant.adapters.lexical.terms import open_tokenizer
from assistant.adapters.postgres.documents import Documents
from assistant.adapters.postgres.pool import open_pool
from assistant.domain import Document
from assistant.entrypoints.cli.ask import guarded
from assistant.settings import Settings
from eval.perf.machine import machine_line
from ingest.pipeline import BATCH, ingest
from ingest.reading import SAMPLES, read_documents
from ingest.workers import embed_batches
from prompts.loader import Prompts

SETTINGS = Settings(embedding_model="local")


def marked(documents: Sequence[Document], passages: int) -> list[Document]:
    """Documents with that many passages or a few more, none of which was ever embedded."""
    chosen: list[Document] = []
    for document in documents:
        if sum(len(item.chunks) for item in chosen) >= passages:
            break
        chunks = tuple(replace(chunk, text=f"{chunk.text} ({number})") for number, chunk in enumerate(document.chunks))
        chosen.append(replace(document, chunks=chunks))
    return chosen


def embedding_alone(documents: Sequence[Document], processes: int) -> float:
    """Seconds to embed every passage and do nothing with it."""
    texts = [chunk.text for document in documents for chunk in document.chunks]
    batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    model = open_embedding(SETTINGS)
    began = time.perf_counter()
    for _ in embed_batches(model, partial(open_embedding, SETTINGS), batches, workers=processes):
        pass
    return time.perf_counter() - began


def whole(documents: Sequence[Document], processes: int) -> tuple[float, float]:
    """Seconds to ingest them into an empty store that is running already, and to ingest them once more, unchanged."""
    tokenizer = open_tokenizer()
    with tempfile.TemporaryDirectory(prefix="budongi-perf-") as home, open_pool(Settings(home=Path(home))) as pool:
        store = Documents(pool)
        seconds = []
        for _ in range(2):
            began = time.perf_counter()
            ingest(
                documents,
                store=store,
                open_model=partial(open_embedding, SETTINGS),
                tokenizer=tokenizer,
                workers=processes,
                progress=False,
            )
            seconds.append(time.perf_counter() - began)
    return seconds[0], seconds[1]


@click.command()
@click.option("--passages", default=300, show_default=True, type=click.IntRange(24), help="At least so many.")
@guarded
def main(passages: int) -> None:
    """Time embedding and ingesting the same passages."""
    click.echo(machine_line())
    documents = marked(read_documents(Prompts.read(), [SAMPLES])[0], passages)
    number = sum(len(document.chunks) for document in documents)
    click.echo(f"{len(documents)} documents, {number} passages")
    rates: dict[tuple[str, int], float] = {}
    for processes in (1, 2):
        alone = embedding_alone(documents, processes)
        ingested, again = whole(documents, processes)
        rates["alone", processes], rates["whole", processes] = number / alone, number / ingested
        click.echo(
            f"  processes: {processes}   embedding alone {number / alone:6.2f} passages/s, "
            f"whole ingest {number / ingested:6.2f} ({alone / ingested:.2f} x), unchanged again in {again:.2f} s"
        )
    click.echo(f"  two processes against one: {rates['whole', 2] / rates['whole', 1]:.2f} x (whole ingest)")


if __name__ == "__main__":
    main()
