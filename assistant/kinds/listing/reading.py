"""Questions about marketplace posts: whether one is, and the conditions it sets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.domain import (
    Filters,
    Language,
    ListingFilters,
    ListingStatus,
    PostSearch,
    Reading,
    Understanding,
    Unmatched,
)
from assistant.kinds.listing.goods import read_goods
from assistant.kinds.listing.places import read_post_places
from assistant.kinds.listing.prices import read_price
from assistant.language import places
from assistant.language.gazetteer.vocabulary import Vocabulary
from assistant.language.text import ReadableText, clean, has_any, is_korean, longest_first
from assistant.language.unparsed import NOUN_TAGS, cuts_a_word
from prompts.loader import Prompts

Tagged = Sequence[tuple[str, str, int]]

# A limit this high is a home's: nothing second-hand here costs as much.
MAX_WON = 30_000_000
ASKED_OF_POSTS = frozenset({"price", "location"})  # facets that posts have, too
PROHIBITED = "prohibited"  # the reading of a question for goods that may not be traded
LEAST_NUMBER = 2  # digits: 13 of 아이폰 13 tells posts apart, a lone 1 does not
_TOPIC = re.compile(r"[가-힣](?:은|는)(?:요)?\s*\??$|^(?:what|how) about\b|^and\b", re.IGNORECASE)
# 보관소는 무료인가요, is the storage free: asks what something costs, not for what is given away.
_WHETHER_FREE = re.compile(
    r"[가-힣](?:은|는|이|가)\s*(?:무료|공짜)(?:인|이|예|에|입|일|야)|^(?:is|are)\b.*\bfree\b", re.IGNORECASE
)
_CAME_UP = re.compile("(?:나|올라)왔")
_GENERATION = re.compile(r"(?<!\d)\d\s*세대")  # of a device: 아이패드 9세대


@dataclass(frozen=True, slots=True)
class ListingQuestion:
    """What a text asks of posts, whether or not it is about posts. ``left``: words that no rule knows, as typed."""

    filters: ListingFilters
    sort: str
    readings: tuple[Reading, ...]
    left: tuple[Unmatched, ...]


def read_listing(raw: str, vocabulary: Vocabulary, tagged: Tagged) -> Understanding | None:
    """The understanding of a question about posts; None where it is about something else."""
    text = ReadableText(clean(raw), vocabulary.prompts)
    language: Language = "ko" if is_korean(text.text) else "en"
    if speaks_of_homes(vocabulary.prompts, raw):
        return None
    question = read_conditions(raw, vocabulary, tagged)
    words = vocabulary.prompts.listings
    filters = question.filters
    priced = filters.min_won is not None or filters.max_won is not None
    if priced and max(filters.min_won or 0, filters.max_won or 0) > MAX_WON:
        return None
    market = has_any(text, words["market"], language) or (filters.free and language == "en" and bool(filters.kinds))
    wanted = has_any(text, words["wanted"], language)
    located = bool(filters.sidos or filters.sigungus or filters.dongs)
    if _asks_rules(text, language) and not (priced or located or question.sort):
        return None
    if banned := _prohibited(text, vocabulary):
        # Whether it may be traded is a matter of the rules; where it is to be had is told nobody.
        return _about_posts(text, language, ListingFilters(), prohibited=banned) if market or wanted else None
    narrowed = (
        wanted or priced or located or bool(question.sort or filters.free or filters.negotiable or filters.statuses)
    )
    if question.left and not wanted and _WHETHER_FREE.search(text.text):
        return None
    if filters.kinds:
        alone = not question.left  # "아이폰 13", "sofa"
        buying = has_any(text, words["buying"], language)
        offered = market or buying or priced or filters.free or filters.negotiable or bool(question.sort)
        if not (market or narrowed or alone) or (not offered and _wishes_for_a_place(text, language, located)):
            return None
    elif not (market and (narrowed or question.left)):
        return None
    return _about_posts(text, language, filters, question)


def named_goods(raw: str, vocabulary: Vocabulary, tagged: Tagged) -> Understanding | None:
    """A question that may be about a post by the goods it names alone; None where it speaks of homes or of rules."""
    text = ReadableText(clean(raw), vocabulary.prompts)
    language: Language = "ko" if is_korean(text.text) else "en"
    if speaks_of_homes(vocabulary.prompts, raw) or _asks_rules(text, language) or _prohibited(text, vocabulary):
        return None
    question = read_conditions(raw, vocabulary, tagged)
    return _about_posts(text, language, question.filters, question) if question.filters.kinds or question.left else None


def among_posts(prompts: Prompts, understanding: Understanding, question: ListingQuestion) -> Understanding:
    """A place or a price alone, said by somebody who looks at posts, is a condition on them; all else stays."""
    plain = understanding.stage == "explore" and not (understanding.entities or understanding.unknown_names)
    if (
        not plain
        or question.left
        or question.filters == ListingFilters()
        or speaks_of_homes(prompts, understanding.text)
    ):
        return understanding
    return _about_posts(ReadableText(understanding.text, prompts), understanding.language, question.filters, question)


def _about_posts(
    text: ReadableText,
    language: Language,
    filters: ListingFilters,
    question: ListingQuestion | None = None,
    prohibited: str = "",
) -> Understanding:
    return Understanding(
        text=text.text,
        language=language,
        domain="listing",
        stage="explore",
        sort=question.sort if question else "",
        unmatched=question.left if question else (),
        readings=question.readings if question else (Reading(PROHIBITED, prohibited),),
        listing=filters,
    )


def narrow(
    prompts: Prompts, latest: Understanding, question: ListingQuestion, before: PostSearch
) -> Understanding | None:
    """``latest`` as a narrower question about the posts that ``before`` asked for; None where it is none."""
    earlier, new = before.filters, question.filters
    if latest.listing is not None:
        # "책상은?" after one on fridges of a district: other goods, and there too.
        if new != ListingFilters(kinds=new.kinds) or not _TOPIC.search(latest.text):
            return None
        there = new.but(sidos=earlier.sidos, sigungus=earlier.sigungus, dongs=earlier.dongs)
        return replace(latest, listing=there)
    refers = has_any(ReadableText(latest.text, prompts), prompts.listings["narrowing"], latest.language)
    if (question.left and not new.kinds) or not (new != ListingFilters() or question.sort or refers):
        return None
    placed = new.sidos or new.sigungus or new.dongs
    priced = new.min_won is not None or new.max_won is not None
    told = {one.key for one in question.readings} | ({"sido", "sigungu", "dong"} if placed else set())
    merged = new.but(
        kinds=new.kinds or earlier.kinds,
        words=new.words if new.kinds else (*earlier.words, *new.words),
        min_won=new.min_won if priced else earlier.min_won,
        max_won=new.max_won if priced else earlier.max_won,
        free=new.free or (earlier.free and not priced),
        negotiable=new.negotiable or earlier.negotiable,
        statuses=new.statuses or earlier.statuses,
        sidos=new.sidos if placed else earlier.sidos,
        sigungus=new.sigungus if placed else earlier.sigungus,
        dongs=new.dongs if placed else earlier.dongs,
    )
    return Understanding(
        text=latest.text,
        language=latest.language,
        domain="listing",
        stage="explore",
        sort=question.sort or before.sort,
        unmatched=question.left,
        readings=(
            *(one for one in before.said if one.key not in told),
            *question.readings,
        ),
        listing=merged,
    )


def read_conditions(raw: str, vocabulary: Vocabulary, tagged: Tagged) -> ListingQuestion:
    """Kinds of goods, price in won, place, status, give-aways, order: whatever of these the text holds."""
    text = ReadableText(clean(raw), vocabulary.prompts)
    words = vocabulary.prompts.listings
    readings: list[Reading] = []
    goods = read_goods(text)
    readings += [text.read("goods", span) for _, span in goods]
    low, high = read_price(text, readings)
    sort = _read_sort(text, readings)
    negotiable = _take_any(text, words["negotiable"], "negotiable", readings)
    statuses: tuple[ListingStatus, ...] = tuple(
        status for status, row in words["statuses"].items() if _take_any(text, _apart(row, words), "status", readings)
    )
    language = "ko" if is_korean(text.text) else "en"
    if not statuses and len(goods) > 1 and has_any(text, vocabulary.prompts.words["compare"], language):
        statuses = tuple(words["statuses"])  # what one of two was sold for tells as much
    free = _take_any(text, words["free"], "free", readings)
    common = vocabulary.prompts.words["common_stems"]
    where = places.read_districts(text, Filters(), readings, vocabulary, tagged, common)
    dongs = where.dongs or read_post_places(text, vocabulary, readings)
    left = _left(text, tagged)
    filters = ListingFilters(
        kinds=tuple(dict.fromkeys(key for key, _ in goods)),
        words=tuple(dict.fromkeys(item.term for item in left)),
        min_won=low,
        max_won=high,
        free=free,
        negotiable=negotiable,
        statuses=statuses,
        sidos=where.sidos,
        sigungus=where.sigungus,
        dongs=dongs,
    )
    return ListingQuestion(filters, sort, tuple(readings), left)


def _asks_rules(text: ReadableText, language: Language) -> bool:
    """Whether a question is about the rules or the use of a marketplace; what came up for sale (나왔어) did not
    arrive.
    """
    offered = ReadableText(_CAME_UP.sub(" ", text.text), text.prompts)
    return has_any(offered, text.prompts.listings["policy"], language)


def speaks_of_homes(prompts: Prompts, raw: str) -> bool:
    """Homes and subscription have words that no post's question has."""
    text = ReadableText(clean(raw), prompts)
    if read_goods(ReadableText(text.text, prompts)):
        text = ReadableText(_GENERATION.sub(" ", text.text), prompts)
    words = prompts.listings["housing"]
    return any(has_any(text, words, language) for language in ("ko", "en")) or bool(
        re.search(r"\d\s*(?:억|가구)|\d\d\s*세대", text.text)
    )


