"""Whatever is added, changed, removed or interrupted: the store is as after a fresh ingest of what is left."""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from ingest_run import run_over
from psycopg_pool import ConnectionPool
from shipped import PROMPTS

from assistant.adapters.postgres.audit import Audit
from assistant.adapters.postgres.migrations import migrate
from assistant.adapters.postgres.pool import connection_pool
from assistant.adapters.postgres.queries import query
from eval.perf.corpus import Corpus
from eval.perf.stand_ins import WordTokenizer
from ingest.reading import read_documents


class Interrupted(BaseException):
    """As a kill: nothing catches it."""


class InterruptedTokenizer(WordTokenizer):
    """Gives terms so many times, and then ends the ingest that asks for more."""

    def __init__(self, calls: int) -> None:
        self.calls = calls

    def terms(self, text: str) -> list[str]:
        self.calls -= 1
        if self.calls < 0:
            raise Interrupted
        return super().terms(text)


def ingest(pool: ConnectionPool, folder: Path, tokenizer: WordTokenizer | None = None) -> None:
    run = replace(run_over(folder), tokenizer=tokenizer or WordTokenizer())
    if run.unchanged_in(pool) is None:
        documents, sources = read_documents(PROMPTS, [folder], progress=False)
        run.store_in(pool, documents, sources, allow_removals=True)


def emptied(pool: ConnectionPool) -> None:
    with pool.connection() as connection:
        connection.execute(query("measure/empty"))


def test_any_sequence_ends_as_a_fresh_ingest(database: str, other_database: str) -> None:
    for url in (database, other_database):
        migrate(url)
    with connection_pool(database) as pool, connection_pool(other_database) as clean:

        class Sequence(RuleBasedStateMachine):
            """A folder that changes, and a store that follows it."""

            @initialize(seed=st.integers(0, 1000))
            def begin(self, seed: int) -> None:
                emptied(pool)
                self.temporary = tempfile.TemporaryDirectory()
                self.corpus = Corpus(Path(self.temporary.name) / "data", random.Random(seed))
                for _ in range(20):
                    self.corpus.change()
                self.corpus.faqs[0]["F"] = "이 답은 늘 있습니다."
                self.corpus.write()

            @rule(steps=st.integers(1, 8))
            def change(self, steps: int) -> None:
                for _ in range(steps):
                    self.corpus.change()
                self.corpus.faqs[0]["F"] = "이 답은 늘 있습니다."
                self.corpus.write()

            @rule(calls=st.integers(0, 30))
            def ingest_interrupted(self, calls: int) -> None:
                try:
                    ingest(pool, self.corpus.folder, InterruptedTokenizer(calls))
                except Interrupted:
                    assert Audit(pool).partial() == []

            @rule()
            def ingest_whole(self) -> None:
                ingest(pool, self.corpus.folder)
                emptied(clean)
                ingest(clean, self.corpus.folder)
                assert Audit(pool).digest() == Audit(clean).digest()

            def teardown(self) -> None:
                if hasattr(self, "corpus"):
                    self.ingest_whole()
                    self.temporary.cleanup()

        run_state_machine_as_test(
            Sequence,
            settings=settings(
                max_examples=5,
                stateful_step_count=8,
                deadline=None,
                derandomize=True,
                phases=[Phase.generate],  # finding the shortest failure takes minutes
                suppress_health_check=list(HealthCheck),
            ),
        )
