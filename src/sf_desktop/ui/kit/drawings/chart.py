"""A small chart of scores over time: lines told apart by shape and dash, walked through with the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from sf_desktop.ui.kit.drawings.drawing import Drawing
from sf_desktop.ui.kit.style.theme import current_tokens
from sf_desktop.ui.kit.style.tokens import GAP_S
from sf_record.text.turning import unturned

LINES_HIGH, LINES_HIGH_AT_LEAST = 11, 8
CHARS_WIDE = 30
MARK = 4.5
_DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
_STEPS = 5  # so many lines across at the most, besides the one at the foot
_CLOSE = 14  # a press this near to a point chooses it


@dataclass(frozen=True, slots=True)
class Dot:
    """One score on the chart: its day, its height, and everything that can be said of it."""

    on: date
    value: int
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One person's or one measure's scores, the earliest first. A label stands at its end where there are several."""

    label: str
    dots: tuple[Dot, ...]


class Chart(Drawing):
    """Scores over time. The keyboard goes from score to score: `chosen(str)` says the one it stands on."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._least, self._most = 0, 10
        self._at = -1
        self._words = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, title: str, lines: Sequence[Line], *, least: int, most: int, words: str) -> None:
        """Show these; `words` say the same, for whoever does not see the chart."""
        self._lines, self._least, self._most = tuple(lines), least, most
        self._at, self._words = -1, words
        self.setAccessibleName(f"Chart: {title}")
        self.setAccessibleDescription(f"{words} The left and right arrows go from score to score.")
        self.updateGeometry()
        self.update()

    @property
    def dots(self) -> tuple[Dot, ...]:
        """Every score, in the order of time: as the arrows go."""
        return tuple(sorted((dot for line in self._lines for dot in line.dots), key=_day))

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * CHARS_WIDE * 2, metrics.lineSpacing() * LINES_HIGH)

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * CHARS_WIDE, metrics.lineSpacing() * LINES_HIGH_AT_LEAST)

    # --- going from score to score ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Home: -len(self.dots),
            Qt.Key.Key_End: len(self.dots),
        }.get(Qt.Key(event.key()))
        if step is None or not self.dots:
            super().keyPressEvent(event)
            return
        begins_at = 0 if step > 0 else len(self.dots) - 1
        is_far = abs(step) > 1
        self._choose(begins_at if self._at < 0 and not is_far else self._at + step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        places = [self._place(dot) for dot in self.dots]
        near = [(QPointF(place - event.position()).manhattanLength(), at) for at, place in enumerate(places)]
        distance, at = min(near, default=(_CLOSE + 1.0, 0))
        if distance <= _CLOSE:
            self._choose(at)
        super().mousePressEvent(event)

    def _choose(self, at: int) -> None:
        self._at = min(max(at, 0), len(self.dots) - 1)
        words = self.dots[self._at].words
        self.setAccessibleDescription(words)
        self.chosen.emit(words)
        self.update()

    # --- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_scale(painter)
        self._paint_days(painter)
        for number, line in enumerate(self._lines):
            self._paint_line(painter, number, line)
        if self._at >= 0:
            place = self._place(self.dots[self._at])
            painter.setPen(QPen(QColor(current_tokens().focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(place, MARK + 5, MARK + 5)
        self.paint_focus(painter)

    def _area(self) -> QRectF:
        """Where scores stand: room for numbers at the left, days at the foot, and labels at the right."""
        metrics = self.fontMetrics()
        left = metrics.horizontalAdvance(f"{self._most}") + GAP_S * 2
        names = [metrics.horizontalAdvance(self._label(each.label)) for each in self._lines if len(self._lines) > 1]
        right = max(names, default=0) + GAP_S * 2 + metrics.horizontalAdvance("00")
        line = metrics.lineSpacing()
        return QRectF(left, line, max(1, self.width() - left - right), max(1, self.height() - line * 2.6))

    def _label(self, text: str) -> str:
        metrics = self.fontMetrics()
        return metrics.elidedText(
            unturned(text), Qt.TextElideMode.ElideRight, max(metrics.averageCharWidth() * 12, self.width() // 4)
        )

    def _height_of(self, value: int) -> float:
        area = self._area()
        share = (value - self._least) / max(1, self._most - self._least)
        return area.bottom() - share * area.height()

    def _place(self, dot: Dot) -> QPointF:
        area, days = self._area(), [each.on for each in self.dots]
        length = (max(days) - min(days)).days
        share = (dot.on - min(days)).days / length if length else 0.5
        return QPointF(area.left() + MARK * 2 + share * (area.width() - MARK * 4), self._height_of(dot.value))

    def _paint_scale(self, painter: QPainter) -> None:
        t, area, metrics = current_tokens(), self._area(), self.fontMetrics()
        step = max(1, -(-(self._most - self._least) // _STEPS))
        for value in range(self._least, self._most + 1, step):
            y = self._height_of(value)
            painter.setPen(QPen(QColor(t.control_line if value == self._least else t.line), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(t.muted))
            box = QRectF(0, y - metrics.height() / 2, area.left() - GAP_S, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(value))

    def _paint_days(self, painter: QPainter) -> None:
        """The first and the last day, and those between for which there is room."""
        metrics, area = self.fontMetrics(), self._area()
        painter.setPen(QColor(current_tokens().muted))
        y = area.bottom() + metrics.lineSpacing() * 0.4
        days = sorted({each.on: each for each in self.dots}.values(), key=_day)
        placed: list[QRectF] = []
        for dot in [*days[:1], *reversed(days[1:])]:
            text = f"{dot.on.day} {dot.on:%b} {dot.on:%y}"
            width = metrics.horizontalAdvance(text) + 2
            x = min(max(self._place(dot).x() - width / 2, area.left() - GAP_S), self.width() - width)
            box = QRectF(x, y, width, metrics.lineSpacing())
            if not any(box.adjusted(-GAP_S, 0, GAP_S, 0).intersects(each) for each in placed):
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
                placed.append(box)

    def _paint_line(self, painter: QPainter, number: int, line: Line) -> None:
        t, metrics = current_tokens(), self.fontMetrics()
        places = [self._place(dot) for dot in line.dots]
        pen = QPen(QColor(t.text), 1.8)
        pen.setStyle(_DASHES[number % len(_DASHES)])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(places))
        for dot, place in zip(line.dots, places, strict=True):
            _paint_mark(painter, number, place)
            painter.setPen(QColor(t.text))
            above = QRectF(place.x() - 20, place.y() - metrics.height() - MARK, 40, metrics.height())
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, str(dot.value))
        if len(self._lines) > 1 and places:
            last = places[-1]
            box = QRectF(self._area().right() + GAP_S, last.y() - metrics.height() / 2, self.width(), metrics.height())
            box.moveTop(box.top() + self._lower(number))
            painter.setPen(QColor(t.text))
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, left, self._label(line.label))

    def _lower(self, number: int) -> float:
        """How far a label goes down so that it does not lie on one before it at the same height."""
        mine = self._lines[number].dots[-1].value
        same = sum(each.dots[-1].value == mine for each in self._lines[:number] if each.dots)
        return same * float(self.fontMetrics().lineSpacing())


def _paint_mark(painter: QPainter, number: int, at: QPointF) -> None:
    """A filled circle, a hollow square, a filled triangle, a hollow diamond."""
    t = current_tokens()
    painter.setPen(QPen(QColor(t.text), 1.8))
    painter.setBrush(QColor(t.text if number % 2 == 0 else t.surface))
    size = MARK
    match number % 4:
        case 0:
            painter.drawEllipse(at, size, size)
        case 1:
            painter.drawRect(QRectF(at.x() - size, at.y() - size, size * 2, size * 2))
        case 2:
            corners = [QPointF(0, -size), QPointF(size, size), QPointF(-size, size)]
            painter.drawPolygon(QPolygonF([at + each for each in corners]))
        case _:
            corners = [QPointF(0, -size), QPointF(size, 0), QPointF(0, size), QPointF(-size, 0)]
            painter.drawPolygon(QPolygonF([at + each * 1.3 for each in corners]))


def _day(dot: Dot) -> date:
    return dot.on