def _prohibited(text: ReadableText, vocabulary: Vocabulary) -> str:
    """The words for goods that may not be traded, where the question is for them and no district: 양주 of 남양주."""
    for row in text.prompts.listings["prohibited"].values():
        spared = ReadableText(text.text, text.prompts)
        for harmless in row["but"]:
            if span := spared.find(harmless):
                spared.take(span)
        for form in longest_first([*row["ko"], *row["en"]]):
            longer = (name for name in vocabulary.district_stems if form in name and form != name)
            if (span := spared.find(form)) and not any(name in text.text for name in longer):
                return spared.words(span)
    return ""


def _apart(row: Mapping[str, Sequence[str]], words: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, list[str]]:
    """Words for a status that do not merely say that a question is about posts (for sale)."""
    return {key: [form for form in row[key] if form not in words["market"][key]] for key in ("ko", "en")}


def _wishes_for_a_place(text: ReadableText, language: Language, located: bool) -> bool:
    """A park to ride a bicycle in is no bicycle; and somewhere, a stroller is a wish for easy walks."""
    phrases = [
        phrase
        for wish in text.prompts.criteria
        if wish.key in ("park", "station")
        for phrase in getattr(wish, language)
    ]
    rest = ReadableText(text.text, text.prompts)
    read_goods(rest)
    if any(rest.find(phrase) for phrase in phrases):
        return True
    somewhere = located or has_any(text, text.prompts.listings["somewhere"], language)
    return somewhere and any(text.find(phrase, taken=True) for phrase in phrases)


