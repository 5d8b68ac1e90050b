"""What people tell of themselves is kept nowhere; what public documents say stays as it is."""

from __future__ import annotations

import pytest

from assistant.language.masking.redaction import Redaction

SAID = "제 번호는 010-1234-5678이고 국민은행 123456-78-901234예요. 금천구 아파트 있어요?"


def test_what_a_person_says_is_masked() -> None:
    masked = Redaction().said(SAID)
    assert not any(digit.isdigit() for digit in masked)
    assert "금천구 아파트 있어요?" in masked


@pytest.mark.parametrize("echo", ["010-1234-5678", "010 1234 5678", "０１０-１２３４-５６７８", "123456-78-901234"])
def test_their_words_are_masked_where_they_come_back(echo: str) -> None:
    redaction = Redaction()
    redaction.said(SAID)
    kept = redaction.derived({"props": {"chips": [{"text": f"모르는 이름: {echo}", "count": 3}]}, "text": f"({echo})"})
    assert not any(part in str(kept) for part in ("1234", "5678", "901234", "１２３４"))
    assert kept["props"]["chips"][0]["count"] == 3


@pytest.mark.parametrize(
    "public",
    ["접수 2031.05.01~2031.05.03", "https://www.applyhome.co.kr/notice?houseManageNo=2031000123", "02-2345-6789"],
)
def test_what_documents_say_stays_as_it_is(public: str) -> None:
    redaction = Redaction()
    assert redaction.derived([public]) == [public]
    redaction.said(SAID)
    assert redaction.derived([public]) == [public]
