"""Free text into chunks that name what they are about, and sentences that can be cited."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped import PROMPTS

from assistant.errors import SourceError
from ingest.chunking import MAX_HEAD, MAX_LENGTH, text_document
from ingest.records import FaqEntry, Listing, TextDocument
from ingest.splitting import language_of, sentences
from ingest.writing.faq import faq_document
from ingest.writing.listing import listing_document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("서류를 냅니다. 사흘 뒤에 알려 드립니다!", ["서류를 냅니다.", "사흘 뒤에 알려 드립니다!"]),
        ("면적은 84.98㎡입니다. 값은 3.5배입니다.", ["면적은 84.98㎡입니다.", "값은 3.5배입니다."]),
        ("See No. 3, e.g. the second page. Then sign.", ["See No. 3, e.g. the second page.", "Then sign."]),
        ("“갑니다.” 하고 말했다. 끝.", ["“갑니다.”", "하고 말했다.", "끝."]),
        ("- 첫째 항목. 그리고 이어짐\n- 둘째", ["- 첫째 항목. 그리고 이어짐", "- 둘째"]),
        ("1. 신청서. 도장\n2. 등본", ["1. 신청서. 도장", "2. 등본"]),
        ("| 타입 | 세대 |\n| 84A | 120. 그중 3 |", ["타입 | 세대", "84A | 120. 그중 3"]),
        ("관리비 별도\n주차 12대", ["관리비 별도", "주차 12대"]),
        ("", []),
        ("한글", ["한글"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_wrapped_line_goes_on_and_a_blank_line_ends_it() -> None:
    wrapped = "This sentence is as long as a line of a letter usually is, so that\nit goes on here."
    assert sentences(wrapped) == [wrapped.replace("\n", " ")]
    assert len(sentences(wrapped.replace("\n", "\n\n"))) == 2


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("청약 통장은 은행에서 만듭니다", "ko"),
        ("Open an account at a bank", "en"),
        ("The complex Doksan Lotte Castle (독산 롯데캐슬) has 432 households and a park nearby", "en"),
        ("SH공사 LH행복주택 APT 청약 안내", "ko"),
        ("Hi", "en"),
        ("", "ko"),
    ],
)
def test_language_by_share_of_hangul(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_row_of_figures_takes_the_language_around_it() -> None:
    assert language_of("84A | 120", "ko") == "ko"
    assert language_of("84A | 120", "en") == "en"


def test_faq_repeats_its_question_in_every_chunk() -> None:
    answer = " ".join(f"{number}번째로 할 일은 서류를 준비하는 것입니다." for number in range(40))
    document = faq_document(PROMPTS, FaqEntry("F1", "무엇을  준비하나요?", answer, "서류"), "faq.jsonl, line 3")
    assert (document.id, document.name_ko, document.origin) == ("faq:F1", "무엇을 준비하나요?", "faq.jsonl, line 3")
    assert len(document.chunks) > 2
    question, *answers = document.chunks
    assert (question.topic, question.text) == ("question", "무엇을 준비하나요?")
    assert question.sentences == answers[0].sentences
    for chunk in answers:
        assert chunk.text.startswith("무엇을 준비하나요? (서류)\n")
        assert len(chunk.text) <= MAX_LENGTH["ko"]
        assert {sentence.facet for sentence in chunk.sentences} == {"faq"}
    cited = [sentence.ko for chunk in answers for sentence in chunk.sentences]
    assert cited == sentences(answer)


def test_each_other_way_to_ask_finds_a_faq_by_itself() -> None:
    entry = FaqEntry(
        "F1", "환불은 언제 되나요?", "사흘 안에 됩니다.", variants=("돈  언제 들어와", "돈 언제 들어와", " ")
    )
    asked = [chunk for chunk in faq_document(PROMPTS, entry).chunks if chunk.topic == "variant"]
    assert [chunk.text for chunk in asked] == ["돈 언제 들어와"]
    assert [sentence.ko for sentence in asked[0].sentences] == ["사흘 안에 됩니다."]


def test_english_stands_in_both_fields_and_korean_in_its_own() -> None:
    _, chunk = faq_document(PROMPTS, FaqEntry("1", "How do I apply?", "Go to the bank. Bring your passport.")).chunks
    assert chunk.language == "en"
    assert [(s.ko, s.en) for s in chunk.sentences] == [
        ("Go to the bank.", "Go to the bank."),
        ("Bring your passport.", "Bring your passport."),
    ]
    _, chunk = faq_document(PROMPTS, FaqEntry("2", "어떻게 신청하나요?", "은행에 갑니다.")).chunks
    assert chunk.language == "ko"
    assert chunk.sentences[0].en == ""


def test_headings_head_the_chunks_below_them() -> None:
    text = "머리말입니다.\n\n# 신청\n신청은 여기서 합니다.\n\n## 서류 ##\n- 등본\n- 도장\n"
    document = text_document(TextDocument("guide.md", text, "안내서"))
    assert [chunk.text for chunk in document.chunks] == [
        "안내서\n머리말입니다.",
        "안내서 – 신청\n신청은 여기서 합니다.",
        "안내서 – 서류\n- 등본\n- 도장",
    ]
    assert document.chunks[2].sentences[0].ko == "- 등본"


def test_markdown_tables_become_rows_that_stand_alone() -> None:
    text = """# 요금

