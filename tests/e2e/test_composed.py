"""A cited answer stands while the chat model is still to say its first word, and gives way to its wording once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from chat_page import ChatPage, OpenPage
from chat_process import ChatProcess
from held_model import HeldModel
from playwright.sync_api import expect

QUESTION = "철산자이 더 헤리티지 입주 언제야?"
COMPOSED = "철산자이 더 헤리티지의 입주 예정월은 2025년 5월입니다. [1]"
WORDED = "철산자이 더 헤리티지는 2025년 5월에 입주할 예정입니다. [1]"
INVENTED = "철산자이 더 헤리티지에는 수영장이 세 개 있습니다. [1]"
WAITING_SECONDS = 60
# Notes each text that the last message shows, as its words change.
WATCH = """() => {
  window.shown = [];
  const note = () => {
    const text = [...document.querySelectorAll("[data-step-type=assistant_message] [role=article]")].pop()?.innerText;
    if (text && window.shown.at(-1) !== text) window.shown.push(text);
  };
  new MutationObserver(note).observe(document.body, {childList: true, subtree: true, characterData: true});
}"""


@pytest.fixture
def model(held_model: HeldModel) -> Iterator[HeldModel]:
    held_model.hold(WORDED)
    yield held_model
    held_model.may_answer.set()


@pytest.mark.parametrize(("says", "final"), [(WORDED, WORDED), (INVENTED, COMPOSED)], ids=["worded", "invented"])
def test_the_answer_without_a_model_is_sent_before_the_model_has_said_anything(
    worded_chat: ChatProcess, composed_chat: ChatProcess, model: HeldModel, says: str, final: str
) -> None:
    model.hold(says)
    without = httpx.post(f"{composed_chat.url}/v1/ask", json={"question": QUESTION}, timeout=WAITING_SECONDS).json()
    asked = {"question": QUESTION, "stream": True}
    with httpx.stream("POST", f"{worded_chat.url}/v1/ask", json=asked, timeout=WAITING_SECONDS) as reply:
        events = _events(reply)
        composed = next(data for name, data in events if name == "composed")
        # A hosted model is shown examples of its own.
        apart: dict[str, Any] = {"timings_ms": {}, "prompt_version": ""}
        assert composed | apart == without | apart
        model.may_answer.set()
        named = list(events)
    released = "".join(data["text"] for name, data in named if name == "released")
    name, finished = named[-1]
    assert name == "finished"
    assert finished["answer"] == released == final
    assert finished["model"] == "openai:held"


def test_the_models_wording_takes_the_answers_place_once(
    worded_chat: ChatProcess, model: HeldModel, open_page: OpenPage
) -> None:
    page = open_page(worded_chat.url, "ko-KR")
    page.page.evaluate(WATCH)
    page.send(QUESTION)
    _expect_standing(page, "모델이 문장을 다듬고 있습니다")
    quote = page.open_citation()
    assert "2025년 5월" in quote
    model.may_answer.set()
    expect(page.stop_button).to_have_count(0)
    expect(page.last_message).to_contain_text("5월에 입주할 예정입니다.")
    expect(page.panel).to_be_visible()
    assert "다듬고" not in page.steps.last.inner_text()
    shown = [text.strip() for text in page.page.evaluate("window.shown")]
    assert [text.split(".")[0] for text in shown] == [COMPOSED.split(".")[0], WORDED.split(".")[0]]


def test_where_the_model_adds_nothing_the_page_stays_as_it_is(
    worded_chat: ChatProcess, model: HeldModel, open_page: OpenPage
) -> None:
    model.hold(INVENTED)
    page = open_page(worded_chat.url, "en-US", width=390)
    page.page.evaluate(WATCH)
    page.send(QUESTION)
    _expect_standing(page, "문장을 다듬고 있습니다")
    model.may_answer.set()
    expect(page.stop_button).to_have_count(0)
    assert len(page.page.evaluate("window.shown")) == 1


def test_who_stops_the_wording_or_asks_on_keeps_the_answer(
    worded_chat: ChatProcess, model: HeldModel, open_page: OpenPage
) -> None:
    page = open_page(worded_chat.url, "ko-KR")
    page.send("금천구 주변에 걷기 좋은 공원 있는 아파트 알려줘")
    _expect_standing(page, "모델이 문장을 다듬고 있습니다")
    # The first answer's wording is still awaited: nothing that the model says can bring the second.
    page.chips.first.get_by_role("button", name="빼고 다시 찾기").click()
    expect(page.messages).to_have_count(2)
    expect(page.cards.first).to_be_visible()
    _expect_standing(page, "모델이 문장을 다듬고 있습니다")
    page.stop_button.click()
    expect(page.page.get_by_text("답변을 멈췄습니다.")).to_be_visible()
    expect(page.stop_button).to_have_count(0)
    assert "다듬고" not in page.steps.last.inner_text()
    for answer in page.messages.all()[:2]:
        expect(answer).to_contain_text("공원")
    page.send("그중 첫 번째는 몇 세대야?")
    _expect_standing(page, "모델이 문장을 다듬고 있습니다")
    assert not model.may_answer.is_set()


def _expect_standing(page: ChatPage, line: str) -> None:
    expect(page.steps.last).to_contain_text(line, timeout=WAITING_SECONDS * 1000)
    expect(page.citations.first).to_be_visible()


def _events(reply: httpx.Response) -> Iterator[tuple[str, Any]]:
    name = ""
    for line in reply.iter_lines():
        key, _, value = line.partition(": ")
        if key == "event":
            name = value
        elif key == "data":
            yield name, json.loads(value)
