"""Reads a written page (help, a privacy notice) into title, headings, paragraphs and points, all of it plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What a passage is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    POINT = "point"


# *these words*, also over the end of a line, never over the end of a paragraph. A star by itself is left where it is.
_EMPHASIS = re.compile(r"(?<![\w*])\*(?![\s*])((?:(?!\n\s*\n)[^*])+)(?<!\s)\*(?![\w*])")
_MARKS = (("# ", Sort.TITLE), ("## ", Sort.HEADING), ("- ", Sort.POINT))


@dataclass(frozen=True, slots=True)
class Passage:
    """One title, heading, paragraph or point."""

    sort: Sort
    text: str


def passages(text: str) -> tuple[Passage, ...]:
    """Return the passages of a page; lines that go on are joined, and marks of emphasis are left out."""
    found: list[Passage] = []
    is_open = False
    for line in _EMPHASIS.sub(r"\1", text.replace("**", "")).splitlines():
        words = line.strip()
        mark, sort = next((each for each in _MARKS if words.startswith(each[0])), ("", Sort.PARAGRAPH))
        if mark or (words and not is_open):
            found.append(Passage(sort, words.removeprefix(mark).strip()))
        elif words:
            found[-1] = Passage(found[-1].sort, f"{found[-1].text} {words}")
        is_open = bool(words) and sort not in {Sort.TITLE, Sort.HEADING}
    return tuple(found)
