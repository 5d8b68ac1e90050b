"""Which complexes a question names, and which names it uses that the store does not have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.domain import EntityName, Filters, Reading
from assistant.language.gazetteer.vocabulary import SHORT_ALIAS, Vocabulary
from assistant.language.ko.jamo import is_typo_of
from assistant.language.numbers import Readings
from assistant.language.text import ReadableText, has_any, is_korean, longest_first, squeeze
from assistant.language.unparsed import MIN_NAME, PARTICLES, leftover, runs

LONG_WORD = 7  # letters: a shorter one is too often an everyday word
MANY_WORDS = 4  # heard in one name: then even short everyday words are meant as that name
MAX_NAMESAKES = 8
SHORT_BRAND = 3  # letters
MIN_PART = 5  # syllables of a name that stand for all of it
MIN_TYPO_BRAND = 3  # syllables: shorter ones are a letter from too many words
MAX_SHARING_WORDS = 5  # more complexes than this share the words: they name none of them
DISTRICTS = ("sido", "sigungu", "dong")
_HOMES = r"(?:apartments?|complex(?:es)?|homes?|flats?|brand)\b"
SURE_NAME = 4  # letters of a capitalised word that can be a name's
_CAPITALISED = re.compile(
    r"(?!(?:Is|Are|Do|Does|Did|What|How|Tell|When|Where|Which|Who|The|Can|In|At|Of|For|Show|Find|Under)\b)"
    r"\b[A-Z][A-Za-z'-]*(?: [A-Z][A-Za-z'-]*)+"
)
_GAP = re.compile(r"[가-힣]{0,2} ")  # what a tokenizer left of a name's word, and the space behind it
_NEXT_WORD = re.compile(r"\s([가-힣]{2,})")
_NEAR = re.compile(r"\b(?:near|nearby|close to|around|next to|beside|by|from|to|in|with)\s+(?:the\s+)?$")
_PHASE = re.compile(r"(?<!\d)\d+\s*(?:차|단지|블록)")
# What makes another complex of it: 골드파크 (known) 5차 (not known).
_CONTINUES = re.compile(r"^(?:\d+|[ivx]+|[가-힣a-z]{0,6}\d+)(?:차|단지|블록|bl)")


def read_entities(
    text: ReadableText, vocabulary: Vocabulary, readings: Readings
) -> tuple[tuple[EntityName, ...], tuple[str, ...]]:
    """Complexes by name or alias, whatever the spacing, then with a typo. Second: names that no document has."""
    found: dict[str, tuple[int, EntityName]] = {}
    unknown: list[str] = []
    for alias in vocabulary.aliases_in(text.squeezed):
        span = text.find_squeezed(alias)
        if span is None:
            continue
        end = text.squeezed.find(alias) + len(alias)
        named = vocabulary.named(alias)
        if rest := _CONTINUES.match(text.squeezed[end:]):
            whole = text.find_squeezed(alias + rest.group())
            if whole:
                unknown.append(text.take(whole))
                continue
        readings.append(text.read("entity", span))
        if len(named) > MAX_NAMESAKES:
            continue
        found.update((name.id, (span[0], name)) for name in named)
    for word in re.finditer(r"[가-힣]+", text.text):
        if (named := vocabulary.named_shortly(word.group())) and not text.is_taken(*word.span()):
            readings.append(text.read("entity", (word.start(), word.start() + SHORT_ALIAS)))
            found.update((name.id, (word.start(), name)) for name in named)
    if found or unknown:
        found = _told_apart(found, text, readings)
        # In the order in which the question names them; of one place, in the store's.
        in_order = sorted(found.values(), key=lambda pair: pair[0])
        return tuple(name for _, name in in_order), tuple(unknown)
    for word in re.finditer(r"[가-힣]{3,}", text.text):
        named = vocabulary.named_by_word(word.group())
        if named and not text.is_taken(*word.span()) and not _PHASE.match(text.text[word.end() :].lstrip()):
            readings.append(text.read("entity", word.span()))
            return named, ()
    if match := vocabulary.like(text.squeezed, text.at_words):
        _, named, (start, end) = match
        if len(named) <= MAX_NAMESAKES:
            readings.append(text.read("entity", text.original(start, end)))
            return named, ()
    return (), ()


def _told_apart(
    found: dict[str, tuple[int, EntityName]], text: ReadableText, readings: Readings
) -> dict[str, tuple[int, EntityName]]:
    """Of several complexes that one part of their names found, those whose names hold another word of the question:
    철산 자이 헤리티지 is the one of three 철산자이 that is called Heritage.
    """
    if len({start for start, _ in found.values()}) > 1 or len({name.name_ko for _, name in found.values()}) < 2:
        return found
    for word in re.finditer(r"[가-힣]{3,}", text.text):
        kept = {id_: pair for id_, pair in found.items() if word[0] in squeeze(pair[1].name_ko)}
        if kept and len(kept) < len(found) and not text.is_taken(*word.span()):
            readings.append(text.read("entity", word.span()))
            return kept
    return found


def _tells(used: Sequence[str]) -> bool:
    """Whether words heard in a name can be meant as one: "sent" and "silent" are no Cent."""
    return len(used) >= MANY_WORDS or any(word[0].isupper() or len(word) >= LONG_WORD for word in used)


def read_by_sound(
    text: ReadableText, vocabulary: Vocabulary, left: Sequence[int], readings: Readings, filters: Filters
) -> tuple[EntityName, ...]:
    """A complex whose English name is spelled otherwise than in the store. ``left``: where leftover words are."""
    found: list[EntityName] = []
    while True:
        spans = {match.group(): match.span() for match in re.finditer(r"[A-Za-z][A-Za-z'-]*", text.text)}
        telling = [word for word, span in spans.items() if span[0] in left and not text.is_taken(*span)]
        if any(char.isupper() for char in text.text[1:]):  # who capitalises names has capitalised this one too
            telling = [word for word in telling if word[0].isupper()]
        named, used = vocabulary.by_sound(list(spans), telling)
        if not named or len(named) > MAX_NAMESAKES or not _tells(used):
            return tuple(found)
        if _goes_on(text, [spans[word] for word in used], left):
            return tuple(found)
        there = district_beside(text, [spans[word] for word in used], readings)
        if there and not (named := located(named, there, filters, vocabulary)):
            return tuple(found)
        for word in used:
            text.taken.append(spans[word])
        readings.append(Reading("entity", " ".join(sorted(used, key=lambda word: spans[word][0]))))
        found += named


def _goes_on(text: ReadableText, used: Sequence[tuple[int, int]], left: Sequence[int]) -> bool:
    """Whether a capitalised word that nothing knows stands beside: Olympic Park Foreon is not what has Olympic Park
    alone, and Bongcheon Happy House not the Happy House of another place."""
    follows = re.compile(r"[ -]+(?=[A-Z][a-z]{3})")
    precedes = re.compile(r"(?<=[a-z0-9,] )[A-Z][a-z]{3,}(?=[ -]+$)")
    others = set(left) - {start for start, _ in used}
    for start, end in used:
        after = follows.match(text.text, end)
        before = precedes.search(text.text[:start])
        if (after and after.end() in others) or (before and before.start() in others):
            return True
    return False


def read_capitalised(text: ReadableText, left: Sequence[int], asks: bool) -> tuple[str, ...]:
    """An English name that no document has, though a word of it was read as something else: Riverside Park Lumina.

    ``left``: where leftover words start; ``asks``: whether something is asked that one asks of a complex. What homes
    are wanted near is no name of a complex.
    """
    known = text.prompts.words["title_words"]["en"]
    for run in _CAPITALISED.finditer(text.text):
        if _NEAR.search(text.text[: run.start()].lower()):
            continue
        words = [(word.group(), run.start() + word.start()) for word in re.finditer(r"[A-Za-z'-]+", run.group())]
        strange = [
            word for word, start in words if start in left and len(word) >= SURE_NAME and word.lower() not in known
        ]
        taken = any(text.is_taken(start, start + len(word)) for word, start in words)
        if strange and (taken or len(strange) > 1) and asks:
            return (text.take(run.span()),)
    return ()


def read_brands(
    text: ReadableText, vocabulary: Vocabulary, left: Sequence[int], readings: Readings
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Brands named without a known complex: 강남구 래미안 = every 래미안 of the district. As squeezed Korean names.

    Second: a brand with other name-like words beside it (``left``: where they start) is a complex the store lacks.
    """
    found, unknown = [], []
    words = _by_syllable(text)
    for ko, en in vocabulary.brands:
        span = _brand_in(text, ko, en, words)
        if not span:
            continue
        after_it = re.compile(rf"\s+{_HOMES}").match(text.lower, span[1])
        if not after_it and (after := [start for start in left if 0 <= start - span[1] <= 1]):
            end = re.search(r"(?=\s)|$", text.text[after[0] :])
            text.take(span)
            unknown.append(text.text[span[0] : after[0] + (end.start() if end else 0)].strip("?!.,"))
        else:
            readings.append(text.read("brand", span))
            found.append(squeeze(ko))
    return tuple(dict.fromkeys(found)), tuple(unknown)


