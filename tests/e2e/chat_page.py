"""The chat page as a person uses it: ask, read, open a citation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlparse

from playwright.sync_api import Locator, Page, expect


@dataclass
class ChatPage:
    """One browser tab on the chat. ``hosts`` are all hosts that the page asked for anything."""

    page: Page
    hosts: set[str] = field(default_factory=set)

    def open(self, url: str) -> None:
        self.page.on("request", lambda request: self.hosts.add(urlparse(request.url).hostname or ""))
        self.page.on("websocket", lambda socket: self.hosts.add(urlparse(socket.url).hostname or ""))
        self.page.goto(url)
        expect(self.page.locator("#chat-input")).to_be_visible()
        # Until the socket stands, the page offers its starters as disabled buttons.
        expect(self.starters.first).to_be_enabled(timeout=30_000)

    @property
    def starters(self) -> Locator:
        return self.page.locator("#starters button")

    @property
    def messages(self) -> Locator:
        """The assistant's messages. A step is none."""
        return self.page.locator('[data-step-type="assistant_message"]')

    @property
    def last_message(self) -> Locator:
        return self.messages.last

    @property
    def steps(self) -> Locator:
        """The lines that say what was understood and found."""
        return self.page.locator('[data-step-type="tool"]')

    @property
    def citations(self) -> Locator:
        return self.last_message.locator("a.element-link")

    @property
    def panel(self) -> Locator:
        return self.page.locator("#side-view-content")

    @property
    def stop_button(self) -> Locator:
        return self.page.locator("#stop-button")

    def send(self, text: str) -> None:
        self.page.locator("#chat-input").click()
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Enter")

    def ask(self, text: str, timeout: float = 60) -> str:
        """Send ``text``, wait at most ``timeout`` seconds for the stream to end, and give the answer as shown."""
        answered = self.messages.count()
        self.send(text)
        expect(self.messages).to_have_count(answered + 1, timeout=timeout * 1000)
        expect(self.stop_button).to_have_count(0, timeout=timeout * 1000)
        return self.last_message.inner_text()

    def open_citation(self, index: int = 0) -> str:
        """Press a citation of the last answer; the side panel's text."""
        self.citations.nth(index).click()
        expect(self.panel).to_be_visible()
        expect(self.panel.locator("blockquote")).to_be_visible()
        return self.panel.inner_text()

    def open_step(self) -> str:
        """Unfold the last step; its text."""
        self.steps.last.get_by_role("button").click()
        expect(self.steps.last.get_by_role("region")).to_be_visible()
        return self.steps.last.inner_text()


# Opens a chat's address in a fresh browser profile of a language: ``open_page(url, "ko-KR")``.
OpenPage = Callable[[str, str], ChatPage]
