"""Housing records of all kinds, joined by notice and written as documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Protocol, TypeVar

from assistant.domain import Chunk, Document, HousingAttributes, UnitType
from assistant.domain.attributes import PlaceKind
from ingest.address import Address, parse_address
from ingest.enrich import Records, Surroundings
from ingest.records import Competition, Coordinate, HouseType, Notice, WinningScore
from ingest.writing import competition, place, price, regulation, schedule, supply
from ingest.writing.names import aliases, plain_name
from ingest.writing.statements import Noun, chunks
from ingest.writing.subject import English, Subject

ORIGIN: Final = "청약홈 입주자모집공고"


class Sources(Records, Protocol):
    """The records that housing documents are written from."""

    @property
    def notices(self) -> Sequence[Notice]: ...
    @property
    def house_types(self) -> Sequence[HouseType]: ...
    @property
    def competition(self) -> Sequence[Competition]: ...
    @property
    def scores(self) -> Sequence[WinningScore]: ...
    @property
    def coordinates(self) -> Sequence[Coordinate]: ...


class Glossary(Protocol):
    """English for Korean names."""

    def english(self, ko: str, kind: str | None = None) -> str: ...


Row = TypeVar("Row", HouseType, Competition, WinningScore)


def housing_documents(sources: Sources, glossary: Glossary) -> Iterator[Document]:
    """One document per notice, in the notices' order.

    Distances are only stated where a notice's coordinate is of its address; what the records do not say is either
    not written at all, or written as not being in the data where people would ask for it.
    """
    english = glossary.english
    types = _by_notice(sources.house_types)
    applications = _by_notice(sources.competition)
    scores = _by_notice(sources.scores)
    coordinates = {coordinate.notice_id: coordinate for coordinate in sources.coordinates}
    surroundings = Surroundings(sources, english)
    for notice in sources.notices:
        coordinate = coordinates.get(notice.notice_id)
        address = parse_address(notice.address, notice.region, notice.name)
        rows = types[notice.notice_id], applications[notice.notice_id], scores[notice.notice_id]
        subject = Subject(
            name=Noun(notice.name, english(notice.name, "complex"), plain_name(notice.name)),
            district=Noun(str(address), district_english(address, english)),
            notice=notice,
            types=tuple(rows[0]),
            competition=tuple(rows[1]),
            scores=tuple(rows[2]),
            attributes=_attributes(notice, address, coordinate, *rows, surroundings),
            english=english,
        )
        yield Document(
            domain="housing",
            source_id=notice.notice_id,
            name_ko=subject.name.ko,
            name_en=subject.name.en,
            chunks=tuple(_chunks(subject, surroundings.kinds)),
            aliases=aliases(notice.name, address),
            housing=subject.attributes,
            origin=notice.notice_url or ORIGIN,
        )


def district_english(address: Address, english: English) -> str:
    """Smallest first, as English addresses go: ``Doksan-dong, Geumcheon-gu, Seoul``."""
    parts = [english(address.dong, "dong")] if address.dong else []
    parts += [english(part, "sigungu") for part in reversed(address.sigungu.split())]
    parts += [english(address.sido, "sido")] if address.sido else []
    return ", ".join(parts)


def _chunks(subject: Subject, kinds: Sequence[PlaceKind]) -> Iterator[Chunk]:
    rental = subject.notice.tenure == "rental"
    yield from chunks("place", place.place(subject), place.KEYWORDS)
    yield from chunks("schedule", schedule.schedule(subject), schedule.KEYWORDS)
    yield from chunks("supply", supply.supply(subject), supply.KEYWORDS)
    yield from chunks("price", price.price(subject), price.KEYWORDS_RENTAL if rental else price.KEYWORDS)
    yield from chunks("competition", competition.competition(subject), competition.KEYWORDS)
    yield from chunks("regulation", regulation.regulation(subject), regulation.KEYWORDS)
    for kind in kinds:
        yield from chunks(kind.key, place.around(subject, kind), f"{kind.nouns['en']}, walk")


def _attributes(
    notice: Notice,
    address: Address,
    coordinate: Coordinate | None,
    types: Sequence[HouseType],
    applications: Sequence[Competition],
    scores: Sequence[WinningScore],
    surroundings: Surroundings,
) -> HousingAttributes:
    first_rank = competition.first_rank(applications)
    return HousingAttributes(
        sido=address.sido,
        sigungu=address.sigungu,
        dong=address.dong,
        households=notice.households or None,
        move_in=schedule.move_in(notice),
        announced=notice.announced,
        receipt_start=notice.receipt_start,
        receipt_end=notice.receipt_end,
        tenure=notice.tenure,
        builder=", ".join(supply.companies(notice.builder)),
        latitude=coordinate.latitude if coordinate else None,
        longitude=coordinate.longitude if coordinate else None,
        precise=coordinate is not None and coordinate.precision == "address",
        competition=round(first_rank.rate, 2) if first_rank else None,
        lowest_score=competition.lowest_score(scores),
        unit_price=price.unit_price(types, notice),
        ownership=notice.detail_kind,
        special=supply.special_units(types),
        corrected=notice.corrected,
        unit_types=tuple(
            UnitType(
                house_type.label,
                house_type.area,
                house_type.supply_area,
                supply.unit_total(house_type),
                # A rental's figure may be a deposit: it must not pass a filter on sale prices.
                price.top_price(house_type, notice) if notice.tenure == "sale" else None,
            )
            for house_type in types
        ),
        nearby=surroundings.nearby(coordinate),
    )


def _by_notice(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.notice_id].append(row)
    return grouped
