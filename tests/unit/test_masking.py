"""What is private is masked however it is disguised; what only looks like it is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.masking import find_private, mask
from eval.checks.masking import run


@pytest.mark.parametrize(
    "hidden",
    [
        "010-1234-5678",
        "010.1234.5678",
        "０１０．２３４５．６７８９",
        "공일공-일이삼사-오육칠팔",
        "공1공 이삼사5 육칠팔9",
        "영일영 구팔칠육 오사삼이",
        "o1o 1234 5678",
        "02-2345-6789",
        "seller.kim@example.com",
        "카톡 아이디 sample_desk77",
        "카톡: sampledesk",
        "open.kakao.com/o/abcdef",
    ],
)
def test_contact_details_are_masked_however_they_are_disguised(hidden: str) -> None:
    masked = mask(f"상태 좋아요 {hidden} 문의 주세요")
    assert "[연락처 가림]" in masked
    assert masked.startswith("상태 좋아요")
    assert masked.endswith("문의 주세요")
    digits = sum(char.isdigit() for char in masked)
    assert digits == 0
    assert hidden not in masked


@pytest.mark.parametrize(
    "text",
    [
        "오이 이십일 개에 구천원, 이번 주 일요일까지",
        "모델명 WH-1000XM4, 2024년 11월 구매",
        "가격은 1,850,000원이고 2층입니다",
        "이 일 저 일 하다 보니 육아용품이 오래됐어요",
        "카톡으로 연락 안 받아요",
        "배터리 사이클 210회, 512GB, 16GB",
        "접수는 2031.05.01~2031.05.03, 발표는 2031.5.10",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert find_private(text) == []
    assert mask(text) == text


@given(st.text(max_size=80))
def test_masking_again_changes_nothing(text: str) -> None:
    masked = mask(text)
    assert mask(masked) == masked


def test_of_three_hundred_lines_nearly_all_that_is_private_is_masked_and_next_to_nothing_else() -> None:
    checked = list(run())
    found, wrongly = sum(one.found for one in checked), sum(len(one.wrongly) for one in checked)
    assert len(checked) >= 300
    assert found / (found + sum(len(one.missed) for one in checked)) >= 0.99
    assert found / (found + wrongly) >= 0.98


@pytest.mark.parametrize(
    "hidden", ["900101-1234567", "110-234-567890", "4111 1111 1111 1111", "독산로 123 101동 1502호"]
)
def test_the_mask_names_what_it_hides(hidden: str) -> None:
    masked = mask(f"제 것은 {hidden} 입니다")
    assert hidden not in masked
    assert " 가림]" in masked
    assert not any(char.isdigit() for char in masked)


@pytest.mark.parametrize(
    "text",
    [
        "It is returned at once. Please write again.",
        "Both reach their maximum at six. A spouse counts, too.",
        "청약홈(www.applyhome.co.kr)에서 확인해 주세요.",
        "https://ecrm.police.go.kr/ 에 신고하세요.",
    ],
)
def test_what_anybody_may_know_is_left_alone(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize("text", ["www.applyhome.co.kr.example/x", "https://notgo.kr/x", "lee at naver . com"])
def test_what_only_looks_public_is_masked(text: str) -> None:
    assert mask(text) == "[연락처 가림]"
