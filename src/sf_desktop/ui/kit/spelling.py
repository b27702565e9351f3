"""Marks words that a speller does not know; the speller itself lives elsewhere, behind `Spelling`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QColor, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QMenu, QTextEdit

from sf_desktop.ui.kit.theme import current_tokens

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
MOST_SUGGESTIONS = 5


class Spelling(Protocol):
    """Knows the words of the language and the family's own names. Both calls must be quick: they run as one types."""

    def knows(self, word: str) -> bool: ...

    def suggest(self, word: str) -> Sequence[str]: ...


class SpellingMarks(QSyntaxHighlighter):
    """Underlines unknown words, except the one being written (it has no end yet)."""

    def __init__(self, document: QTextDocument, spelling: Spelling) -> None:
        super().__init__(document)
        self._spelling = spelling
        self._known: dict[str, bool] = {}

    def highlightBlock(self, text: str) -> None:
        marked = QTextCharFormat()
        marked.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        marked.setUnderlineColor(QColor(current_tokens().danger))
        for found in WORD.finditer(text):
            if found.end() < len(text) and not self._knows(found.group()):
                self.setFormat(found.start(), found.end() - found.start(), marked)

    def _knows(self, word: str) -> bool:
        if word not in self._known:
            self._known[word] = self._spelling.knows(word)
        return self._known[word]


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
