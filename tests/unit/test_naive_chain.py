"""The chain that the assistant is compared with."""

from __future__ import annotations

import numpy as np
import pytest
from test_turn import FakeEmbedding, FakeModel

from assistant.domain import EntityName, Question
from assistant.ports import Vectors
from eval.data.cases import Case, Expect
from eval.report.side_by_side import beside
from eval.running.naive_chain import DECLINES, NaiveChain, Piece, pieces
from eval.running.runner import Outcome

NOTICE = Piece("housing/notices", "7", "주택명: 한빛\n입주예정월: 2031-05")


class Nearest(FakeEmbedding):
    def embed_query(self, text: str) -> Vectors:  # noqa: ARG002
        return np.array([1.0, 0.0], dtype=np.float32)


def chain(said: str) -> tuple[NaiveChain, FakeModel]:
    model = FakeModel([said])
    vectors = np.array([[0.0, 1.0], [1.0, 0.0]], dtype=np.float32)
    held = [Piece("faq", "help:1", "통장은 은행에서 만듭니다."), NOTICE]
    return NaiveChain(held, vectors, Nearest(), model, {"7": EntityName("housing:7", "한빛", "Hanbit")}), model


def test_what_is_nearest_is_the_context_and_what_is_marked_is_cited() -> None:
    naive, model = chain("한빛의 입주예정월은 2031-05입니다. [1]")
    answer = naive.ask(Question("한빛 입주 언제?"))
    assert model.prompts[0].user.index("[1] 주택명: 한빛") < model.prompts[0].user.index("[2] 통장은")
    assert [(one.n, one.source_id, one.quote) for one in answer.citations] == [(1, "7", NOTICE.text)]
    assert [name.id for name in answer.entities] == ["housing:7"]
    assert not answer.abstained


def test_it_declines_in_the_words_that_it_was_given() -> None:
    naive, _ = chain(f"{DECLINES}.")
    assert naive.ask(Question("한빛 수영장 있어?")).abstained


def test_rows_are_raw_and_cut_to_size() -> None:
    pytest.importorskip("langchain_text_splitters")
    cut = pieces()
    assert {piece.source for piece in cut} == {"housing/notices", "housing/house_types", "faq", "listings"}
    assert max(len(piece.text) for piece in cut) <= 500
    assert any(piece.text.startswith("주택관리번호: ") for piece in cut)


def test_two_programs_are_printed_side_by_side() -> None:
    def outcome(id_: str, said: str, wrong: tuple[str, ...]) -> Outcome:
        naive, _ = chain(said)
        case = Case(id_, "입주?", "ko", "fact", Expect(facts=(("month:2031-05",),)), "hand: test")
        return Outcome(case, naive.ask(Question("입주?")), wrong, 0.1)

    right = [outcome("a", "2031년 5월 [1]", ()), outcome("b", "2031년 5월", ("carries no citation",))]
    wrong = [outcome("a", "2032년 5월", ("x",)), outcome("b", "2032년 5월", ("x",))]
    printed = beside(("assistant", "naive chain"), right, wrong).splitlines()
    assert printed[1].split() == ["assistant", "1", "of", "2", "2", "of", "2"]
    assert printed[2].split() == ["naive", "chain", "0", "of", "2", "0", "of", "2"]
    assert printed[3].split()[2:4] == ["+50.0", "(+0.0"]
