"""Near a library, as ``budongi ask`` answers it on the samples: search, distance, none near, why not, comparison."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine, notices_cited, read_lines, write_lines

HISTORY = [
    {"role": "user", "content": "광명에서 도서관 가까운 아파트"},
    {"role": "assistant", "content": "광명자이힐스테이트SKVIEW, 철산자이 더 헤리티지, 트리우스 광명이 있습니다."},
]
QUESTIONS: dict[str, dict[str, object]] = {
    "search": {"question": "금천구 어린이도서관 가까운 아파트"},
    "minutes": {"question": "homes within 5 minutes' walk of a public library in Eunpyeong-gu"},
    "named": {"question": "구산동 도서관마을 근처 아파트"},
    "detail": {"question": "철산자이 더 헤리티지 근처 도서관 어디야?"},
    "none": {"question": "Is there a library near Raemian One Pentas?"},
    "compared": {"question": "철산자이 더 헤리티지랑 트리우스 광명 중에 도서관이 더 가까운 곳은?"},
    "why_not": {"question": "왜 광명 롯데캐슬 시그니처는 빠졌어?", "history": HISTORY},
    "negated": {"question": "도서관 말고 공원 가까운 데로", "history": HISTORY},
    "wider": {"question": "광명 도서관 300m 이내 84 10억 이하"},
    "overview": {"question": "트리우스 광명"},
}


@pytest.fixture(scope="module")
def answers(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("libraries")
    asked = write_lines(folder / "asked.jsonl", ({"id": key, **question} for key, question in QUESTIONS.items()))
    outcome = CommandLine(samples)("ask", "--batch", asked, "--out", folder / "answers.jsonl")
    assert outcome.code == 0, outcome.printed
    return {one["id"]: one for one in read_lines(folder / "answers.jsonl")}


def test_homes_are_searched_by_a_library_of_a_kind_or_name(answers: dict[str, Any]) -> None:
    assert answers["search"]["filters"]["criteria"] == {"library": {"within": 800, "category": "어린이도서관"}}
    assert notices_cited(answers["search"]) == {"2024000546"}
    assert answers["minutes"]["filters"]["criteria"] == {"library": {"within": 258, "category": "공공도서관"}}
    assert "54 m in a straight line" in answers["minutes"]["answer"]
    assert answers["named"]["filters"]["places"] == ["구산동 도서관마을"]
    assert "구산동 도서관마을(공공도서관, 좌석 350석)" in answers["named"]["answer"]


def test_what_is_near_one_home_is_told_and_that_nothing_is(answers: dict[str, Any]) -> None:
    nearest = "가장 가까운 도서관은 연서도서관(공공도서관, 좌석 272석)이며 직선거리 346m(도보 약 7분 추정)입니다."
    assert nearest in answers["detail"]["answer"]
    assert answers["none"]["answer"].startswith("The data has no library within 1.5 km of Raemian One Pentas.")
    assert "도서관" not in answers["overview"]["answer"]


def test_libraries_are_compared_explained_let_go_of_and_widened(answers: dict[str, Any]) -> None:
    assert "철산자이 더 헤리티지(346m)가 트리우스 광명(399m)보다 53m 더 가깝습니다." in answers["compared"]["answer"]
    assert "조건(‘도서관’)에 맞지 않아 빠졌습니다" in answers["why_not"]["answer"]
    assert "1,160m" in answers["why_not"]["answer"]
    assert answers["negated"]["filters"]["criteria"] == {"park": {"within": 800}}
    assert answers["wider"]["answer"].startswith("(조건(‘300 m’)에 모두 맞는 단지는 자료에 없어")