def read_kinds_by_name(text: ReadableText, readings: Readings, language: str) -> tuple[str, ...]:
    """Kinds of homes that complexes have in their names (신혼희망타운), where complexes are looked for."""
    wordings = text.prompts.words
    asks_rules = any(has_any(text, wordings[key], language) for key in ("define", "howto"))
    if asks_rules and not has_any(text, wordings["complexes"], language):
        return ()
    found = []
    for held, forms in wordings["kinds_by_name"].items():
        if span := next((span for form in longest_first(forms) if (span := text.find(form))), None):
            readings.append(text.read("brand", span))
            found.append(held)
    return tuple(found)


def _by_syllable(text: ReadableText) -> dict[str, list[tuple[int, str]]]:
    """Korean words with their positions, by each syllable that they hold: a letter or two wrong leave one as it is."""
    found: dict[str, list[tuple[int, str]]] = {}
    for word in re.finditer(r"[가-힣]{2,}", text.text):
        for syllable in dict.fromkeys(word.group()):
            found.setdefault(syllable, []).append((word.start(), word.group()))
    return found


def _brand_in(
    text: ReadableText, ko: str, en: str, words: Mapping[str, Sequence[tuple[int, str]]]
) -> tuple[int, int] | None:
    """A brand by its name, by what people shorten it to, or with a typo; never inside another word (디자이너)."""
    forms = [ko, *text.prompts.words["brands"].get(ko, ())]
    for form in forms:
        span = text.find_squeezed(form) if len(form) > 1 else None
        if span and (span[0] == 0 or not is_korean(text.text[span[0] - 1]) or text.is_taken(span[0] - 1, span[0])):
            return span
    if en and len(en) > SHORT_BRAND and (span := text.find_word(en)):
        return span
    # A short one counts as it is written: Xi, not xi.
    if en and en in text.text and (match := re.search(rf"(?<![A-Za-z]){re.escape(en)}(?![A-Za-z])", text.text)):
        return None if text.is_taken(*match.span()) else match.span()
    if (
        en
        and en.lower() in text.lower
        and (match := re.search(rf"(?<![a-z]){re.escape(en.lower())}(?=\s+{_HOMES})", text.lower))
    ):
        return None if text.is_taken(*match.span()) else match.span()
    if len(ko) < MIN_TYPO_BRAND:
        return None
    for start, word in sorted({one for syllable in ko for one in words.get(syllable, ())}):
        for length in (len(ko), len(ko) - 1, len(ko) + 1):
            typed = word[:length]
            if len(typed) == length and is_typo_of(typed, ko) and not text.is_taken(start, start + length):
                return start, start + length
    return None


