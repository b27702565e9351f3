"""A pad to sign on: strokes of mouse, pen or finger, undone one by one, made into a picture at the end."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTabletEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from sf_desktop.ui.kit.drawings.drawing import Drawing
from sf_desktop.ui.kit.style.theme import current_tokens

WIDTH, HEIGHT = 1_200, 400
_INK, _PAPER = "#101418", "#ffffff"  # a signature is dark on white, whatever the theme
_PEN = 5.0
_MOST_POINTS = 20_000

Stroke = list[tuple[float, float]]


class SignaturePad(Drawing):
    """Keeps strokes as parts of its width and height, so that they fit any size. `changed` after each stroke."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strokes: list[Stroke] = []
        self._drawing: Stroke | None = None
        self._by_pen = False
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Pad to sign on")
        self.setAccessibleDescription(
            "It needs a pen, a finger or a mouse. Without one, choose that it was signed on paper or agreed aloud."
        )
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(QSize(240, 80))

    def sizeHint(self) -> QSize:
        return QSize(720, 240)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(80, min(320, width * HEIGHT // WIDTH))

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was drawn."""
        return not any(len(stroke) > 1 for stroke in self.strokes)

    def put(self, strokes: Sequence[Sequence[Sequence[float]]]) -> None:
        """Show these strokes."""
        self.strokes = [[(float(point[0]), float(point[1])) for point in stroke] for stroke in strokes]
        self._drawing = None
        self.update()

    def clear(self) -> None:
        """Take everything away; :meth:`put` brings it back."""
        self.put([])
        self.changed.emit()

    def undo(self) -> None:
        """Take the last stroke away."""
        if self.strokes:
            self.strokes.pop()
            self.update()
            self.changed.emit()

    def image(self) -> QImage:
        """Return the signature, dark on white."""
        made = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        made.fill(QColor(_PAPER))
        painter = QPainter(made)
        self._paint(painter, QSize(WIDTH, HEIGHT), _PEN)
        painter.end()
        return made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        else:
            super().keyPressEvent(event)

    # --- drawing ---------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and not self._by_pen:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._by_pen:
            self._go_on(event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if not self._by_pen:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        match event.type():
            case event.Type.TabletPress:
                self._by_pen = True
                self._begin(event.position())
            case event.Type.TabletMove:
                self._go_on(event.position())
            case event.Type.TabletRelease:
                self._end()
                self._by_pen = False
        event.accept()

    def _begin(self, at: QPointF) -> None:
        if sum(len(stroke) for stroke in self.strokes) < _MOST_POINTS:
            self._drawing = [self._place(at)]
            self.strokes.append(self._drawing)
            self.update()

    def _go_on(self, at: QPointF) -> None:
        if self._drawing is not None and len(self._drawing) < _MOST_POINTS:
            self._drawing.append(self._place(at))
            self.update()

    def _end(self) -> None:
        if self._drawing is not None:
            if len(self._drawing) == 1:  # a dot: the point of an i
                x, y = self._drawing[0]
                self._drawing.append((x + 0.002, y))
            self._drawing = None
            self.update()
            self.changed.emit()

    def _place(self, at: QPointF) -> tuple[float, float]:
        x, y = at.x() / max(1, self.width()), at.y() / max(1, self.height())
        return round(min(1.0, max(0.0, x)), 4), round(min(1.0, max(0.0, y)), 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), current_tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(
            QPen(QColor(tokens.focus if self.hasFocus() else tokens.control_line), 2 if self.hasFocus() else 1)
        )
        painter.setBrush(QColor(_PAPER))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 6, 6)
        painter.setPen(QPen(QColor("#9aa3ad"), 1))
        line = round(self.height() * 0.78)
        painter.drawLine(self.width() // 12, line, self.width() - self.width() // 12, line)
        self._paint(painter, self.size(), max(1.6, _PEN * self.width() / WIDTH))

    def _paint(self, painter: QPainter, size: QSize, width: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(_INK), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self.strokes:
            points = [QPointF(x * size.width(), y * size.height()) for x, y in stroke]
            path = QPainterPath(points[0])
            for one, other in pairwise(points):
                path.quadTo(one, (one + other) / 2)
            path.lineTo(points[-1])
            painter.drawPath(path)
