"""The whole public corpus, written: properties that must hold for every notice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from shipped import PROMPTS

from assistant.domain import Document
from ingest.glossary import Glossary
from ingest.sources import Sources, read
from ingest.writing import housing_documents

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"the public data is not at {DATA}")


@pytest.fixture(scope="module")
def sources() -> Sources:
    return read(PROMPTS, [DATA / "housing", DATA / "context", DATA / "glossary"])


@pytest.fixture(scope="module")
def documents(sources: Sources) -> list[Document]:
    return list(housing_documents(sources, Glossary(sources.terms)))


def test_one_document_per_notice(sources: Sources, documents: list[Document]) -> None:
    assert [document.source_id for document in documents] == [notice.notice_id for notice in sources.notices]


def test_every_chunk_and_sentence_names_its_complex(documents: list[Document]) -> None:
    for document in documents:
        for chunk in document.chunks:
            assert document.name_ko in chunk.text
            assert document.name_en in chunk.text
            for sentence in chunk.sentences:
                assert document.name_ko in sentence.ko, sentence
                assert document.name_en in sentence.en, sentence
                assert "이 단지" not in sentence.ko
                assert sentence.ko.endswith("니다."), sentence
                assert not re.search(r"[{}]|None|\s{2}", sentence.ko + sentence.en), sentence


def test_chunks_stay_short_enough_to_embed(documents: list[Document]) -> None:
    lengths = [len(chunk.text) for document in documents for chunk in document.chunks]
    assert max(lengths) <= 570
    assert sum(lengths) / len(documents) < 2_300


def test_distances_only_from_addresses(sources: Sources, documents: list[Document]) -> None:
    precise = {one.notice_id for one in sources.coordinates if one.precision == "address"}
    for document in documents:
        assert document.housing is not None
        said = any("직선거리" in sentence.ko for chunk in document.chunks for sentence in chunk.sentences)
        assert said <= (document.source_id in precise)
        assert bool(document.housing.nearby) <= (document.source_id in precise)


def test_every_move_in_household_count_and_price_reads_back(sources: Sources, documents: list[Document]) -> None:
    prices: dict[str, dict[str, int | None]] = {}
    for house_type in sources.house_types:
        prices.setdefault(house_type.notice_id, {})[house_type.label] = house_type.top_price
    for notice, document in zip(sources.notices, documents, strict=True):
        for sentence in (sentence for chunk in document.chunks for sentence in chunk.sentences):
            said = sentence.ko.removeprefix(document.name_ko)
            if sentence.facet == "move_in" and notice.move_in is not None:
                year, month = map(int, re.findall(r"\d+", said))
                assert (year, month) == (notice.move_in.year, notice.move_in.month)
            elif sentence.facet == "households":
                assert int(re.findall(r"[\d,]+", said)[0].replace(",", "")) == notice.households
            elif sentence.facet == "price" and "by_type" not in sentence.tags:
                match = re.search(r"[은는] (?:([\d,]+)억)? ?(?:([\d,]+)만)?원\((\S+)\)입니다\.$", said)
                assert match is not None, said
                hundred_millions, rest = (int((part or "0").replace(",", "")) for part in match.groups()[:2])
                assert hundred_millions * 10_000 + rest == prices[notice.notice_id][match[3]]


def test_the_district_is_known_of_nearly_every_notice(documents: list[Document]) -> None:
    attributes = [document.housing for document in documents if document.housing is not None]
    assert sum(bool(one.sigungu) for one in attributes) >= len(attributes) * 0.99
    assert sum(bool(one.dong) for one in attributes) >= len(attributes) * 0.85
    assert sum(one.competition is not None for one in attributes) > 600
