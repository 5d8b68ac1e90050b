"""The chat page as a person uses it: ask, read, open a citation."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from urllib.parse import urlparse
from uuid import uuid4

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

SETTLED_SECONDS = 5


@dataclass
class ChatPage:
    """One browser tab on the chat. ``hosts`` are all hosts that the page asked for anything."""

    page: Page
    hosts: set[str] = field(default_factory=set)

    def open(self, url: str, login: tuple[str, str] | None = None) -> None:
        self.page.on("request", lambda request: self.hosts.add(urlparse(request.url).hostname or ""))
        self.page.on("websocket", lambda socket: self.hosts.add(urlparse(socket.url).hostname or ""))
        # The page asks for its settings, chooses a section, and is built anew with that one: what is typed before
        # that is lost.
        with self.page.expect_response(re.compile("/project/settings.*chat_profile=")) if not login else nullcontext():
            self.page.goto(url)
        if login and not self._log_in(*login):
            return
        expect(self.page.locator("#chat-input")).to_be_visible()
        # Until the socket stands, the page offers its starters as disabled buttons.
        expect(self.starters.first).to_be_enabled(timeout=30_000)

    def _log_in(self, name: str, password: str) -> bool:
        self.page.locator("#email").fill(name)
        self.page.locator("#password").fill(password)
        with self.page.expect_response(lambda reply: reply.request.method == "POST" and "login" in reply.url) as reply:
            self.page.locator("button[type=submit]").click()
        return reply.value.ok

    def choose_profile(self, domain: str) -> None:
        self.page.locator("#chat-profiles").click()
        self.page.locator(f'[data-test="select-item:{domain}"]').click()
        # The page connects anew with the profile.
        expect(self.page.locator(f'#welcome-screen img[src$="profile_{domain}.svg"]')).to_be_visible()
        expect(self.starters.first).to_be_enabled(timeout=30_000)

    def violations(self) -> list[str]:
        """What axe-core finds to be a serious or critical barrier to somebody, each with the elements it is in.

        Asked again for a few seconds while there is any: text that is still fading in is pale for a moment, and what
        stays is a barrier.
        """
        deadline = time.monotonic() + SETTLED_SECONDS
        while (found := self._violations()) and time.monotonic() < deadline:
            self.page.wait_for_timeout(500)
        return found

    def _violations(self) -> list[str]:
        found = Axe().run(self.page).response["violations"]
        return [
            f"{one['id']}: {[node['html'] for node in one['nodes']]}"
            for one in found
            if one["impact"] in ("serious", "critical")
        ]

    def echo(self, texts: Sequence[str]) -> None:
        """Send each message that the page sends to its server again with these texts; an empty one: as it was."""

        def relay(socket: WebSocketRoute) -> None:
            server = socket.connect_to_server()

            def send(frame: str | bytes) -> None:
                server.send(frame)
                if isinstance(frame, str) and frame.startswith('42["client_message"'):
                    _, payload = json.loads(frame[2:])
                    message = payload["message"]
                    for text in texts:
                        again = message | {"id": str(uuid4()), "output": text or message["output"]}
                        server.send("42" + json.dumps(["client_message", payload | {"message": again}]))

            socket.on_message(send)

        self.page.route_web_socket(re.compile("/ws/socket.io"), relay)

    @property
    def questions(self) -> Locator:
        return self.page.locator('[data-step-type="user_message"]')

    @property
    def understood(self) -> Locator:
        """The rows of chips that say what was understood, one per answer."""
        return self.page.locator(".understood")

    @property
    def chips(self) -> Locator:
        return self.understood.last.get_by_role("listitem")

    @property
    def conditions(self) -> Locator:
        """The button that opens the panel of conditions."""
        return self.page.locator("#chat-settings-open-modal")

    @property
    def cards(self) -> Locator:
        return self.page.locator(".candidate-card")

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
        box = self.page.locator("#chat-input")
        box.click()
        self.page.keyboard.insert_text(text)
        expect(self.page.locator("#chat-submit")).to_be_enabled(timeout=30_000)  # before that, Enter does nothing
        box.press("Enter")
        try:
            expect(box).to_be_empty(timeout=10_000)
        except AssertionError:  # the page is built twice as it opens, and a key in between is lost
            box.press("Enter")

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
OpenPage = Callable[..., ChatPage]
