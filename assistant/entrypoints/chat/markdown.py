"""Text on its way into Chainlit's Markdown: what documents and models wrote must not turn into links or formatting."""

from __future__ import annotations

import re

from assistant.language.web_addresses import unlinked

# Chainlit renders GFM with directives: "59~84㎡, 3~4억" would come out struck through, and "오전:오후" lose a word.
_DIRECTIVE_COLON = re.compile(r":(?=[^\W\d]|:|$)")
_SPECIAL = re.compile(r"[\\`*_\[\]<>#|{}~]")
_BULLET = re.compile(r"(?m)^(\s*)([-+=])")
_NUMBERED = re.compile(r"(?m)^(\s*\d+)([.)])")


def literal(text: str) -> str:
    """``text`` shown exactly as written: every character that Markdown gives a meaning is escaped."""
    escaped = _DIRECTIVE_COLON.sub(r"\\:", _SPECIAL.sub(r"\\\g<0>", unlinked(text)))
    return _BULLET.sub(r"\1\\\2", _NUMBERED.sub(r"\1\\\2", escaped))


def answer_markdown(text: str) -> str:
    """A piece of an answer: lists and emphasis stay, links, pictures, strike-through and directives do not.

    ``[n]`` stays as it is: Chainlit turns the name of an element into a link to it. Works on any piece of a stream,
    since it looks at one character and its neighbour only; a single line break is kept as one.
    """
    safe = unlinked(text).replace("~", r"\~").replace("](", r"]\(").replace("<", r"\<")
    safe = _DIRECTIVE_COLON.sub(r"\\:", safe)
    return re.sub(r"(?<!\n)\n(?!\n)", "  \n", safe)
