"""What stands around an answer that finds homes: chips above it, replies, cards and their comparison below it."""

from __future__ import annotations

from chat_page import OpenPage
from chat_process import ChatProcess
from playwright.sync_api import expect

SEARCH = "Homes near a park in Geumcheon"


def test_condition_that_is_taken_away_asks_again_without_it(scripted_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(scripted_chat.url, "en-US")
    page.ask(SEARCH)
    assert page.chips.all_inner_texts() == ["area: Geumcheon", "near a park: within 800 m, straight line"]
    page.chips.first.get_by_role("button", name="Ask again without “area: Geumcheon”").click()
    expect(page.messages).to_have_count(2)
    expect(page.page.get_by_text("Asked again. Without: area: Geumcheon")).to_be_visible()
    expect(page.understood.last.get_by_role("listitem")).to_have_count(1)
    expect(page.questions).to_have_count(1)


def test_condition_is_changed_on_its_chip(scripted_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(scripted_chat.url, "en-US")
    page.ask(SEARCH)
    change = page.chips.first.get_by_role("button", name="Change “area: Geumcheon”")
    change.click()
    field = page.chips.first.get_by_role("textbox")
    expect(field).to_have_value("Geumcheon")
    assert page.violations() == []
    field.press("Escape")
    expect(change).to_be_focused()
    change.press("Enter")
    field.fill("nowhere")
    field.press("Enter")
    expect(page.page.get_by_text("I cannot read “nowhere” as a condition.")).to_be_visible()
    field.fill("Guro-gu")
    field.press("Enter")
    expect(page.messages).to_have_count(2)
    expect(page.page.get_by_text("Asked again. Changed: Guro-gu")).to_be_visible()
    expect(page.chips.first).to_have_text("area: Guro-gu")
    expect(page.stop_button).to_have_count(0)
    page.chips.last.get_by_role("button", name="Change").click()
    page.chips.last.get_by_role("textbox").fill("500m")
    page.chips.last.get_by_role("button", name="Ask again with this").click()
    expect(page.messages).to_have_count(3)
    expect(page.chips).to_have_text(["area: Guro-gu", "near a park: within 500 m, straight line"])
    expect(page.questions).to_have_count(1)


def test_panel_mirrors_what_was_understood_and_asks_again(scripted_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(scripted_chat.url, "en-US")
    expect(page.conditions).to_have_count(0)
    page.ask(SEARCH)
    page.conditions.click()
    area = page.page.get_by_role("dialog").get_by_label("area")
    expect(area).to_have_value("Geumcheon")
    assert page.violations() == []
    area.fill("nowhere")
    page.page.get_by_role("button", name="Confirm").click()
    expect(page.page.get_by_text("I cannot read “nowhere” as a condition.")).to_be_visible()
    page.conditions.click()
    expect(area).to_have_value("Geumcheon")
    area.fill("Guro-gu")
    page.page.get_by_role("button", name="Confirm").click()
    expect(page.messages).to_have_count(2)
    expect(page.chips.first).to_have_text("area: Guro-gu")
    expect(page.stop_button).to_have_count(0)
    page.conditions.click()
    expect(area).to_have_value("Guro-gu")
    area.fill("")
    page.page.get_by_role("button", name="Confirm").click()
    expect(page.messages).to_have_count(3)
    expect(page.chips).to_have_text(["near a park: within 800 m, straight line"])


def test_homes_are_cards_that_are_compared(scripted_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(scripted_chat.url, "en-US")
    page.ask(SEARCH)
    card = page.cards.first
    for told in (
        "Complex A",
        "가 단지",
        "Geumcheon-gu",
        "May 2031",
        "KRW 300 million",
        "KRW 400 million",
        "Park A 320m",
    ):
        expect(card).to_contain_text(told)
    expect(card).to_contain_text("512 units")  # why it fits, as it was cited
    expect(card).to_contain_text("Applications have closed.")
    expect(page.cards.nth(1)).to_contain_text("not in the data")
    compare = page.page.get_by_role("button", name="Compare")
    expect(compare).to_be_disabled()
    for number in range(2):
        page.cards.nth(number).get_by_role("checkbox").check()
    compare.click()
    header = page.page.get_by_role("region", name="Comparison").get_by_role("columnheader")
    assert header.all_inner_texts() == ["Complex A", "Complex B"]
    plot = page.page.get_by_role("img", name="Complex A, Station A 540m, Park A 320m. Complex B, Park A 320m")
    expect(plot).to_be_visible()
    assert page.violations() == []
    page.page.set_viewport_size({"width": 390, "height": 800})
    assert page.violations() == []
    assert page.page.evaluate("document.documentElement.scrollWidth") <= 390, "the page is wider than the phone"
    assert page.hosts == {"127.0.0.1"}


def test_replies_and_why_not_are_asked_with_one_click(scripted_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(scripted_chat.url, "en-US")
    page.ask(SEARCH)
    page.page.get_by_role("button", name="up to 600 million won").click()
    expect(page.messages).to_have_count(2)
    expect(page.questions.last).to_contain_text("up to 600 million won")
    expect(page.stop_button).to_have_count(0)
    page.page.get_by_label("Is one missing?").fill("Complex C")
    page.page.get_by_role("button", name="Why was it left out?").click()
    expect(page.questions.last).to_contain_text("Why was Complex C left out?")


def test_long_conversation_does_not_scroll_out_of_sight(scripted_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(scripted_chat.url, "en-US")
    for number in range(3):
        page.ask(f"{SEARCH} {number}")
    outer, inner = page.page.locator(".overflow-y-auto").all()[:2]
    assert outer.evaluate("(one) => one.scrollHeight - one.clientHeight") == 0
    assert inner.evaluate("(one) => one.scrollWidth - one.clientWidth") == 0


def test_new_topic_can_be_asked_without_what_was_said_before(scripted_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(scripted_chat.url, "en-US")
    page.ask(SEARCH)
    assert "user=" in page.ask("recall a new topic")
    page.page.get_by_role("button", name="Ask as a new topic").click()
    expect(page.messages).to_have_count(3)
    expect(page.last_message).to_contain_text("Remembered:")
    assert "user=" not in page.last_message.inner_text()


def test_answer_is_rated_with_a_reason(scripted_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(scripted_chat.url, "en-US")
    page.ask("Which complex?")
    page.page.get_by_role("button", name="Not helpful").click()
    page.page.get_by_label("Something is missing").check()
    page.page.get_by_label("Tell us more").fill("no floor plan")
    assert page.violations() == []
    page.page.get_by_role("button", name="Send", exact=True).first.click()
    expect(page.page.get_by_text("Thank you.")).to_be_visible()
    assert "rated False missing 'no floor plan' of v1 by ''" in scripted_chat.printed
    page.page.get_by_role("button", name="Helpful", exact=True).click()
    expect(page.page.get_by_role("button", name="Helpful", exact=True)).to_have_attribute("aria-pressed", "true")


def test_conversation_is_saved_as_markdown(scripted_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(scripted_chat.url, "ko-KR")
    page.ask(SEARCH)
    with page.page.expect_download() as download:
        page.page.get_by_role("button", name="Save this conversation").click()
    assert download.value.suggested_filename.endswith(".md")
    saved = download.value.path().read_text(encoding="utf-8")
    assert saved.startswith("# budongi와 나눈 대화")
    assert f"## {SEARCH}\n\nComplex A has 512 units" in saved
    assert "- [1] Complex A has 512 units of 59~84 ㎡ at 3~4억. (1)" in saved
