"""Whole turns on a store and a model that say what they are told to."""
# ruff: noqa: ARG002 (fakes have the arguments of what they stand for)

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pytest

from assistant.answering.turn import Assistant
from assistant.domain import (
    Answer,
    Candidate,
    Composed,
    Criterion,
    Domain,
    Event,
    Filters,
    Finished,
    Question,
    Released,
    Result,
    Sentence,
    Usage,
    Waiting,
)
from assistant.ports import Delta, Prompt, SearchRequest, Vectors
from vocabularies import HANBIT, tokenizer, vocabulary

NAME = HANBIT.name_ko
MOVE_IN = Sentence(
    f"{NAME}의 입주 예정월은 2031년 5월입니다.", f"Move-in at {HANBIT.name_en} is planned for May 2031.", "move_in"
)
HOUSEHOLDS = Sentence(
    f"{NAME}의 공급 규모는 총 1,204세대입니다.", f"{HANBIT.name_en} supplies 1,204 households.", "households"
)


def result(*sentences: Sentence, domain: Domain = "housing", name: str = NAME, id_: str = HANBIT.id) -> Result:
    text = " ".join(sentence.ko for sentence in sentences)
    return Result(1, 1.0, id_, id_.split(":")[1], f"{id_}#1", domain, name, name, "t", text, sentences, dense=0.9)


@dataclass
class FakeStore:
    results: list[Result]
    candidates: list[Candidate] = field(default_factory=list)

    def search(self, request: SearchRequest) -> list[Result]:
        ids = set(request.document_ids)
        return [found for found in self.results if not ids or found.document_id in ids]

    def rank_housing(
        self, filters: Filters, criteria: Sequence[Criterion], sort: str, limit: int
    ) -> tuple[list[Candidate], int]:
        return self.candidates, len(self.candidates)

    def chunks_of(self, document_ids: Sequence[str]) -> list[Result]:
        return [found for found in self.results if found.document_id in document_ids]


class FakeEmbedding:
    name, dimensions = "fake", 2

    def embed_query(self, text: str) -> Vectors:
        return np.zeros(2, dtype=np.float32)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.embed_query(text) for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return np.zeros((len(texts), 2), dtype=np.float32)


@dataclass
class FakeModel:
    """Writes its answers one after another, and keeps the prompts."""

    answers: list[str]
    name: str = "fake"
    prompts: list[Prompt] = field(default_factory=list)

    def stream(self, prompt: Prompt, *, max_tokens: int, timeout: float | None = None) -> Iterator[Delta]:
        self.prompts.append(prompt)
        yield Delta(self.answers[len(self.prompts) - 1])
        yield Delta("", Usage(10, 5))

    def warm(self, prompts: Sequence[Prompt]) -> None: ...

    def close(self) -> None: ...


def ask(
    question: str, *results: Result, model: FakeModel | None = None, candidates: Sequence[Candidate] = ()
) -> Answer:
    assistant = Assistant(
        FakeStore(list(results), list(candidates)),
        FakeEmbedding(),
        tokenizer(),
        vocabulary(),
        model,
        today=lambda: date(2031, 3, 1),
    )
    return assistant.ask(Question(question))


def test_what_does_not_hold_is_asked_for_once_more_with_the_reason() -> None:
    model = FakeModel(
        [f"{NAME}의 입주 예정월은 2032년 5월입니다. [1]", f"{NAME}의 입주 예정월은 2031년 5월입니다. [1]"]
    )
    answer = ask(f"{NAME} 입주 언제야?", result(MOVE_IN), model=model)
    assert answer.text == f"{NAME}의 입주 예정월은 2031년 5월입니다. [1]"
    assert len(model.prompts) == 2
    assert "2032년 5월" in model.prompts[1].user
    assert "figures not in the evidence" in model.prompts[1].user
    assert model.prompts[0].system == model.prompts[1].system
    assert answer.usage == Usage(20, 10)


