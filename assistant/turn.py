"""One turn: understand → retrieve → prompt → generate → ground → answer. One direction, no going back."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from assistant import composing, evidence, prompting
from assistant.claims import claims
from assistant.conclusions import Conclusion, conclude
from assistant.domain import (
    Answer,
    Citation,
    Dropped,
    EntityName,
    Event,
    Evidence,
    Finished,
    Question,
    Released,
    Result,
    Retrieved,
    Understanding,
    Understood,
    Usage,
)
from assistant.errors import ModelError, ModelUnavailable
from assistant.grounding import FREE_TEXT, Grounded, Grounder, sentences
from assistant.ports import ChatModel, EmbeddingModel, Prompt, SearchStore, Tokenizer
from assistant.retrieval import Retrieval, retrieve, wanted_facets
from assistant.understanding import Vocabulary, speaks_of_housing, understand
from assistant.understanding.text import squeeze

logger = logging.getLogger(__name__)

MAX_TOKENS = 320
RESULTS = 30
PLACES = ("park", "station", "school")
STEPS = ("understand", "embed", "search", "prompt", "first_token", "generate", "ground", "total")


@dataclass
class _Clock:
    """Milliseconds per step; a step entered again adds up."""

    spent: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STEPS, 0.0))
    begun: float = field(default_factory=time.perf_counter)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.spent[name] += (time.perf_counter() - start) * 1000

    def done(self) -> dict[str, float]:
        self.spent["total"] = (time.perf_counter() - self.begun) * 1000
        return {name: round(value, 1) for name, value in self.spent.items()}


@dataclass
class _Draft:
    """What a turn has released so far."""

    text: str = ""
    cited: list[Evidence] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    problem: ModelError | None = None
    concluded: list[Conclusion] = field(default_factory=list)
    told: set[tuple[str, str]] = field(default_factory=set)

    def release(self, sentence: str, held_by: Sequence[Evidence], *, bullet: bool) -> Released:
        marks = "".join(f"[{item.n}]" for item in held_by)
        piece = f"- {sentence} {marks}" if bullet else f"{sentence} {marks}"
        separator = "" if not self.text else "\n" if bullet or self.text.rsplit("\n", 1)[-1].startswith("- ") else " "
        self.cited += [item for item in held_by if item not in self.cited]
        self.told |= {(item.document_id, item.facet) for item in held_by}
        return self.append(separator + piece)

    def conclude(self, conclusion: Conclusion) -> Released:
        told = set(self.told)
        released = self.release(conclusion.text, conclusion.held_by, bullet=False)
        self.concluded.append(conclusion)
        if not conclusion.whole:
            self.told = told
        return released

    def append(self, piece: str) -> Released:
        self.text += piece
        return Released(piece)

    def answers(self, item: Evidence) -> bool:
        """Whether something released already says of this complex what ``item`` is about."""
        return (item.document_id, item.facet) in self.told


@dataclass(frozen=True)
class Assistant:
    """The whole core behind one method. ``chat_model`` None: answers are composed from the evidence alone."""

    store: SearchStore
    embedding: EmbeddingModel
    tokenizer: Tokenizer
    vocabulary: Vocabulary
    chat_model: ChatModel | None = None
    today: Callable[[], date] = date.today

    def ask(self, question: Question) -> Answer:
        """The answer, once it is complete."""
        for event in self.stream(question):
            if isinstance(event, Finished):
                return event.answer
        raise AssertionError("a turn always ends with Finished")

    def search(self, question: Question, limit: int = 10) -> tuple[Understanding, Retrieval]:
        """Understanding and retrieval alone."""
        understanding = understand(question, self.vocabulary, self.tokenizer.tagged, self.today())
        vector = self.embedding.embed_query(understanding.text)
        return understanding, retrieve(
            understanding, vector, self.tokenizer.terms(understanding.text), self.store, limit
        )

    def stream(self, question: Question) -> Iterator[Event]:
        """Events in order: Understood, Retrieved, Released …, Finished. Closing the generator stops the model."""
        clock, draft = _Clock(), _Draft()
        with clock.step("understand"):
            understanding = understand(question, self.vocabulary, self.tokenizer.tagged, self.today())
        yield Understood(understanding)
        with clock.step("embed"):
            vector = self.embedding.embed_query(understanding.text)
        with clock.step("search"):
            found = retrieve(understanding, vector, self.tokenizer.terms(understanding.text), self.store, RESULTS)
            chosen = evidence.select(understanding, found, self.tokenizer.terms)
            understanding, chosen = self._admit(understanding, chosen)
            understanding, chosen, concluded = _with_conclusions(understanding, chosen, found.results)
        yield Retrieved(found.results, chosen)
        with clock.step("prompt"):
            prompt = prompting.build(question.role, understanding.language, chosen, understanding.text)
        yield from (draft.conclude(conclusion) for conclusion in concluded)
        if chosen:
            if not concluded or not all(draft.answers(item) for item in chosen):
                yield from self._generate(understanding, chosen, prompt, draft, clock)
            yield from self._complete(understanding, found, chosen, draft)
        else:
            yield draft.append(self._refuse(understanding))
        yield Finished(self._answer(question, understanding, chosen, prompt, draft, clock))

    def _admit(
        self, understanding: Understanding, chosen: tuple[Evidence, ...]
    ) -> tuple[Understanding, tuple[Evidence, ...]]:
        """Take back evidence that would answer another question than the one asked.

        A question for a detail that names something which neither a filter nor the evidence knows is about a complex
        that is not there: the others' figures are no answer. And a district alone does not make it about housing.
        """
        if understanding.unknown_names or not understanding.unmatched:
            return understanding, chosen
        held = {term for item in chosen for term in self.tokenizer.terms(f"{item.name_ko} {item.name_en} {item.text}")}
        strange = tuple(left for left in understanding.unmatched if left.term not in held)
        understanding = replace(understanding, unmatched=strange)
        if understanding.entities or understanding.sort or understanding.criteria or not strange:
            return understanding, chosen
        if any(left.absent for left in strange) and understanding.domain == "housing":
            return understanding, ()
        about_housing = understanding.domain == "housing" or not chosen
        if about_housing and any(left.told for left in strange) and set(understanding.facets) - set(PLACES):
            return replace(understanding, unknown_names=(understanding.unmatched_words or strange[0].word,)), ()
        if understanding.domain == "housing" and not understanding.facets and not speaks_of_housing(understanding):
            return replace(understanding, domain=None), ()
        return understanding, chosen

    def _generate(
        self, understanding: Understanding, chosen: Sequence[Evidence], prompt: Prompt, draft: _Draft, clock: _Clock
    ) -> Iterator[Event]:
        if self.chat_model is None:
            return
        grounder = Grounder(chosen, understanding.text, self.tokenizer.tagged)
        several = len({item.document_id for item in chosen if item.facet not in FREE_TEXT}) > 1
        began = time.perf_counter()
        ground_before = clock.spent["ground"]
        try:
            for sentence in sentences(self._tokens(self.chat_model, prompt, draft, clock)):
                with clock.step("ground"):
                    checked = grounder.check(sentence)
                if isinstance(checked, Dropped):
                    draft.dropped.append(checked)
                elif not self._repeats(checked, draft):
                    yield draft.release(
                        checked.text, checked.evidence, bullet=several or sentence.lstrip().startswith(("-", "*", "•"))
                    )
        except ModelError as error:
            logger.info("The answer is composed, for the chat model failed: %s", error)
            draft.problem = error
        finally:
            grounding = clock.spent["ground"] - ground_before
            clock.spent["generate"] = (time.perf_counter() - began) * 1000 - grounding

    @staticmethod
    def _tokens(model: ChatModel, prompt: Prompt, draft: _Draft, clock: _Clock) -> Iterator[str]:
        began = time.perf_counter()
        for delta in model.stream(prompt, max_tokens=MAX_TOKENS):
            if delta.usage:
                draft.usage = delta.usage
            if delta.text:
                if not clock.spent["first_token"]:
                    clock.spent["first_token"] = (time.perf_counter() - began) * 1000
                yield delta.text

    @staticmethod
    def _repeats(checked: Grounded, draft: _Draft) -> bool:
        return squeeze(checked.text) in squeeze(draft.text)

    def _complete(
        self, understanding: Understanding, found: Retrieval, chosen: Sequence[Evidence], draft: _Draft
    ) -> Iterator[Event]:
        """What the model left out, in the evidence's own words; and what of the question no document speaks of."""
        several = len({item.document_id for item in chosen}) > 1
        free_text = any(item.facet in FREE_TEXT for item in chosen)
        if not draft.cited:
            if chosen[0].facet == "faq":  # an answer that begins with "No." needs the question it answers
                yield draft.append(composing.say("answer_to", understanding.language, question=chosen[0].name_ko))
            yield from (draft.release(item.quote, [item], bullet=several and not free_text) for item in chosen)
        elif not free_text:
            asked = wanted_facets(understanding)
            for item in chosen:
                if (item.facet in asked or several) and not draft.answers(item):
                    yield draft.release(item.quote, [item], bullet=several)
        language = understanding.language
        for remark in dict.fromkeys(conclusion.remark for conclusion in draft.concluded if conclusion.remark):
            yield draft.append("\n\n" + remark)
        shown = len({item.document_id for item in chosen})
        if found.candidates and found.total > shown and not free_text:
            yield draft.append("\n\n" + composing.say("more", language, total=str(found.total), shown=str(shown)))
        if self._is_closed(draft.cited):
            yield draft.append("\n\n" + composing.say("closed", language, today=self.today().isoformat()))
        if found.relaxed:
            yield draft.append("\n\n" + composing.say("relaxed", language, conditions=found.relaxed))
        if not free_text and (words := composing.absent(understanding, language)):
            yield draft.append("\n\n" + composing.say("ignored", language, words=words))

    def _is_closed(self, cited: Sequence[Evidence]) -> bool:
        """Whether application periods were told and every one of them is over."""
        # The English half of a statement writes both ends of a period in full.
        days = {
            value for item in cited if item.facet == "receipt" for unit, value in claims(item.text) if unit == "date"
        }
        return bool(days) and max(days) < int(self.today().strftime("%Y%m%d"))

    def _refuse(self, understanding: Understanding) -> str:
        nearest: Sequence[EntityName] = ()
        if understanding.unknown_names:
            nearest = self.vocabulary.nearest_names(squeeze(understanding.unknown_names[0]))
        elif understanding.facets and understanding.domain is None:
            return composing.say("which_one", understanding.language)
        return composing.refusal(understanding, self.today().isoformat(), nearest, understanding.entities)

    def _answer(
        self,
        question: Question,
        understanding: Understanding,
        chosen: Sequence[Evidence],
        prompt: Prompt,
        draft: _Draft,
        clock: _Clock,
    ) -> Answer:
        ids = dict.fromkeys(item.document_id for item in draft.cited)
        known = [self.vocabulary.name(id_) for id_ in ids]
        return Answer(
            question=question,
            text=draft.text,
            understanding=understanding,
            abstained=not chosen,
            degraded=draft.problem is not None,
            problem=str(draft.problem or ""),
            misconfigured=draft.problem is not None and not isinstance(draft.problem, ModelUnavailable),
            entities=tuple(name for name in known if name),
            citations=tuple(
                Citation(
                    item.n,
                    item.source_id,
                    item.chunk_id,
                    item.document_id if self.vocabulary.name(item.document_id) else "",
                    item.quote,
                )
                for item in sorted(draft.cited, key=lambda item: item.n)
            ),
            dropped=tuple(draft.dropped),
            prompt_version=prompt.version,
            model=self.chat_model.name if self.chat_model else "none",
            timings_ms=clock.done(),
            usage=draft.usage,
        )


