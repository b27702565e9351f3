"""Marks words that a speller does not know; the speller itself lives elsewhere, behind `Spelling`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QColor, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QMenu, QTextEdit

from sf_desktop.ui.kit.style.theme import current_tokens

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
MOST_SUGGESTIONS = 5


class Spelling(Protocol):
    """Knows the words of the language and the family's own names. Both calls must be quick: they run as one types."""

    def knows(self, word: str) -> bool: ...

    def suggest(self, word: str) -> Sequence[str]: ...


class SpellingMarks(QSyntaxHighlighter):
    """Underlines unknown words, except the one being written (it has no end yet).

    Qt asks for a whole paragraph with each keystroke; only what differs from the time before is looked at.
    """

    def __init__(self, document: QTextDocument, spelling: Spelling) -> None:
        super().__init__(document)
        self._spelling = spelling
        self._known: dict[str, bool] = {}
        self._text = ""  # the paragraph that was looked at last, and the unknown words in it
        self._unknown: list[tuple[int, int]] = []

    def highlightBlock(self, text: str) -> None:
        first, last, was_last = changed_part(self._text, text)
        moved = last - was_last
        self._unknown = [
            *(each for each in self._unknown if each[1] <= first),
            *(found for found in self._look(text, first, last)),
            *((start + moved, end + moved) for start, end in self._unknown if start >= was_last),
        ]
        self._text = text
        marked = QTextCharFormat()
        marked.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        marked.setUnderlineColor(QColor(current_tokens().danger))
        for start, end in self._unknown:
            self.setFormat(start, end - start, marked)

    def _look(self, text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
        for found in WORD.finditer(text, first, last):
            if found.end() < len(text) and not self._knows(found.group()):
                yield found.span()

    def _knows(self, word: str) -> bool:
        if word not in self._known:
            self._known[word] = self._spelling.knows(word)
        return self._known[word]


def changed_part(was: str, now: str) -> tuple[int, int, int]:
    """Where two texts differ, in whole words: from, to in `now`, and to in `was`."""
    most = min(len(was), len(now))
    first = _alike(most, lambda size: was[:size] == now[:size])
    same = _alike(most - first, lambda size: was[len(was) - size :] == now[len(now) - size :])
    while first and _is_in_word(now[first - 1]):
        first -= 1
    # The last word of a text is not marked: where one of the two ends at once, it is looked at again.
    while same and (_is_in_word(now[len(now) - same]) or not now[len(now) - same :].strip("'’")):
        same -= 1
    return first, len(now) - same, len(was) - same


def _is_in_word(char: str) -> bool:
    return char.isalpha() or char in "'’"


def _alike(most: int, is_alike: Callable[[int], bool]) -> int:
    """The greatest size for which two ends are alike: by halving, for comparing long texts is quicker than counting."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if is_alike(middle) else (low, middle - 1)
    return low


class _Replacement(QObject):
    """Puts a suggested word in place of the one under the pointer."""

    def __init__(self, parent: QObject, cursor: QTextCursor, word: str) -> None:
        super().__init__(parent)
        self._cursor, self._word = cursor, word

    @Slot()
    def apply(self) -> None:
        self._cursor.insertText(self._word)


def offer_suggestions(menu: QMenu, area: QTextEdit, cursor: QTextCursor, spelling: Spelling) -> None:
    """Put other spellings of the word under `cursor` at the top of `menu`."""
    cursor.select(QTextCursor.SelectionType.WordUnderCursor)
    word = cursor.selectedText()
    if not WORD.fullmatch(word) or spelling.knows(word) or area.isReadOnly() or not menu.actions():
        return
    existing = menu.actions()
    offers = []
    for other in list(spelling.suggest(word))[:MOST_SUGGESTIONS] or [""]:
        offered = QAction(other or "No other spelling known", menu)
        offered.setEnabled(bool(other))
        offered.triggered.connect(_Replacement(menu, QTextCursor(cursor), other).apply)
        offers.append(offered)
    menu.insertActions(existing[0], offers)
    menu.insertSeparator(existing[0])
