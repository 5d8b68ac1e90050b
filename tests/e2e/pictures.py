"""Pictures of the page for docs/screenshots: small, and taken only when they are asked for."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Protocol

from chat_page import ChatPage
from PIL import Image
from playwright.sync_api import Locator

SETTLED_MS = 700  # panels slide in, buttons fade
COLOURS = 128
LARGEST = 150_000  # bytes of a picture that is kept in the repository


class Shoot(Protocol):
    """Keeps what ``page`` shows as ``NAME.png``; with ``top`` that element at the upper edge."""

    def __call__(self, page: ChatPage, name: str, top: Locator | None = None) -> None: ...


def take_picture(page: ChatPage, folder: Path, name: str, top: Locator | None = None) -> None:
    """Write ``folder/NAME.png``, as large as the page's window, in few colours so that it stays small."""
    folder.mkdir(parents=True, exist_ok=True)
    if top is not None:
        top.evaluate("(one) => one.scrollIntoView()")
    page.page.mouse.move(0, 0)
    page.page.wait_for_timeout(SETTLED_MS)
    path = folder / f"{name}.png"
    Image.open(BytesIO(page.page.screenshot())).convert("RGB").quantize(COLOURS).save(path, optimize=True)
    assert path.stat().st_size <= LARGEST, f"{path} is larger than {LARGEST} bytes"


def ignore_picture(page: ChatPage, name: str, top: Locator | None = None) -> None:
    """No pictures are wanted."""
