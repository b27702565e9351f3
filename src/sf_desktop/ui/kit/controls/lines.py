"""One line to write on, which is as wide as so many characters at every size of text."""

from __future__ import annotations

from PySide6 import QtCore, QtGui
from PySide6.QtCore import QEvent, QPoint, QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QToolButton, QToolTip, QWidget

from sf_desktop.ui.kit.access.announcing import announce
from sf_desktop.ui.kit.dropped import files_in

MOST = 20_000  # characters: many times what a record takes in one line; Qt is slow with a line of a million
_AROUND = 44  # the frame, the padding and the cursor
# Qt.InputMethodHint.ImhSensitiveData, by number as in ``text/labels``: what completes words learns none from here.
KEEP_NOTHING = 2
_INSIDE = 2  # where Qt begins to write in a box of its own


def width_of(widget: QWidget, chars: int) -> int:
    """How wide so many characters are in a widget's own text."""
    return widget.fontMetrics().averageCharWidth() * chars + _AROUND


def only_so_many(most: int) -> str:
    """Say that what was put into a line did not all go in."""
    return f"Only {most:,} characters fit here: the rest of what you put in was left out."


class Line(QLineEdit):
    """At the most as wide as `chars`; with 0 it takes the room that there is.

    `was_cut` comes with words for the person, after so much as fits went in: whoever owns the line shows them.
    """

    was_cut = Signal(str)

    def __init__(self, chars: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chars = chars
        self.setMaxLength(MOST)
        self.setProperty("inputMethodHints", KEEP_NOTHING)
        self.inputRejected.connect(self._on_rejected)  # however it comes: pasted, dropped, dictated or typed
        self._fit()

    def put(self, text: str) -> None:
        """Show a text from code: whole, also where it is longer than what somebody may write here."""
        self.setMaxLength(max(self.maxLength(), len(text.encode("utf-16-le", "replace")) // 2))
        self.setText(text)

    def setEchoMode(self, mode: QLineEdit.EchoMode) -> None:
        """Hide or show what is written. Qt takes a line that shows it for one that anything may be learned from."""
        super().setEchoMode(mode)
        if mode == QLineEdit.EchoMode.Normal:
            self.setProperty("inputMethodHints", KEEP_NOTHING)

    def keyPressEvent(self, event: QtGui.QKeyEvent) -> None:
        is_paste = event.matches(QtGui.QKeySequence.StandardKey.Paste)
        if is_paste and files_in(QtGui.QGuiApplication.clipboard().mimeData()):
            event.ignore()  # for the page, where something takes it: here its path would be written
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QtGui.QDragEnterEvent) -> None:
        if files_in(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    @Slot()
    def _on_rejected(self) -> None:
        # Later, for Qt says it before what fits is in. By a timer: what the lock screen shows names no `Qt`.
        QTimer.singleShot(0, self, self._tell)

    @Slot()
    def _tell(self) -> None:
        self.was_cut.emit(only_so_many(self.maxLength()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def resizeEvent(self, event: QtGui.QResizeEvent) -> None:
        super().resizeEvent(event)
        for cross in self.findChildren(QToolButton):  # what empties it: Qt places it as if it were as small as its mark
            cross.move(cross.x(), (self.height() - max(cross.height(), cross.minimumHeight())) // 2)

    def _fit(self) -> None:
        if self._chars and self.maximumWidth() != (width := width_of(self, self._chars)):
            self.setMaximumWidth(width)


class SearchLine(Line):
    """A line for words by which something is found. It belongs to no field, so it says itself what did not go in."""

    def __init__(self, chars: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(chars, parent)
        self.setMaxLength(200)
        self.was_cut.connect(self._on_cut)

    @Slot(str)
    def _on_cut(self, words: str) -> None:
        announce(self, words)
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), words, self)


def words_line(name: str, asks: str = "With these words") -> SearchLine:
    """A line for words by which the list below it is filtered; `asks` stands in it while it is empty."""
    line = SearchLine(28)
    line.setAccessibleName(name)
    line.setPlaceholderText(asks)
    line.setMinimumWidth(140)
    line.setClearButtonEnabled(True)
    return line


class DottedLine(Line):
    """A line of its own box, such as an answer that was chosen: where it is cut, dots say so until it is written in."""

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        room = self.width() - 2 * _INSIDE
        if self.hasFocus() or self.fontMetrics().horizontalAdvance(self.text()) <= room:
            super().paintEvent(event)
            return
        painter = QtGui.QPainter(self)
        painter.setPen(self.palette().color(QtGui.QPalette.ColorRole.Text))
        shown = self.fontMetrics().elidedText(self.text(), QtCore.Qt.TextElideMode.ElideRight, room)
        painter.drawText(self.rect().adjusted(_INSIDE, 0, 0, 0), QtCore.Qt.AlignmentFlag.AlignVCenter, shown)
