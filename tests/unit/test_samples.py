"""The sample corpus and shared facts that ship: complete, consistent, facts only, made by the program beside them."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from shipped import PROMPTS, sample_sources

from ingest import make_samples
from ingest.sources import Sources, read

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "ingest" / "samples"
FACTS = ROOT / "prompts" / "facts"
SHARED = Path(__file__).parents[3] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason=f"the public data is not at {SHARED}")


@pytest.fixture
def samples() -> Sources:
    return sample_sources()


def test_there_is_enough_to_start_with(samples: Sources) -> None:
    assert 200 <= len(samples.notices) <= 215
    assert {"서울", "경기", "인천"} == {notice.region for notice in samples.notices}
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) < 3_000_000


def test_every_row_belongs_to_a_sample_notice(samples: Sources) -> None:
    ids = {notice.notice_id for notice in samples.notices}
    for rows in (samples.house_types, samples.competition, samples.scores, samples.coordinates):
        assert {row.notice_id for row in rows} <= ids
    assert {row.notice_id for row in samples.house_types} == ids
    assert {row.notice_id for row in samples.coordinates} == ids


def test_every_place_is_near_a_site_known_by_its_address(samples: Sources) -> None:
    near = make_samples.near_any((c.latitude, c.longitude) for c in samples.coordinates if c.precision == "address")
    far = [
        place.name
        for place in (*samples.parks, *samples.stations, *samples.schools, *samples.places)
        if not near(str(place.latitude), str(place.longitude))
    ]
    assert far == []


def test_main_parks_carry_no_prose() -> None:
    with (SAMPLES / "context/seoul_main_parks.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(rows[0]) == {"공원명", "면적", "주요시설", "지역", "공원주소", "경도", "위도"}
    assert max(len(noun) for row in rows for noun in row["주요시설"].split(", ")) <= 9


def test_faqs_have_an_answer_a_source_and_no_repeated_id(samples: Sources) -> None:
    ids = [item.record.faq_id for item in samples.faqs]
    assert len(ids) == len(set(ids)) >= 24
    english = [name for name in ids if name.endswith("-en")]
    assert len(english) >= 12
    assert {name.removesuffix("-en") for name in english} <= set(ids)
    for item in samples.faqs:
        hangul = len(re.findall("[가-힣]", item.record.answer)) / len(item.record.answer)
        assert (hangul < 0.2) == item.record.faq_id.endswith("-en"), item.record.faq_id


def test_facts_are_complete_and_their_aliases_are_not_parts_of_names(samples: Sources) -> None:
    rows = [row for file in FACTS.glob("*.yaml") for row in yaml.safe_load(file.read_text(encoding="utf-8"))]
    assert len({row["id"] for row in rows}) == len(rows) >= 50
    assert all(isinstance(row["valid_from"], date) and row["source"] for row in rows)
    names = {place.name.replace(" ", "") for place in (*samples.notices, *samples.parks)}
    for fact in PROMPTS.shared_facts:
        assert fact.statement_ko.endswith("니다.")
        assert fact.statement_en.endswith(".")
        for alias in fact.aliases:
            written = alias.replace(" ", "")
            assert not [name for name in names if written in name], alias


def test_the_figures_of_the_facts_hold() -> None:
    facts = {fact.id: fact for fact in PROMPTS.shared_facts}
    maximum, *parts = (int(number) for number in re.findall(r"(\d+)점", facts["score"].statement_ko))
    assert maximum == sum(parts) == 84
    per_pyeong, *pairs = (
        float(number) for number in re.findall(r"\d+\.?\d*(?=㎡|평)", facts["pyeong"].statement_ko)[1:]
    )
    for area, pyeong in zip(pairs[::2], pairs[1::2], strict=True):
        assert area / per_pyeong == pytest.approx(pyeong, abs=0.05)


@needs_shared
def test_all_of_geumcheon_and_gwangmyeong_are_in_the_sample(samples: Sources) -> None:
    everything = read(PROMPTS, [SHARED / "housing/notices.csv"]).notices
    wanted = {n.notice_id for n in everything if re.search(r"서울\S*\s+금천구|경기도\s+광명시", n.address)}
    assert len(wanted) == 17
    assert wanted <= {notice.notice_id for notice in samples.notices}


@needs_shared
def test_no_sentence_of_the_official_faqs_is_repeated(samples: Sources) -> None:
    def squeezed(text: str) -> str:
        return " ".join(text.split())

    official = squeezed(" ".join(item.record.answer for item in read(PROMPTS, [SHARED / "faq"]).faqs))
    own = [squeezed(item.record.answer) for item in samples.faqs] + [fact.statement_ko for fact in PROMPTS.shared_facts]
    length = 25
    repeated = [
        text[i : i + length] for text in own for i in range(len(text) - length) if text[i : i + length] in official
    ]
    assert repeated == []
