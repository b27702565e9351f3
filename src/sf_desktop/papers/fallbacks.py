"""Fonts of the computer itself, for what the shipped ones do not draw: Chinese, Japanese, Korean, emoji.

They are too large to ship, and every Windows and macOS has some; on Linux they come with the system or from a package.
Only those named here are looked for, in the system's own folders; what none of them draws is not drawn. The press reads
the folders in which they lie, with what else the system has there. What a person brought for themselves lies elsewhere.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path

from sf_desktop.papers.cmap import drawn_by

# In the order in which they are asked: one that draws much comes before one that draws less, emoji last.
NAMES = (
    "NotoSansCJK-Regular.ttc", "wqy-microhei.ttc", "DroidSansFallbackFull.ttf",
    "msyh.ttc", "YuGothR.ttc", "msgothic.ttc", "malgun.ttf", "simsun.ttc",
    "Hiragino Sans GB.ttc", "AppleSDGothicNeo.ttc", "STHeiti Light.ttc", "Arial Unicode.ttf",
    "NotoColorEmoji.ttf", "seguiemj.ttf", "seguisym.ttf", "Apple Color Emoji.ttc", "Symbola_hint.ttf",
)  # fmt: skip


def system_folders() -> tuple[Path, ...]:
    """Return where this system keeps its fonts; what its user brought is elsewhere."""
    if sys.platform == "win32":
        return (Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "Fonts",)
    if sys.platform == "darwin":
        return Path("/System/Library/Fonts"), Path("/System/Library/Fonts/Supplemental"), Path("/Library/Fonts")
    return tuple(sorted(_below(Path("/usr/share/fonts"))))


def fonts_for(characters: Collection[str], folders: Sequence[Path]) -> tuple[Path, ...]:
    """Return the fonts that draw some of these characters which no font before them draws."""
    left = {ord(each) for each in characters}
    found = []
    for path in _known(folders):
        if not left:
            break
        if drawn := left & characters_of(path):
            found.append(path)
            left -= drawn
    return tuple(found)


@cache
def characters_of(path: Path) -> frozenset[int]:
    """Return what a font draws; nothing where it cannot be read."""
    try:
        return frozenset(drawn_by(path.read_bytes()))
    except (OSError, ValueError, LookupError):
        return frozenset()


def _known(folders: Sequence[Path]) -> Iterator[Path]:
    for name in NAMES:
        yield from (folder / name for folder in folders if (folder / name).is_file())


def _below(root: Path) -> Iterator[Path]:
    """Yield the folders in which Debian's packages put fonts: two steps down."""
    for kind in (root, *_folders(root)):
        yield kind
        yield from _folders(kind)


def _folders(of: Path) -> Iterator[Path]:
    try:
        yield from (each for each in of.iterdir() if each.is_dir())
    except OSError:
        return
