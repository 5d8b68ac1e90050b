"""Bytes to text, strictly: UTF-8, UTF-16 with a byte order mark, or CP949, as Korean public data and Excel write it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from assistant.errors import SourceError

_HANGUL = re.compile("[가-힣]")


def read_text(path: Path) -> str:
    """The whole file as NFC text, without a byte order mark.

    Raises:
        SourceError: missing, unreadable, binary, or of another encoding (names the line of the first bad byte).
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise SourceError(path, "There is no such file.", "Check the path and run it again.") from None
    except OSError as error:
        raise SourceError(path, f"It cannot be read ({error.strerror}).", "Check its permissions.") from None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeError:
            raise SourceError(path, "It begins like UTF-16 and is not.", "Save it as UTF-8 or CP949.") from None
    if b"\x00" in data:
        line = data.count(b"\n", 0, data.index(b"\x00")) + 1
        raise SourceError(
            path, "It holds a NUL byte, so it is not text.", "Give the text or CSV file itself.", line=line
        )
    return unicodedata.normalize("NFC", _decode(path, data))


def _decode(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        broken = error.start
    # CP949 text hardly ever reads as UTF-8 Hangul, so Hangul before the bad byte means a UTF-8 file with a damaged
    # byte; decoding such a file as CP949 could succeed and give nonsense.
    if _HANGUL.search(data[:broken].decode("utf-8", errors="ignore")):
        encoding, position = "UTF-8", broken
    else:
        try:
            return data.decode("cp949")
        except UnicodeDecodeError as error:
            encoding, position = "UTF-8 nor CP949", error.start
    line = data.count(b"\n", 0, position) + 1
    word = "not valid" if encoding == "UTF-8" else "neither"
    raise SourceError(
        path,
        f"The byte 0x{data[position]:02x} is {word} {encoding}.",
        "Save the file again as UTF-8 or CP949 and mend that line.",
        line=line,
    )
