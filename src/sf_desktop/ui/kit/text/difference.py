"""Shows a text with those words marked that another version of it does not have: underlined, bold and tinted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFont, QResizeEvent, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from sf_desktop.ui.kit.style.theme import current_tokens

_WORDS = re.compile(r"\w+(?:['’-]\w+)*|\s+|[^\w\s]")
_SENTENCES = re.compile(r"[^.!?\n]*[.!?\n]*\s*")
MOST_WORDS = 3_000  # longer than that is compared sentence by sentence: the window does not wait for words


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a text. `is_only_here`: the other version does not have it at this place."""

    text: str
    is_only_here: bool


def word_difference(mine: str, theirs: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces; joined, the pieces of each are the text again."""
    one, other = _parts(_WORDS, mine), _parts(_WORDS, theirs)
    if len(one) > MOST_WORDS or len(other) > MOST_WORDS:
        one, other = _parts(_SENTENCES, mine), _parts(_SENTENCES, theirs)
    here: list[Piece] = []
    there: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        _add(here, one[a:b], kind != "equal")
        _add(there, other[c:d], kind != "equal")
    return _bridged(here), _bridged(there)


def spoken(pieces: Sequence[Piece]) -> str:
    """Say a text so that the ear hears what the eye sees underlined."""
    return "".join(
        f"[only here: {each.text.strip()}] " if each.is_only_here and each.text.strip() else each.text
        for each in pieces
    ).strip()


def _parts(pattern: re.Pattern[str], text: str) -> list[str]:
    return [each for each in pattern.findall(text) if each]


def _add(pieces: list[Piece], parts: Sequence[str], is_only_here: bool) -> None:
    if parts:
        pieces.append(Piece("".join(parts), is_only_here))


def _bridged(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Join marked words that only a space parts: one stretch reads better than many."""
    made: list[Piece] = []
    for at, piece in enumerate(pieces):
        between = 0 < at < len(pieces) - 1 and not piece.text.strip() and pieces[at + 1].is_only_here
        is_marked = piece.is_only_here or (between and made[-1].is_only_here)
        if made and made[-1].is_only_here == is_marked:
            made[-1] = Piece(made[-1].text + piece.text, is_marked)
        else:
            made.append(Piece(piece.text, is_marked))
    return tuple(made)


class DifferenceText(QTextEdit):
    """One version, read-only, as high as its text; it can be selected and copied as plain text."""

    def __init__(self, name: str, tone: str = "information", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self._pieces: tuple[Piece, ...] = ()
        self._name = name
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(4)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show this text."""
        self._pieces = tuple(pieces)
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(spoken(self._pieces))
        self._write()

    def text(self) -> str:
        return self.toPlainText()

    def _write(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        for each in self._pieces:
            cursor.insertText(each.text, self._format(each))
        self._fit()

    def _format(self, piece: Piece) -> QTextCharFormat:
        made = QTextCharFormat()
        if piece.is_only_here:
            ink, paper = current_tokens().tone(self._tone)
            made.setForeground(QColor(ink))
            made.setBackground(QColor(paper))
            made.setFontUnderline(True)
            made.setFontWeight(QFont.Weight.Bold)
        return made

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_pieces"):
            self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(100, self.minimumHeight())

    @Slot(object)
    def _on_size_changed(self, _size: object) -> None:
        self._fit()

    def _fit(self) -> None:
        frame = self.height() - self.viewport().height() if self.isVisible() else 20
        height = round(self.document().size().height()) + max(frame, 18)
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)


def all_same(text: str) -> Iterator[Piece]:
    """A text in which nothing is marked."""
    if text:
        yield Piece(text, False)
