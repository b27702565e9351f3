"""One line to write on, which is as wide as so many characters at every size of text."""

from __future__ import annotations

from PySide6 import QtCore, QtGui
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

_AROUND = 44  # the frame, the padding and the cursor
_INSIDE = 2  # where Qt begins to write in a box of its own


def width_of(widget: QWidget, chars: int) -> int:
    """How wide so many characters are in a widget's own text."""
    return widget.fontMetrics().averageCharWidth() * chars + _AROUND


class Line(QLineEdit):
    """At the most as wide as `chars`; with 0 it takes the room that there is."""

    def __init__(self, chars: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chars = chars
        self._fit()

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


def words_line(name: str, asks: str = "With these words") -> Line:
    """A line for words by which the list below it is filtered; `asks` stands in it while it is empty."""
    line = Line(28)
    line.setAccessibleName(name)
    line.setPlaceholderText(asks)
    line.setMaxLength(200)
    line.setMinimumWidth(140)
    line.setClearButtonEnabled(True)
    return line


class DottedLine(QLineEdit):
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
