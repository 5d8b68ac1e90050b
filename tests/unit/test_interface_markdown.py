"""What documents and models wrote, on its way into the page's Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.entrypoints.chat.markdown import answer_markdown, literal
from assistant.language.web_addresses import JOINER, unlinked

ASCII_PUNCTUATION = re.compile(r"\\([!-/:-@\[-`{-~])")


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("59~84㎡, 3~4억", r"59\~84㎡, 3\~4억"),
        ("**굵게** _기울임_", r"\*\*굵게\*\* \_기울임\_"),
        ("[link](http://outside.example)", rf"\[link\](http:{JOINER}//outside.example)"),
        ("입주:예정 10:30", r"입주\:예정 10:30"),
        ("- item\n2. item", "\\- item\n2\\. item"),
        ("제목\n---", "제목\n\\---"),
    ],
)
def test_literal_escapes_what_markdown_would_read(text: str, markdown: str) -> None:
    assert literal(text) == markdown


@given(st.text(alphabet=st.characters(exclude_characters="\\", exclude_categories=["Cs"])))
def test_literal_shows_the_text_as_written(text: str) -> None:
    assert ASCII_PUNCTUATION.sub(r"\1", literal(text)) == unlinked(text)


@pytest.mark.parametrize(
    ("piece", "markdown"),
    [
        ("가 단지는 512세대입니다. [1]", "가 단지는 512세대입니다. [1]"),
        ("\n- 둘째 [2][3]", "  \n- 둘째 [2][3]"),
        ("문단\n\n문단", "문단\n\n문단"),
        ("59~84㎡", r"59\~84㎡"),
        ("![x](http://outside.example/x.png)", rf"![x]\(http:{JOINER}//outside.example/x.png)"),
        ("<img src=x>", r"\<img src=x>"),
    ],
)
def test_answer_keeps_lists_and_citations_but_no_links_or_pictures(piece: str, markdown: str) -> None:
    assert answer_markdown(piece) == markdown
