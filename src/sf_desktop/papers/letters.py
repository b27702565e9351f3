"""Which characters the shipped fonts can draw, and what is done to a text that holds others: nothing is lost unsaid."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from sf_desktop.papers.cmap import drawn_by
from sf_desktop.paths import resources
from sf_record.text.turning import INSTEAD, TURNING

BREAK = "\u200b"  # a place where a line may end, without width
LONGEST_WORD = 24  # in a narrow column of large print a longer one would run off the paper
_LONG = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_LAID_OUT = frozenset("\n\t")


def font_folder() -> Path:
    """Return where the fonts lie."""
    return resources() / "papers" / "fonts"


def printable(text: str, more: frozenset[int] = frozenset()) -> tuple[str, frozenset[str]]:
    """Return a text as it can be set, and the characters in whose place a square stands.

    ``more`` is what fonts draw besides those that are shipped.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    missing = frozenset(each for each in set(plain) if not _is_drawn(each, more))
    if missing:
        plain = plain.translate({ord(each): INSTEAD for each in missing})
    return _broken(plain), missing


def named(characters: frozenset[str]) -> str:
    """Say which characters these are, so that somebody can look them up: U+1F600 grinning face."""
    return ", ".join(
        f"U+{ord(each):04X} {unicodedata.name(each, 'without a name').lower()}" for each in sorted(characters)
    )


def _is_drawn(character: str, more: frozenset[int]) -> bool:
    if character in _LAID_OUT:
        return True
    if character in TURNING or unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"}:
        return False
    return ord(character) in drawn() or ord(character) in more


def _broken(text: str) -> str:
    """Let a line end inside a word that is longer than a line may be."""
    return _LONG.sub(_word, text)


def _word(found: re.Match[str]) -> str:
    word = found.group()
    places = [0]
    while len(word) - places[-1] > LONGEST_WORD:
        place = places[-1] + LONGEST_WORD
        while place < len(word) and unicodedata.category(word[place])[0] in "MC":
            place += 1  # an accent stays with its letter
        places.append(place)
    return BREAK.join(word[at:to] for at, to in zip(places, [*places[1:], len(word)], strict=True))


@cache
def drawn() -> frozenset[int]:
    """Return every character that one of the fonts draws."""
    return frozenset(code for file in sorted(font_folder().glob("*.ttf")) for code in drawn_by(file.read_bytes()))
