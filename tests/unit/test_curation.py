"""Curation without a store: questions grouped by what is lacking, wordings, names, and who may look at the pages."""

from __future__ import annotations

import re
from string import Formatter
from typing import Any

import pytest
from starlette.requests import Request

from assistant.adapters.postgres.unanswered import missing_words
from assistant.domain import Reading, Understanding
from assistant.domain.understood import Unmatched
from assistant.entrypoints.chat.texts import texts
from assistant.kinds.housing.attributes import place_kinds
from eval.checks.feedback import candidates, from_inbox
from ingest.curation.topics import group
from ingest.curation.view import FOLDER, View, style_sheet
from ingest.glossary_report import stored_glossary, stored_names


def row(question: str, *missing: str, asked: int = 1) -> dict[str, Any]:
    return {"question": question, "missing": missing, "asked": asked}


def test_questions_are_grouped_by_the_word_that_is_asked_for_most() -> None:
    topics = group(
        [
            row("1", "금리", "대출"),
            row("2", "이자", "대출"),
            row("3"),
            row("4", "주차"),
            row("5", "주차장", asked=3),
            row("6", "Parking"),
            row("7", "parking"),
        ]
    )
    told = [(topic.word, topic.asked, [one["question"] for one in topic.questions]) for topic in topics]
    assert told == [
        ("주차", 4, ["4", "5"]),
        ("대출", 2, ["1", "2"]),
        ("parking", 2, ["6", "7"]),
        ("", 1, ["3"]),
    ]


def test_what_is_missing_is_what_the_answer_names() -> None:
    def lacking(*unmatched: Unmatched, **more: Any) -> tuple[str, ...]:
        return missing_words(Understanding("q", "ko", None, "explore", unmatched=unmatched, **more))

    silent = Unmatched("날씨", "날씨", told=False)
    assert lacking(Unmatched("주차", "주차"), silent) == ("주차",)
    assert lacking(silent, unknown_names=("은하마을",)) == ("은하마을",)
    assert lacking(silent) == ("날씨",)
    places = (Reading("sido", "부산"), Reading("price", "5억"), Reading("sigungu", "해운대"))
    assert lacking(readings=places) == ("부산", "해운대")


def test_both_languages_have_the_same_phrases_with_the_same_placeholders() -> None:
    def holes(phrase: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(phrase) if name}

    korean, english = (texts(language, "ingest.curation.phrases").phrases for language in ("ko", "en"))
    assert korean.keys() == english.keys()
    assert [key for key in korean if holes(korean[key]) != holes(english[key])] == []


def test_pages_name_no_other_host_and_hold_no_script() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in (FOLDER / "templates").iterdir())
    assert not re.search(r"https?://|<script|\bon\w+=|style=|\| *safe\b", pages + style_sheet())


@pytest.mark.parametrize(
    ("accepted", "told"), [("ko", ["도서관", "공원", "단지"]), ("en", ["Library", "Park", "Complex"])]
)
def test_a_name_of_any_declared_kind_of_place_says_what_it_names(accepted: str, told: list[str]) -> None:
    request = Request({"type": "http", "headers": [(b"accept-language", accepted.encode())]})
    rows = [{"kind": kind, "ko": "가람", "en": "Garam", "documents": 1} for kind in (*place_kinds(), "complex")]
    names = stored_names(rows, stored_glossary(frozenset()))
    page = bytes(View().page(request, "names", names=names).body).decode()
    assert set(told) <= set(re.findall(r"<td>([^<]+)</td>", page))


def test_the_style_has_the_chat_s_colours() -> None:
    assert "--primary: 159 56% 28%" in style_sheet()


def test_names_tell_where_their_english_comes_from() -> None:
    glossary = stored_glossary(
        frozenset({("station", "가람", "Garam", "stations.csv"), ("name", "너울", "Wave", "/x/overrides.csv")})
    )
    rows = [
        {"kind": "station", "ko": "가람역", "en": "Garam Station", "documents": 3},
        {"kind": "park", "ko": "너울공원", "en": "", "documents": 2},
        {"kind": "dong", "ko": "도레미동", "en": "", "documents": 1},
    ]
    station, park, dong = stored_names(rows, glossary)
    assert (station.en, station.provenance) == ("Garam Station", "glossary")
    assert (park.en, park.provenance, park.romanised) == ("Wave Park", "composed", ())
    assert dong.romanised == ("도레미동",)


@pytest.mark.parametrize(
    ("decision", "taken", "everything", "kept"),
    [
        ("candidate", None, False, 1),
        ("candidate", "2031", False, 0),
        ("candidate", "2031", True, 1),
        ("", None, True, 1),
        ("dismissed", None, True, 0),
    ],
)
def test_the_inbox_gives_what_was_decided_once(decision: str, taken: str | None, everything: bool, kept: int) -> None:
    entry = {"kind": "rejected", "question": "얼마?", "answer": "8억입니다.", "edited": ""}
    rows = from_inbox([entry | {"decision": decision, "taken_at": taken}], everything)
    assert len(list(candidates(rows))) == kept
