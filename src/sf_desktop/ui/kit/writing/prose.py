"""Writing: a plain-text area that grows with what is written and is quiet about everything else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from sf_desktop.ui.kit.access.actions import bind, key_words
from sf_desktop.ui.kit.controls.buttons import Button, quiet
from sf_desktop.ui.kit.dropped import holds_words
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.layout.surfaces import page_around, row
from sf_desktop.ui.kit.writing.finding import FindInAnswer
from sf_desktop.ui.kit.writing.phrases import TO_FILL_IN, PhraseMenu, Phrasing
from sf_desktop.ui.kit.writing.spelling import Spelling, SpellingMarks, offer_suggestions

MAX_PROSE_BYTES = 1_000_000
LINE_HEIGHT_PERCENT = 125.0  # of the font's own line, which is about 1.16 em: 1.45 em in all
ENDLESS_WORD = re.compile(r"\S{2000}")
TOO_LONG = "That is too long to fit in one answer. Nothing was added; paste a part of it."


class ProseArea(QTextEdit):
    """QTextEdit used as plain text only, because QPlainTextEdit cannot set a line height."""

    refused = Signal()

    def __init__(self, min_lines: int, max_lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._min_lines, self._max_lines = min_lines, max_lines
        self._room = 0  # pixels that a page has left over for this area
        self.spelling: Spelling | None = None
        self.phrases: Sequence[Phrasing] = ()
        self.setAcceptRichText(False)
        self.setAutoFormatting(QTextEdit.AutoFormattingFlag.AutoNone)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(True)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhMultiLine)
        self._wrap("")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(6)
        self.document().documentLayout().documentSizeChanged.connect(self._on_document_size_changed)
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        self._space_lines()
        bind("insert_phrase", self, self.offer_phrases).setShortcutContext(Qt.ShortcutContext.WidgetShortcut)

    def put(self, text: str) -> None:
        """Replace the text from code; the undo history starts afresh."""
        self.setUndoRedoEnabled(False)
        self.clear()  # before its lines are broken otherwise
        self._wrap(text)
        self.setPlainText(text)
        self._space_lines()
        self.setUndoRedoEnabled(True)
        self._fit()

    def text(self) -> str:
        return self.toPlainText()

    def least_height(self) -> int:
        """How high it is when nothing is written and no room is given."""
        return round(self._heights()[0])

    def use_room(self, height: int) -> None:
        """Be at least this high: the page has the room. 0 takes it back."""
        if height != self._room:
            self._room = height
            self._fit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste and drop take the plain text only, and only as much as one answer may hold."""
        if holds_words(source):
            self._insert(source.text())

    def insert_phrase(self, text: str) -> None:
        """Put words in at the cursor, in place of what is marked; the first thing to fill in is marked then."""
        start = self.textCursor().selectionStart()
        if not self.isReadOnly() and self._insert(text) and (found := TO_FILL_IN.search(text)) is not None:
            cursor = self.textCursor()
            cursor.setPosition(start + found.start())
            cursor.setPosition(start + found.end(), QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
        self.setFocus()

    def _insert(self, text: str) -> bool:
        if len(self.text().encode()) + len(text.encode()) > MAX_PROSE_BYTES:
            self.refused.emit()
            return False
        if ENDLESS_WORD.search(text) is not None:
            self._wrap(text)
        cursor = self.textCursor()
        cursor.beginEditBlock()  # one step of undo: without it Qt joins the paste to what was typed before
        cursor.insertText(text)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        return True

    def phrase_menu(self, parent: QWidget | None = None) -> PhraseMenu:
        """Return a menu of the phrases that may be put in here."""
        menu = PhraseMenu(self.phrases, parent or self)
        menu.chosen.connect(self.insert_phrase)
        return menu

    @Slot()
    def offer_phrases(self) -> None:
        """Show the phrases where the cursor is; the keyboard is in the menu then."""
        if self.phrases and not self.isReadOnly():
            menu = self.phrase_menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.viewport().mapToGlobal(self.cursorRect().bottomLeft()))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return holds_words(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Ctrl+Enter belongs to "Check and sign"; Ctrl+K and Ctrl+L are the window's, not the editor's.
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        if event.matches(QKeySequence.StandardKey.Paste) and not self.canPaste():
            event.ignore()  # a file or a picture: for the page, where something takes it
            return
        if event.text() == " ":
            # Undo takes back a word, not everything since the cursor last moved, which is what Qt joins into one step.
            cursor = self.textCursor()
            cursor.beginEditBlock()
            super().keyPressEvent(event)
            cursor.endEditBlock()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.spelling is not None:
            offer_suggestions(menu, self, self.cursorForPosition(event.pos()), self.spelling)
        if self.phrases and not self.isReadOnly():
            menu.addSeparator()
            menu.addMenu(self.phrase_menu(menu))
        menu.popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        if self.hasFocus():
            self.ensureCursorVisible()

    def sizeHint(self) -> QSize:
        return QSize(320, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.minimumHeight())

    def _wrap(self, text: str) -> None:
        """Break lines between words; anywhere where one has no end: for each line of it Qt would seek its end anew."""
        modes = QTextOption.WrapMode
        is_endless = ENDLESS_WORD.search(text) is not None
        self.setWordWrapMode(modes.WrapAnywhere if is_endless else modes.WrapAtWordBoundaryOrAnywhere)

    def _space_lines(self) -> None:
        spaced = QTextBlockFormat()
        spaced.setLineHeight(LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spaced)

    @Slot(object)
    def _on_document_size_changed(self, _size: object) -> None:
        self._fit()

    def _fit(self) -> None:
        wanted = self.document().size().height() + self._frame()
        least, most = self._heights()
        height = round(min(max(wanted, least, self._room), max(most, self._room)))
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)

    def _heights(self) -> tuple[float, float]:
        line = QFontMetricsF(self.font()).lineSpacing() * LINE_HEIGHT_PERCENT / 100
        least, most = (line * lines + 12 + self._frame() for lines in (self._min_lines, self._max_lines))
        return least, most

    def _frame(self) -> int:
        return self.height() - self.viewport().height() if self.isVisible() else 20

    @Slot()
    def _on_cursor_moved(self) -> None:
        """Keep the line being written in view on a page that scrolls."""
        if not self.hasFocus():
            return
        outer = page_around(self)
        if outer is not None:
            spot = self.viewport().mapTo(outer.content, QPoint(0, self.cursorRect().center().y()))
            outer.ensureVisible(outer.horizontalScrollBar().value(), spot.y(), 0, 60)


