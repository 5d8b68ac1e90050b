"""The answer to a question about marketplace posts: a short list, composed. A model could only misquote it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answering.draft import Draft
from assistant.answering.remarks import absent
from assistant.domain import Event, Evidence, Understanding
from assistant.kinds.listing.reading import PROHIBITED
from assistant.retrieval.retriever import Retrieval
from prompts.loader import Prompts

SOLD = "status:sold"


def answer_listings(
    prompts: Prompts, understanding: Understanding, found: Retrieval, chosen: Sequence[Evidence], draft: Draft
) -> Iterator[Event]:
    """Each post with its citation; then how many more there are, and what of the question no post speaks of."""
    language = understanding.language
    if found.relaxed:
        yield draft.append(prompts.say("relaxed_listing", language, conditions=found.relaxed.words) + "\n\n")
    by_id = {result.document_id: result for result in found.results}
    asked_for_sold = understanding.listing is not None and bool(understanding.listing.statuses)
    if not asked_for_sold and all(SOLD in by_id[item.document_id].sentences[0].tags for item in chosen):
        yield draft.append(prompts.say("sold_listing", language) + "\n\n")
    for item in chosen:
        yield draft.release(item.quote, [item], bullet=True)
    if found.total > len(chosen):
        yield draft.append(
            "\n\n" + prompts.say("more_listings", language, total=str(found.total), shown=str(len(chosen)))
        )
    if words := absent(understanding, language):
        yield draft.append("\n\n" + prompts.say("ignored", language, words=words))


def no_listing(prompts: Prompts, understanding: Understanding) -> str:
    """What was looked for, and that no post offers it."""
    language = understanding.language
    if banned := [reading.words for reading in understanding.readings if reading.key == PROHIBITED]:
        return prompts.say("prohibited_listing", language, words=", ".join(banned))
    read = [reading.words for reading in understanding.readings if reading.words] + [
        left.word for left in understanding.unmatched
    ]
    return prompts.say("none_listing", language, conditions=", ".join(dict.fromkeys(read)))
