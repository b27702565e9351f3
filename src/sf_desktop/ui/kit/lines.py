"""One line to write on, which is as wide as so many characters at every size of text."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_AROUND = 44  # the frame, the padding and the cursor


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

    def _fit(self) -> None:
        if self._chars and self.maximumWidth() != (width := width_of(self, self._chars)):
            self.setMaximumWidth(width)