def _is_name(term: str, text: ReadableText, left: Sequence[tuple[str, int]]) -> bool:
    """Whether one word alone can pick out a complex: long in Korean, capitalised in English."""
    start = next(start for form, start in left if form == term)
    return text.text[start].isupper() if text.text[start].isascii() else len(term) >= MIN_NAME


def _bare(word: str) -> str:
    """A word without the particle behind it."""
    ends = sorted((particle for particle in PARTICLES if word.endswith(particle)), key=len)
    return word.removesuffix(ends[-1]) if ends and len(word) - len(ends[-1]) >= 2 else word


def read_by_part(
    text: ReadableText, vocabulary: Vocabulary, tagged: Sequence[tuple[str, str, int]], readings: Readings
) -> tuple[EntityName, ...]:
    """A complex by a part of its name that no other has: 하이엔에듀포레."""
    phase = _PHASE.search(text.text)
    for start, end, _ in runs(leftover(text, tagged), gap=0):
        part = squeeze(text.text[start:end])
        there = None if phase else district_beside(text, [(start, end)], readings)
        if there:  # 강동 센텀, of which 강동 is a part
            part = squeeze(text.text[min(start, there.start) : max(end, there.end)])
        named: tuple[EntityName, ...] = ()
        longer = None if there or phase else _NEXT_WORD.match(text.text, end)
        if longer:  # 자라섬 수자인, of which the brand is no noun
            # 수자인이랑: a particle behind it is no part of the name.
            for word in (longer[1], _bare(longer[1])):
                if not named and (named := vocabulary.with_part(part + word)):
                    end = longer.start(1) + len(word)
        if not named and (len(part) < (MIN_PART - 1 if there else MIN_PART) or not is_korean(part)):
            continue
        named = named or vocabulary.with_part(part)
        if 0 < len(named) <= MAX_NAMESAKES and len({name.name_ko for name in named}) == 1:
            readings.append(text.read("entity", (start, end)))
            return named
    return ()


