"""What the pages look like: templates, wordings in two languages, times as they are in Korea."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined
from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from assistant.entrypoints.chat.texts import Texts, spoken_language, texts
from assistant.kinds.housing.attributes import attributes, place_kinds
from assistant.language.ko.time import KST

FOLDER = Path(__file__).parent


class View:
    """Renders the templates of this package."""

    def __init__(self) -> None:
        self._templates = Jinja2Templates(FOLDER / "templates")
        self._templates.env.undefined = StrictUndefined  # a misspelt name is an error, and no hole in the page
        self._templates.env.filters["time"] = _time
        self._templates.env.trim_blocks = self._templates.env.lstrip_blocks = True

    def page(self, request: Request, name: str, status: int = 200, **values: Any) -> Response:
        """The template ``NAME.html`` in the browser's language."""
        phrases = wordings(request)
        chat = texts(phrases.language)
        given = {
            "root": request.scope.get("root_path", ""),
            "here": name,
            "language": phrases.language,
            "say": phrases.say,
            "places": {kind: attributes()[kind].label[phrases.language].capitalize() for kind in place_kinds()},
            "domains": {key: chat.phrases[f"domains.{key}"] for key in ("housing", "faq", "listing", "document")},
            "named": lambda key: phrases.phrases.get(key) or chat.phrases.get(key) or key.rpartition(".")[2],
        }
        response = self._templates.TemplateResponse(request, f"{name}.html", given | values, status)
        response.headers["Cache-Control"] = "no-store"
        return response


def wordings(request: Request) -> Texts:
    """The phrases of these pages in the browser's language."""
    return texts(spoken_language(request.headers.get("accept-language")), "ingest.curation.phrases")


@cache
def style_sheet() -> str:
    """The style of the pages, in the chat's colours."""
    theme = files("assistant.entrypoints.chat") / "chainlit" / "public" / "theme.json"
    colours = json.loads(theme.read_text(encoding="utf-8"))["variables"]
    rules = {name: "".join(f"{key}: {value}; " for key, value in colours[name].items()) for name in ("light", "dark")}
    head = f":root {{ {rules['light']}}}\n@media (prefers-color-scheme: dark) {{ :root {{ {rules['dark']}}} }}\n"
    return head + (FOLDER / "style.css").read_text(encoding="utf-8")


def _time(moment: datetime | date | None) -> str:
    """``2026-11-22 13:05`` in Korea; a day as it is."""
    if isinstance(moment, datetime):
        return moment.astimezone(KST).strftime("%Y-%m-%d %H:%M")
    return moment.isoformat() if moment else "–"
