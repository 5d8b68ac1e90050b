"""What the assistant is compared with: the chain that tutorials build.

Raw rows of the tables, help answers and posts are cut by LangChain's text splitter and embedded by the same model; the
nearest pieces go into a plain prompt for the same chat model. No rewriting, no filters, no examples, no checks. Left
out are competition and winning scores: 10,000 more rows of figures by a notice's number, which no question holds.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from assistant.answering.generator import MAX_TOKENS
from assistant.answering.turn import Assistant
from assistant.domain import Answer, Citation, EntityName, Language, Question, Understanding, Usage
from assistant.errors import ModelError
from assistant.language.text import is_korean
from assistant.ports import ChatModel, EmbeddingModel, Prompt, Vectors
from assistant.settings import Settings
from eval.data.cases import Case, load_suite
from eval.data.public_data import SAMPLES, table
from eval.running.query_cache import QueryCache
from eval.running.suite_run import Bench, SuiteRun, chosen, open_bench
from prompts.loader import version_of

TABLES: Final = ("housing/notices", "housing/house_types")
LINES: Final = ("faq", "listings")  # folders of JSON Lines
CHUNK: Final = 500  # characters
OVERLAP: Final = 50
NEAREST: Final = 4  # pieces: about 1,200 tokens, which the local model reads within a turn's 30 s
DECLINES: Final = "cannot be found in the context"
SYSTEM: Final = (
    "You are a helpful assistant. Answer the question from the context, in the language of the question. After each "
    "sentence write the number of the piece of context it is from, like [1]. If the context does not hold the answer, "
    f'write only "{DECLINES}".'
)
_MARK = re.compile(r"\[(\d)\]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a raw row. ``source`` is a table or file, ``key`` the row's first cell or ``id``."""

    source: str
    key: str
    text: str


def pieces(folder: Path = SAMPLES) -> list[Piece]:
    """Every row as ``column: value`` lines, or as the line it is in JSON Lines, cut where it is long."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    rows = [
        (name, next(iter(row.values())), "\n".join(f"{column}: {value}" for column, value in row.items()))
        for name in TABLES
        for row in table(name, folder)
    ]
    for kind in LINES:
        for file in sorted((folder / kind).glob("*.jsonl")):
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
                rows.append((kind, f"{file.stem}:{number}", line))
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
    return [Piece(source, key, text) for source, key, row in rows for text in splitter.split_text(row)]


@dataclass
class NaiveChain:
    """Answers as the assistant does, so that the same scorers judge both."""

    pieces: list[Piece]
    vectors: Vectors  # shape (pieces, dimensions)
    embedding: EmbeddingModel
    chat_model: ChatModel
    names: dict[str, EntityName]  # of complexes, by 주택관리번호

    def ask(self, question: Question) -> Answer:
        """One answer. The conversation before goes ahead of the question, as chains with memory do."""
        began = time.perf_counter()
        scores = self.vectors @ self.embedding.embed_query(question.text)
        nearest = [self.pieces[index] for index in np.argsort(-scores)[:NEAREST]]
        context = "\n\n".join(f"[{number}] {piece.text}" for number, piece in enumerate(nearest, start=1))
        before = "".join(f"{message.role}: {message.content}\n" for message in question.history)
        prompt = Prompt(SYSTEM, (), f"Context:\n{context}\n\n{before}Question: {question.text}", version_of(SYSTEM))
        problem, usage = "", Usage()
        said: list[str] = []
        try:
            for delta in self.chat_model.stream(prompt, max_tokens=MAX_TOKENS):
                said.append(delta.text)
                usage = delta.usage or usage
        except ModelError as error:
            problem = str(error)
        text = "".join(said).strip()
        cited = [int(mark) for mark in dict.fromkeys(_MARK.findall(text)) if 0 < int(mark) <= len(nearest)]
        keys = dict.fromkeys(nearest[number - 1].key for number in cited)
        language: Language = "ko" if is_korean(question.text) else "en"
        return Answer(
            question=question,
            text=text,
            understanding=Understanding(question.text, language, None, "explore"),
            abstained=not text or DECLINES in text,
            degraded=bool(problem),
            problem=problem,
            entities=tuple(self.names[key] for key in keys if key in self.names),
            citations=tuple(_citation(number, nearest[number - 1]) for number in cited),
            dropped=(),
            prompt_version=prompt.version,
            model=self.chat_model.name,
            timings_ms={"total": (time.perf_counter() - began) * 1000},
            usage=usage,
        )


def _citation(number: int, piece: Piece) -> Citation:
    return Citation(number, piece.key, f"{piece.source}:{piece.key}", f"housing:{piece.key}", piece.text)


def version() -> str:
    """Changes with anything that its answers depend on besides models and corpus."""
    return version_of(Path(__file__).read_text(encoding="utf-8"))


def open_naive(assistant: Assistant, home: Path, folder: Path = SAMPLES) -> NaiveChain:
    """The chain over the assistant's own models. What it embeds is kept in ``home``: the first time takes minutes.

    Raises:
        ModelError: the assistant has no chat model.
    """
    if assistant.chat_model is None:
        raise ModelError("The naive chain needs a chat model. Set BUDONGI_CHAT_MODEL to local or a hosted model.")
    cache = QueryCache(assistant.embedding, home / "eval" / "naive")
    cut = pieces(folder)
    texts = [piece.text for piece in cut]
    missing = cache.unknown(texts)
    for start in range(0, len(missing), 64):
        batch = missing[start : start + 64]
        cache.remember(batch, assistant.embedding.embed_passages(batch))
    cache.save()
    names = {name.id.removeprefix("housing:"): name for name, _ in assistant.vocabulary.entities}
    return NaiveChain(cut, cache.embed_passages(texts), assistant.embedding, assistant.chat_model, names)


def measure(
    settings: Settings, suite: str, *, epochs: int = 1, limit: int | None = None, anew: bool = False
) -> SuiteRun:
    """Run a suite through the chain, as ``suite_run.measure`` does through the assistant.

    Raises:
        BudongiError: as there, or there is no chat model.
    """
    cases = chosen(load_suite(suite), limit)
    with open_bench(settings) as bench:
        return run_naive(bench, suite, cases, epochs=epochs, anew=anew)


def run_naive(bench: Bench, suite: str, cases: Sequence[Case], *, epochs: int = 1, anew: bool = False) -> SuiteRun:
    """A run of the chain over the models of the bench's assistant."""
    identity = replace(bench.identity, settings=f"{bench.identity.settings}; naive chain {version()}")
    chain = open_naive(bench.assistant, bench.settings.home)
    return bench.run_other(suite, cases, chain, identity, epochs=epochs, anew=anew)