def test_a_wait_for_others_is_told_and_not_counted_against_the_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float | None] = []
    now = 100.0  # a clock that stands still but while somebody waits in line
    monkeypatch.setattr(time, "perf_counter", lambda: now)

    class Busy(FakeModel):
        def stream(self, prompt: Prompt, *, max_tokens: int, timeout: float | None = None) -> Iterator[Delta]:
            nonlocal now
            given.append(timeout)
            now += 0.2
            yield from (Delta("", ahead=2), Delta("", ahead=1))
            yield from super().stream(prompt, max_tokens=max_tokens, timeout=timeout)

    model = Busy([f"{NAME}의 입주 예정월은 2032년 5월입니다. [1]", f"{NAME}의 입주 예정월은 2031년 5월입니다. [1]"])
    store = FakeStore([result(MOVE_IN)], [])
    assistant = Assistant(store, FakeEmbedding(), tokenizer(), vocabulary(), model, today=lambda: date(2031, 3, 1))
    events = list(assistant.stream(Question(f"{NAME} 입주 언제야?")))
    assert [event.ahead for event in events if isinstance(event, Waiting)] == [2, 1, 2, 1]
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert finished.answer.text == f"{NAME}의 입주 예정월은 2031년 5월입니다. [1]"
    assert finished.answer.timings_ms["first_token"] == 0
    first, second = given
    assert first is not None
    assert second is not None
    assert first == pytest.approx(second)  # the 0.2 s in line are not taken off


def test_after_the_second_failure_the_evidence_speaks() -> None:
    wrong = f"{NAME}의 입주 예정월은 2032년 5월입니다. [1]"
    model = FakeModel([wrong, wrong, wrong])
    answer = ask(f"{NAME} 입주 언제야?", result(MOVE_IN), model=model)
    assert answer.text == f"{MOVE_IN.ko} [1]"
    assert len(model.prompts) == 2
    assert [dropped.sentence for dropped in answer.dropped] == [wrong, wrong]


@pytest.mark.parametrize(
    "written", [f"{NAME}의 입주 예정월은 2031년 5월이라고 합니다. [1]", f"{NAME}에는 수영장이 있습니다. [1]"]
)
def test_what_there_would_be_without_a_model_is_given_before_the_model_is_asked(written: str) -> None:
    assistant = Assistant(
        FakeStore([result(MOVE_IN, HOUSEHOLDS)]),
        FakeEmbedding(),
        tokenizer(),
        vocabulary(),
        today=lambda: date(2031, 3, 1),
    )
    question = Question(f"{NAME} 900세대 맞고 입주는 언제야?")
    without = assistant.ask(question)
    model = FakeModel([written] * 3)
    events = replace(assistant, chat_model=model).stream(question)
    before: list[Event] = []
    for event in events:
        before.append(event)
        if isinstance(event, Composed):
            break
    composed = before[-1]
    assert isinstance(composed, Composed)
    assert not model.prompts
    assert replace(composed.answer, timings_ms={}) == replace(without, timings_ms={})

    *released, finished = events
    assert model.prompts
    assert isinstance(finished, Finished)
    pieces = "".join(event.text for event in [*before, *released] if isinstance(event, Released))
    assert finished.answer.text == pieces
    assert ("2031년 5월이라고" in pieces) == ("2031년 5월이라고" in written)
    if "수영장" in written:
        assert finished.answer.text == composed.answer.text
        assert finished.answer.dropped
    assert not composed.answer.dropped


@pytest.mark.parametrize("text", ["34평은 몇 제곱미터야?", f"{NAME} 주차 대수는?", "고마워요!"])
def test_where_no_model_is_asked_the_answer_comes_at_once(text: str) -> None:
    model = FakeModel([])
    assistant = Assistant(FakeStore([result(MOVE_IN)]), FakeEmbedding(), tokenizer(), vocabulary(), model)
    assert not any(isinstance(event, Composed) for event in assistant.stream(Question(text)))
    assert not model.prompts


def test_what_is_right_is_not_asked_for_again() -> None:
    model = FakeModel([f"{NAME}의 입주 예정월은 2031년 5월입니다. [1] {NAME}에는 수영장이 있습니다. [1]"])
    answer = ask(f"{NAME} 입주 언제야?", result(MOVE_IN), model=model)
    assert "수영장" not in answer.text
    assert len(model.prompts) == 1


def test_an_answer_from_a_document_names_it() -> None:
    page = result(
        Sentence("- 본 아파트의 중도금 대출은 분양대금의 40% 범위에서 알선합니다."),
        domain="document",
        name="한빛 공고문",
        id_="document:x",
    )
    answer = ask("중도금 대출 알선 되나요", page)
    assert answer.text.startswith("‘한빛 공고문’ 문서에 적힌 내용입니다.")
    assert "본 아파트의 중도금 대출은" in answer.text
    assert "- 본" not in answer.text


