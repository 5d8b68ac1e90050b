"""Places of a search for homes that nothing here knows: words that stand where a place stands.

A made-up name may be read as anything: of 해든마을 a tokenizer makes a verb and 마을. So words are looked at as they
are typed, whatever was made of them, as long as nothing understood them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from assistant.domain import Unmatched
from assistant.language.text import ReadableText, Span, has_any, squeeze
from assistant.language.unparsed import LONGEST_WORD, NOUN_TAGS, PARTICLES, runs
from assistant.understanding.negation import is_unwanted
from prompts.loader import Prompts

SHORTEST_NAME = 2  # syllables
Tagged = Sequence[tuple[str, str, int]]

# What somebody says of themselves before they ask: "my husband works in Pangyo, …", "여의도로 출근하는데 …".
_CLAUSE = re.compile(
    r"[.,;!?](?:\s|$)|(?:는데|은데|인데|한데|니까|라서|어서|아서|해서|지만)\s|\s(?:and|but|so|because)\s"
)
_HERE = r"(?:근처|주변|인근|부근|일대|쪽)"
_KINDS = r"(?:지구|신도시|뉴타운|동네|마을|(?<![지구권])역)"  # 규제지역, 재개발구역, 수도권역 are no stations
_AFTER = rf"(?:에서|으로|{_HERE}|{'|'.join(sorted(PARTICLES))}){{0,3}}"
_WORD = re.compile(rf"\S{{1,{LONGEST_WORD}}}")
_NAMED = re.compile(rf"(?P<name>(?P<stem>[가-힣A-Za-z0-9]{{1,12}}?){_KINDS}){_AFTER}")
_KIND = re.compile(rf"{_KINDS}$")
_KIND_ALONE = re.compile(rf"(?P<kind>지구|신도시|뉴타운|마을){_AFTER}")
_STANDS = re.compile(rf"(?:에서|에|{_HERE}[가-힣]{{0,2}})")
_HERE_NEXT = re.compile(rf"\s+{_HERE}")
_HERE_FOLLOWS = re.compile(rf"\s?{_HERE}")
_UNIT = re.compile(r"[동구시군읍면리](?=에서|에\b|\s|$)")
_LOOKS = re.compile(rf"\s?{_HERE}?(?:으?로|에서|을|를)?\s+(?:이사|옮|알아보|찾|구하|생각)")
_BEFORE = re.compile(
    r"\b(?P<word>\w+\s+)?"
    r"(?:in|near|around|at|by|about|close to|next to|beside|(?<=move )to|(?<=moving )to)\s+(?:the\s+)?$"
)
_OF_SOMEBODY = re.compile(r"(?:live|lives|living|lived|work|works|working|worked|born|job|office|from)\s+$")
_CAPITAL_BEFORE = re.compile(r"\b[A-Z][\w'-]* $")
_CAPITALS = re.compile(r"[A-Z][\w'-]*(?: [A-Z][\w'-]*)*(?: (?:district|town|area|city|village))?")
_CAPITALS_IN = re.compile(
    r"\b(?:in|near|around|at|close to|next to|beside) (?:the )?(?P<name>[A-Z][\w'-]*(?: [A-Z][\w'-]*)+)"
)
# What points at a place named before: "homes there", but not "are there homes".
_THERE = re.compile(r"거기|그곳|그쪽|(?<!\bis )(?<!\bare )\bthere\b(?! (?:is|are|any)\b)", re.IGNORECASE)
_TOWARDS = re.compile(r"[시도군]?(?:으)?로(?![가-힣])")
_COUNTRY = re.compile(r"\bKorean?\b")  # where all the homes are


def strange_places(
    text: ReadableText,
    left: Sequence[tuple[str, int]],
    tag: Callable[[str], Tagged],
    is_word: Callable[[str], bool],
    language: str,
    *,
    located: bool,
    searches: bool,
    known: Sequence[Span] = (),
) -> list[Unmatched]:
    """Places in the clause that asks for homes which no reading took, as they were typed.

    ``left`` are the leftover terms; those of a place stand for it, and a place that has none stands for itself.
    Where homes are ``located`` by a place that was read, a bare name is rather a part of another name, unless it
    follows that place (``known``: where those stand).
    ``searches``: conditions on homes were read, and no detail is asked for.
    """
    homes = text.prompts.words["complexes"]
    edges = _edges(text)
    asks: dict[Span, bool] = {}  # whether a clause is for homes: it is looked at once, however long
    there = _asked_there(text, edges, language)
    found: list[Unmatched] = []
    understood = {squeeze(text.words(span)) for span in text.taken}  # a district is read where it stands first
    korean = language == "ko"
    searches = searches and not has_any(text, homes, language)  # tersely: 별빛마을 6억 이하
    for start, end in _korean(text, left, tag, is_word, located, known) if korean else _english(text, left, edges):
        first, last = clause = _clause(edges, len(text.text), start)
        if clause not in asks:
            asks[clause] = has_any(ReadableText(text.text[first:last], text.prompts), homes, language)
        terse = searches and (not korean or _KIND.search(text.text, start, end) or _HERE_FOLLOWS.match(text.text, end))
        goes = _LOOKS.match(text.text, end) or text.lower[:start].endswith((" to ", " to the "))
        if asks[clause] or terse or last < there or goes:
            place = text.text[start:end]
            if squeeze(place) in understood:
                continue
            terms = [form for form, at in left if start <= at < end] or [place.lower()]
            found += [Unmatched(term, place, place=True) for term in terms]
    return found


def asked_elsewhere(text: ReadableText, elsewhere: Sequence[Span], known: Sequence[Span], language: str) -> bool | None:
    """Whether homes are asked for ``elsewhere``, where no document is of, rather than in a ``known`` place.

    That is where the clause that asks names one of them alone, or else where somebody goes to ("서울 살다가 세종으로");
    None where both are asked for.
    """
    edges, homes = _edges(text), text.prompts.words["complexes"]

    def asks(span: Span) -> bool:
        first, last = _clause(edges, len(text.text), span[0])
        return has_any(ReadableText(text.text[first:last], text.prompts), homes, language)

    def goes(span: Span) -> bool:
        return bool(_TOWARDS.match(text.text, span[1])) or text.lower[: span[0]].endswith((" to ", " to the "))

    for stands in (asks, goes):
        there, here = any(map(stands, elsewhere)), any(map(stands, known))
        if there != here:
            return there
    return None if any(map(asks, elsewhere)) else False


def _edges(text: ReadableText) -> list[Span]:
    """Where clauses end; a word of the lexicons in 서 tells how (걸어서 10분), and ends none."""
    lexicon = _lexicon(text.prompts)
    return [
        edge.span()
        for edge in _CLAUSE.finditer(text.text)
        if not edge.group().endswith("서 ")
        or text.text[max(0, edge.start() - LONGEST_WORD) : edge.end()].split()[-1] not in lexicon
    ]


def _asked_there(text: ReadableText, edges: Sequence[Span], language: str) -> int:
    """Where the clause begins that asks for homes in a place named before it ("거기", "there"); 0 where none does."""
    for match in _THERE.finditer(text.text):
        first, last = _clause(edges, len(text.text), match.start())
        clause = ReadableText(text.text[first:last], text.prompts)
        if has_any(clause, text.prompts.words["complexes"], language):
            return first
    return 0


def _clause(edges: Sequence[Span], length: int, at: int) -> Span:
    first = 0
    for begin, end in edges:
        if end <= at:
            first = end
        elif begin >= at:
            return first, begin
    return first, length


def _korean(
    text: ReadableText,
    left: Sequence[tuple[str, int]],
    tag: Callable[[str], Tagged],
    is_word: Callable[[str], bool],
    located: bool,
    known: Sequence[Span],
) -> Iterator[Span]:
    tagged = {start: (form, kind) for form, kind, start in tag(text.text)}
    begun = {start: end for start, end, _ in runs(left, gap=0)}
    behind = {end + 1 for _, end in known}
    words = [(one.start(), one.group().rstrip("?!.,~")) for one in _WORD.finditer(text.text)]
    for (before, modifier), (start, word) in zip([(0, ""), *words], words, strict=False):
        if is_unwanted(text.text, start + len(word)):
            continue
        if kind := _KIND_ALONE.fullmatch(word):  # 은하수 마을
            end = start + len(kind["kind"])
            if not text.is_taken(before, end) and _is_name(text.prompts, modifier, tag):
                yield before, end
        elif named := _NAMED.fullmatch(word):
            end = start + len(named["name"])
            ordinary = is_word(named["name"]) and tagged.get(start, ("", ""))[1] != "NNP"  # 환승역
            stem = named["stem"]
            # 역 is read as the wish for a station, and 택지 of 달무리택지지구 as a condition: the name stands before.
            taken = ordinary or text.is_taken(start, start + min(SHORTEST_NAME, len(stem)))
            if not taken and (start in begun or _is_name(text.prompts, stem, tag)):
                yield start, end
        elif not located and not is_word(word) and _HERE_NEXT.match(text.text, start + len(word)):
            if not text.is_taken(start, start + len(word)) and _is_name(text.prompts, word, tag):
                yield start, start + len(word)
        elif located:
            if start in behind and begun.get(start) == start + len(word) and tagged[start][1] == "NNP":
                yield start, start + len(word)  # 인천 검단
        else:
            yield from _by_position(text, start, word, tagged, begun, is_word)


def _by_position(
    text: ReadableText,
    start: int,
    word: str,
    tagged: Mapping[int, tuple[str, str]],
    begun: Mapping[int, int],
    is_word: Callable[[str], bool],
) -> Iterator[Span]:
    """Names that no ending shows: before 에서 and 근처, or alone, as in the terse "송도 6억 이하 아파트"."""
    for at in range(start, start + len(word)):
        if at not in begun:
            continue
        end, (form, kind) = begun[at], tagged[at]
        is_name = kind in ("NNP", "SL")
        if is_name and (unit := _UNIT.match(text.text, end)):  # 하안동 근처
            end = unit.end()
        rest = text.text[end : start + len(word)]
        stands = is_name and (not rest or _STANDS.fullmatch(rest) or _LOOKS.match(text.text, end))
        beside = not rest and _HERE_NEXT.match(text.text, end)
        # 시장 근처 is near something that no document tells, and no place by its name.
        near = rest[:1] == "쪽" or (beside and not (kind == "NNG" and at + len(form) == end and is_word(form)))
        if stands or near:
            yield (at if text.is_taken(start, at) else start), end


def _is_name(prompts: Prompts, word: str, tag: Callable[[str], Tagged]) -> bool:
    """Whether a word of two syllables and more may name a place: with a particle behind it, it is still a noun.

    해든 is one, 조용한 and 가까운 are not, whatever a tokenizer makes of them before another noun.
    """
    if len(word) < SHORTEST_NAME or word in prompts.generic_words or word in _lexicon(prompts):
        return False
    tags = (*NOUN_TAGS, "NNB")  # what a tokenizer makes of the end of 봄내
    return any(
        (kind in tags and start + len(form) == len(word)) or (kind == "NNP" and start == 0)  # 새빛, of 새빛들
        for form, kind, start in tag(f"{word}에서")
    )


@cache
def _lexicon(prompts: Prompts) -> frozenset[str]:
    """Words of the assistant's own lexicons: 택지 of 택지지구 names nothing."""
    return frozenset(prompts.korean_words)


def _english(text: ReadableText, left: Sequence[tuple[str, int]], edges: Sequence[Span]) -> Iterator[Span]:
    found: list[Span] = []
    for start, _, _ in runs(left, gap=0):
        first = max(_clause(edges, len(text.text), start)[0], start - LONGEST_WORD)
        while capital := _CAPITAL_BEFORE.search(text.text, first, start):  # Times, of Times Square
            start = capital.start()
        if name := _CAPITALS.match(text.text, start):
            found.append(name.span())
    own = frozenset(text.prompts.english_words)
    for match in _CAPITALS_IN.finditer(text.text):  # of words that are all too general to be left over
        if not {word.lower() for word in match["name"].split()} <= own:
            found.append(match.span("name"))
    for start, end in dict.fromkeys(found):
        first, _ = _clause(edges, len(text.text), start)
        before = _BEFORE.search(text.lower, max(first, start - LONGEST_WORD), start)
        free = max(text.text.rfind(" ", start, end), start + 1)  # Station itself is read as the wish for one
        known = text.is_taken(start, free) or _COUNTRY.search(text.text, start, end)
        if before and not known and not _OF_SOMEBODY.fullmatch(before["word"] or ""):
            yield start, end
