"""Run as ``python -m assistant.adapters.pages.picture PATH PAGE``, a quote on standard input: the page as PNG."""

from __future__ import annotations

import resource
import sys
from io import BytesIO
from typing import Any

CPU_SECONDS = 15
MEMORY_BYTES = 1 << 30
WIDTH = 1000  # pixels
MOST_PIXELS = 4_000_000  # of a page that is very long
COLOURS = 64
MARK = (255, 224, 102)  # behind the quote, as a marker pen


def main() -> None:
    path, number = sys.argv[1], int(sys.argv[2])
    quote = sys.stdin.buffer.read().decode()
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import pypdfium2  # after the limits, so that they hold for its import too
    from PIL import Image, ImageChops

    page = pypdfium2.PdfDocument(path)[number - 1]
    width, height = page.get_size()
    scale = min(WIDTH / width, (MOST_PIXELS / (width * height)) ** 0.5)
    picture = page.render(scale=scale).to_pil().convert("RGB")
    marks = Image.new("RGB", picture.size, "white")
    for left, bottom, right, top in quote_boxes(page.get_textpage(), quote):
        box = tuple(round(scale * at) for at in (left, height - top, right, height - bottom))
        marks.paste(MARK, box)
    output = BytesIO()
    ImageChops.multiply(picture, marks).quantize(COLOURS).save(output, "PNG", optimize=True)
    sys.stdout.buffer.write(output.getvalue())


def quote_boxes(text_page: Any, quote: str) -> list[tuple[float, float, float, float]]:
    """Where the quote stands (left, bottom, right, top in points), whatever its line breaks; empty where nowhere."""
    text = text_page.get_text_range()
    places = [place for place, letter in enumerate(text) if not letter.isspace()]
    sought = "".join(quote.split())
    found = "".join(text[place] for place in places).find(sought)
    if not sought or found < 0:
        return []
    first, last = places[found], places[found + len(sought) - 1]
    return [text_page.get_rect(n) for n in range(text_page.count_rects(first, last - first + 1))]


if __name__ == "__main__":
    main()
