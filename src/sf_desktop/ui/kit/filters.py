"""A drop-down that filters what is below it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from sf_desktop.ui.kit.icons import paint_icon
from sf_desktop.ui.kit.theme import current_tokens

_ARROW = 18


class Combo(QComboBox):
    """One of a few; its items carry what they stand for. The wheel does not change it by accident."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(13)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        box = QRectF(self.width() - _ARROW - 8, (self.height() - _ARROW) / 2, _ARROW, _ARROW)
        paint_icon(QPainter(self), "down", box, current_tokens().muted)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
