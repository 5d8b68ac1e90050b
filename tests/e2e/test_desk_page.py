"""The agent's desk on the page: what it shows of a message, what becomes of a draft, and whom it is for."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from chat_page import ChatPage, OpenPage
from chat_process import ChatProcess, chat_process
from pictures import Shoot
from playwright.sync_api import Locator, expect

from assistant.entrypoints.accounts import write_account

SCAM = "판매자한테 입금했는데 채팅방을 나가버렸어요. 제 번호는 공일공-1234-5678이고요, 시1발 짜증나네요"
REFUND = "hi, when will I get my refund? you can mail me at kim@example.com"
LISTED = """async () => (await (await fetch("/project/threads", {method: "POST", headers: {"content-type":
    "application/json"}, body: JSON.stringify({pagination: {first: 9}, filter: {}})})).json()).data"""
REFUSED = "The agent desk is for agents"
PASSWORD = "correct horse battery"
ACTIONS = ("open", "draft", "use_entry", "show_entry", "show_evidence", "accept", "reject")


class DeskPage:
    """The desk's element on a page of the chat."""

    def __init__(self, chat: ChatPage) -> None:
        self.chat, self.page = chat, chat.page
        self.page.locator("#chat-profiles").click()
        self.page.locator('[data-test="select-item:desk"]').click()
        expect(self.root).to_be_visible(timeout=30_000)

    @property
    def root(self) -> Locator:
        return self.page.locator(".desk")

    @property
    def reply(self) -> Locator:
        return self.page.locator(".desk-reply")

    @property
    def told(self) -> Locator:
        return self.page.locator(".desk-told")

    def today(self) -> dict[str, int]:
        """Today's counts, as they stand above the desk."""
        told = self.page.locator(".desk-figures p").first.inner_text()
        counts = [int(number) for number in re.findall(r"\d+", told)]
        return dict(zip(("decided", "accepted", "unchanged", "rejected", "own"), counts, strict=False))

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def open(self, message: str) -> None:
        """Give a customer's message, and wait for the draft."""
        self.page.locator("#desk-message").fill(message)
        self.root.locator("button[type=submit]").first.click()
        expect(self.reply).not_to_have_value("", timeout=30_000)


@pytest.mark.parametrize("width", [1280, 390])
def test_message_is_shown_masked_with_its_entry_and_a_draft(
    composed_chat: ChatProcess, open_page: OpenPage, shoot: Shoot, width: int
) -> None:
    chat = open_page(composed_chat.url, "ko-KR", width=width)
    desk = DeskPage(chat)
    assert chat.violations() == []
    expect(chat.page.locator("#chat-input")).to_be_hidden()  # what is sent with it would be kept as it is
    desk.open(SCAM)
    assert desk.root.locator(".desk-flag").all_inner_texts() == ["전화번호 가림", "욕설"]
    assert "1234" not in chat.page.content()
    entry = desk.root.locator(".desk-entries li").first
    expect(entry).to_contain_text("돈을 보냈는데 판매자가 연락을 끊었어요.")
    expect(entry.locator("input")).to_be_checked()
    expect(desk.root.locator(".desk-similar li")).not_to_have_count(0)
    draft = desk.reply.input_value()
    assert draft.startswith("안녕하세요")
    assert "지급정지" in draft
    assert "[1]" in draft
    assert chat.violations() == []
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= width
    shoot(chat, f"desk-ko-{_device(width)}")
    entry.get_by_role("button").first.click()
    expect(chat.panel).to_contain_text("돈을 보냈는데 판매자가 연락을 끊었어요.")
    if width == 390:  # there the side panel lies over the page
        chat.page.keyboard.press("Escape")
        expect(chat.panel).to_have_count(0)
    desk.root.locator(".desk-evidence button").first.click()
    expect(chat.panel.locator("blockquote")).to_contain_text("지급정지")
    assert chat.hosts == {"127.0.0.1"}


def test_accepted_answer_is_counted_once_and_found_by_a_paraphrase(
    composed_chat: ChatProcess, open_page: OpenPage
) -> None:
    chat = open_page(composed_chat.url, "ko-KR")
    desk = DeskPage(chat)
    desk.open("행사 참가 확인증은 어디서 받나요? 010-2222-3333으로 알려 주세요")
    expect(desk.root.locator(".desk-entries")).to_contain_text("맞는 FAQ가 없습니다")
    assert "다시 연락드리겠습니다" in desk.reply.input_value()
    expect(desk.root.locator(".desk-holding")).to_be_visible()
    before = desk.today()
    answer = "확인증은 행사장 안내 데스크에서 나눠 드립니다."
    desk.reply.fill(f"{answer} [1]")
    desk.button("수락").dblclick()
    expect(desk.told).to_contain_text("직접 쓴 답을 남겼습니다")
    assert desk.today()["own"] == before["own"] + 1
    desk.open("참가 확인증 수령하는 곳이 어디예요?")
    past = desk.root.locator(".desk-similar li").first
    expect(past).to_contain_text(answer)
    expect(past).not_to_contain_text("[1]")
    expect(past).to_contain_text("[연락처 가림]")
    past.get_by_role("button").click()
    expect(desk.reply).to_have_value(answer)
    desk.button("수락").click()
    expect(desk.told).to_contain_text("그대로 수락했습니다")
    after = desk.today()
    assert [after[key] - before[key] for key in ("decided", "accepted", "unchanged")] == [2, 1, 1]


