"""English for Korean names: glossary terms, composed names, romanisation; and back."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from shipped import PROMPTS, sample_sources

from assistant.language.ko.romanization import romanise, romanise_administrative, romanise_road
from ingest.glossary import Glossary
from ingest.records import Term
from ingest.sources import read

SAMPLES = Path(__file__).parents[2] / "ingest" / "samples"


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary(read(PROMPTS, [SAMPLES / "glossary"]).terms)


@pytest.mark.parametrize(
    ("hangul", "latin"),
    [
        ("신림", "Sillim"),
        ("독립문", "Dongnimmun"),
        ("왕십리", "Wangsimni"),
        ("종로", "Jongno"),
        ("별내", "Byeollae"),
        ("길음", "Gireum"),
        ("선릉", "Seolleung"),
        ("백마", "Baengma"),
        ("금릉", "Geumneung"),
        ("청량리", "Cheongnyangni"),
        ("압구정", "Apgujeong"),
        ("묵호", "Mukho"),
        ("좋고", "Joko"),
        ("같이", "Gachi"),
        ("읽기", "Ikgi"),
        ("대관령", "Daegwallyeong"),
        ("낫개", "Natgae"),
    ],
)
def test_romanisation_follows_pronunciation(hangul: str, latin: str) -> None:
    assert romanise(hangul) == latin


def test_nothing_changes_across_an_administrative_hyphen() -> None:
    assert romanise_administrative("삼죽면") == "Samjuk-myeon"
    assert romanise_administrative("독산1동") == "Doksan 1-dong"
    assert romanise_road("예술대학로5길") == "Yesuldaehak-ro 5-gil"
    assert romanise_road("강남대로") == "Gangnam-daero"


def test_romanisation_agrees_with_the_station_glossary() -> None:
    """At least 94 % of the names that the glossary spells; the rest are translations and errata."""
    translated = re.compile(r"Univ|Park|Market|Office|Hall|Hosp|Complex|Airport|Stat|City|Cent|Coll|Stad|Term|'", re.I)

    def plain(text: str) -> str:
        return re.sub("[^a-z]", "", text.lower())

    agree = total = 0
    with (SAMPLES / "glossary/stations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            korean = re.sub(r"\(.*?\)|\s", "", row["ko"]).removesuffix("역")
            english = re.sub(r"\(.*?\)", "", row["en"])
            if re.fullmatch("[가-힣]+", korean) and not translated.search(english):
                total += 1
                agree += plain(romanise(korean)) == plain(english)
    assert total > 700
    assert agree / total >= 0.94


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        (
            "남양주왕숙 A-24블록 신혼희망타운(공공분양)(본청약)",
            "Namyangju Wangsuk Block A-24 Newlywed Hope Town (Public Sale, Main Subscription)",
        ),
        ("철산역자이", "Cheolsan Station Xi"),
        ("광명 롯데캐슬 시그니처", "Gwangmyeong Lotte Castle Signature"),
        ("화성 남양뉴타운 우미 린 에듀하이", "Hwaseong Namyang New Town Woomi Lynn Edu High"),
        ("광명자이힐스테이트SKVIEW", "Gwangmyeong Xi Hillstate SK View"),
        ("제일풍경채 검단Ⅲ 본청약", "Jeil Punggyeongchae Geomdan III Main Subscription"),
        ("힐스테이트 등촌역", "Hillstate Deungchon Station"),
        ("더샵 지제역 센트럴파크 2BL", "The Sharp Jije Station Central Park Block 2"),
        ("위례신도시 A3-2BL 우미린 2차", "Wirye New Town Block A3-2 Woomi Lynn Phase 2"),
    ],
)
def test_names_of_complexes_are_composed(glossary: Glossary, korean: str, english: str) -> None:
    assert glossary.english(korean) == english
    assert glossary.translation(korean).provenance == "composed"


@pytest.mark.parametrize(
    ("korean", "kind", "english"),
    [
        ("금천구", None, "Geumcheon-gu"),
        ("화성시", "sigungu", "Hwaseong-si"),
        ("수원시 장안구", "sigungu", "Jangan-gu, Suwon-si"),
        ("독산동", "dong", "Doksan-dong"),
        ("독산", "station", "Doksan"),
        ("강남구청", "station", "Gangnam-gu Office"),
        ("고진", "station", "Gojin"),
        ("승지근린공원", "park", "Seungji Neighborhood Park"),
        ("서울문래초등학교", "school", "Seoul Mullae Elementary School"),
        ("롯데 캐슬", None, "Lotte Castle"),
        ("산책로", "facility", "walking path"),
        ("7호선", "line", "Line 7"),
        ("수인분당선", "line", "Suin-Bundang Line"),
        ("(주)대우건설 GS건설(주)", "builder", "Daewoo E&C GS E&C"),
        ("서울특별시 광진구 광장동 188-2번지 일원", "address", "188-2, Gwangjang-dong, Gwangjin-gu, Seoul"),
    ],
)
def test_every_kind_of_name_has_english(glossary: Glossary, korean: str, kind: str | None, english: str) -> None:
    assert glossary.english(korean, kind) == english


def test_provenance_tells_how_the_english_came_about(glossary: Glossary) -> None:
    assert glossary.translation("래미안").provenance == "glossary"
    assert glossary.translation("독산 래미안").provenance == "composed"
    assert glossary.translation("푸른뜰").provenance == "romanised"


def test_given_terms_win_over_what_ships() -> None:
    assert Glossary([Term("brand", "자이", "Zai")]).english("자이") == "Zai"
    assert Glossary([]).english("자이") == "Xi"


def test_no_english_name_of_a_sample_keeps_hangul_or_clutter(glossary: Glossary) -> None:
    names = {notice.name: glossary.english(notice.name) for notice in sample_sources().notices}
    broken = {ko: en for ko, en in names.items() if not en or re.search(r"[가-힣]|\(\s*\)|\s,|\(\s|  ", en)}
    assert broken == {}
    # Two notices of one complex may differ in spacing only.
    assert len(set(names.values())) == len({name.replace(" ", "") for name in names})