def test_a_question_of_general_words_asks_back() -> None:
    page = result(Sentence("아파트 옵션 안내"), domain="document", name="공고문", id_="document:x")
    for question in ("아파트 추천해줘", "Can you recommend an apartment?", "그 단지 입주는?"):
        answer = ask(question, page)
        assert answer.abstained
        assert not answer.citations


def test_only_what_was_declined_is_noted_as_unanswered() -> None:
    class Noted(list[Answer]):
        keep = list.append

    noted = Noted()
    store = FakeStore([result(MOVE_IN)])
    assistant = Assistant(
        store,
        FakeEmbedding(),
        tokenizer(),
        vocabulary(),
        unanswered=noted,
        today=lambda: date(2031, 3, 1),  # type: ignore[arg-type]
    )
    assistant.ask(Question(f"{NAME} 입주 언제야?"))
    assistant.ask(Question("고마워요!"))  # asks for nothing
    declined = assistant.ask(Question(f"{NAME} 주차 대수는?"))
    assert [answer.question for answer in noted] == [declined.question]


@pytest.mark.parametrize("text", ["", "😀😀", "??? …"])
def test_who_writes_nothing_is_asked_to_in_both_languages(text: str) -> None:
    answer = ask(text)
    assert answer.abstained
    assert "질문을" in answer.text
    assert "question" in answer.text


@pytest.mark.parametrize(("text", "said"), [("고마워요!", "다행입니다"), ("Thank you so much.", "You are welcome")])
def test_thanks_are_answered_with_a_courtesy(text: str, said: str) -> None:
    assert said in ask(text).text


def test_pyeong_is_converted() -> None:
    answer = ask("34평은 몇 제곱미터야?")
    assert "112.4㎡" in answer.text
    assert [citation.source_id for citation in answer.citations] == ["fact:pyeong"]


def test_a_false_premise_comes_before_the_answer() -> None:
    answer = ask(f"{NAME} 900세대 맞고 입주는 언제야?", result(MOVE_IN, HOUSEHOLDS))
    assert answer.text.index("900세대") < answer.text.index("1,204세대") < answer.text.index("2031년 5월")


def test_a_corrected_premise_leaves_the_question_to_answer_in_full() -> None:
    place = Sentence(f"{NAME}은 서울특별시 금천구 독산동에 있습니다.", "", "location")
    prices = [
        Sentence(f"{NAME}의 전용 {area}㎡ 주택형 최고 분양가는 {eok}억원입니다.", "", "price", (f"area:{area}",))
        for area, eok in ((59, 6), (84, 9))
    ]
    answer = ask(f"광명에 있는 {NAME} 분양가는?", result(place, *prices))
    assert "광명에 있지 않습니다" in answer.text
    assert "6억원" in answer.text
    assert "9억원" in answer.text


def test_that_a_notice_is_closed_comes_first_where_it_is_taken_for_open() -> None:
    period = Sentence(
        f"{NAME}의 청약 접수 기간은 2030년 1월 2일부터 1월 4일까지입니다.",
        f"The application period of {HANBIT.name_en} is from 2 January 2030 to 4 January 2030.",
        "receipt",
    )
    assert ask(f"{NAME} 아직 청약 가능하지?", result(period)).text.startswith("(오늘 2031-03-01")
    told = ask(f"{NAME} 청약 언제였어?", result(period)).text
    assert told.index("2030년") < told.index("끝난 공고")
    assert told.count("끝난 공고") == 1


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("청약 2029년에 했던 거 맞나요?", True), ("청약 2030년 1월이었지?", False), ("2029년 청약이지?", True)],
)
def test_a_time_said_of_applications_is_compared_with_theirs(text: str, wrong: bool) -> None:
    period = Sentence(f"{NAME}의 청약 접수 기간은 2030년 1월 2일부터 1월 4일까지입니다.", "2 January 2030", "receipt")
    answer = ask(f"{NAME} {text}", result(MOVE_IN, period))
    assert ("자료와 다릅니다" in answer.text) is wrong
    assert "2030년 1월 2일" in answer.text
    assert "2031년 5월" not in answer.text


