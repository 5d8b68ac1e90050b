"""Who is next at a model that does one thing at a time."""

from __future__ import annotations

import threading

from assistant.adapters.chat.request_queue import Line


def test_questions_are_served_in_their_order() -> None:
    line = Line()
    with line.question() as first:
        assert first.wait(0)
        with line.question() as second, line.question() as third:
            assert not second.wait(0)
            assert (second.ahead, third.ahead) == (1, 2)
    with line.question() as later:
        assert later.wait(0)  # whoever stopped waiting is gone


def test_a_question_is_woken_when_the_one_before_is_done() -> None:
    line = Line()
    served = threading.Event()

    def ask() -> None:
        with line.question() as place:
            if place.wait(10):
                served.set()

    with line.question():
        asking = threading.Thread(target=ask)
        asking.start()
        assert not served.wait(0.05)
    assert served.wait(5)
    asking.join()


def test_the_background_gives_way_to_a_question_and_counts_for_nobody() -> None:
    line = Line()
    told = threading.Event()
    with line.background(told.set):
        assert not told.is_set()
        with line.question() as place:
            assert told.is_set()
            assert place.ahead == 0
            assert not place.wait(0)  # it may take a moment to end


def test_the_background_waits_until_nobody_is_in_line() -> None:
    line = Line()
    order: list[str] = []

    def work() -> None:
        with line.background(lambda: None):
            order.append("background")

    with line.question():
        working = threading.Thread(target=work)
        working.start()
        with line.question():
            order.append("second question")
        order.append("first question")
    working.join(5)
    assert order == ["second question", "first question", "background"]
