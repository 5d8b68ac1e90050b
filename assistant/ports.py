"""What the core needs from the outside, as Protocols. Adapters implement them; tests bring small fakes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from assistant.domain import (
    Answer,
    Candidate,
    Complex,
    Criterion,
    Filters,
    Language,
    ListingFilters,
    Loading,
    Rating,
    Result,
    Usage,
)
from assistant.domain.inquiries import Decision, DeskFigures, Inquiry, SimilarInquiry

Vectors = NDArray[np.float32]


class EmbeddingModel(Protocol):
    """Turns text into L2-normalised vectors. Input is normalised to NFC by the implementation."""

    @property
    def name(self) -> str:
        """Identity of model and version; vectors of different names never mix."""
        ...

    @property
    def dimensions(self) -> int: ...

    def embed_query(self, text: str) -> Vectors:
        """Shape ``(dimensions,)``, float32."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Shape ``(len(texts), dimensions)``, float32: of each what ``embed_query`` gives, in one go."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Shape ``(len(texts), dimensions)``, float32."""
        ...


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of a streamed completion. The last one carries usage.

    ``ahead``: while the model answers others, how many questions are before this one; comes every second, without text.
    """

    text: str
    usage: Usage | None = None
    ahead: int = 0


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is sent. ``system`` is static and byte-stable per stage and language; ``user`` changes per turn."""

    system: str
    examples: tuple[tuple[str, str], ...]
    user: str
    version: str

    def messages(self) -> list[tuple[str, str]]:
        """Role and text: system, each example as a question and its answer, then the user. Static first: it caches."""
        listed = [("system", self.system)] if self.system else []
        for question, answer in self.examples:
            listed += [("user", question), ("assistant", answer)]
        return [*listed, ("user", self.user)]


class ChatModel(Protocol):
    """Streams a completion.

    Raises:
        ModelError: the model cannot be used, or its server did not answer; the turn then composes its answer.
    """

    @property
    def name(self) -> str: ...

    def stream(self, prompt: Prompt, *, max_tokens: int, timeout: float | None = None) -> Iterator[Delta]:
        """``timeout``: seconds for the whole completion, where that is less than the model's own limit, from when the
        model turns to it: a wait for others is not counted."""
        ...

    def warm(self, prompts: Sequence[Prompt]) -> None:
        """Make the static part of these prompts cheap, where the model can."""
        ...

    def close(self) -> None: ...


@runtime_checkable
class Joining(Protocol):
    """Tells of a chat model that may still be on its way."""

    @property
    def loading(self) -> Loading | None:
        """How far it is; None once it has joined, or failed."""
        ...

    @property
    def problem(self) -> str:
        """Why it will not join by itself; empty where nothing is wrong."""
        ...


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One hybrid search. ``terms`` are lexical terms of the question; ``document_ids`` limits to some entities."""

    vector: Vectors
    terms: Sequence[str]
    language: Language
    filters: Filters
    domains: Sequence[str] = ()
    document_ids: Sequence[str] = ()
    limit: int = 50


class RatingStore(Protocol):
    """Keeps what people say of answers."""

    def keep(self, rating: Rating, answer: Answer) -> None:
        """Store a rating with its turn, private details masked."""
        ...


class UnansweredStore(Protocol):
    """Keeps questions that no document answered."""

    def keep(self, answer: Answer) -> None:
        """Note the question of an answer that told nothing, private details masked. Raises nothing: no turn is lost."""
        ...


class PageSource(Protocol):
    """Shows pages of what documents were read from."""

    def drawn(self, document_id: str, page: int, quote: str) -> bytes | None:
        """Page ``page`` (from 1) as PNG with ``quote`` marked; None where the file cannot be shown."""
        ...


class Tokenizer(Protocol):
    """Splits text into the terms that lexical search matches."""

    def terms(self, text: str) -> list[str]: ...

    def tagged(self, text: str) -> list[tuple[str, str, int]]:
        """``(term, part of speech, position)`` of every content morpheme."""
        ...

    def is_word(self, word: str) -> bool:
        """Whether a dictionary explains a Korean word, or an English one is common."""
        ...


