"""One turn: understand → retrieve → prompt → generate → ground → answer. One direction, no going back."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant import composing, evidence, korean_time, prompting
from assistant.admission import admit
from assistant.completing import closed, complete, is_closed
from assistant.conclusions import Conclusion, conclude, with_conclusions
from assistant.domain import (
    Answer,
    Citation,
    Complex,
    Dropped,
    EntityName,
    Event,
    Evidence,
    Finished,
    Language,
    NextQuestion,
    Question,
    Rating,
    Retrieved,
    Role,
    Understanding,
    Understood,
)
from assistant.drafting import Clock, Draft
from assistant.entry_prediction import EntryPredictor
from assistant.errors import ModelError, ModelUnavailable
from assistant.grounding import FREE_TEXT, Grounded, Grounder, sentences
from assistant.ideas import Ideas
from assistant.listing_answer import answer_listings, no_listing
from assistant.narrowing import next_question
from assistant.page_ranking import page_terms
from assistant.ports import ChatModel, EmbeddingModel, Prompt, RatingStore, SearchStore, Tokenizer, Vectors
from assistant.question_rewrite import Rewriter, leaves_words
from assistant.retrieval import Retrieval, retrieve, wanted_facets
from assistant.rewriting import in_english
from assistant.second_look import offered, posts_instead
from assistant.understanding import Vocabulary, about_excluded, after, understand
from assistant.understanding.text import squeeze

logger = logging.getLogger(__name__)

MAX_TOKENS = 320
RESULTS = 30
# A model is asked once more for what it got wrong, unless its first try took longer than this.
RETRY_WITHIN = 4.0  # seconds
RETRY_TOKENS = 160


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
    turn_timeout: float = 30.0  # seconds that a turn may take, its chat model included
    similar_examples: bool = False
    predictor: EntryPredictor | None = None

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
        return understanding, self._retrieve(understanding, vector, limit)

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

    def _retrieve(self, understanding: Understanding, vector: Vectors, limit: int) -> Retrieval:
        terms = self.tokenizer.terms
        return retrieve(
            understanding, vector, terms(understanding.text), self.store, limit, page_terms(understanding, terms)
        )

    def _predicted(
        self, understanding: Understanding, found: Retrieval, chosen: tuple[Evidence, ...], vector: Vectors
    ) -> tuple[Understanding, tuple[Evidence, ...]]:
        """The help entry that is predicted to answer, in place of another one; none where surely none does."""
        if self.predictor is None or not evidence.may_be_an_entry(understanding, found, chosen):
            return understanding, chosen
        terms = self.tokenizer.terms
        prediction, _ = self.predictor.predict(vector, terms(understanding.text), understanding.language)
        chosen = evidence.of_prediction(prediction, understanding, chosen, self.store.chunks_of, terms)
        # What no post offers may be asked about the marketplace itself.
        return (replace(understanding, listing=None) if chosen else understanding), chosen

    def stream(self, question: Question) -> Iterator[Event]:
        """Events in order: Understood, Retrieved, Released …, Finished. Closing the generator stops the model."""
        clock, draft = Clock(), Draft()
        with clock.step("understand"):
            understanding = self.understand(question)
        understood = understanding
        yield Understood(understanding)
        with clock.step("embed"):
            vector = self.embedding.embed_query(understanding.text)
        with clock.step("search"):
            found = self._retrieve(understanding, vector, RESULTS)
            unmet = ""
            if found.excluded is not None:
                unmet = composing.why_not(understanding, found.excluded)
                understanding = about_excluded(understanding, found.excluded)
            shared = self.ideas.shared_facts
            chosen = evidence.select(understanding, found, self.tokenizer.terms, shared_facts=shared)
            if found.excluded and set(found.excluded) <= {"min_price", "max_price"}:
                chosen = chosen[:1]  # from the lowest price to the highest: enough to show why
            understanding, chosen = admit(understanding, chosen, self.tokenizer.terms)
            understanding, chosen = self._predicted(understanding, found, chosen, vector)
            concluded: list[Conclusion] = []
            if understanding.listing is None:
                computed = conclude(understanding, found.results, chosen)
                understanding, chosen, concluded = with_conclusions(understanding, chosen, computed)
            if not chosen:
                understanding, found, chosen = self._among_posts(understanding, found, vector)
            if chosen and all(item.facet == "faq" for item in chosen):
                understanding = replace(understanding, domain="faq")
            found = Retrieval(found.results) if any(item.alone for item in concluded) else found
        yield Retrieved(found.results, chosen)
        with clock.step("prompt"):
            # What a wish was taken to mean is said at the end, in fixed words: a small model would answer with it.
            asked = tuple(item for item in chosen if item.facet != "criterion")
            prompt = self._prompt(question.role, understanding, asked)
        if chosen and (transition := composing.transition(understanding, understanding.domain)):
            yield draft.append(transition + "\n\n")
        if unmet:
            yield draft.append(unmet + "\n\n")
        if chosen and found.relaxed and understanding.listing is None:
            yield draft.append(composing.relaxed(found.relaxed, understanding.language) + "\n\n")
        if found.candidates and composing.asks_how_many(understanding):
            yield draft.append(composing.say("count", understanding.language, total=str(found.total)) + "\n")
        if is_closed(chosen, self.today()) and composing.takes_for_open(understanding):
            yield draft.append(closed(understanding.language, self.today()) + "\n\n")
        yield from (draft.conclude(conclusion, bullet=len(concluded) > 2) for conclusion in concluded)
        if chosen and understanding.listing is not None:
            yield from answer_listings(understanding, found, chosen, draft)
        elif chosen:
            if sources := composing.sources(chosen, understanding.language):
                yield draft.append(sources)
            # Two entries' answers stay apart, each under its question: a model would make one of them.
            entries = {item.document_id for item in asked if item.facet == "faq"}
            # That there is no such figure is said in fixed words: there is nothing to put it in.
            wordable = len(entries) < 2 and not all(item.missing for item in asked)
            if wordable and (not concluded or not all(draft.answers(item) for item in asked)):
                yield from self._generate(understanding, asked, prompt, draft, clock)
            if not draft.unchecked:
                yield from complete(understanding, found, chosen, draft, self.vocabulary, self.today())
        else:
            yield draft.append(self._refuse(understanding))
        following = self._next_question(question, understanding, found, draft) if self.ideas.narrowing else None
        if following:
            yield draft.append("\n\n" + following.question)
        answer = self._answer(question, understanding, chosen, prompt, draft, clock)
        # What a turn concluded is its own; what it was asked is what the next one goes on from.
        asked_for = replace(understood, unknown_names=understanding.unknown_names)
        state = after(understood.carried.before, asked_for, answer.entities)
        yield Finished(replace(answer, state=state, next=following))

    def _prompt(self, role: Role, understanding: Understanding, asked: Sequence[Evidence]) -> Prompt:
        text = understanding.text
        if self.ideas.english_reasoning and understanding.language != "en" and self.chat_model and asked:
            text = in_english(text, self.chat_model)
        given = {item.document_id for item in asked}
        shared = evidence.background(understanding) if self.ideas.shared_facts else []
        return prompting.build(
            role,
            understanding.language,
            asked,
            text,
            self.ideas,
            stage=prompting.stage_of(understanding, asked, self.ideas),
            background=[fact for fact in shared if fact.document_id not in given],
            similar=self.tokenizer.terms if self.similar_examples else None,
        )

    def _among_posts(
        self, understanding: Understanding, found: Retrieval, vector: Vectors
    ) -> tuple[Understanding, Retrieval, tuple[Evidence, ...]]:
        """What posts offer of the thing that is named, where nothing else answers."""
        instead = posts_instead(understanding, self.vocabulary, self.tokenizer.tagged)
        if instead is not None:
            posts = self._retrieve(instead, vector, RESULTS)
            if posts.relaxed is None and (held := offered(instead, posts.results)):
                found = Retrieval(held, total=len(held))
                terms = self.tokenizer.terms
                instead, chosen = admit(instead, evidence.select(instead, found, terms), terms)
                return instead, found, chosen
        return understanding, found, ()

    def _next_question(
        self, question: Question, understanding: Understanding, found: Retrieval, draft: Draft
    ) -> NextQuestion | None:
        shown = len({item.document_id for item in draft.cited if item.facet not in FREE_TEXT})
        name = self.vocabulary.district_name
        return next_question(understanding, found, shown, question.history, self.today(), name)

    def _generate(
        self, understanding: Understanding, chosen: Sequence[Evidence], prompt: Prompt, draft: Draft, clock: Clock
    ) -> Iterator[Event]:
        if self.chat_model is None:
            return
        grounder = Grounder(chosen, understanding.text, self.tokenizer.tagged)
        several = len({item.document_id for item in chosen if item.facet not in FREE_TEXT}) > 1
        began = time.perf_counter()
        ground_before = clock.spent["ground"]
        try:
            left = self.turn_timeout - clock.seconds
            yield from self._written(self.chat_model, prompt, MAX_TOKENS, left, grounder, several, draft, clock)
            asked = wanted_facets(understanding)
            missing = [item for item in chosen if item.facet in asked and not draft.answers(item)] or not draft.cited
            if draft.dropped and missing and time.perf_counter() - began < RETRY_WITHIN:
                again = prompting.again(prompt, draft.dropped, understanding.language)
                left = self.turn_timeout - clock.seconds
                yield from self._written(self.chat_model, again, RETRY_TOKENS, left, grounder, several, draft, clock)
        except ModelError as error:
            logger.info("The answer is composed, for the chat model failed: %s", error)
            draft.problem = error
        finally:
            grounding = clock.spent["ground"] - ground_before
            clock.spent["generate"] = (time.perf_counter() - began) * 1000 - grounding

    def _written(
        self,
        model: ChatModel,
        prompt: Prompt,
        max_tokens: int,
        timeout: float,
        grounder: Grounder,
        several: bool,
        draft: Draft,
        clock: Clock,
    ) -> Iterator[Event]:
        """What the model writes, sentence by sentence, where its claims hold."""
        for sentence in sentences(self._tokens(model, prompt, max_tokens, timeout, draft, clock)):
            if not self.ideas.grounding:
                yield draft.append_as_written(sentence, grounder.cited(sentence))
                continue
            with clock.step("ground"):
                checked = grounder.check(sentence)
            if isinstance(checked, Dropped):
                draft.dropped.append(checked)
            elif not self._repeats(checked, draft):
                bullet = several or sentence.lstrip().startswith(("-", "*", "•"))
                yield draft.release(checked.text, checked.evidence, bullet=bullet)

    @staticmethod
    def _tokens(
        model: ChatModel, prompt: Prompt, max_tokens: int, timeout: float, draft: Draft, clock: Clock
    ) -> Iterator[str]:
        began = time.perf_counter()
        for delta in model.stream(prompt, max_tokens=max_tokens, timeout=timeout):
            if delta.usage:
                draft.usage += delta.usage
            if delta.text:
                if not clock.spent["first_token"]:
                    clock.spent["first_token"] = (time.perf_counter() - began) * 1000
                yield delta.text

    @staticmethod
    def _repeats(checked: Grounded, draft: Draft) -> bool:
        return squeeze(checked.text) in squeeze(draft.text)

    def _refuse(self, understanding: Understanding) -> str:
        if understanding.listing is not None:
            return no_listing(understanding)
        nearest: Sequence[EntityName] = ()
        if understanding.unknown_names:
            nearest = self.vocabulary.nearest_names(squeeze(understanding.unknown_names[0]))
        elif (
            understanding.facets
            and understanding.domain is None
            and not any(left.told for left in understanding.unmatched)
        ):
            return composing.say("which_one", understanding.language)
        return composing.refusal(understanding, self.today().isoformat(), nearest, understanding.entities)

    def _answer(
        self,
        question: Question,
        understanding: Understanding,
        chosen: Sequence[Evidence],
        prompt: Prompt,
        draft: Draft,
        clock: Clock,
    ) -> Answer:
        ids = dict.fromkeys(item.document_id for item in draft.cited)
        known = [self.vocabulary.name(id_) for id_ in ids]
        return Answer(
            question=question,
            text=draft.text,
            understanding=understanding,
            abstained=not chosen or draft.declines,
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