def read_by_terms(
    text: ReadableText,
    vocabulary: Vocabulary,
    tagged: Sequence[tuple[str, str, int]],
    readings: Readings,
    filters: Filters,
) -> tuple[tuple[EntityName, ...], tuple[str, ...]]:
    """A complex named by some of its name's words, in any order: 골드파크 3차."""
    left = leftover(text, tagged)
    # A letter alone, of a block or of a type, picks nothing out.
    found, used = vocabulary.by_name_terms(form for form, _ in left if len(form) > 1 or not form.isascii())
    if not found or len(found) > MAX_SHARING_WORDS or 2 * len(used) < len(left):
        return (), ()
    standing = [(start, start + len(form)) for form, start in left if form in used]
    if _goes_on(text, standing, [start for _, start in left]):
        return (), ()
    there = district_beside(text, standing, readings)
    both = [name for name in found if there and squeeze(there.words) in squeeze(f"{name.name_ko} {name.name_en}")]
    # One word alone names a complex only in a question about complexes: 외국인 is part of some names, too.
    asks_rules = any(has_any(text, text.prompts.words["howto"], language) for language in ("ko", "en"))
    if len(used) == 1 and (asks_rules or not (both or _is_name(used[0], text, left))):
        return (), ()
    if (phase := _PHASE.search(text.text)) and not all(
        squeeze(phase.group()) in squeeze(name.name_ko) for name in found
    ):
        return (), (text.text,)  # 골드파크 5차 where only 3차 is known
    if there and not (found := located(found, there, filters, vocabulary)):
        return (), (_with_district(text, standing, there),)
    text.taken += standing
    readings.append(Reading("entity", " ".join(used)))
    return found, ()


def district_beside(text: ReadableText, spans: Sequence[tuple[int, int]], readings: Readings) -> Reading | None:
    """The district that stands right beside a name's words, as if it were a part of the name."""
    for reading in readings:
        if reading.key in DISTRICTS and reading.start >= 0:
            for start, end in spans:
                between = text.text[end : reading.start] if end <= reading.start else text.text[reading.end : start]
                if _GAP.fullmatch(between):
                    return reading
    return None


def located(
    found: tuple[EntityName, ...], there: Reading, filters: Filters, vocabulary: Vocabulary
) -> tuple[EntityName, ...]:
    """Those of ``found`` that have the district in their name or are in one that the question names.

    포레나 광명 is none of the 포레나 elsewhere.
    """
    named = {*filters.sidos, *filters.sigungus, *filters.dongs}
    said = squeeze(there.words)
    return tuple(
        name
        for name in found
        if said in squeeze(f"{name.name_ko} {name.name_en}") or named & set(vocabulary.located.get(name.id, ()))
    )


def _with_district(text: ReadableText, spans: Sequence[tuple[int, int]], there: Reading) -> str:
    first, last = min(there.start, *(start for start, _ in spans)), max(there.end, *(end for _, end in spans))
    return text.take((first, last))