def _take_any(text: ReadableText, row: Mapping[str, Sequence[str]], key: str, readings: list[Reading]) -> bool:
    for form in longest_first([*row["ko"], *row["en"]]):
        if span := text.find(form):
            readings.append(text.read(key, span))
            return True
    return False


def _read_sort(text: ReadableText, readings: list[Reading]) -> str:
    orders = {
        phrase: f"{row['key']}:{'down' if row['down'] else 'up'}"
        for row in text.prompts.listings["sorts"]
        for phrase in (*row["ko"], *row["en"])
    }
    for phrase in longest_first(orders):
        if span := text.find(phrase):
            readings.append(text.read("sort", span))
            return orders[phrase]
    return ""


def _left(text: ReadableText, tagged: Tagged) -> tuple[Unmatched, ...]:
    """Words that no rule took and that are not general: a model, a brand, a colour, or goods no lexicon knows."""
    words = text.prompts.listings
    generic = {*words["generic"]["ko"], *words["generic"]["en"], *text.prompts.generic_words}
    asking = [*words["wanted"]["ko"], *words["wanted"]["en"], *words["market"]["ko"], *words["market"]["en"]]
    for phrase in longest_first(asking):
        if span := text.find(phrase):
            text.take(span)
    found: dict[str, Unmatched] = {}
    for form, tag, start in tagged:
        number = tag == "SN" and len(form) >= LEAST_NUMBER and form.isdigit()
        typed = re.match(r"[0-9A-Za-z]+", text.text[start:]) if form[:1].isascii() else None
        word = typed.group() if typed else form
        if generic & {form, word.lower()} or (typed and cuts_a_word(text.text, start)):
            continue
        if (number or tag in NOUN_TAGS) and not text.is_taken(start, start + 1):
            found.setdefault(form, Unmatched(form, word))
    return tuple(found.values())
