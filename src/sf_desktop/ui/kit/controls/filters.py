"""A drop-down with an arrow of its own, as wide as its answers need at every size of text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QToolTip, QWidget

from sf_desktop.ui.kit.controls.lines import width_of
from sf_desktop.ui.kit.style.icons import paint_icon
from sf_desktop.ui.kit.style.theme import current_tokens
from sf_record.text.turning import unturned

_ARROW = 18  # at usual text; larger text makes it larger too
_BESIDE_WORDS = 30  # the padding, and the arrow beside it


class Combo(QComboBox):
    """One of a few; its items carry what they stand for. The wheel does not change it by accident.

    `chars` is the most that it is wide. An answer that is longer than its room is shown whole in a tooltip.
    """

    def __init__(self, name: str = "", *, chars: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chars = chars
        self.setAccessibleName(name)
        self.setAccessibleDescription(name)  # on Linux Qt gives the answer for the name
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(13)
        self._fit()

    def addItem(self, text: str, data: object = None) -> None:  # type: ignore[override]
        """Offer one; what would turn its words is a square."""
        super().addItem(unturned(text), data)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.currentText() if self._is_cut() else "", self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = self._arrow()
        box = QRectF(self.width() - side - 8, (self.height() - side) / 2, side, side)
        paint_icon(QPainter(self), "down", box, current_tokens().muted)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _is_cut(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.currentText()) > self.width() - _BESIDE_WORDS - self._arrow()

    def _arrow(self) -> int:
        return max(_ARROW, self.fontMetrics().height())

    def _fit(self) -> None:
        if self._chars and self.maximumWidth() != (width := width_of(self, self._chars)):
            self.setMaximumWidth(width)
