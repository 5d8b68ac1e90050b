"""The step above an answer, and the panel behind a citation."""

from __future__ import annotations

from dataclasses import replace

from shipped import PROMPTS

from assistant.domain import (
    Criterion,
    EntityName,
    Evidence,
    Filters,
    Reading,
    Result,
    Sentence,
    Understanding,
    Unmatched,
)
from assistant.entrypoints.chat.evidence import evidence_markdown
from assistant.entrypoints.chat.reading import searched_markdown, step_title, understood_markdown
from assistant.entrypoints.chat.texts import texts

PASSAGE = Result(
    1, 1.0, "housing:2024000001", "2024000001", "housing:2024000001#place", "housing", "가 단지", "Complex A", "place",
    "whole text", (Sentence("첫 문장입니다.", "A first sentence."), Sentence("둘째 문장입니다.", "A second one.")),
    origin="notices.csv",
)  # fmt: skip
EVIDENCE = Evidence(
    2, "housing:2024000001", "2024000001", "housing:2024000001#place", "가 단지", "Complex A", "park",
    "둘째 문장입니다.", "둘째 문장입니다.\nA second one.",
)  # fmt: skip


def test_panel_marks_the_cited_sentence_in_its_paragraph() -> None:
    panel = evidence_markdown(EVIDENCE, PASSAGE, texts("ko"))
    assert "### 가 단지\n\nComplex A" in panel
    assert "> 둘째 문장입니다." in panel
    assert "첫 문장입니다. **둘째 문장입니다.**" in panel
    assert "houseManageNo=2024000001&pblancNo=2024000001" in panel
    assert "notices.csv" in panel


def test_panel_names_file_and_line_and_not_where_they_lie() -> None:
    post = replace(EVIDENCE, document_id="listing:L1", source_id="L1")
    for origin in ("posts.jsonl, line 3", "/srv/data/me, you/posts.jsonl, line 3"):
        panel = evidence_markdown(post, replace(PASSAGE, origin=origin), texts("ko"))
        assert panel.endswith("posts.jsonl, 3번째 줄")
        assert "/srv" not in panel
        assert "posts.jsonl, line 3" in evidence_markdown(post, replace(PASSAGE, origin=origin), texts("en"))


def test_panel_is_in_the_readers_language() -> None:
    panel = evidence_markdown(replace(EVIDENCE, quote="A second one."), PASSAGE, texts("en"))
    assert "### Complex A\n\n가 단지" in panel
    assert "A first sentence. **A second one.**" in panel
    assert "문장입니다" not in panel


def test_panel_links_to_the_page_that_the_source_names() -> None:
    page = "https://www.applyhome.co.kr/notice?a=1&b=2"
    panel = evidence_markdown(EVIDENCE, replace(PASSAGE, origin=page), texts("ko"))
    assert f"(<{page}>)" in panel
    assert panel.count("https://") == 1


def test_address_from_a_document_cannot_leave_its_link() -> None:
    panel = evidence_markdown(EVIDENCE, replace(PASSAGE, origin="https://x.example/>) [more](evil"), texts("ko"))
    assert "[more]" not in panel


def test_shared_fact_has_no_paragraph_and_names_its_source() -> None:
    fact = replace(EVIDENCE, document_id="fact:size", chunk_id="fact:size")
    panel = evidence_markdown(fact, None, texts("en"))
    assert "Shared fact that comes with budongi" in panel
    assert "Whole paragraph" not in panel


def test_step_names_each_reading_with_its_words() -> None:
    understanding = Understanding(
        "q", "ko", "housing", "explore",
        criteria=(Criterion("park", 800),),
        filters=Filters(sigungus=("금천구",)),
        unmatched=(Unmatched("반려견", "반려견"),),
        readings=(Reading("sigungu", "금천"), Reading("park", "걷기 좋은"), Reading("park", "공원")),
    )  # fmt: skip
    shown = understood_markdown(PROMPTS, understanding, texts("ko")).splitlines()
    assert "- 지역: 금천구 ← “금천”" in shown
    assert "- 공원: 직선거리 800m 이내 ← “걷기 좋은, 공원”" in shown
    assert "- 조건이 아닌 낱말: 반려견" in shown


def test_step_lists_documents_once_with_their_topics() -> None:
    found = [PASSAGE, replace(PASSAGE, chunk_id="b", topic="price-2"), replace(PASSAGE, document_id="housing:2")]
    assert "1. Complex A (place and surroundings, prices)\n2. Complex A" in searched_markdown(found, texts("en"))
    assert step_title(found, texts("en")) == "Read the question and found 3 passages in 2 documents"
    assert step_title([], texts("en")) == searched_markdown([], texts("en")).strip("*")


def test_step_tells_what_an_earlier_turn_said() -> None:
    understanding = Understanding(
        "입주는?", "ko", "housing", "detail", entities=(EntityName("housing:1", "가 단지", "Complex A"),)
    )
    assert "단지: 가 단지 (앞선 대화에서)" in understood_markdown(PROMPTS, understanding, texts("ko"))