class SearchStore(Protocol):
    """The searches over documents, chunks, vectors and postings."""

    def search(self, request: SearchRequest) -> list[Result]:
        """Hybrid search over chunks, best first."""
        ...

    def rank_housing(
        self, filters: Filters, criteria: Sequence[Criterion], sort: str, limit: int
    ) -> tuple[list[Candidate], int]:
        """Complexes that meet every filter and wish, best fit first, and how many there are in all."""
        ...

    def rank_listings(self, request: SearchRequest, filters: ListingFilters, sort: str) -> tuple[list[Result], int]:
        """Marketplace posts that meet every condition, those that can be had first, and how many there are in all."""
        ...

    def exclusions(self, document_id: str, filters: Filters, criteria: Sequence[Criterion]) -> list[str]:
        """Names of the filters and wishes that a complex does not meet; ``together`` where it meets each alone."""
        ...

    def complexes(self, document_ids: Sequence[str]) -> list[Complex]:
        """What is told of these complexes at a glance, in the order given; districts by their Korean names."""
        ...

    def similar(self, id_: str, limit: int) -> list[Result] | None:
        """Documents like that of a document id or source id, most alike first, itself left out; None: no such id."""
        ...

    def chunks_of(self, document_ids: Sequence[str]) -> list[Result]:
        """All chunks of these documents, in the order given."""
        ...


PartKind = Literal["step", "element", "turn"]


@dataclass(frozen=True, slots=True)
class StoredConversation:
    """One conversation without its parts. ``owner``: login; ``changed_at``: ISO 8601, UTC."""

    id: str
    owner: str
    name: str
    profile: str
    settings: Mapping[str, Any]
    changed_at: str


class Conversations(Protocol):
    """Keeps the conversations of people who log in. Whoever writes names the owner: of another's nothing is changed.

    Ids of conversations are UUIDs; one that is none belongs to no conversation. All raise StoreError.
    """

    def begin(self, id_: str, owner: str) -> None:
        """Have a conversation of this id; one that is there stays as it is. Those that are too old are deleted."""
        ...

    def change(
        self,
        id_: str,
        owner: str,
        *,
        name: str | None = None,
        profile: str | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        """Change what is given."""
        ...

    def put(self, id_: str, owner: str, kind: PartKind, part: str, content: Mapping[str, Any]) -> None:
        """Add a part, or replace the one of this id; nothing where there is no such conversation."""
        ...

    def remove(self, id_: str, owner: str, kind: PartKind, part: str) -> None: ...

    def keep_turns(self, id_: str, owner: str, kept: Sequence[str]) -> None:
        """Remove all other turns."""
        ...

    def find(self, id_: str) -> StoredConversation | None: ...

    def parts(self, id_: str, kind: PartKind) -> list[dict[str, Any]]:
        """In the order in which they were added."""
        ...

    def page(self, owner: str, limit: int, *, after: str | None = None, search: str = "") -> list[StoredConversation]:
        """The latest first, beginning after the conversation of that id; those with ``search`` in their names."""
        ...

    def delete(self, id_: str, owner: str) -> None: ...


class Inquiries(Protocol):
    """The index of past inquiries."""

    def ids(self) -> set[str]:
        """All that are stored."""
        ...

    def put(self, inquiry: Inquiry, vector: Vectors, terms: Sequence[str], decision: Decision | None = None) -> None:
        """Store one, if there is none of its id; it is found from then on.

        ``vector``: raw query embedding of the message.
        """
        ...

    def nearest(self, vector: Vectors, language: Language, limit: int) -> list[SimilarInquiry]:
        """Those nearest in meaning to a raw query embedding, best first."""
        ...

    def reject(self, decision: Decision, reason: str) -> None:
        """Note a draft that was turned down."""
        ...

    def figures(self) -> DeskFigures:
        """How drafts fare."""
        ...
