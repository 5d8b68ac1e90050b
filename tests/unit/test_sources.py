"""Reading source files: forms by content, values with units, and every problem told with file and line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from shipped import PROMPTS

from ingest.sources import SourceErrors, read
from ingest.sources.house_types import label_and_area
from ingest.sources.lines import line_name, station_name
from ingest.sources.notices import FORM as NOTICES
from ingest.sources.tables import Row

SHARED = Path(__file__).parents[3] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason=f"the public data is not at {SHARED}")

TYPES_HEADER = (
    "주택관리번호,모델번호,주택형,주택공급면적,일반공급세대수,특별공급세대수,특별공급_다자녀가구세대수,특별공급_신혼부부세대수,"
    "특별공급_생애최초세대수,특별공급_노부모부양세대수,특별공급_기관추천세대수,특별공급_기관추천기타세대수,"
    "특별공급_이전기관세대수,공급금액_분양최고금액"
)
TYPE = "2025000001,01,084.9800A,112.5,10,5,2,3,0,0,0,0,0,46134"
COMPETITION_HEADER = "주택관리번호,모델번호,주택형,공급세대수,순위,거주지역,접수건수,경쟁률"
COORDINATES_HEADER = "주택관리번호,위도,경도,정밀도"
STATIONS_HEADER = "역사_ID,역사명,호선,위도,경도"
SCHOOLS_HEADER = "학교명,학교급구분,운영상태,위도,경도"
PARKS_HEADER = (
    "공원명,공원구분,소재지도로명주소,소재지지번주소,위도,경도,공원면적,공원보유시설(운동시설),공원보유시설(유희시설),"
    "공원보유시설(편익시설),공원보유시설(교양시설),공원보유시설(기타시설)"
)
NOTICE = {
    "주택관리번호": "2031000001",
    "주택명": "새솔마을 한빛",
    "분양구분코드명": "분양주택",
    "공급규모": "1,390",
    "모집공고일": "2031-02-03",
    "입주예정월": "2033-12",
    "투기과열지구": "Y",
    "조정대상지역": "N",
}


def notices_csv(**changes: str) -> str:
    cells = NOTICE | changes
    return ",".join(NOTICES.columns) + "\n" + ",".join(f'"{cells.get(name, "")}"' for name in NOTICES.columns) + "\n"


def write(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return path


def failure(*paths: Path, domain: str | None = None) -> str:
    sources = read(PROMPTS, paths, domain)
    assert sources.errors
    assert {Path(error.path) for error in sources.errors} <= sources.bad
    return str(SourceErrors(sources.errors))


def test_several_firms_stay_apart_as_the_source_keeps_them(tmp_path: Path) -> None:
    file = write(tmp_path / "notices.csv", notices_csv(건설업체명_시공사="(주)가온건설  새솔건설(주)"))
    (notice,) = read(PROMPTS, [file]).notices
    assert notice.builder == "(주)가온건설  새솔건설(주)"


def test_a_slip_in_the_kind_of_a_park_is_mended(tmp_path: Path) -> None:
    rows = [f"공원{i},{kind},,,37.5,127.0,100,,,,," for i, kind in enumerate(("어린인공원", "근린공원", "광장", ""))]
    file = write(tmp_path / "parks.csv", PARKS_HEADER, *rows)
    assert [park.kind for park in read(PROMPTS, [file]).parks] == ["어린이공원", "근린공원", "광장", ""]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_notice_is_read_in_every_encoding_the_publishers_use(tmp_path: Path, encoding: str) -> None:
    file = write(tmp_path / "any name.csv", notices_csv(), encoding=encoding)
    (notice,) = read(PROMPTS, [file]).notices
    assert notice.name == "새솔마을 한빛"
    assert notice.tenure == "sale"
    assert notice.households == 1390
    assert notice.announced == date(2031, 2, 3)
    assert notice.move_in == date(2033, 12, 1)
    assert notice.receipt_start is None
    assert (notice.speculation_zone, notice.adjustment_zone, notice.price_ceiling) == (True, False, None)


def test_full_width_text_becomes_ordinary_and_its_comma_separates_nothing(tmp_path: Path) -> None:
    file = write(
        tmp_path / "n.csv",
        notices_csv(공급규모="390", 공급위치="경기도　김포시　８로　１５（마산동，　한빛）").replace('"', ""),
    )
    assert read(PROMPTS, [file]).notices[0].address == "경기도 김포시 8로 15(마산동, 한빛)"


def test_a_rental_notice_is_a_rental(tmp_path: Path) -> None:
    file = write(tmp_path / "n.csv", notices_csv(분양구분코드명="분양전환 가능임대"))
    assert read(PROMPTS, [file]).notices[0].tenure == "rental"


@pytest.mark.parametrize(
    ("written", "label", "area"),
    [
        ("084.9800A", "84.98A", 84.98),
        ("055.0000 ", "55", 55.0),
        ("120.63", "120.63", 120.63),
        ("043.7207j", "43.7207J", 43.7207),
    ],
)
def test_house_types_are_labelled_as_people_write_them(written: str, label: str, area: float) -> None:
    assert label_and_area(Row(Path("t.csv"), 2, {"주택형": written})) == (label, area)


def test_a_house_type_keeps_only_special_supply_that_there_is(tmp_path: Path) -> None:
    (house_type,) = read(PROMPTS, [write(tmp_path / "t.csv", TYPES_HEADER, TYPE)]).house_types
    assert house_type.special_by_kind == (("다자녀가구", 2), ("신혼부부", 3))
    assert house_type.top_price == 46134
    assert house_type.supply_area == 112.5


def test_a_shortfall_is_not_a_rate(tmp_path: Path) -> None:
    rows = ("1,01,084.9800A,5,1,해당지역,0,(△5)", "1,01,084.9800A,5,1,기타지역,15,3", "1,01,084.9800A,5,2,기타지역,0,")
    short, full, unpublished = read(PROMPTS, [write(tmp_path / "c.csv", COMPETITION_HEADER, *rows)]).competition
    assert (short.rate, short.shortfall) == (None, 5)
    assert (full.rate, full.shortfall) == (3.0, None)
    assert (unpublished.rate, unpublished.shortfall) == (None, None)


@pytest.mark.parametrize(
    ("source", "station", "line"),
    [
        ("서울 도시철도 7호선", "철산", "7호선"),
        ("7호선(인천)", "상동", "7호선"),
        ("인천지하철 1호선", "부평", "인천1호선"),
        ("부산도시철도 1호선", "서면", "부산1호선"),
        ("경인선", "부천", "1호선"),
        ("경원선", "회기", "1호선"),
        ("경원선", "옥수", "경의중앙선"),
        ("안산선", "산본", "4호선"),
        ("분당선", "야탑", "수인분당선"),
        ("신분당선(연장2)", "신사", "신분당선"),
        ("공항철도1호선", "계양", "공항철도"),
    ],
)
def test_lines_are_named_as_passengers_name_them(source: str, station: str, line: str) -> None:
    assert line_name(source, station) == line


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("독산역", "독산"),
        ("서울역(경의선)", "서울"),
        ("사우(김포시청)역", "사우"),
        ("시청.용인대", "시청·용인대"),
        ("4.19민주묘지", "4.19민주묘지"),
    ],
)
def test_station_names_lose_subtitle_and_suffix(source: str, name: str) -> None:
    assert station_name(source) == name


def test_a_station_listed_twice_is_one(tmp_path: Path) -> None:
    rows = ("1,독산,경부선,37.4666,126.8892", "2,독산역,1호선,37.4667,126.8893", "3,독산,9호선,37.4666,126.8892")
    stations = read(PROMPTS, [write(tmp_path / "s.csv", STATIONS_HEADER, *rows)]).stations
    assert [(station.name, station.line) for station in stations] == [("독산", "1호선"), ("독산", "9호선")]


def test_parks_give_facilities_as_nouns_and_know_their_trails(tmp_path: Path) -> None:
    rows = (
        "한빛공원,근린공원,,어딘가 1,37.5,127.0,0,배드민턴장2,조합놀이대+그네,,,산책로1.2km",
        "별빛,소공원,,,37.5,127.0,1500,,,,,CCTV",
    )
    first, second = read(PROMPTS, [write(tmp_path / "p.csv", PARKS_HEADER, *rows)]).parks
    assert first.facilities == ("산책로", "놀이터", "배드민턴장")
    assert (first.trail, first.area, first.address) == (True, None, "어딘가 1")
    assert (second.facilities, second.trail, second.area) == ((), False, 1500.0)


def test_a_main_park_has_the_first_area_and_no_prose(tmp_path: Path) -> None:
    header = "공원명,공원개요,면적,주요시설,지역,공원주소,경도,위도"
    row = "한빛도시자연공원,긴 글,2896887㎡ 임 야 : 2454140㎡,산 책 로 : 1767㎡ 배드민턴장,중구,어딘가,126.99,37.55"
    (park,) = read(PROMPTS, [write(tmp_path / "m.csv", header, row)]).parks
    assert (park.area, park.kind, park.trail, park.facilities) == (
        2896887.0,
        "도시자연공원",
        True,
        ("산책로", "배드민턴장"),
    )


def test_libraries_have_a_kind_seats_and_a_position(tmp_path: Path) -> None:
    header = "도서관명,도서관유형,열람좌석수,위도,경도"
    rows = (
        "가람도서관,공공도서관,208,37.5,127",
        "나래어린이 도서관(본관),공공도서관,0,37.5,127",
        "한솔,작은도서관,,37.5,127",
        "어디도서관,공공도서관,10,,",
        "여기도서관,공공도서관,10,,",
    )
    sources = read(PROMPTS, [write(tmp_path / "l.csv", header, *rows)])
    assert [(place.name, place.category, place.seats) for place in sources.places] == [
        ("가람도서관", "공공도서관", 208),
        ("나래어린이 도서관", "어린이도서관", None),
        ("한솔 작은도서관", "작은도서관", None),
    ]
    assert [reason for _, reason in sources.skipped] == ["a library without a position"] * 2
    (error,) = read(PROMPTS, [write(tmp_path / "l.csv", header, rows[0], "라도서관,공공도서관,열,37.5,127")]).errors
    assert error.line == 3
    assert "열람좌석수" in str(error)


def test_what_is_of_no_use_is_left_out_with_a_reason(tmp_path: Path) -> None:
    schools = write(
        tmp_path / "a.csv", SCHOOLS_HEADER, "가초등학교,초등학교,폐교,37.5,127", "나초등학교,초등학교,운영,37.5,127"
    )
    stations = write(tmp_path / "b.csv", STATIONS_HEADER, "1,어디,1호선,31.3,126.9", "2,독산,1호선,37.4,126.9")
    sources = read(PROMPTS, [schools, stations])
    assert [school.name for school in sources.schools] == ["나초등학교"]
    assert [station.name for station in sources.stations] == ["독산"]
    assert [path for path, _ in sources.skipped] == [schools, stations]
    assert "line 2" in sources.skipped[1][1]
    assert "outside Korea" in sources.skipped[1][1]


def test_faqs_listings_and_documents_are_told_apart_by_their_keys(tmp_path: Path) -> None:
    write(
        tmp_path / "1.jsonl",
        json.dumps({"id": "q1", "question": "왜?", "answer": "그래서.", "extra": 1}, ensure_ascii=False),
    )
    listing = {"id": 7, "title": "의자", "description": "튼튼", "price": "12,000원", "location": "독산동"}
    write(tmp_path / "2.jsonl", json.dumps(listing), json.dumps(listing | {"id": 8, "price": None}))
    write(tmp_path / "3.jsonl", json.dumps({"doc_id": "d", "text": "글\u2028글"}, ensure_ascii=False))
    (tmp_path / "guide.md").write_text("앞글\n\n## 안내 ##\n본문", encoding="utf-8")
    sources = read(PROMPTS, [tmp_path])
    assert sources.faqs[0].record.faq_id == "q1"
    assert (sources.faqs[0].path, sources.faqs[0].line) == (tmp_path / "1.jsonl", 1)
    assert [(item.record.listing_id, item.record.price) for item in sources.listings] == [("7", 12000), ("8", None)]
    assert [(item.record.doc_id, item.record.title) for item in sources.documents] == [("d", ""), ("guide.md", "안내")]


def test_other_ways_to_ask_are_a_list_of_texts(tmp_path: Path) -> None:
    entry = {"id": "q1", "question": "왜?", "answer": "그래서.", "variants": ["어째서", 7, None]}
    write(tmp_path / "1.jsonl", json.dumps(entry))
    write(tmp_path / "2.jsonl", json.dumps(entry | {"id": "q2", "variants": "어째서"}))
    sources = read(PROMPTS, [tmp_path])
    assert [item.record.variants for item in sources.faqs] == [("어째서", "7")]
    assert "list of texts" in str(sources.errors[0])


def test_a_markdown_page_of_questions_is_a_help_page(tmp_path: Path) -> None:
    page = tmp_path / "help.md"
    page.write_text(
        "# 결제\n\n## 언제 빠져나가나요?\n예약한 날.\n\n둘째 문단.\n\n## Q2. 현금도 되나요\n안 됩니다.\n",
        encoding="utf-8",
    )
    first, second = read(PROMPTS, [page]).faqs
    assert (first.record.question, first.record.category) == ("언제 빠져나가나요?", "결제")
    assert first.record.answer == "예약한 날.\n\n둘째 문단."
    assert (second.record.faq_id, second.record.question) == ("help.md#현금도 되나요", "현금도 되나요")
    assert read(PROMPTS, [page], "document").errors
    page.write_text(page.read_text(encoding="utf-8") + "\n## 회사 소개\n글.\n", encoding="utf-8")
    assert not read(PROMPTS, [page]).faqs
    assert [item.record.doc_id for item in read(PROMPTS, [page]).documents] == ["help.md"]


def test_a_folder_is_read_without_hidden_files_and_readmes(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / ".hidden").write_bytes(b"\x00")
    (tmp_path / "README.md").write_text("about")
    (tmp_path / "deep" / "note.txt").write_text("한 줄", encoding="utf-8")
    sources = read(PROMPTS, [tmp_path])
    assert [item.record.doc_id for item in sources.documents] == ["deep/note.txt"]
    assert {path.name for path, _ in sources.skipped} == {".hidden", "README.md"}


def test_unknown_headers_name_what_was_found_and_the_nearest_form(tmp_path: Path) -> None:
    message = failure(write(tmp_path / "x.csv", "주택관리번호,위도,경도,메모", "1,37.5,127,글"))
    assert "주택관리번호, 위도, 경도, 메모" in message
    assert "nearest form is coordinates" in message
    assert "lacks here: 정밀도" in message
    message = failure(write(tmp_path / "x.csv", "가,나", "1,2"))
    assert "Known forms: " in message
    assert "FAQ: question, answer" in message


def test_unknown_keys_name_the_nearest_form_or_all_where_none_is_near(tmp_path: Path) -> None:
    (tmp_path / "near.jsonl").write_text('{"doc_id": "1", "body": "a"}', encoding="utf-8")
    assert "nearest form is documents, which lacks here: text." in failure(tmp_path / "near.jsonl")
    (tmp_path / "far.jsonl").write_text('{"body": "a"}', encoding="utf-8")
    assert "Known forms: FAQ: question, answer; documents: doc_id, text; listings:" in failure(tmp_path / "far.jsonl")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"모집공고일": "2031-02-30"}, "모집공고일 holds '2031-02-30'"),
        ({"모집공고일": "어제"}, "a date like 2025-11-27"),
        ({"입주예정월": "2033-13"}, "입주예정월"),
        ({"공급규모": "약 300"}, "a whole number"),
        ({"투기과열지구": "예"}, "Y or N"),
        ({"주택관리번호": ""}, "주택관리번호"),
        ({"분양구분코드명": "기타"}, "분양구분코드명"),
    ],
)
def test_a_broken_cell_is_told_with_line_and_column(tmp_path: Path, changes: dict[str, str], named: str) -> None:
    message = failure(write(tmp_path / "n.csv", notices_csv(**changes)))
    assert "n.csv, line 2:" in message
    assert named in message


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    broken = TYPE.replace("46134", "비쌈").replace(",01,", ",02,")
    multiline = TYPE.replace("2025000001", '"2025000001\n\n"')
    message = failure(write(tmp_path / "t.csv", TYPES_HEADER, multiline, "", broken))
    assert "line 6" in message
    assert "비쌈" in message


def test_a_row_with_a_cell_too_many_is_an_error(tmp_path: Path) -> None:
    assert "15 cells where the header has 14" in failure(write(tmp_path / "t.csv", TYPES_HEADER, TYPE + ",1"))


def test_a_notice_outside_korea_is_an_error(tmp_path: Path) -> None:
    message = failure(write(tmp_path / "c.csv", COORDINATES_HEADER, "1,126.9,37.5,address"))
    assert "위도 holds '126.9'" in message


def test_all_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", COORDINATES_HEADER, *(f"{n},0,127,address" for n in range(25)))
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\x00")
    write(tmp_path / "b.jsonl", '{"id": "1", "question": "?"}')
    found = {error.path: error for error in read(PROMPTS, [tmp_path, tmp_path / "absent.csv"]).errors}
    assert "5 more such problems" in str(found[str(tmp_path / "a.csv")])
    others = [str(found[str(tmp_path / name)]) for name in ("b.jsonl", "photo.png", "absent.csv")]
    assert "which lacks here: answer" in others[0]
    assert "photo.png" in others[1]
    assert "give the files one by one" in others[1]
    assert "no such file" in others[2]


def test_repeated_identities_are_told_with_both_lines(tmp_path: Path) -> None:
    entry = {"id": "q1", "question": "?", "answer": "!"}
    message = failure(write(tmp_path / "f.jsonl", json.dumps(entry), json.dumps(entry)))
    assert "f.jsonl, line 2: FAQ id q1 stands already at line 1." in message


def test_the_same_record_in_two_files_is_one_and_a_different_one_is_an_error(tmp_path: Path) -> None:
    first = write(tmp_path / "1.csv", COORDINATES_HEADER, "1,37.5,127.0,address")
    second = write(tmp_path / "2.csv", COORDINATES_HEADER, "1,37.5,127.0,address")
    assert len(read(PROMPTS, [first, second, first]).coordinates) == 1
    write(second, COORDINATES_HEADER, "1,37.6,127.0,address")
    assert f"{first}, line 2" in failure(first, second)


def test_damaged_utf8_is_not_taken_for_cp949(tmp_path: Path) -> None:
    file = tmp_path / "n.csv"
    file.write_bytes("첫줄,가\n둘째,".encode() + b"\xed\x95\n")
    assert "line 2: The byte 0xed is not valid UTF-8." in failure(file)


def test_a_binary_with_a_text_name_is_told(tmp_path: Path) -> None:
    file = tmp_path / "n.csv"
    file.write_bytes(b"PK\x03\x04\x00\x00")
    assert "NUL byte" in failure(file)


def test_a_listing_with_a_price_that_is_none_is_an_error(tmp_path: Path) -> None:
    listing = {"id": 7, "title": "의자", "description": "", "price": "싸게요", "location": ""}
    assert "Key price holds '싸게요'" in failure(write(tmp_path / "l.jsonl", json.dumps(listing, ensure_ascii=False)))


def test_files_of_another_domain_are_refused(tmp_path: Path) -> None:
    file = write(tmp_path / "n.csv", notices_csv())
    assert "of the domain housing, but faq was asked for" in failure(file, domain="faq")
    assert len(read(PROMPTS, [file], domain="housing").notices) == 1


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 not really"])
def test_a_broken_pdf_is_an_error(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(content)
    message = failure(file)
    assert "a.pdf" in message
    assert "cannot be read as PDF" in message
