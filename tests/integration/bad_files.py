"""Files that cannot be read as what they claim to be, made on the spot: name, what is written, what must be said."""

from __future__ import annotations

import io
import json
import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

COORDINATES = "주택관리번호,위도,경도,정밀도"
PLACES = {"주택관리번호": "1", "위도": "37.5", "경도": "127.0", "정밀도": "address"}
FAQ = {"id": "B1", "question": "질문입니까?", "answer": "답입니다."}
POST = {"id": "B2", "title": "의자", "description": "", "price": "1000", "location": "금천구"}
HUNDRED_MILLION = 100_000_000


@dataclass(frozen=True)
class BadFile:
    """``says``: words of the report's paragraph on the file. ``joined``: it may belong to the notices."""

    name: str
    write: Callable[[Path], object]
    says: str
    joined: bool = False


def of(content: str | bytes) -> Callable[[Path], object]:
    data = content.encode() if isinstance(content, str) else content
    return lambda path: path.write_bytes(data)


def line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def pdf(text: str = "(Hello there)", *, password: str = "", owner_password: str = "") -> bytes:
    """A page that draws ``text``, a PDF string; nothing where it is empty."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    if text:
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 12 Tf 20 200 Td {text} Tj ET".encode())
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        page[NameObject("/Contents")] = writer._add_object(content)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
    if password or owner_password:
        writer.encrypt(password, owner_password or None, algorithm="AES-256")
    file = io.BytesIO()
    writer.write(file)
    assert len(PdfReader(io.BytesIO(file.getvalue()), password=password or None).pages) == 1
    return file.getvalue()


def flate_bomb() -> bytes:
    """A page of a few kilobytes whose content unpacks to gigabytes, level by level."""
    packed = zlib.compress(b" " * HUNDRED_MILLION, 9)
    packed = zlib.compress(packed * 400, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents[" + b"4 0 R " * 300 + b"]>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n" % len(packed) + packed + b"\nendstream",
    ]
    return assemble(objects)


def assemble(objects: list[bytes], trailer: bytes = b"") -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj" % number + body + b"endobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)
    return bytes(out)


def lettered(*pages: str, font: str, glyphs: str = "") -> bytes:
    """Pages that draw these texts; what stands in <> is drawn in a font with the entries ``font``.

    ``glyphs``: the rows of the table of its letters, object 5.
    """
    table = f"begincmap 1 begincodespacerange <00> <FF> endcodespacerange {glyphs} endcmap".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>"
        % (b" ".join(b"%d 0 R" % (6 + 2 * n) for n in range(len(pages))), len(pages)),
        f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica{font}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        _stream(table),
    ]
    for number, text in enumerate(pages):
        drawn = text.replace("<", ") Tj /F1 12 Tf (").replace(">", ") Tj /F2 12 Tf (")
        resources = b"<</Font<</F1 3 0 R/F2 4 0 R>>>>"
        content = b"/Contents %d 0 R" % (7 + 2 * number)
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources%s%s>>" % (resources, content))
        objects.append(_stream(f"BT /F2 12 Tf 50 600 Td ({drawn}) Tj ET".encode()))
    return assemble(objects)


def _stream(content: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)


def circular_xref() -> bytes:
    """Its only table of places says that the one before it is itself, and it has no catalogue."""
    body = b"%PDF-1.7\n"
    table = b"xref\n0 1\n0000000000 65535 f \ntrailer<</Size 1/Prev %d/Root 9 0 R>>\nstartxref\n%d\n%%%%EOF"
    return body + table % (len(body), len(body))


def circular_pages() -> bytes:
    return assemble([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"])


def faqs(*changes: dict[str, object]) -> Callable[[Path], object]:
    return of("".join(line({**FAQ, **change}) + "\n" for change in changes))


def coordinates(**changes: str) -> Callable[[Path], object]:
    return of(f"{COORDINATES}\n" + ",".join({**PLACES, **changes}.values()) + "\n")


def unreadable(path: Path) -> None:
    path.write_text("글입니다.", encoding="utf-8")
    path.chmod(0)


# Nothing of these files belongs to the notices.
ALONE = (
    BadFile("empty.md", of(""), "It is empty"),
    BadFile("blank.txt", of(" \n\n \t\n"), "It is empty"),
    BadFile("bom-only.txt", of(b"\xef\xbb\xbf"), "It is empty"),
    BadFile("utf16.txt", of("글입니다".encode("utf-16")[:-1]), "begins like UTF-16"),
    BadFile("nul.md", of(b"abc\n\x00"), "NUL byte"),
    BadFile("cut.md", of("가나다라\n".encode() + b"\xed\x95"), "not valid UTF-8"),
    BadFile("latin.txt", of("caf\xe9 \xff".encode("latin-1")), "Save the file again as UTF-8"),
    BadFile("picture.html", of(b"\x89PNG\r\n\x1a\n\x00"), "NUL byte"),
    BadFile("script.html", of("<html><script>alert('x')</script><nav>메뉴</nav></html>"), "no text outside"),
    BadFile("empty.html", of(""), "no text outside"),
    BadFile("deep.html", of("<div>" * 60_000), "nested too deeply"),
    BadFile("empty.jsonl", of("\n\n"), "It is empty"),
    BadFile("broken.jsonl", of('{"id": "1", "question": '), "not JSON"),
    BadFile("list.jsonl", of("[1]\n"), "JSON number"),
    BadFile("nested.jsonl", of("[" * 200_000), "nested too deeply"),
    BadFile("half.jsonl", faqs({}, {"id": "B3", "answer": ""}), "Key answer"),
    BadFile("number.jsonl", faqs({"answer": ["a"]}), "not text"),
    BadFile("twice.jsonl", faqs({}, {}), "stands already at line 1"),
    BadFile("future.jsonl", of(line({"schema": 9, "items": [FAQ]})), "no known form"),
    BadFile("surrogate.jsonl", of(json.dumps({**FAQ, "answer": "\ud83d"})), "surrogate"),
    BadFile("nul.jsonl", of(json.dumps({**FAQ, "answer": "a\0b"})), "NUL character"),
    BadFile("cp949.jsonl", of(line(FAQ).encode("cp949") + b"\xff"), "neither UTF-8 nor CP949"),
    BadFile("wide.jsonl", of(line({f"k{n}": n for n in range(100_000)})), "no known form"),
    BadFile("price.jsonl", of(line({**POST, "price": "9" * 5_000})), "Key price"),
    BadFile("words.jsonl", of(line({**POST, "price": "만원쯤"})), "Key price"),
    BadFile("empty.pdf", of(""), "It is empty"),
    BadFile("text.pdf", of("그냥 글입니다."), "does not begin like one"),
    BadFile("cut.pdf", of(pdf()[:200]), "Print it to a new PDF"),
    BadFile("password.pdf", of(pdf(password="secret")), "password"),
    BadFile("circle.pdf", of(circular_xref()), "Print it to a new PDF"),
    BadFile("pages.pdf", of(circular_pages()), "cannot be read as PDF"),
    BadFile("bomb.pdf", of(flate_bomb()), "Split it into smaller files"),
    BadFile("scanned.pdf", of(pdf("")), "OCR"),
    BadFile("old.pdf", of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "HWP"),
    BadFile("zip.pdf", of(b"PK\x03\x04" + bytes(100)), "HWPX"),
    BadFile("photo.pdf", of(b"\xff\xd8\xff\xe0" + bytes(100)), "JPEG"),
    BadFile("notice.hwp", of(b"\xd0\xcf\x11\xe0"), ".hwp"),
    BadFile("table.xlsx", of(b"PK\x03\x04"), ".xlsx"),
    BadFile("gone.md", lambda path: path.symlink_to("nowhere.md"), "a link to nowhere.md"),
    BadFile("circle.txt", lambda path: path.symlink_to(path.name), "link"),
    BadFile("outside.txt", lambda path: path.symlink_to("/etc/passwd"), "leads out of what was given"),
    BadFile("pipe.jsonl", os.mkfifo, "a pipe"),
    BadFile("folder.pdf", Path.mkdir, "an empty folder"),
    BadFile("locked.txt", unreadable, "permissions"),
)
# These may be one of the files that notices are joined with.
JOINED = (
    BadFile("empty.csv", of(""), "It is empty"),
    BadFile("header.csv", of(COORDINATES + "\n"), "no rows"),
    BadFile("unknown.csv", of("이름,값\n가,1\n"), "no known form"),
    BadFile("future.csv", of("주택관리번호,위도_v2,경도_v2\n1,37.5,127.0\n"), "lacks here"),
    BadFile("million.csv", of(",".join(f"c{n}" for n in range(1_000_000)) + "\n1" + "," * 999_999), "no known form"),
    BadFile("same.csv", of(",".join(["열"] * 1_000_000) + "\n"), "twice"),
    BadFile("quote.csv", of(f'{COORDINATES}\n"1,37.5,127.0,address\n'), "quotation mark"),
    BadFile("cells.csv", of(f"{COORDINATES}\n1,37.5,127.0\n"), "3 cells"),
    BadFile("huge.csv", coordinates(위도="9" * 5_000), "위도"),
    BadFile("sea.csv", coordinates(위도="12.5"), "Korea"),
    BadFile("half.csv", of(f"{COORDINATES}\n".encode("cp949") + b"\x81"), "neither UTF-8 nor CP949"),
    BadFile("mixed.csv", of(f"{COORDINATES}\n".encode() + "서울".encode("cp949") + b"\n"), "not valid UTF-8"),
    BadFile("photo.csv", of(b"\xff\xd8\xff\xe0\x00"), "NUL byte"),
    BadFile("gone.csv", lambda path: path.symlink_to("/no/such/file.csv"), "a link to"),
    BadFile("pipe.csv", os.mkfifo, "a pipe"),
    BadFile("folder.csv", Path.mkdir, "an empty folder"),
)
