"""Marketplace posts as they are loaded: prices as typed, kinds of goods, and what must not be shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shipped import PROMPTS, sample_sources

from assistant.domain import ListingStatus
from assistant.kinds.listing.goods import kinds_of
from assistant.language.won import amounts, whole_amount
from ingest.listing_attributes import listing_attributes, prohibited_kinds, read_status
from ingest.reading import SAMPLES
from ingest.records import Listing
from ingest.sources import read
from ingest.writing.listing import listing_document


def post(
    title: str, description: str = "", price: int | None = 10_000, location: str = "", status: str = ""
) -> Listing:
    return Listing("L1", title, description, price, location, status)


@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("38000", 38_000),
        ("34만원", 340_000),
        ("34만", 340_000),
        ("3.5만", 35_000),
        ("8만5천원", 85_000),
        ("780,000원", 780_000),
        ("₩50,000", 50_000),
        ("5천원", 5_000),
        ("만원", 10_000),
        ("오십만원", 500_000),
        ("백만원", 1_000_000),
        ("50k", 50_000),
        ("싸게", None),
    ],
)
def test_prices_as_people_type_them(text: str, won: int | None) -> None:
    assert whole_amount(text) == won


def test_amounts_in_a_sentence_keep_their_places() -> None:
    found = amounts("3만원에서 5만원 사이, 모델 13")
    assert [amount.won for amount in found] == [30_000, 50_000]
    assert "3만원에서 5만원"[found[1].start :] == "5만원"


@pytest.mark.parametrize(
    ("price", "won", "negotiable"),
    [("나눔", 0, False), ("무료", 0, False), ("free", 0, False), ("가격협의", None, True), (15000, 15_000, False)],
)
def test_the_price_field(tmp_path: Path, price: object, won: int | None, negotiable: bool) -> None:
    entry = {"id": "1", "title": "의자", "description": "", "price": price, "location": ""}
    (tmp_path / "l.jsonl").write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8")
    (item,) = read(PROMPTS, [tmp_path / "l.jsonl"]).listings
    assert (item.record.price, item.record.negotiable) == (won, negotiable)


HEADERS = ("id,title,description,price,location,status", "번호,제목,설명,가격,지역,상태")


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_spreadsheet_gives_the_records_that_json_lines_give(tmp_path: Path, header: str, encoding: str) -> None:
    entry = {
        "id": "7",
        "title": "식탁",
        "description": "의자 둘,\n배송 안 됨",
        "price": "3.5만원",
        "location": "독산동",
    }
    (tmp_path / "l.jsonl").write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8")
    cells = f'{header}\n7,식탁,"의자 둘,\n배송 안 됨",3.5만원,독산동,\n'
    (tmp_path / "l.csv").write_bytes(cells.encode(encoding))
    (line,) = read(PROMPTS, [tmp_path / "l.jsonl"]).listings
    (row,) = read(PROMPTS, [tmp_path / "l.csv"], "listing").listings
    assert row.record == line.record
    assert (row.line, row.record.price, row.record.description) == (2, 35_000, "의자 둘,\n배송 안 됨")


def test_a_broken_row_of_a_spreadsheet_is_named_and_leaves_notices_alone(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text(f"{HEADERS[1]}\n1,의자,,1000,독산동,\n2,,,싸게,독산동,\n3,책상,,싸게,독산동,\n")
    (tmp_path / "free.csv").write_text(f"{HEADERS[0]}\n4,책상,,나눔,독산동,판매중\n")
    sources = read(PROMPTS, [SAMPLES / "housing/notices.csv", SAMPLES / "housing/house_types.csv", tmp_path])
    assert [(error.line, Path(error.path).name) for error in sources.errors] == [(3, "l.csv"), (4, "l.csv")]
    assert "Column 가격 holds '싸게', which is not a price in won" in str(sources.errors[1])
    assert [item.record.listing_id for item in sources.listings] == ["4"]
    assert sources.notices
    assert not sources.housing_left_out


def test_a_spreadsheet_without_a_column_is_told_which(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("번호,제목,설명,가격\n1,의자,,1000\n")
    (error,) = read(PROMPTS, [tmp_path / "l.csv"]).errors
    assert "The nearest form is listings, which lacks here: location" in str(error)


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        ("맥북 에어 M1", ("macbook", "laptop", "computer")),
        ("Old ThinkPad X260 laptop", ("thinkpad", "laptop", "computer")),
        ("컴퓨터 책상 120cm", ("desk", "furniture")),
        ("3단 책장 두 개", ("bookcase", "furniture")),
        ("김치냉장고", ("kimchi_fridge", "fridge", "appliance")),
        ("정책 연구회 산책 모임", ()),
        ("무료소파 드려요", ("sofa", "furniture")),
        ("영어책 팝니다", ()),
        ("책 팝니다", ("books",)),
    ],
)
def test_kinds_of_goods(title: str, kinds: tuple[str, ...]) -> None:
    assert listing_attributes(PROMPTS, post(title)).kinds == kinds


def test_every_kind_has_its_words_and_labels() -> None:
    for key, row in PROMPTS.listings["goods"].items():
        assert row["ko"], key
        assert row["en"], key
        assert set(row["label"]) == {"ko", "en"}, key
        assert key in kinds_of(PROMPTS, key)


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        ("던힐 담배 두 갑", ("tobacco",)),
        ("담배 냄새 없는 소파", ()),
        ("와인잔 6개", ()),
        ("선물 받은 와인 팔아요", ("alcohol",)),
        ("게임 계정 팝니다", ("account",)),
        ("Unused vape, sealed", ("tobacco",)),
        ("자전거", ()),
    ],
)
def test_prohibited_goods(title: str, kinds: tuple[str, ...]) -> None:
    assert prohibited_kinds(PROMPTS, title) == kinds


def test_the_description_may_speak_of_smoking() -> None:
    assert prohibited_kinds(PROMPTS, "소파", "담배 피우는 사람이 없는 집이에요") == ()
    assert prohibited_kinds(PROMPTS, "건강식품", "처방약도 같이 드려요") == ("medicine",)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("판매중", "on_sale"),
        ("판매 중", "on_sale"),
        ("", "on_sale"),
        ("예약중", "reserved"),
        ("sold", "sold"),
        ("?", None),
    ],
)
def test_status(text: str, status: ListingStatus | None) -> None:
    assert read_status(PROMPTS, text) == status


def test_negotiable_unless_it_says_not() -> None:
    assert listing_attributes(PROMPTS, post("의자", "네고 가능해요")).negotiable
    assert not listing_attributes(PROMPTS, post("의자", "네고 불가입니다")).negotiable
    assert not listing_attributes(PROMPTS, post("의자", "튼튼해요")).negotiable


def test_a_post_is_summed_up_in_both_languages() -> None:
    document = listing_document(
        PROMPTS, post("접이식 자전거", "거의 새것입니다.", 150_000, "서울 금천구 독산동", "판매중")
    )
    (chunk,) = document.chunks
    summary, text = chunk.sentences
    assert summary.ko == "‘접이식 자전거’: 150,000원, 서울 금천구 독산동, 판매중"
    assert summary.en == "“접이식 자전거” (bicycle): 150,000 won, 서울 금천구 독산동, for sale"
    assert (summary.facet, text.ko) == ("listing", "거의 새것입니다.")
    assert chunk.text.startswith("접이식 자전거 (자전거 · bicycle)\n")
    assert document.listing is not None
    assert (document.listing.sigungu, document.listing.dong) == ("금천구", "독산동")


def test_a_post_says_nothing_of_what_it_does_not_know() -> None:
    (chunk,) = listing_document(PROMPTS, post("책상", "튼튼합니다.", None)).chunks
    assert chunk.sentences[0].ko == "‘책상’"
    (chunk,) = listing_document(PROMPTS, post("책상", "", 0)).chunks
    assert "무료 나눔" in chunk.text


def test_nothing_masked_can_be_cited_or_found() -> None:
    document = listing_document(PROMPTS, post("책상 010-1234-5678", "카톡 아이디 sample_desk77 로 주세요."))
    stored = json.dumps([document.name_ko, document.name_en, *(chunk.text for chunk in document.chunks)])
    assert "5678" not in stored
    assert "sample_desk77" not in stored
    assert document.listing is not None
    assert document.listing.flags == ("contact",)


def test_the_samples_are_varied_and_flag_what_they_must() -> None:
    posts = [listing_attributes(PROMPTS, item.record) for item in sample_sources().listings]
    assert len(posts) >= 200
    assert len({found.kinds[-1] for found in posts if found.kinds}) >= 12
    assert sum(found.free for found in posts) >= 10
    assert {found.status for found in posts} == {"on_sale", "reserved", "sold"}
    flags = [flag for found in posts for flag in found.flags]
    assert {"contact", "prohibited:tobacco", "prohibited:alcohol", "prohibited:medicine"} <= set(flags)
    # What cannot be told by a kind is only what may not be traded.
    assert all(found.flags for found in posts if not found.kinds)