def _with_conclusions(
    understanding: Understanding, chosen: tuple[Evidence, ...], results: Sequence[Result]
) -> tuple[Understanding, tuple[Evidence, ...], list[Conclusion]]:
    """The conclusions with their evidence numbered among the rest, and without the words that they answer."""
    found = conclude(understanding, results, chosen)
    held = {(item.chunk_id, item.quote) for conclusion in found for item in conclusion.held_by}
    replaced = {
        (item.document_id, facet)
        for conclusion in found
        for item in conclusion.held_by
        for facet in conclusion.replaces
    }
    kept = [
        item for item in chosen if (item.document_id, item.facet) not in replaced or (item.chunk_id, item.quote) in held
    ]
    numbered = {(item.chunk_id, item.quote): replace(item, n=n) for n, item in enumerate(kept, start=1)}
    for item in (item for conclusion in found for item in conclusion.held_by):
        numbered.setdefault((item.chunk_id, item.quote), replace(item, n=len(numbered) + 1))
    concluded = [
        replace(conclusion, held_by=tuple(numbered[item.chunk_id, item.quote] for item in conclusion.held_by))
        for conclusion in found
    ]
    covered = {word for conclusion in found for word in conclusion.covers}
    unmatched = tuple(left for left in understanding.unmatched if left.word not in covered)
    return replace(understanding, unmatched=unmatched), tuple(numbered.values()), concluded