@pytest.mark.parametrize("width", [1280, 390])
def test_draft_is_turned_down_with_a_reason(
    composed_chat: ChatProcess, open_page: OpenPage, shoot: Shoot, width: int
) -> None:
    chat = open_page(composed_chat.url, "en-US", width=width)
    desk = DeskPage(chat)
    desk.open(REFUND)
    assert desk.root.locator(".desk-flag").all_inner_texts() == ["e-mail address masked"]
    assert "kim@" not in chat.page.content()
    assert desk.reply.input_value().startswith("Hello")
    desk.button("Reject").click()
    expect(desk.button("Record the rejection")).to_be_disabled()
    desk.root.get_by_label("The tone is not right").check()
    assert chat.violations() == []
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= width
    shoot(chat, f"desk-en-{_device(width)}", desk.reply)
    before = desk.today()
    desk.button("Record the rejection").dblclick()
    expect(desk.told).to_contain_text("The rejection is recorded")
    expect(desk.button("Reject")).to_be_disabled()
    disputed = desk.root.locator("summary").filter(has_text="often rejected")
    disputed.click()
    expect(disputed.locator("..")).to_contain_text("When can I get a refund?")
    assert desk.today()["rejected"] == before["rejected"] + 1


@pytest.fixture(scope="module")
def logged_in_chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChatProcess]:
    folder, users = tmp_path_factory.mktemp("folder"), tmp_path_factory.mktemp("home") / "users"
    write_account(users, "kim", "user", PASSWORD)
    write_account(users, "park", "agent", PASSWORD)
    script = Path(__file__).with_name("scripted_chat.py")
    with chat_process([sys.executable, str(script), str(users.parent), str(users)], folder, {}, 120) as process:
        process.url = process.url.replace("0.0.0.0", "127.0.0.1")
        yield process


def test_desk_is_for_agents_alone(logged_in_chat: ChatProcess, open_page: OpenPage) -> None:
    desk = DeskPage(open_page(logged_in_chat.url, "ko-KR", login=("park", PASSWORD)))
    desk.page.locator("#desk-message").fill("환불은 언제 되나요?")
    desk.root.locator("button[type=submit]").click()
    expect(desk.root).to_contain_text("처리하지 못했습니다")  # the scripted assistant has no documents
    expect(desk.page).to_have_url(f"{logged_in_chat.url}/")
    assert desk.page.evaluate(LISTED) == [], "a desk is no conversation that is kept"
    chat = open_page(logged_in_chat.url, "ko-KR", login=("kim", PASSWORD))
    chat.page.locator("#chat-profiles").click()
    expect(chat.page.locator('[data-test^="select-item:"]')).not_to_have_count(0)
    expect(chat.page.locator('[data-test="select-item:desk"]')).to_have_count(0)


def test_handlers_refuse_whoever_names_the_desks_profile_and_is_no_agent(logged_in_chat: ChatProcess) -> None:
    client = httpx.Client(base_url=logged_in_chat.url, headers={"Accept-Language": "en"})
    client.post("/login", data={"username": "kim", "password": PASSWORD})
    session, said = _connect(client)
    assert REFUSED in said
    for name in ACTIONS:
        action = {"name": f"desk_{name}", "payload": {"message": "환불", "entry": "market-fee"}}
        given = client.post("/project/action", json={"sessionId": session, "action": action}).json()
        assert given["response"]["problem"].startswith(REFUSED), name


def _connect(client: httpx.Client) -> tuple[str, str]:
    """A session that claims the desk's profile, and what the server says to it."""
    query, session = {"EIO": "4", "transport": "polling"}, "0e4f6a2c-5d0a-4c52-9a0e-3f6f8f3c1a11"
    query["sid"] = json.loads(client.get("/ws/socket.io/", params=query).text[1:])["sid"]
    claim = {"sessionId": session, "clientType": "webapp", "userEnv": "{}", "chatProfile": "desk"}
    client.post("/ws/socket.io/", params=query, content=f"40{json.dumps(claim)}")
    client.post("/ws/socket.io/", params=query, content='42["connection_successful"]')
    said = ""
    deadline = time.monotonic() + 20
    while "new_message" not in said and time.monotonic() < deadline:
        said += client.get("/ws/socket.io/", params=query, timeout=30).text
    return session, said


def _device(width: int) -> str:
    return "phone" if width == 390 else "desktop"
