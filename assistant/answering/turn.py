"""One turn: understand → retrieve → prompt → generate → ground → answer. One direction, no going back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering import evidence, prompting, remarks
from assistant.answering.ablation_switches import Ideas
from assistant.answering.clarifying_question import next_question
from assistant.answering.composer.completion import complete
from assistant.answering.composer.introduction import introduce
from assistant.answering.composer.post_list import answer_listings, no_listing
from assistant.answering.draft import Clock, Draft
from assistant.answering.evidence_finder import Finder, Found
from assistant.answering.generator import Generation
from assistant.answering.grounding import FREE_TEXT, Grounder
from assistant.answering.query_rewriter import Rewriter, leaves_words
from assistant.answering.query_translation import in_english
from assistant.domain import (
    Answer,
    Citation,
    Complex,
    Composed,
    EntityName,
    Event,
    Evidence,
    Finished,
    Language,
    Loading,
    NextQuestion,
    Question,
    Rating,
    Released,
    Retrieved,
    Role,
    Understanding,
    Understood,
)
from assistant.errors import ModelLoading, ModelUnavailable
from assistant.language.ko import time as korean_time
from assistant.language.text import squeeze
from assistant.ports import (
    ChatModel,
    EmbeddingModel,
    PageSource,
    Prompt,
    RatingStore,
    SearchStore,
    Tokenizer,
    UnansweredStore,
)
from assistant.retrieval.entry_classifier import EntryPredictor
from assistant.retrieval.retriever import Retrieval
from assistant.understanding import Vocabulary, after, understand
from assistant.understanding.intents import is_thanks
from prompts.loader import Prompts


@dataclass(frozen=True)
class Assistant:
    """The whole core behind one method. ``chat_model`` None: answers are composed from the evidence alone.

    ``similar_examples``: the model is shown those most like the question; else the same ones of a stage on every turn,
    which a model that reads slowly keeps in its cache.
    """

    store: SearchStore
    embedding: EmbeddingModel
    tokenizer: Tokenizer
    vocabulary: Vocabulary
    chat_model: ChatModel | None = None
    rewriter: Rewriter | None = None
    today: Callable[[], date] = korean_time.today
    ideas: Ideas = Ideas()  # noqa: RUF009 (frozen)
    ratings: RatingStore | None = None
    unanswered: UnansweredStore | None = None
    pages: PageSource | None = None
    turn_timeout: float = 30.0  # seconds that a turn may take, its chat model included
    similar_examples: bool = False
    predictor: EntryPredictor | None = None

    @property
    def prompts(self) -> Prompts:
        """What it reads questions and words answers by: that of the vocabulary, so that both are of one set."""
        return self.vocabulary.prompts

    def ask(self, question: Question) -> Answer:
        """The answer, once it is complete."""
        for event in self.stream(question):
            if isinstance(event, Finished):
                return event.answer
        raise AssertionError("a turn always ends with Finished")

    def search(self, question: Question, limit: int = 10) -> tuple[Understanding, Retrieval]:
        """Understanding and retrieval alone."""
        understanding = self.understand(question)
        vector = self.embedding.embed_query(understanding.text)
        return understanding, self.finder.retrieve(understanding, vector, limit)

    @property
    def finder(self) -> Finder:
        """What searches and chooses evidence."""
        return Finder(self.store, self.tokenizer, self.vocabulary, self.predictor, self.ideas.shared_facts)

    def understand(self, question: Question) -> Understanding:
        """What the rules read; of what they leave unread, in the model's rewrite where one can be used."""
        understanding = self._read(question)
        if self.rewriter is None or not leaves_words(understanding):
            return understanding
        return self.rewriter.understood(question, understanding, self._read)

    def _read(self, question: Question) -> Understanding:
        tag, purposes = self.tokenizer.tagged, self.ideas.purpose
        return understand(question, self.vocabulary, tag, self.today(), purposes=purposes)

    def complexes(self, names: Sequence[EntityName], language: Language) -> list[Complex]:
        """Those of ``names`` that are complexes, at a glance, with their districts' names in ``language``."""
        return [
            replace(one, district=self.vocabulary.district_name(one.district, language))
            for one in self.store.complexes([name.id for name in names])
        ]

    def rate(self, rating: Rating, answer: Answer) -> None:
        """Keep what a person said of an answer, where there is a place for it."""
        if self.ratings is not None:
            self.ratings.keep(rating, answer)

    def page(self, document_id: str, number: int, quote: str) -> bytes | None:
        """Page ``number`` of the PDF that a document was read from, as PNG with ``quote`` marked; None without one."""
        return self.pages.drawn(document_id, number, quote) if self.pages is not None else None

    def stream(self, question: Question) -> Iterator[Event]:
        """Events in order: Understood, Retrieved, Released …, Finished. Closing the generator stops the model.

        Where a model is about to be asked, Composed comes before it is.
        """
        clock, draft = Clock(), Draft()
        with clock.step("understand"):
            understanding = self.understand(question)
        understood = understanding
        yield Understood(understanding)
        with clock.step("embed"):
            vector = self.embedding.embed_query(understanding.text)
        with clock.step("search"):
            held = self.finder.find(understanding, vector)
        understanding, found, chosen = held.understanding, held.retrieval, held.chosen
        yield Retrieved(found.results, chosen)
        with clock.step("prompt"):
            # What a wish was taken to mean is said at the end, in fixed words: a small model would answer with it.
            asked = tuple(item for item in chosen if item.facet != "criterion")
            prompt = self._prompt(question.role, understanding, asked)
        yield from map(draft.append, introduce(self.prompts, held, self.today()))
        yield from (draft.conclude(conclusion, bullet=len(held.concluded) > 2) for conclusion in held.concluded)
        if chosen and understanding.listing is not None:
            yield from answer_listings(self.prompts, understanding, found, chosen, draft)
        elif chosen:
            if sources := remarks.sources(self.prompts, chosen, understanding.language):
                yield draft.append(sources)
            # Two entries' answers stay apart, each under its question: a model would make one of them.
            entries = {item.document_id for item in asked if item.facet == "faq"}
            # That there is no such figure is said in fixed words: there is nothing to put it in.
            wordable = len(entries) < 2 and not all(item.missing for item in asked)
            if wordable and (not held.concluded or not all(draft.answers(item) for item in asked)):
                if self.chat_model is not None:
                    yield self._composed(question, understood, held, prompt, draft.copy(), clock)
                yield from self._generated(understanding, asked, prompt, draft, clock)
            if not draft.unchecked:
                yield from complete(understanding, found, chosen, draft, self.vocabulary, self.today())
        else:
            yield draft.append(self._refuse(understanding))
        said, answer = self._ended(question, understood, held, prompt, draft, clock)
        yield from said
        if answer.abstained and self.unanswered is not None and not self._is_thanks(understanding):
            self.unanswered.keep(answer)
        yield Finished(answer)

    def _is_thanks(self, understanding: Understanding) -> bool:
        return is_thanks(self.prompts, understanding.text, understanding.language)

    def _composed(
        self, question: Question, understood: Understanding, held: Found, prompt: Prompt, draft: Draft, clock: Clock
    ) -> Composed:
        """The answer that there would be without a model; ``draft`` is used up."""
        for _ in complete(held.understanding, held.retrieval, held.chosen, draft, self.vocabulary, self.today()):
            pass
        _, answer = self._ended(question, understood, held, prompt, draft, clock)
        return Composed(replace(answer, model="none"))

    def _ended(
        self, question: Question, understood: Understanding, held: Found, prompt: Prompt, draft: Draft, clock: Clock
    ) -> tuple[list[Released], Answer]:
        """What is asked back at the end of a complete ``draft``, and the answer; nothing is kept of it."""
        following = self._next_question(question, held, draft) if self.ideas.narrowing else None
        said = [draft.append("\n\n" + following.question)] if following else []
        answer = self._answer(question, held, prompt, draft, clock)
        # What a turn concluded is its own; what it was asked is what the next one goes on from.
        asked_for = replace(understood, unknown_names=held.understanding.unknown_names)
        state = after(understood.carried.before, asked_for, answer.entities)
        return said, replace(answer, state=state, next=following)

    def _prompt(self, role: Role, understanding: Understanding, asked: Sequence[Evidence]) -> Prompt:
        text = understanding.text
        if self.ideas.english_reasoning and understanding.language != "en" and self.chat_model and asked:
            text = in_english(self.prompts, text, self.chat_model)
        given = {item.document_id for item in asked}
        shared = evidence.background(self.prompts, understanding) if self.ideas.shared_facts else []
        return prompting.build(
            self.prompts,
            role,
            understanding.language,
            asked,
            text,
            self.ideas,
            stage=prompting.stage_of(understanding, asked, self.ideas),
            background=[fact for fact in shared if fact.document_id not in given],
            similar=self.tokenizer.terms if self.similar_examples else None,
        )

    def _generated(
        self, understanding: Understanding, asked: Sequence[Evidence], prompt: Prompt, draft: Draft, clock: Clock
    ) -> Iterator[Event]:
        if self.chat_model is not None:
            grounder = Grounder(self.prompts, asked, understanding.text, self.tokenizer.tagged)
            timeout, checked = self.turn_timeout, self.ideas.grounding
            generation = Generation(self.chat_model, prompt, understanding, asked, grounder, timeout, checked)
            yield from generation.run(draft, clock)

    def _next_question(self, question: Question, held: Found, draft: Draft) -> NextQuestion | None:
        shown = len({item.document_id for item in draft.cited if item.facet not in FREE_TEXT})
        name = self.vocabulary.district_name
        return next_question(
            self.prompts, held.understanding, held.retrieval, shown, question.history, self.today(), name
        )

    def _refuse(self, understanding: Understanding) -> str:
        if understanding.listing is not None:
            return no_listing(self.prompts, understanding)
        nearest: Sequence[EntityName] = ()
        if understanding.unknown_names:
            nearest = self.vocabulary.nearest_names(squeeze(understanding.unknown_names[0]))
        elif (
            understanding.facets
            and understanding.domain is None
            and not any(left.told for left in understanding.unmatched)
        ):
            return self.prompts.say("which_one", understanding.language)
        return remarks.refusal(self.prompts, understanding, self.today().isoformat(), nearest, understanding.entities)

    def _answer(self, question: Question, held: Found, prompt: Prompt, draft: Draft, clock: Clock) -> Answer:
        away = draft.problem if isinstance(draft.problem, ModelLoading) else None
        problem = None if away else draft.problem
        ids = dict.fromkeys(item.document_id for item in draft.cited)
        known = [self.vocabulary.name(id_) for id_ in ids]
        return Answer(
            question=question,
            text=draft.text,
            understanding=held.understanding,
            abstained=not held.chosen or draft.declines,
            degraded=problem is not None,
            problem=str(problem or ""),
            misconfigured=problem is not None and not isinstance(problem, ModelUnavailable),
            loading=Loading(away.step, away.percent) if away else None,
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
            model=self.chat_model.name if self.chat_model and not away else "none",
            timings_ms=clock.done(),
            usage=draft.usage,
        )
