"""Another embedding model for a store that is full and in use: ``budongi ingest reindex --model MODEL``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

import numpy as np
from psycopg_pool import ConnectionPool

from assistant.adapters.embeddings.models import calibration_questions, open_embedding, open_named
from assistant.adapters.postgres.documents import Documents
from assistant.adapters.postgres.inquiry_vectors import InquiryVectors
from assistant.adapters.postgres.ledger import Ledger
from assistant.adapters.postgres.next_index import NextIndex, Passage
from assistant.domain import Language
from assistant.errors import EmptyStoreError, ModelError, SettingsError
from assistant.ports import EmbeddingModel, Vectors
from assistant.settings import Settings
from ingest.pipeline import progress_bar, query_means
from ingest.workers import ModelFactory, embed_batches

BATCH = 8  # passages; about a second of one core with the local model
NEAREST = 10  # passages of a question that two models are compared by


@dataclass(frozen=True, slots=True)
class Agreement:
    """Share of a question's nearest passages by the old model that are among those by the new, per language."""

    shares: Mapping[str, float]
    questions: int


def change_over(
    pool: ConnectionPool, settings: Settings, name: str, *, swap: bool, tell: Callable[[str], object]
) -> None:
    """Build the index of the model that ``name`` names (as the setting would), compare it, and search it from now on.

    Raises:
        BudongiError: the store is empty, the model cannot be used, or Postgres went away.
    """
    stored = Documents(pool).embedding_model()
    if stored is None:
        raise EmptyStoreError
    chosen = replace(settings, embedding_model=name)
    open_model = partial(open_embedding, chosen)
    new = open_model()
    if new.name == stored:
        tell(f"The passages are embedded with {stored} already.")
        return
    following = build(pool, open_model)
    try:
        agreed = agreement(following, open_named(settings, stored), new)
    except (ModelError, SettingsError) as error:
        tell(f"Not compared with {stored}, which cannot be used here: {error}")
    else:
        shares = ", ".join(f"{share:.0%} ({language})" for language, share in agreed.shares.items())
        tell(
            f"Of the {NEAREST} passages nearest to a question by {stored}, so many are among the {NEAREST} nearest by "
            f"{new.name}: {shares}, over {agreed.questions} general questions. Few in common means different, not "
            "worse: measure with `budongi eval run` after the change."
        )
    if not swap:
        tell(f"Built, and not searched (--no-swap); without it, the same command changes over to {new.name}.")
        return
    put_in_place(pool, following, open_model, lambda: tell("An ingest is running: waiting for it to end."))
    tell(
        f"Searches now use {new.name}: servers that run change over within seconds. One that cannot use it goes on "
        f"with the index of {stored}, which lacks what is ingested from now on, and is kept until `budongi ingest "
        "reindex --drop-old`; `budongi doctor` tells which of the two can be used where it runs. "
        "BUDONGI_EMBEDDING_MODEL can stay as it is: it is for a new store."
    )


def build(pool: ConnectionPool, open_model: ModelFactory, *, progress: bool = True) -> NextIndex:
    """Embed every stored passage and past inquiry with another model, beside what is searched.

    Goes on where it stopped.

    Raises:
        ModelError: the model cannot be used.
        StoreError: Postgres went away.
    """
    model = open_model()
    following = NextIndex(pool, model.name)
    for language, mean in query_means(model, following.begin()):
        following.set_query_mean(language, mean)
    _embed(following, model, open_model, progress)
    following.finish()
    _embed_inquiries(InquiryVectors(pool, model), progress)
    return following


def put_in_place(
    pool: ConnectionPool, following: NextIndex, open_model: ModelFactory, waiting: Callable[[], object]
) -> None:
    """Add what was ingested meanwhile, and search the new index from now on; no ingest runs while this does.

    Raises:
        ModelError: the model cannot be used.
        StoreError: Postgres went away.
    """
    with Ledger(pool).alone(waiting):
        model = open_model()
        if following.missing():
            _embed(following, model, open_model, False)
            following.finish()
        _embed_inquiries(InquiryVectors(pool, model), False)
        following.swap()


def agreement(following: NextIndex, old: EmbeddingModel, new: EmbeddingModel) -> Agreement:
    """Ask both indexes the calibration questions; no question of anybody's is needed for it."""
    shares: dict[str, float] = {}
    asked = 0
    for language, questions in calibration_questions().items():
        spoken = cast(Language, language)
        overlaps = []
        for question in questions:
            before = following.nearest(old.embed_query(question), spoken, NEAREST, searched=True)
            after = following.nearest(new.embed_query(question), spoken, NEAREST, searched=False)
            overlaps.append(len(set(before) & set(after)) / len(before) if before else 1.0)
        shares[language] = float(np.mean(overlaps))
        asked += len(questions)
    return Agreement(shares, asked)


def _embed(following: NextIndex, model: EmbeddingModel, open_model: ModelFactory, progress: bool) -> None:
    by_text: dict[str, list[Passage]] = {}
    for passage in following.missing():
        by_text.setdefault(passage.text, []).append(passage)
    texts = list(by_text)
    batches: list[Sequence[str]] = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    with progress_bar(len(texts), progress) as bar:
        for index, vectors in embed_batches(model, open_model, batches) if batches else ():
            found: dict[str, Vectors] = dict(zip(batches[index], vectors, strict=True))
            following.put([passage for text in batches[index] for passage in by_text[text]], found)
            bar.update(len(found))


def _embed_inquiries(vectors: InquiryVectors, progress: bool) -> None:
    """Those accepted from here on, whoever asks for them embeds."""
    missing = vectors.missing()
    with progress_bar(len(missing), progress and bool(missing), unit="inquiries") as bar:
        vectors.add(missing, bar.update)
