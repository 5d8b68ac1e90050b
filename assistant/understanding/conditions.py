"""The conditions of a search by the keys of their read-outs: which fields they set, merged, said and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.domain import (
    ConversationState,
    Criterion,
    Filters,
    HomeSearch,
    ListingFilters,
    Reading,
    Understanding,
)
from assistant.kinds.housing.attributes import attributes

SIZES = attributes()["area"].fields
# Key of a read-out: the fields of Filters that it sets. The key of a wish is its own name, or what it measures.
FIELDS = {key: one.fields for key, one in attributes().items() if one.form}
FIELDS["except"] = (*(one.excluded for one in attributes().values() if one.excluded), "except_ids")
# The same for posts: fields of ListingFilters.
POST_FIELDS = {
    "goods": ("kinds", "words"),
    "price": ("min_won", "max_won"),
    "sido": ("sidos",),
    "sigungu": ("sigungus",),
    "dong": ("dongs",),
    "free": ("free",),
    "negotiable": ("negotiable",),
    "status": ("statuses",),
}
PLACES = tuple(key for key, one in attributes().items() if one.place)
RANGES = tuple(key for key, one in attributes().items() if one.form == "range")
NAMED = tuple(key for key, one in attributes().items() if one.form == "any")  # what one home does not go by
# What is set anew as a whole: another place is no second place, another limit leaves neither end of the old.
_TOGETHER = (tuple(name for key in PLACES for name in FIELDS[key]), *(FIELDS[key] for key in RANGES))


def merged(earlier: Filters, latest: Filters) -> Filters:
    """Earlier conditions hold on; where both set one, the latest wins."""
    for group in _TOGETHER:
        if latest.only(group):
            earlier = earlier.without(group)
    return earlier.but(**latest)


def is_search(understanding: Understanding) -> bool:
    """Whether complexes are looked for under some condition."""
    conditional = understanding.filters != Filters() or understanding.criteria or understanding.sort
    return understanding.domain == "housing" and bool(conditional)


def is_set(filters: Filters, key: str) -> bool:
    return bool(filters.only(FIELDS[key]))


def is_set_on_posts(filters: ListingFilters, key: str) -> bool:
    return bool(filters.only(POST_FIELDS[key]))


def said(understanding: Understanding) -> tuple[Reading, ...]:
    """The conditions in their words. "분양가" beside "8억 이하" only says what is limited."""
    keys = {key for key in FIELDS if is_set(understanding.filters, key)}
    keys |= {wish.name for wish in understanding.criteria} | {wish.key for wish in understanding.criteria}
    found = [one for one in understanding.readings if one.key in keys and one.words]
    # "park" beside "good park" says nothing of its own.
    wider = {wish.key: wish.words for wish in understanding.criteria if wish.words}
    found = [one for one in found if one.words == wider.get(one.key, one.words) or one.words not in wider[one.key]]
    figured = {one.key for one in found if any(map(str.isdigit, one.words))} & set(RANGES)
    kept = [one for one in found if one.key not in figured or any(map(str.isdigit, one.words))]
    return tuple(dict.fromkeys(replace(one, start=-1, end=-1) for one in kept))


def words_of_key(readings: Sequence[Reading], key: str) -> str:
    return ", ".join(dict.fromkeys(one.words for one in readings if one.key == key))


def cleared(filters: Filters, keys: Sequence[str]) -> Filters:
    """``filters`` without the conditions of these keys."""
    return filters.without([name for key in keys for name in FIELDS.get(key, ())])


def cleared_of_posts(filters: ListingFilters, keys: Sequence[str]) -> ListingFilters:
    """``filters`` on posts without the conditions of these keys."""
    return filters.without([name for key in keys for name in POST_FIELDS.get(key, ())])


def taken_back(understanding: Understanding, keys: Sequence[str]) -> Understanding:
    """``understanding`` without the read-outs of these keys, and without the complexes of these ids."""
    entities = tuple(name for name in understanding.entities if name.id not in keys)
    return replace(
        understanding,
        filters=cleared(understanding.filters, keys),
        listing=cleared_of_posts(understanding.listing, keys) if understanding.listing is not None else None,
        criteria=_others(understanding.criteria, keys),
        sort="" if "sort" in keys else understanding.sort,
        entities=entities,
        stage=understanding.stage if entities or not understanding.entities else "explore",
        readings=tuple(one for one in understanding.readings if one.key not in keys),
    )


def state_without(state: ConversationState, keys: Sequence[str]) -> ConversationState:
    """``state`` without the conditions of these keys, and without the complexes of these ids."""
    search = state.search
    if search is not None:
        search = replace(
            search,
            filters=cleared(search.filters, keys),
            criteria=_others(search.criteria, keys),
            sort="" if "sort" in keys else search.sort,
            said=tuple(one for one in search.said if one.key not in keys),
        )
        if search == HomeSearch(facets=search.facets):
            search = None
    posts = state.posts
    if posts is not None:
        kept = tuple(one for one in posts.said if one.key not in keys)
        sort = "" if "sort" in keys else posts.sort
        posts = replace(posts, filters=cleared_of_posts(posts.filters, keys), sort=sort, said=kept)
    return replace(
        state,
        search=search,
        posts=posts,
        candidates=tuple(name for name in state.candidates if name.id not in keys),
        focus=tuple(name for name in state.focus if name.id not in keys),
        recent=tuple(name for name in state.recent if name.id not in keys),
    )


def _others(criteria: Sequence[Criterion], keys: Sequence[str]) -> tuple[Criterion, ...]:
    return tuple(wish for wish in criteria if wish.key not in keys and wish.name not in keys)
