"""Chat servers with the manners of real ones, told to a :class:`FakeServer` in the words of its requests."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

from eval.perf.fake_server import FakeServer, Respond, chunk, reply

NUMBERED = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
Style = Callable[[str, str], str]  # the number and the words of a piece of evidence -> what the model writes of it


def plain(number: str, quote: str) -> str:
    return f"{quote} [{number}]"


def manners(
    fake: FakeServer,
    *,
    refuses: tuple[str, ...] = (),
    named: bool = True,
    thinks: int = 0,
    style: Style = plain,
    status: int = 400,
    deltas: Callable[[str], list[str]] = lambda text: [text],
) -> Respond:
    """Says all of its evidence, each in ``style``, once its manners are met.

    ``refuses``: parameters that it does not take, in a 400 that names them in ``param`` or, where not ``named``, in its
    words alone. ``thinks``: tokens that it uses up before its first word.
    """

    def respond(handler: BaseHTTPRequestHandler) -> None:
        body = fake.requests[-1][2]
        refused = next((name for name in refuses if name in body and body[name] is not False), "")
        if refused:
            other = "max_completion_tokens" if refused == "max_tokens" else "something else"
            message = f"Unsupported parameter: '{refused}' is not supported with this model. Use '{other}' instead."
            param = refused if named else None
            reply(status, {"error": {"message": message, "param": param, "code": "unsupported_parameter"}})(handler)
            return
        room = int(str(body.get("max_completion_tokens") or body.get("max_tokens") or 10**6))
        asked = str(body["messages"][-1]["content"])  # type: ignore[index]
        text = "\n".join(style(number, quote) for number, quote in NUMBERED.findall(asked)) or "OK."
        counts = {"prompt_tokens": 9, "completion_tokens": min(room, thinks + 7), "total_tokens": 16}
        if not body.get("stream"):
            message_ = {"role": "assistant", "content": text}
            choice = {"index": 0, "message": message_, "finish_reason": "stop"}
            whole = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "usage": counts}
            reply(200, {**whole, "choices": [choice]})(handler)
            return
        said = [chunk(piece) for piece in (deltas(text) if room > thinks else [])]
        ended = {"index": 0, "delta": {}, "finish_reason": "stop" if room > thinks else "length"}
        events = [*said, {**chunk(""), "choices": [ended]}, {**chunk(""), "choices": [], "usage": counts}]
        lines = "".join(f"data: {json.dumps(event)}\n\n" for event in events)
        reply(200, f"{lines}data: [DONE]\n\n", kind="text/event-stream")(handler)

    return respond
