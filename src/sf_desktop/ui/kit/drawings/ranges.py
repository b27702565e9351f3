"""A chart of several areas on one scale: an open mark for the first reading, a filled one for the latest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sf_desktop.ui.kit.drawings.drawing import Drawing
from sf_desktop.ui.kit.style.theme import current_tokens
from sf_desktop.ui.kit.style.tokens import GAP_S
from sf_record.text.turning import unturned

MARK = 5.0
LABEL_SHARE = 0.45  # of the width, at the most
_CHARS_WIDE = 44


@dataclass(frozen=True, slots=True)
class Span:
    """One area: its first and its latest reading, and the same in words."""

    label: str
    first: int
    latest: int
    words: str


class Ranges(Drawing):
    """Areas under one another. The up and down arrows go from one to the next: `chosen(str)` says it."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spans: tuple[Span, ...] = ()
        self._least, self._most, self._at = 1, 10, -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_spans(self, title: str, spans: Sequence[Span], *, least: int, most: int) -> None:
        """Show these, in this order."""
        self._spans, self._least, self._most, self._at = tuple(spans), least, most, -1
        self.setAccessibleName(f"Chart: {title}")
        words = " ".join(each.words for each in spans)
        self.setAccessibleDescription(f"{words} The up and down arrows go from area to area.")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(
            metrics.averageCharWidth() * _CHARS_WIDE, round(metrics.lineSpacing() * (len(self._spans) + 1.5) * 1.25)
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or not self._spans:
            super().keyPressEvent(event)
            return
        begins_at = 0 if step > 0 else len(self._spans) - 1
        self._at = min(max(begins_at if self._at < 0 else self._at + step, 0), len(self._spans) - 1)
        words = self._spans[self._at].words
        self.setAccessibleDescription(words)
        self.chosen.emit(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t, metrics = current_tokens(), self.fontMetrics()
        line = metrics.lineSpacing() * 1.25
        longest = max((metrics.horizontalAdvance(each.label) for each in self._spans), default=0)
        left = min(longest + GAP_S * 3.0, self.width() * LABEL_SHARE)
        right = self.width() - GAP_S * 2.0
        self._paint_scale(painter, left, right, line)
        for number, span in enumerate(self._spans):
            y = line * (number + 0.6)
            painter.setPen(QColor(t.text))
            text = metrics.elidedText(unturned(span.label), Qt.TextElideMode.ElideRight, round(left) - GAP_S * 2)
            box = QRectF(GAP_S, y - line / 2, left - GAP_S * 2, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
            self._paint_span(painter, span, y, left, right)
            if number == self._at:
                painter.setPen(QPen(QColor(t.focus), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(2, y - line / 2 + 1, self.width() - 4, line - 2), 4, 4)
        self.paint_focus(painter)

    def _x(self, value: int, left: float, right: float) -> float:
        share = (value - self._least) / max(1, self._most - self._least)
        return left + MARK + share * (right - left - MARK * 2)

    def _paint_scale(self, painter: QPainter, left: float, right: float, line: float) -> None:
        t, foot = current_tokens(), line * (len(self._spans) + 0.1)
        for value in range(self._least, self._most + 1):
            x = self._x(value, left, right)
            painter.setPen(QPen(QColor(t.line), 1))
            painter.drawLine(QPointF(x, line * 0.2), QPointF(x, foot))
            painter.setPen(QColor(t.muted))
            painter.drawText(QRectF(x - 20, foot, 40, line), Qt.AlignmentFlag.AlignCenter, str(value))

    def _paint_span(self, painter: QPainter, span: Span, y: float, left: float, right: float) -> None:
        t = current_tokens()
        first, latest = QPointF(self._x(span.first, left, right), y), QPointF(self._x(span.latest, left, right), y)
        painter.setPen(QPen(QColor(t.text), 1.8))
        painter.drawLine(first, latest)
        painter.setBrush(QColor(t.surface))
        painter.drawRect(QRectF(first.x() - MARK, y - MARK, MARK * 2, MARK * 2))
        painter.setBrush(QColor(t.text))
        painter.drawEllipse(latest, MARK, MARK)