class ProseField(Field):
    """A question answered in sentences."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        hint: str = "",
        min_lines: int = 4,
        max_lines: int = 24,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, hint=hint, parent=parent)
        self.area = ProseArea(min_lines, max_lines)
        self.area.setAccessibleName(label)
        self._quiet = False
        self._seen = ""
        self._given, self._shown = "", ""  # Qt shows some characters as others, such as a space that does not break
        self.area.textChanged.connect(self._on_text_changed)
        self.area.refused.connect(self._on_refused)
        self._marks: SpellingMarks | None = None
        self.phrase_button: Button | None = None
        self._finding: FindInAnswer | None = None
        self._hold(self.area)

    def value(self) -> str:
        """What is written; what was only shown is as it was given."""
        text = self.area.text()
        return self._given if text == self._shown else text

    def set_value(self, value: str | None) -> None:
        if (value or "") == self.value():
            return
        self._quiet = True
        self.area.put(value or "")
        self._given, self._shown = value or "", self.area.text()
        self._seen = self._shown
        self._quiet = False

    def set_read_only(self, on: bool) -> None:
        self.area.setReadOnly(on)
        self.area.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            if on
            else Qt.TextInteractionFlag.TextEditorInteraction
        )

    def set_spelling(self, spelling: Spelling | None) -> None:
        """Underline words that `spelling` does not know, and offer others on a right click; None turns it off."""
        if self._marks is not None:
            self._marks.setDocument(None)
            self._marks.deleteLater()
        self._quiet = True
        self.area.spelling = spelling
        self._marks = SpellingMarks(self.area.document(), spelling) if spelling is not None else None
        self._quiet = False

    def set_phrases(self, phrases: Sequence[Phrasing]) -> None:
        """Offer these to be put in: by the button beside the label, by a right click, by the keyboard."""
        self.area.phrases = tuple(phrases)
        if self.phrase_button is None and phrases:
            self.phrase_button = quiet("Phrases", spoken=f"Phrases for {self.title}", hint=key_words("insert_phrase"))
            self.phrase_button.clicked.connect(self.area.offer_phrases)
            head = row()
            self.layout_.removeWidget(self.label)
            head.addWidget(self.label, 1)
            head.addWidget(self.phrase_button)
            self.layout_.insertLayout(0, head)
        if self.phrase_button is not None:
            self.phrase_button.setVisible(bool(phrases))

    def find_words(self) -> None:
        """Open what finds words in this answer."""
        if self._finding is None:
            self._finding = FindInAnswer(self.area)
            self.layout_.insertWidget(self.layout_.indexOf(self.area), self._finding)
        self._finding.open()

    def cursor_place(self) -> int:
        """Where the text cursor stands, to be found again after unlocking."""
        return self.area.textCursor().position()

    def put_cursor(self, position: int) -> None:
        """Put the text cursor back, as near as the text allows."""
        cursor = self.area.textCursor()
        cursor.setPosition(max(0, min(position, self.area.document().characterCount() - 1)))
        self.area.setTextCursor(cursor)

    @Slot()
    def _on_text_changed(self) -> None:
        if self._quiet:
            return
        # Marking spelling also says "changed"; only a different text is a change.
        if (text := self.area.text()) != self._seen:
            self._seen = text
            if self.problem == TOO_LONG:
                self.problem = ""
            self.changed.emit()

    @Slot()
    def _on_refused(self) -> None:
        self.problem = TOO_LONG
