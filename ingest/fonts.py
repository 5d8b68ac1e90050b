"""A Korean font to write PDFs with: given, of the system, or of a Python package that carries one."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path
from typing import Final

from assistant.errors import BudongiError

# A file name, or the start of one, for each Korean font that systems come with or that people install.
NAMES: Final = (
    *("NanumGothic.", "NanumBarunGothic.", "NanumMyeongjo.", "Pretendard-Regular", "NotoSansKR-Regular", "NotoSansKR["),
    *("NotoSansCJKkr-Regular", "NotoSansCJK-Regular", "NotoSerifCJK-Regular", "malgun.", "AppleGothic", "UnDotum."),
)
FOLDERS: Final = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts"),
    *("/Library/Fonts", "/System/Library/Fonts", "~/Library/Fonts", "C:/Windows/Fonts"),
)
# Wheels with a Korean font among their files; installed with --no-deps, they are nothing but the font.
PACKAGES: Final = ("koreanize-matplotlib", "noto-cjk-sans-otc")


class FontError(BudongiError):
    """No Korean font was found, or the one given cannot be used."""


def korean_font(given: Path | None = None) -> Path:
    """The font file to use.

    Raises:
        FontError: ``given`` is no file, or there is none anywhere.
    """
    if given is not None:
        if given.is_file():
            return given
        raise FontError(f"{given}: There is no such font file. Give a .ttf, .otf or .ttc with Korean letters.")
    for folder in FOLDERS:
        root = Path(folder).expanduser()
        found = sorted(path for path in root.rglob("*.[to]t[fc]") if root.is_dir())
        if font := _best(found):
            return font
    for package in PACKAGES:
        if font := _best(_files_of(package)):
            return font
    raise FontError(
        "No Korean font was found, and a PDF needs one. Install fonts-nanum (`apt install fonts-nanum`, `brew install "
        "--cask font-nanum-gothic`), or `pip install --no-deps koreanize-matplotlib==0.0.1`, which carries one, or "
        "name a font file with --font. Markdown (--format md) needs none."
    )


def _best(files: list[Path]) -> Path | None:
    return next((path for name in NAMES for path in files if path.name.startswith(name)), None)


def _files_of(package: str) -> list[Path]:
    try:
        listed = metadata.files(package) or []
    except metadata.PackageNotFoundError:
        return []
    return [Path(str(path.locate())) for path in listed]
