"""What answers a question: what the search found, the evidence chosen from it, and what is concluded from both."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answering import evidence, remarks
from assistant.answering.answerability import admit
from assistant.answering.derived import Conclusion, check_first, conclude, with_conclusions
from assistant.domain import Evidence, Understanding
from assistant.ports import SearchStore, Tokenizer, Vectors
from assistant.retrieval.entry_classifier import EntryPredictor
from assistant.retrieval.post_fallback import offered, posts_instead
from assistant.retrieval.reranker import page_terms
from assistant.retrieval.retriever import Retrieval, retrieve
from assistant.understanding import Vocabulary, about_excluded

RESULTS = 30
FIRST = 3  # complexes looked at to see which is the first of all: the search orders by figures of all types


@dataclass(frozen=True, slots=True)
class Found:
    """``understanding`` is what the question turned out to be about; ``chosen`` is empty where nothing answers it.

    ``unmet`` says which condition left out the complex that a "why not?" asks about.
    """

    understanding: Understanding
    retrieval: Retrieval
    chosen: tuple[Evidence, ...]
    concluded: tuple[Conclusion, ...] = ()
    unmet: str = ""


@dataclass(frozen=True)
class Finder:
    """Searches, and chooses what answers. ``shared_facts``: what is true of all apartments may be evidence."""

    store: SearchStore
    tokenizer: Tokenizer
    vocabulary: Vocabulary
    predictor: EntryPredictor | None = None
    shared_facts: bool = True

    def retrieve(self, understanding: Understanding, vector: Vectors, limit: int) -> Retrieval:
        """The search alone."""
        terms = self.tokenizer.terms
        return retrieve(
            understanding,
            vector,
            terms(understanding.text),
            self.store,
            limit,
            page_terms(self.vocabulary.prompts, understanding, terms),
        )

    def find(self, understanding: Understanding, vector: Vectors) -> Found:
        """Search, choose, conclude. ``vector``: raw query embedding of the understanding's text."""
        terms, unmet = self.tokenizer.terms, ""
        found = self.retrieve(understanding, vector, RESULTS)
        if found.excluded is not None:
            unmet = remarks.why_not(self.vocabulary.prompts, understanding, found.excluded)
            understanding = about_excluded(understanding, found.excluded)
        chosen = evidence.select(self.vocabulary.prompts, understanding, found, terms, shared_facts=self.shared_facts)
        if found.excluded and set(found.excluded) <= {"min_price", "max_price"}:
            chosen = chosen[:1]  # from the lowest price to the highest: enough to show why
        understanding, chosen = admit(self.vocabulary.prompts, understanding, chosen, terms)
        understanding, chosen = self._predicted(understanding, found, chosen, vector)
        concluded: list[Conclusion] = []
        if understanding.listing is None:
            computed = conclude(self.vocabulary.prompts, understanding, found.results, chosen)
            if understanding.most and understanding.entities:
                computed = [*self._checked_first(understanding, found, vector), *computed]
            understanding, chosen, concluded = with_conclusions(understanding, chosen, computed)
        if not chosen:
            understanding, found, chosen = self._among_posts(understanding, found, vector)
        if chosen and all(item.facet == "faq" for item in chosen):
            understanding = replace(understanding, domain="faq")
        if any(item.alone for item in concluded):
            found = Retrieval(found.results)
        return Found(understanding, found, tuple(chosen), tuple(concluded), unmet)

    def _checked_first(self, understanding: Understanding, found: Retrieval, vector: Vectors) -> list[Conclusion]:
        """Whether the named complex is the first of all, as the question has it, by a search for those that are."""
        among = replace(
            understanding, entities=(), sort=understanding.most, most="", facets=(), stage="explore", domain="housing"
        )
        first = self.retrieve(among, vector, RESULTS)
        names = [self.vocabulary.name(one.document_id) for one in first.candidates[:FIRST]]
        if first.relaxed is not None:
            return []
        return list(
            check_first(
                self.vocabulary.prompts, understanding, found.results, [name for name in names if name], first.results
            )
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

    def _among_posts(
        self, understanding: Understanding, found: Retrieval, vector: Vectors
    ) -> tuple[Understanding, Retrieval, tuple[Evidence, ...]]:
        """What posts offer of the thing that is named, where nothing else answers."""
        instead = posts_instead(understanding, self.vocabulary, self.tokenizer.tagged)
        if instead is not None:
            posts = self.retrieve(instead, vector, RESULTS)
            if posts.relaxed is None and (held := offered(instead, posts.results)):
                found = Retrieval(held, total=len(held))
                terms = self.tokenizer.terms
                instead, chosen = admit(
                    self.vocabulary.prompts,
                    instead,
                    evidence.select(self.vocabulary.prompts, instead, found, terms),
                    terms,
                )
                return instead, found, chosen
        return understanding, found, ()