def test_a_rule_says_where_to_confirm_it() -> None:
    rule = result(Sentence("당첨 후 6개월 동안 팔 수 없습니다.", facet="faq"), domain="faq", name="전매", id_="faq:1")
    assert "청약홈" in ask("전매 언제부터 되나요", rule).text
    post = result(Sentence("글은 5개까지 올립니다.", facet="faq"), domain="faq", name="글 올리기", id_="faq:2")
    assert "청약홈" not in ask("글 몇 개까지 올리나요", post).text


def test_a_word_of_a_name_is_not_said_to_be_missing_from_the_documents() -> None:
    """나래뷰 is in a complex's name: it only was no condition of this question."""
    answer = ask(f"{NAME} 나래뷰 입주 언제야?", result(MOVE_IN))
    assert "자료에서 확인할 수 없습니다" not in answer.text
    assert "‘나래뷰’ 부분은 조건으로 읽지 못해" in answer.text
    assert (
        "‘코끼리’ 관련 내용은 자료에서 확인할 수 없습니다" in ask(f"{NAME} 코끼리 입주 언제야?", result(MOVE_IN)).text
    )


def test_the_answers_of_two_entries_stay_apart_each_under_its_question() -> None:
    entries = [
        result(Sentence(said, facet="faq"), domain="faq", name=asked, id_=f"faq:{number}")
        for number, (asked, said) in enumerate(
            [("통장을 다시 쓸 수 있나요?", "없습니다."), ("통장을 팔아도 되나요?", "불법입니다.")]
        )
    ]
    model = FakeModel(["불법입니다. [2]"])
    answer = ask("청약통장 해지하면 어떻게 돼?", *entries, model=model)
    assert answer.text == "‘통장을 다시 쓸 수 있나요?’ — 없습니다. [1]\n\n‘통장을 팔아도 되나요?’ — 불법입니다. [2]"
    assert not model.prompts


def test_what_a_model_leaves_out_of_a_help_answer_is_told_and_what_it_says_is_not_said_twice() -> None:
    said = ("정산은 구매 확정 뒤에 됩니다.", "정산까지 영업일로 3일이 걸립니다.", "계좌는 본인 이름이어야 합니다.")
    entry = result(*(Sentence(one, facet="faq") for one in said), domain="faq", name="정산은 언제 되나요?", id_="faq:1")
    model = FakeModel(["정산은 구매 확정 뒤에 됩니다. [1] 계좌는 본인 이름이어야 합니다. [3]"])
    answer = ask("정산 언제 되나요?", entry, model=model)
    assert answer.text.count("구매 확정 뒤에") == answer.text.count("본인 이름") == 1
    assert "영업일로 3일이 걸립니다. [2]" in answer.text


def test_that_a_figure_is_missing_is_said_in_the_documents_words() -> None:
    missing = Sentence(f"{NAME}의 당첨 가점은 자료에 없습니다.", "", "score", ("none",))
    model = FakeModel([f"{NAME} 당첨되려면 자료에 없습니다. [1]"])
    answer = ask(f"{NAME} 당첨되려면 몇 점 필요해?", result(missing), model=model)
    assert "당첨 가점은 자료에 없습니다. [1]" in answer.text
    assert not model.prompts


def test_a_neighbourhood_without_a_notice_is_not_answered_with_homes_elsewhere() -> None:
    found = Candidate(HANBIT.id, 1.0)
    answer = ask("방화동 근처 공원 가까운 아파트", result(MOVE_IN), candidates=[found])
    assert answer.abstained
    assert "‘방화동’" in answer.text
    assert not answer.citations


def test_help_that_does_not_speak_of_what_is_asked_is_no_answer() -> None:
    paid = Sentence("중도금은 공사 진행에 따라 여러 번 냅니다.", facet="faq")
    entry = result(paid, domain="faq", name="중도금은 어떻게 내나요?", id_="faq:1")
    answer = ask("중도금 대출 되나요?", entry)
    assert answer.abstained
    assert "‘대출’" in answer.text
    assert not ask("중도금 언제 내나요?", entry).abstained


def test_districts_looked_in_besides_the_one_named_are_told() -> None:
    found = [Candidate(HANBIT.id, 1.0)]
    assert "(맞닿은 " in ask("금천구 주변 1000세대 이상 아파트", result(HOUSEHOLDS), candidates=found).text
    assert "맞닿은" not in ask("금천구 1000세대 이상 아파트", result(HOUSEHOLDS), candidates=found).text
