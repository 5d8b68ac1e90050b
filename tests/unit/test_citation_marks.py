from __future__ import annotations

import json
import re
from collections.abc import Iterable

import pytest

from assistant.answering.citation_marks import Marks
from assistant.answering.grounding import sentences

MARKS = Marks((1, 2, 3), "서류는 (2) 등본입니다. [별표 1]을 봅니다. 1순위입니다.")
TEXT = "서울은 수도입니다."


def cut(text: str, size: int) -> Iterable[str]:
    return re.findall(rf"(?s).{{1,{size}}}", text)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{} [1]", "[1]"),
        ("{}【1】", "[1]"),
        ("{} 【1†source】", "[1]"),
        ("{}【1†L1-L3】【2†source】", "[1][2]"),
        ("{} ［2］", "[2]"),
        ("{} [source 1]", "[1]"),
        ("{} [Source: 1, 2]", "[1][2]"),
        ("{} [출처 1]", "[1]"),
        ("{} [출처: 1, 출처: 3]", "[1][3]"),
        ("{} [근거 2]", "[2]"),
        ("{} (출처: 2)", "[2]"),
        ("{}[^1]", "[1]"),
        ("{}[^1][^2]", "[1][2]"),
        ("{} [1, 2]", "[1][2]"),
        ("{} [1,2]", "[1][2]"),
        ("{} [1-3]", "[1][2][3]"),
        ("{} [1 and 2]", "[1][2]"),
        ("{} [1][2]", "[1][2]"),
        ("{} [1] [2]", "[1][2]"),
        ("{} (1)", "[1]"),
        ("{} ([1])", "[1]"),
        ("{} ([1], [2])", "[1][2]"),
        ("{} **[1]**", "[1]"),
        ("{} *[1]*", "[1]"),
        ("{} `[1]`", "[1]"),
        ("{}<sup>1</sup>", "[1]"),
        ("{} [[1]](#ref-1)", "[1]"),
        ("{} [1](https://notice.example/1)", "[1]"),
    ],
)
def test_a_mark_is_read_however_it_is_written_and_cut(written: str, read: str, size: int) -> None:
    text = "\n".join(written.format(one) for one in (TEXT, "부산은 항구입니다.")) + "\n끝."
    first, second, last = sentences(cut(text, size), MARKS)
    assert (first.replace("입니다.[", "입니다. ["), last) == (f"{TEXT} {read}", "끝.")
    assert second.endswith(read)
    together = list(sentences(cut(written.format(TEXT) + " 부산은 항구입니다.", size), MARKS))
    assert [one.replace("입니다.[", "입니다. [") for one in together] == [f"{TEXT} {read}", "부산은 항구입니다."]


@pytest.mark.parametrize("size", [1, 5, 1000])
@pytest.mark.parametrize(
    "text",
    [
        "서류는 (2) 등본입니다.",  # as the evidence has it
        "[별표 1]을 봅니다.",
        "전용 84㎡(25평)입니다.",
        "84㎡ (59)로 공급합니다.",
        "접수는 (1순위) 오늘입니다.",
        "2027년 [12-25] 접수입니다.",
        "[Type 84]입니다.",
        "도보 (약 7분) 거리입니다.",
        "- 첫째 (1) 둘째입니다.",
    ],
)
def test_other_brackets_stay(text: str, size: int) -> None:
    assert list(sentences(cut(text, size), MARKS)) == [text]


@pytest.mark.parametrize("size", [1, 4, 1000])
def test_tables_bold_fences_and_objects_become_sentences(size: int) -> None:
    table = f"| 항목 | 내용 | 출처 |\n|---|:---|---|\n| 1 | {TEXT} | [1] |\n| 한국 | 수도 서울 [2] |\n"
    assert list(sentences(cut(table, size), MARKS)) == ["항목 내용 출처", f"{TEXT} [1]", "한국 수도 서울 [2]"]
    assert list(sentences(cut("- **서울은** 수도입니다. **[1]**", size), MARKS)) == [f"- {TEXT} [1]"]
    assert list(sentences(cut(f"```markdown\n{TEXT} [1]\n```", size), MARKS)) == [f"{TEXT} [1]"]
    for wrapped in (json.dumps({"answer": TEXT, "citations": [1]}), f'```json\n{{"n": [1], "text": "{TEXT}"}}\n```'):
        assert list(sentences(cut(wrapped, size), MARKS)) == [TEXT]
    assert list(sentences(cut("{broken: object}", size), MARKS)) == ["{broken: object}"]


def test_a_sentence_is_given_as_soon_as_the_next_has_begun() -> None:
    left = iter([f"{TEXT}【1", "】 부", "산은 ", "항구입니다."])
    assert next(iter(sentences(left, MARKS))) == f"{TEXT}[1]"
    assert list(left) == ["산은 ", "항구입니다."]
