"""Blocks of a document whose layout was read (PDF, HTML) into chunks: one page and one heading each.

A chunk begins with the document's title and its headings. A table row is one sentence that can be cited alone: it names
its table, its columns and, by tag, its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from assistant.domain import Chunk, Sentence
from ingest.records import Block
from ingest.splitting import language_of, pieces, sentence_of, sentences

MAX_CHUNK = 500  # characters of a chunk without its head; one longer row is a chunk by itself
MAX_SENTENCE = 900  # characters; longer ones are cut between words
MAX_TITLE = 80
MAX_HEADINGS = 110
MAX_LABEL = 60
ITEM_START = re.compile(r"\s+(?=[ㆍ•■□○◦▪▶※★①-⑳]|[-–] )")
# Of headings: how they are numbered, and a figure, which may be what is asked for.
NUMBERING = re.compile(r"^(?:제\s?\d+\s?[장편조절](?:의\d+)?|\(?\d{1,2}[.)]|[IVX]+\.)\s*")
FIGURE = re.compile(r"\d")
BULLET = re.compile(r"^[■◆◈●▣□◇❚▌▶▷○•※\-\s]+")


def block_chunks(title: str, blocks: Sequence[Block]) -> Iterator[Chunk]:
    """Chunks in order; topic ``p12`` is page 12, and ``text`` where there are no pages."""
    blocks = _without_bare_headings(blocks)
    language = language_of(" ".join(block.text for block in blocks))
    for (page, headings), group in groupby(blocks, key=lambda block: (block.page, block.headings)):
        head = _head(title, headings)
        caption = BULLET.sub("", headings[-1]) if headings else ""
        tags = (f"page:{page}",) if page else ()
        statements: list[tuple[str, Sentence]] = []
        own = list(group)
        for block in own:
            # A heading is in the head already; alone on its page it is all there is.
            if headings and block.text == headings[-1] and len(own) > 1:
                if _holds_figure(caption):
                    statements.append(("", sentence_of(block.text, "text", language, tags)))
                continue
            own_tags = (*tags, "row") if block.is_row else tags
            for text in [block.text] if block.is_row else sentences(block.text):
                for piece in filter(None, _items(text) if block.is_row else pieces(text, MAX_SENTENCE)):
                    said = f"{caption}: {piece}" if block.is_row and caption and caption not in piece else piece
                    statements.append((piece, sentence_of(said, "text", language, own_tags)))
        for packed in _packed(statements):
            text = "\n".join([head, *(piece for piece, _ in packed if piece)])
            yield Chunk(
                f"p{page}" if page else "text",
                text,
                tuple(sentence for _, sentence in packed),
                language_of(" ".join(piece for piece, _ in packed), language),
            )


def _without_bare_headings(blocks: Sequence[Block]) -> list[Block]:
    """Without the headings under which nothing stands itself: they are in the heads of the chunks further in.

    One with a figure stays: a head may have no room for it, and is never cited.
    """
    kept = []
    for block, after in zip_longest(blocks, blocks[1:]):
        bare = bool(block.headings) and block.text == block.headings[-1] and not block.is_row
        further_in = bare and after is not None and after.headings != block.headings
        if not further_in or _holds_figure(block.text):
            kept.append(block)
    return kept


def _holds_figure(heading: str) -> bool:
    return bool(FIGURE.search(NUMBERING.sub("", BULLET.sub("", heading))))


def _items(row: str) -> Iterator[str]:
    """A table row; where a cell holds a whole list, several items at a time, each with the row's first words."""
    if len(row) <= MAX_SENTENCE:
        yield row
        return
    label, current = "", ""
    for item in ITEM_START.split(row):
        label = label or _shortened(item)
        if current and len(current) + len(item) > MAX_CHUNK:
            yield current
            current = label
        current = f"{current} {item}".strip()
    yield from pieces(current, MAX_SENTENCE)


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_LABEL else text[:MAX_LABEL].rpartition(" ")[0]


def _head(title: str, headings: Sequence[str]) -> str:
    """Title and headings; where they are too long, the outer headings give way."""
    kept: list[str] = []
    room = MAX_HEADINGS
    for heading in reversed(headings):
        heading = BULLET.sub("", heading)
        if kept and len(heading) > room:
            break
        kept.insert(0, heading[:MAX_HEADINGS])
        room -= len(heading)
    return " – ".join(dict.fromkeys(part for part in (title[:MAX_TITLE], *kept) if part))


def _packed(statements: Sequence[tuple[str, Sentence]]) -> Iterator[list[tuple[str, Sentence]]]:
    current: list[tuple[str, Sentence]] = []
    length = 0
    for statement in statements:
        if current and length + len(statement[0]) > MAX_CHUNK:
            yield current
            current, length = [], 0
        current.append(statement)
        length += len(statement[0]) + 1
    if current:
        yield current
