"""The search that is measured: the assistant's own, as of the corpus, with question embeddings kept on disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from assistant.answering.evidence_finder import RESULTS
from assistant.answering.turn import Assistant
from assistant.bootstrap import open_assistant
from assistant.domain import Question, Result
from assistant.settings import Settings
from eval.running.query_cache import QueryCache
from eval.running.runner import all_of, as_of_corpus, require_samples
from eval.search.cases import load_searches
from eval.search.runner import SearchOutcome, run_searches
from eval.search.typos import with_slips

CACHE = "eval"  # folder under BUDONGI_HOME


@contextmanager
def open_measured(settings: Settings) -> Iterator[tuple[Assistant, QueryCache]]:
    """The assistant over the sample corpus, without a chat model, and its embedding model, which remembers.

    Raises:
        StoreError: the store holds other than the sample corpus.
    """
    with open_assistant(settings, chat=False) as assistant:
        require_samples(assistant)
        cache = QueryCache(assistant.embedding, settings.home / CACHE)
        yield replace(as_of_corpus(assistant), embedding=cache), cache
        cache.save()


@dataclass(frozen=True)
class Search:
    """What a turn would look at, for a question alone; ``model`` is the embedding model behind it."""

    assistant: Assistant
    model: str

    def __call__(self, question: str) -> Sequence[Result]:
        return self.assistant.search(Question(question), RESULTS)[1].results


@contextmanager
def open_search(settings: Settings) -> Iterator[Search]:
    """The assistant's own search over the sample corpus."""
    with open_measured(settings) as (assistant, cache):
        yield Search(assistant, cache.name)


def retrieval_run(
    settings: Settings, pairs: int | None = None, *, slips: bool = False
) -> tuple[list[SearchOutcome], str]:
    """Outcomes of the retrieval questions, and the embedding model behind them; ``pairs``: of so many groups alone.

    ``slips``: short English ones are asked once more as they are typed in haste.
    """
    cases = load_searches(pairs=pairs)
    cases = with_slips(cases) if slips else cases
    with open_search(settings) as search:
        return all_of(run_searches(cases, search), len(cases)), search.model
