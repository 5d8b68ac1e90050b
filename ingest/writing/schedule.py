"""When: announcement, applications, winners, contract, move-in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from ingest.records import Notice
from ingest.writing import figures
from ingest.writing.statements import Statement
from ingest.writing.subject import Subject

KEYWORDS: Final = "schedule, application, move-in"


def move_in(notice: Notice) -> date | None:
    """The planned month, unless it lies before the announcement: such a date is a slip of the source."""
    planned, announced = notice.move_in, notice.announced
    if planned is None or (announced is not None and planned < announced.replace(day=1)):
        return None
    return planned


def schedule(subject: Subject) -> Iterator[Statement]:
    notice, name = subject.notice, subject.name
    if notice.announced:
        yield Statement(
            "announced",
            "{name}의 입주자모집공고일은 {day}입니다.",
            "The notice for {name} was announced on {day}.",
            {"name": name, "day": figures.day("announced", notice.announced)},
        )
    yield from _period(
        subject,
        "receipt",
        "청약 접수 기간",
        "The application period of {name} is",
        notice.receipt_start,
        notice.receipt_end,
    )
    yield from _period(
        subject,
        "special_receipt",
        "특별공급 접수",
        "The special-supply application period of {name} is",
        notice.special_start,
        notice.special_end,
    )
    yield from _period(
        subject,
        "first_rank",
        "1순위(해당지역) 접수",
        "The first-rank application period (local residents) of {name} is",
        notice.first_rank_start,
        notice.first_rank_end,
    )
    for what, what_en, start, end in (
        (
            "1순위(기타경기) 접수",
            "The first-rank application period (other residents of Gyeonggi-do) of {name} is",
            notice.first_rank_gyeonggi_start,
            notice.first_rank_gyeonggi_end,
        ),
        (
            "1순위(기타지역) 접수",
            "The first-rank application period (residents of other areas) of {name} is",
            notice.first_rank_other_start,
            notice.first_rank_other_end,
        ),
    ):
        yield from _period(subject, "first_rank", what, what_en, start, end, tags=("residence",), listed="")
    yield from _period(
        subject,
        "receipt",
        "2순위(해당지역) 접수",
        "The second-rank application period (local residents) of {name} is",
        notice.second_rank_start,
        notice.second_rank_end,
        tags=("rank:2",),
        listed="",
    )
    yield from _period(
        subject,
        "receipt",
        "2순위(기타지역) 접수",
        "The second-rank application period (residents of other areas) of {name} is",
        notice.second_rank_other_start,
        notice.second_rank_other_end,
        tags=("rank:2", "residence"),
        listed="",
    )
    if notice.winners_announced and not _before(notice.winners_announced, notice.receipt_start):
        yield Statement(
            "winners",
            "{name}의 당첨자 발표일은 {day}입니다.",
            "Winners for {name} are announced on {day}.",
            {"name": name, "day": figures.day("winners", notice.winners_announced)},
            listed="당첨자 발표일 {day}.",
        )
    if not _before(notice.contract_start, notice.winners_announced):
        yield from _period(
            subject,
            "contract",
            "계약 기간",
            "The contract period of {name} is",
            notice.contract_start,
            notice.contract_end,
        )
    if planned := move_in(notice):
        yield Statement(
            "move_in",
            "{name}의 입주 예정월은 {month}입니다.",
            "Move-in at {name} is planned for {month}.",
            {"name": name, "month": figures.month("move_in", planned)},
            listed="입주 예정월 {month}.",
        )


def _period(
    subject: Subject,
    facet: str,
    what: str,
    what_en: str,
    start: date | None,
    end: date | None,
    *,
    tags: tuple[str, ...] = (),
    listed: str = "{what} {period}.",
) -> Iterator[Statement]:
    if start is None or end is None or end < start or _before(start, subject.notice.announced):
        return
    yield Statement(
        facet,
        "{name}의 {what:은} {period}입니다.",
        what_en + " {period}.",
        {"name": subject.name, "what": what, "period": figures.period(facet, start, end)},
        tags,
        listed,
    )


def _before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other
