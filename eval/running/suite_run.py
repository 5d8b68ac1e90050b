"""Run a suite so that nothing is asked twice: answers kept from earlier runs, the rest asked and kept at once."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from tqdm import tqdm

from assistant.adapters.postgres.pool import open_pool
from assistant.adapters.postgres.store import Store
from assistant.answering.ablation_switches import Ideas
from assistant.answering.prompting import STAGES
from assistant.answering.turn import Assistant
from assistant.bootstrap import open_assistant, warm
from assistant.settings import Settings
from eval.data.cases import Case, load_suite
from eval.running.answer_cache import Answered, Records
from eval.running.case_setting import identity_in, set_for
from eval.running.identity import Identity, code_hash, prompts_hash, settings_that_matter
from eval.running.inspect_task import inspect_suite
from eval.running.runner import AS_OF, Asked, Outcome, as_of_corpus, question_of, require_samples, timed
from eval.scoring.scorers import problems

FOLDER = "eval"  # under BUDONGI_HOME: answers/ and inspect's logs/
T = TypeVar("T")
HOSTED_AT_ONCE = 8  # questions asked of a hosted model at the same time


@dataclass(frozen=True, slots=True)
class SuiteRun:
    """``outcomes`` by epoch, then in the order of the cases; ``reused`` of the answers were kept from earlier runs;
    ``at`` is when it began, UTC.
    """

    suite: str
    identity: Identity
    outcomes: tuple[Outcome, ...]
    reused: int
    log: Path
    at: str = ""


def identity_of(assistant: Assistant, settings: Settings) -> Identity:
    """All that the answers of this assistant, over this store, depend on besides the question."""
    with open_pool(settings) as pool:
        corpus = Store(pool).corpus_hash()
    return Identity(
        model=assistant.chat_model.name if assistant.chat_model else "none",
        embedding_model=assistant.embedding.name,
        corpus=corpus,
        code=code_hash(),
        prompts=prompts_hash(assistant.prompts),
        as_of=AS_OF.isoformat(),
        ideas=_text_of(assistant.ideas),
        settings=settings_that_matter(settings),
    )


def chosen(cases: Sequence[T], limit: int | None) -> list[T]:
    """``limit`` of the cases, spread evenly over the suite, so that few of them are still of every kind."""
    if limit is None or limit >= len(cases):
        return list(cases)
    return [cases[number * len(cases) // limit] for number in range(limit)]


def at_once(settings: Settings) -> int:
    """How many questions may be under way: the local model has one slot, and without a model the processor is it."""
    return HOSTED_AT_ONCE if settings.chat_is_hosted else 1


def run_suite(
    suite: str,
    cases: Sequence[Case],
    assistant: Asked,
    identity: Identity,
    home: Path,
    *,
    epochs: int = 1,
    at_once: int = 1,
    anew: bool = False,
    prepare: Callable[[], None] | None = None,
) -> SuiteRun:
    """Ask what is not known yet, and score all of it. ``anew`` asks everything again and keeps the new answers;
    ``prepare`` is called before the first question that has to be asked.

    Raises:
        RunnerError: inspect-ai is missing, or the run was interrupted; the same call goes on where it stopped.
        BudongiError: what the assistant raised.
    """
    began = datetime.now(UTC).isoformat(timespec="seconds")
    identities = {case.id: identity_in(identity, case) for case in cases}
    records = {one: Records(home / FOLDER / "answers", one) for one in dict.fromkeys(identities.values())}
    if anew:
        for kept in records.values():
            kept.forget()
    known = sum(
        records[identities[case.id]].find(question_of(case), epoch) is not None
        for case in cases
        for epoch in range(1, epochs + 1)
    )
    if prepare is not None and known < len(cases) * epochs:
        prepare()
    with tqdm(total=len(cases) * epochs, unit="question", disable=not sys.stderr.isatty()) as bar:

        def ask(case: Case, epoch: int) -> Answered:
            question, kept = question_of(case), records[identities[case.id]]
            answered = kept.find(question, epoch)
            if answered is not None:
                answered = replace(answered, answer=replace(answered.answer, question=question))
            else:
                answered = timed(set_for(assistant, case), question)
                # A model that failed may answer the next time; what it failed on is not kept.
                if not answered.answer.degraded:
                    kept.add(question, epoch, answered)
            bar.update()
            return answered

        answers, log = inspect_suite(
            Path(suite).stem,
            cases,
            ask,
            epochs=epochs,
            at_once=at_once,
            metadata=asdict(identity),
            log_dir=home / FOLDER / "logs",
        )
    outcomes = (
        Outcome(case, one.answer, problems(case, one.answer), one.seconds, epoch)
        for epoch in range(1, epochs + 1)
        for case in cases
        for one in [answers[case.id, epoch]]
    )
    return SuiteRun(suite, identity, tuple(outcomes), known, log, began)


@dataclass(frozen=True, slots=True)
class Bench:
    """The assistant over the sample corpus as of the day of the gold, ready to be asked suites."""

    assistant: Assistant
    identity: Identity
    settings: Settings

    def run(
        self,
        suite: str,
        cases: Sequence[Case],
        *,
        ideas: Ideas | None = None,
        epochs: int = 1,
        anew: bool = False,
    ) -> SuiteRun:
        """A run of the assistant; ``ideas``: with these switches instead of those it ships with."""
        assistant = self.assistant if ideas is None else replace(self.assistant, ideas=ideas)
        identity = replace(self.identity, ideas=_text_of(assistant.ideas))
        prepare = partial(warm, assistant, STAGES)
        return self.run_other(suite, cases, assistant, identity, epochs=epochs, anew=anew, prepare=prepare)

    def run_other(
        self,
        suite: str,
        cases: Sequence[Case],
        asked: Asked,
        identity: Identity,
        *,
        epochs: int = 1,
        anew: bool = False,
        prepare: Callable[[], None] | None = None,
    ) -> SuiteRun:
        """A run of something else that answers, on the same bench; ``identity`` must tell it from the assistant."""
        at_once_ = at_once(self.settings)
        home = self.settings.home
        return run_suite(
            suite, cases, asked, identity, home, epochs=epochs, at_once=at_once_, anew=anew, prepare=prepare
        )


@contextmanager
def open_bench(settings: Settings) -> Iterator[Bench]:
    """The assistant that the settings name.

    Raises:
        StoreError: the store holds other than the sample corpus.
    """
    with open_assistant(settings) as assistant:
        require_samples(assistant)
        yield Bench(as_of_corpus(assistant), identity_of(assistant, settings), settings)


def measure(
    settings: Settings, suite: str, *, epochs: int = 1, limit: int | None = None, anew: bool = False
) -> SuiteRun:
    """Run a suite, or ``limit`` cases of it, through the assistant that the settings name.

    Raises:
        SourceError: there is no such suite.
        StoreError: the store holds other than the sample corpus.
    """
    cases = chosen(load_suite(suite), limit)
    with open_bench(settings) as bench:
        return bench.run(suite, cases, epochs=epochs, anew=anew)


def _text_of(ideas: Ideas) -> str:
    return json.dumps(asdict(ideas))
