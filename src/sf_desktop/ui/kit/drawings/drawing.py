"""What is painted and told to a screen reader as an image, with its name and what it says in words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from sf_desktop.ui.kit.style.theme import current_tokens


class Drawing(QLabel):
    """Qt lets no widget of ours choose its role, and gives that of an image to a label with a picture: this is one.

    It is painted anew when the keyboard comes and goes; :meth:`paint_focus` shows that it is here.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "drawing")
        nothing = QPixmap(1, 1)
        nothing.fill(Qt.GlobalColor.transparent)
        self.setPixmap(nothing)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paint_focus(self, painter: QPainter) -> None:
        """Paint a ring inside the edge, if the keyboard is here."""
        if self.hasFocus():
            painter.setPen(QPen(QColor(current_tokens().focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
