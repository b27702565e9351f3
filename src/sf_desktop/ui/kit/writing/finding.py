"""Finding words in the answer that is being written: how many places, the next, the one before, which it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from sf_desktop.ui.kit.controls.buttons import quiet, secondary
from sf_desktop.ui.kit.controls.lines import SearchLine
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import column
from sf_desktop.ui.kit.style.theme import current_tokens
from sf_desktop.ui.kit.text.labels import muted

NOWHERE = "These words do not stand in this answer"


class FindLine(SearchLine):
    """Enter goes to the next place, Shift+Enter to the one before, Escape closes the bar."""

    next_wanted = Signal()
    previous_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setMinimumWidth(220)
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.previous_wanted if is_back else self.next_wanted).emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_wanted.emit()
        else:
            super().keyPressEvent(event)


class FindStrip(QWidget):
    """The line, the ways to the next place and the one before, and which it is: `typed`, and what is wanted next.

    ``say(words, may_go)`` says which place it is and whether there is one to go to.
    """

    typed = Signal()
    next_wanted = Signal()
    previous_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.line = FindLine(name)
        self.previous_button = secondary("Previous", spoken="Go to the place before")
        self.next_button = secondary("Next", spoken="Go to the next place")
        self.close_button = quiet("Close", spoken="Close finding")
        self.count = muted("")
        self.count.setWordWrap(False)
        column(self).addWidget(
            wrapping(self.line, self.previous_button, self.next_button, self.count, self.close_button)
        )
        self.line.textChanged.connect(self.typed)
        self.line.next_wanted.connect(self.next_wanted)
        self.line.previous_wanted.connect(self.previous_wanted)
        self.line.close_wanted.connect(self.close_wanted)
        self.next_button.clicked.connect(self.next_wanted)
        self.previous_button.clicked.connect(self.previous_wanted)
        self.close_button.clicked.connect(self.close_wanted)

    def begin(self) -> None:
        """Take the keyboard, with what was looked for last marked to be written over."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def say(self, words: str, *, may_go: bool) -> None:
        """Say which place it is, or that there is none."""
        self.count.setText(words)
        self.line.setAccessibleDescription(words)
        for button in (self.next_button, self.previous_button):
            button.setEnabled(may_go)


class FindInAnswer(QWidget):
    """Marks the words in `area` and puts the cursor behind them; what is written meanwhile is looked through too."""

    def __init__(self, area: QTextEdit) -> None:
        super().__init__()
        self._area = area
        self.strip = FindStrip("Find in this answer")
        column(self).addWidget(self.strip)
        self.strip.typed.connect(self._on_typed)
        self.strip.next_wanted.connect(self.go_next)
        self.strip.previous_wanted.connect(self.go_back)
        self.strip.close_wanted.connect(self.shut)

    def open(self) -> None:
        """Show the bar, with what was looked for last marked to be written over."""
        self.show()
        self.strip.begin()
        self._on_typed()

    @Slot()
    def shut(self) -> None:
        """Put the bar away; the keyboard is in the answer, behind what was found."""
        self.hide()
        self._area.setExtraSelections([])
        self._area.setFocus()

    @Slot()
    def _on_typed(self) -> None:
        places = self._places()
        here = self._area.textCursor().position() - len(self.strip.line.text())
        self._go(places, next((n for n, each in enumerate(places) if each.selectionStart() >= here), 0))

    @Slot()
    def go_next(self) -> None:
        """Go to the next place, from the last to the first."""
        places, here = self._places(), self._area.textCursor().position()
        self._go(places, next((n for n, each in enumerate(places) if each.selectionStart() >= here), 0))

    @Slot()
    def go_back(self) -> None:
        """Go to the place before, from the first to the last."""
        places, here = self._places(), self._area.textCursor().position()
        before = [n for n, each in enumerate(places) if each.selectionEnd() < here]
        self._go(places, before[-1] if before else len(places) - 1)

    def _places(self) -> list[QTextCursor]:
        words, document, found = self.strip.line.text(), self._area.document(), []
        at = document.find(words) if words.strip() else QTextCursor()
        while not at.isNull():
            found.append(at)
            at = document.find(words, at)
        return found

    def _go(self, places: list[QTextCursor], number: int) -> None:
        tokens = current_tokens()
        marks = []
        for n, each in enumerate(places):
            mark = QTextEdit.ExtraSelection()
            mark.cursor = each
            mark.format.setBackground(QColor(tokens.accent if n == number else tokens.accent_soft))
            mark.format.setForeground(QColor(tokens.on_accent if n == number else tokens.text))
            marks.append(mark)
        self._area.setExtraSelections(marks)
        if places:
            behind = self._area.textCursor()
            behind.setPosition(places[number].selectionEnd())
            self._area.setTextCursor(behind)
            self._area.ensureCursorVisible()
        nothing = NOWHERE if self.strip.line.text().strip() else ""
        self.strip.say(f"{number + 1:,} of {len(places):,}" if places else nothing, may_go=bool(places))
