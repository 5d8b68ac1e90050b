"""The step above an answer: what was understood of the question, and what was found for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.domain import Result, Understanding
from assistant.entrypoints.chat.markdown import literal
from assistant.entrypoints.chat.texts import Texts
from assistant.kinds.housing.attributes import attributes
from prompts.loader import Prompts

SHOWN_DOCUMENTS = 8
# A document found with all its topics was found by its attributes: naming them all tells nothing.
SHOWN_TOPICS = 3


def understood_markdown(prompts: Prompts, understanding: Understanding, texts: Texts) -> str:
    """A list: language, kind of question, where was looked, then each read-out with the words it came from."""
    lines = [
        texts.say("step.language", language=texts.say(f"languages.{understanding.language}")),
        texts.say("step.stage", stage=texts.say(f"stages.{understanding.stage}")),
        texts.say("step.domain", domain=texts.say(f"domains.{understanding.domain or 'any'}")),
    ]
    words_of: dict[str, list[str]] = {}
    for reading in understanding.readings:
        if reading.words not in words_of.setdefault(reading.key, []):
            words_of[reading.key].append(reading.words)
    for key, words_read in words_of.items():
        shown = {"label": literal(label(prompts, key, texts)), "words": literal(", ".join(words_read))}
        told = value(key, understanding, texts)
        # "금천구 ← 금천구" says the same twice.
        if told and [told] != words_read:
            lines.append(texts.say("step.reading_item", value=literal(told), **shown))
        else:
            lines.append(texts.say("step.reading_label", **shown))
    for key in ("entity", *(key for key, one in attributes().items() if one.shows == "values")):
        # What the question did not say and an earlier turn did.
        if key not in words_of and (told := value(key, understanding, texts)):
            lines.append(texts.say("step.carried", label=literal(label(prompts, key, texts)), value=literal(told)))
    if understanding.unknown_names:
        lines.append(texts.say("step.unknown_names", names=literal(", ".join(understanding.unknown_names))))
    if understanding.unmatched:
        lines.append(
            texts.say("step.unmatched", words=literal(", ".join(left.word for left in understanding.unmatched)))
        )
    return "\n".join([f"**{texts.say('step.understood')}**", "", *(f"- {line}" for line in lines)])


def searched_markdown(results: Sequence[Result], texts: Texts) -> str:
    """A numbered list of the documents found, best first, each with the topics of its passages."""
    if not results:
        return f"**{texts.say('step.found_nothing')}**"
    documents: dict[str, list[Result]] = {}
    for result in results:
        documents.setdefault(result.document_id, []).append(result)
    lines = []
    for place, passages in enumerate(list(documents.values())[:SHOWN_DOCUMENTS], start=1):
        first = passages[0]
        name = first.name_ko if texts.language == "ko" else first.name_en or first.name_ko
        topics = _topics((passage.topic for passage in passages), texts)
        lines.append(f"{place}. {literal(name)}" + (f" ({literal(topics)})" if topics else ""))
    if len(documents) > SHOWN_DOCUMENTS:
        lines += ["", texts.say("step.and_more", count=len(documents) - SHOWN_DOCUMENTS)]
    return "\n".join([f"**{texts.say('step.searched')}**", "", *lines])


def step_title(results: Sequence[Result], texts: Texts) -> str:
    """One line for the closed step: how much was found."""
    if not results:
        return texts.say("step.found_nothing")
    return texts.say("step.found", passages=len(results), documents=len({result.document_id for result in results}))


def label(prompts: Prompts, key: str, texts: Texts) -> str:
    """What a read-out is called, as plain text."""
    named = texts.phrases.get(f"readings.{key}")
    if named:
        return named
    if key in attributes():
        return attributes()[key].label[texts.language]
    named_by = {wish.name: (wish.label_ko, wish.label_en) for wish in prompts.criteria}
    named_by |= {facet.key: (facet.label_ko, facet.label_en) for facet in prompts.facets}
    if key in named_by:
        return named_by[key][texts.language != "ko"]
    return key


def value(key: str, understanding: Understanding, texts: Texts) -> str:
    """What a read-out came to: names as the filters hold them, a wish as its distance. Empty: no more to say."""
    if key == "entity":
        return ", ".join(one.name_ko if texts.language == "ko" else one.name_en for one in understanding.entities)
    if key in attributes() and attributes()[key].shows == "values":
        (name,) = attributes()[key].names
        where = understanding.filters if understanding.listing is None else understanding.listing
        if named := where.get(name):
            return ", ".join(named)
    for criterion in understanding.criteria:
        if criterion.within and key in (criterion.key, criterion.name):
            return texts.say("step.within", metres=criterion.within)
    return ""


def _topics(topics: Iterable[str], texts: Texts) -> str:
    # A long topic goes on as price-2, price-3 …: one name for all of them.
    bases = dict.fromkeys(topic.partition("-")[0] for topic in topics if topic)
    if len(bases) > SHOWN_TOPICS:
        return ""
    return ", ".join(texts.phrases.get(f"topics.{base}", base) for base in bases)
