"""Evidence from FAQ answers and documents: free text that matches the question closely enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answering.evidence.quoting import MAX_SENTENCES, quote
from assistant.domain import Evidence, Filters, Result, Understanding
from prompts.loader import Prompts

FREE_TEXT_RESULTS = 2
CLOSE_SECOND = 0.9  # of the best score: a second text this good may hold part of the answer
# A free-text chunk counts as evidence when it matches the question this well, by words or by meaning. Below, an answer
# would be about something else.
MIN_COVERAGE = 0.5
MIN_COSINE = 0.30
LEAST_COSINE = 0.22  # words alone never are enough
# An entry that shares next to no word with the question must mean the same.
FEW_WORDS = 0.15
WORDLESS_COSINE = 0.40
SURE_COVERAGE = 0.7
SURE_COSINE = 0.38

# Of the best score in any language: below, what is written in the reader's language is about something else.
OWN_LANGUAGE = 0.6

Terms = Callable[[str], list[str]]


def of_free_text(
    prompts: Prompts, understanding: Understanding, results: Sequence[Result], terms: Terms
) -> list[Evidence]:
    """FAQ answers and documents: the sentences of the best chunks that share most with the question, in their order."""
    # What asks for a complex's detail without naming it may still be a rule's matter; then the match must be close.
    sure = understanding.stage == "explore" and (bool(understanding.facets) or understanding.filters != Filters())
    coverage, cosine = (SURE_COVERAGE, SURE_COSINE) if sure else (MIN_COVERAGE, MIN_COSINE)
    # Notices answer only where a complex or a condition was named: their sentences are figures of one complex. Posts
    # answer questions about posts.
    fitting = [
        item
        for item in results
        if item.domain not in ("housing", "listing")
        and (item.dense >= cosine or (item.coverage >= coverage and item.dense >= LEAST_COSINE))
        and (item.domain != "faq" or item.dense >= WORDLESS_COSINE or item.coverage >= FEW_WORDS)
    ]
    absent = {left.term for left in understanding.unmatched if left.absent}
    if absent:  # what speaks of a thing that hardly anything speaks of goes before what does not
        fitting = [item for item in fitting if absent & set(terms(f"{item.name_ko} {item.text}"))] or fitting
    fitting = [item for item in fitting if item.domain != "faq" or _shares(prompts, item, understanding, terms)]
    best = {item.document_id: item for item in reversed(_in_language(fitting, understanding.language))}
    good = sorted(best.values(), key=lambda item: item.rank)[:FREE_TEXT_RESULTS]
    found: list[Evidence] = []
    for result in good:
        if result.score < CLOSE_SECOND * good[0].score:
            break
        room = MAX_SENTENCES - 1 - len(found) if result is good[0] else 2
        found += shared_sentences(result, understanding, terms, room)
    return found


def shared_sentences(
    result: Result, understanding: Understanding, terms: Terms, room: int = MAX_SENTENCES - 1
) -> list[Evidence]:
    """The sentences of a text that share most with the question, in their order; at most ``room``, at least one."""
    asked = set(terms(understanding.text))
    shared = [len(asked & set(terms(f"{sentence.ko} {sentence.en}"))) for sentence in result.sentences]
    order = sorted(range(len(shared)), key=lambda index: (-shared[index], index))
    return [quote(result, result.sentences[index], understanding.language) for index in sorted(order[: max(1, room)])]


def _shares(prompts: Prompts, item: Result, understanding: Understanding, terms: Terms) -> bool:
    """Whether more than the word for the marketplace brought an entry up, where the question has more."""
    subject = {term for forms in prompts.faq["subject"].values() for form in forms for term in terms(form)}
    asked = set(terms(understanding.text))
    if not asked & subject or not asked - subject:
        return True
    return bool((asked - subject) & set(terms(item.text)))


def _in_language(fitting: Sequence[Result], language: str) -> list[Result]:
    """Those in the reader's language, unless what another language has fits much better."""
    own = [item for item in fitting if item.language == language]
    highest = max((item.score for item in fitting), default=0.0)
    return own if own and max(item.score for item in own) >= OWN_LANGUAGE * highest else list(fitting)