아래와 같습니다.

| 타입 | 보증금 | 월세 |
|:-----|:------:|-----:|
| 17A | 1,000만원 | 9만원 |
| 19B \\| 복층 | 2,000만원 | |

끝입니다.

```
| a | b |
| - | - |
```
"""
    (chunk,) = text_document(TextDocument("fees.md", text, "안내서")).chunks
    assert chunk.text.startswith("안내서 – 요금\n아래와 같습니다.\n타입 17A, 보증금 1,000만원, 월세 9만원\n")
    rows = [sentence.ko for sentence in chunk.sentences if "row" in sentence.tags]
    assert rows == ["요금: 타입 17A, 보증금 1,000만원, 월세 9만원", "요금: 타입 19B | 복층, 보증금 2,000만원"]


def test_a_line_of_bars_without_a_header_mark_is_no_table() -> None:
    (chunk,) = text_document(TextDocument("note.md", "가 | 나\n--- | --- | ---\n다", "글")).chunks
    assert not any(sentence.tags for sentence in chunk.sentences)


def test_a_document_without_a_title_is_called_by_its_id() -> None:
    document = text_document(TextDocument("notes.txt", "내용입니다."))
    assert (document.name_ko, document.name_en, document.chunks[0].text) == ("notes.txt", "notes.txt", "내용입니다.")


@pytest.mark.parametrize(
    "write",
    [
        lambda: faq_document(PROMPTS, FaqEntry("1", "질문?", "  "), "faq.jsonl, line 4"),
        lambda: faq_document(PROMPTS, FaqEntry("1", " ", "답."), "faq.jsonl, line 4"),
        lambda: text_document(TextDocument("d", "# \n \n"), "faq.jsonl, line 4"),
        lambda: listing_document(PROMPTS, Listing("1", "", " ", None, ""), "faq.jsonl, line 4"),
    ],
)
def test_text_that_is_none_is_refused_with_its_place(write: object) -> None:
    assert callable(write)
    with pytest.raises(SourceError, match=r"faq\.jsonl, line 4: .*no (text|question)"):
        write()


TEXTS = st.text(st.sampled_from("가나다 abc.\n,!?-|#1 \t다요"), max_size=2500)


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.text(st.sampled_from("가 a?"), max_size=400))
def test_no_character_is_lost_and_no_chunk_is_too_long(text: str, title: str) -> None:
    def letters(given: str) -> list[str]:
        return [character for character in given if character.isalnum()]

    assert letters("".join(sentences(text))) == letters(text)
    try:
        document = text_document(TextDocument("d", text.replace("#", ""), title))
    except SourceError:
        assert not letters(text)
        return
    cited = "".join(sentence.ko for chunk in document.chunks for sentence in chunk.sentences)
    assert letters(cited) == letters(text)
    for chunk in document.chunks:
        # A sentence that is too long alone has a chunk of its own.
        limit = MAX_LENGTH["en"] if len(chunk.sentences) > 1 else 2 * MAX_LENGTH["en"] + MAX_HEAD
        assert len(chunk.text) <= limit + 1
