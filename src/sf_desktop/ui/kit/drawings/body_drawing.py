"""The outline of a body, front and back: a click or the keyboard places a mark, each mark is a number on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from sf_desktop.ui.kit.drawings.drawing import Drawing
from sf_desktop.ui.kit.style.theme import current_tokens
from sf_record.bodymap import BACK, FRONT, HEIGHT, PARTS, SIDES, WIDTH, on_body, words_at

GAP = 80  # between the two figures, in the drawing's own units
HEAD_ROOM = 90  # for the words over them
STEP, LEAP = 10, 60
_TALL, _LOW = 460, 300
_DOT = 22.0
# Flank, hip, elbow, knee and ankle: drawn so that the outline is one body; a place there belongs to the part beside it.
_SMOOTH = (
    (222, 226, 228, 330, 50), (228, 330, 222, 430, 50), (212, 440, 208, 560, 42), (142, 300, 134, 350, 21),
    (112, 425, 104, 475, 16), (204, 620, 202, 700, 33), (200, 690, 196, 760, 29), (194, 840, 190, 905, 22),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on the drawing."""

    side: str
    x: int
    y: int


class BodyDrawing(Drawing):
    """`placed(side, x, y)` when somebody wants a mark there. The arrow keys move a cross, Enter or space places."""

    placed = Signal(str, int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks: tuple[Mark, ...] = ()
        self.cross = Mark(FRONT, WIDTH // 2, 260)
        self._is_enabled = True
        self._outline = _outline()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumSize(QSize(240, _LOW))
        self.setAccessibleName("Body map, front and back")
        self._describe()

    def sizeHint(self) -> QSize:
        return QSize(round(_TALL * (2 * WIDTH + GAP) / (HEIGHT + HEAD_ROOM)), _TALL)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show these, numbered in their order."""
        self.marks = tuple(marks)
        self._describe()
        self.update()

    def set_read_only(self, on: bool) -> None:
        """Show the marks without taking any."""
        self._is_enabled = not on
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if on else Qt.FocusPolicy.StrongFocus)
        self._describe()
        self.setCursor(Qt.CursorShape.ArrowCursor if on else Qt.CursorShape.CrossCursor)

    @property
    def cross_words(self) -> str:
        """Where the cross is."""
        return words_at(self.cross.side, self.cross.x, self.cross.y)

    def _describe(self, *, aloud: bool = False) -> None:
        count = "no mark yet" if not self.marks else "1 mark" if len(self.marks) == 1 else f"{len(self.marks)} marks"
        where = f"The cross is at: {self.cross_words}."
        keys = "The arrow keys move it, with Shift further; Enter places a mark there."
        how = f"{where} {keys} " if self._is_enabled else ""
        self.setAccessibleDescription(f"{how}There is {count}; the list under it says the same.")
        if aloud:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    # --- keyboard and mouse ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = LEAP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        across, down = {
            Qt.Key.Key_Left: (-step, 0), Qt.Key.Key_Right: (step, 0),
            Qt.Key.Key_Up: (0, -step), Qt.Key.Key_Down: (0, step),
        }.get(Qt.Key(event.key()), (0, 0))  # fmt: skip
        if across or down:
            self._move(across, down)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.modifiers():
            self.place_at_cross()
        else:
            super().keyPressEvent(event)

    def place_at_cross(self) -> None:
        """Ask for a mark where the cross is, or where the body is nearest to it."""
        if self._is_enabled:
            self.cross = Mark(self.cross.side, *on_body(self.cross.x, self.cross.y))
            self._describe()
            self.update()
            self.placed.emit(self.cross.side, self.cross.x, self.cross.y)

    def _move(self, across: int, down: int) -> None:
        """Move the cross; past the edge of one figure it comes to the other."""
        side, x, y = self.cross.side, self.cross.x + across, self.cross.y + down
        if x > WIDTH and side == FRONT:
            side, x = BACK, 0
        elif x < 0 and side == BACK:
            side, x = FRONT, WIDTH
        self.cross = Mark(side, min(WIDTH, max(0, x)), min(HEIGHT, max(0, y)))
        self._describe(aloud=True)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._is_enabled:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        found = self._mark_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and found is not None and self._is_enabled:
            self.cross = found
            self.place_at_cross()

    # --- where things are ------------------------------------------------------------------------------------------

    def _scale(self) -> float:
        return min(self.width() / (2 * WIDTH + GAP), self.height() / (HEIGHT + HEAD_ROOM))

    def _origin(self, side: str) -> QPointF:
        scale = self._scale()
        left = (self.width() - (2 * WIDTH + GAP) * scale) / 2
        return QPointF(left + (0 if side == FRONT else (WIDTH + GAP) * scale), HEAD_ROOM * scale)

    def point_of(self, mark: Mark) -> QPointF:
        """Where a mark stands on the widget."""
        return self._origin(mark.side) + QPointF(mark.x, mark.y) * self._scale()

    def _mark_at(self, at: QPointF) -> Mark | None:
        for side, _ in SIDES:
            place = (at - self._origin(side)) / self._scale()
            if 0 <= place.x() <= WIDTH and 0 <= place.y() <= HEIGHT:
                return Mark(side, round(place.x()), round(place.y()))
        return None

    # --- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for side, label in SIDES:
            self._paint_figure(painter, side, label)
        if self.hasFocus():
            self._paint_cross(painter)
        for number, mark in enumerate(self.marks, 1):
            self._paint_mark(painter, number, mark)

    def _paint_figure(self, painter: QPainter, side: str, label: str) -> None:
        tokens, origin, scale = current_tokens(), self._origin(side), self._scale()
        painter.setPen(QColor(tokens.muted))
        head = QRectF(origin.x(), 0, WIDTH * scale, origin.y())
        painter.drawText(head, Qt.AlignmentFlag.AlignCenter, label)
        painter.save()
        painter.translate(origin)
        painter.scale(scale, scale)
        pen = QPen(QColor(tokens.control_line), 3 / max(scale, 0.2))
        painter.setPen(pen)
        painter.setBrush(QColor(tokens.raised))
        painter.drawPath(self._outline)
        painter.restore()

    def _paint_cross(self, painter: QPainter) -> None:
        at = self.point_of(self.cross)
        painter.setPen(QPen(QColor(current_tokens().focus), 2))
        for one, other in ((QPointF(-11, 0), QPointF(11, 0)), (QPointF(0, -11), QPointF(0, 11))):
            painter.drawLine(at + one, at + other)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_mark(self, painter: QPainter, number: int, mark: Mark) -> None:
        tokens, at = current_tokens(), self.point_of(mark)
        size = max(_DOT, self.fontMetrics().height() + 4.0)
        box = QRectF(at.x() - size / 2, at.y() - size / 2, size, size)
        painter.setPen(QPen(QColor(tokens.surface), 2))
        painter.setBrush(QColor(tokens.danger))
        painter.drawEllipse(box)
        painter.setPen(QColor(tokens.surface))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))


def _outline() -> QPainterPath:
    """The parts of the body as one shape, with what smooths it where they meet."""
    whole = QPainterPath()
    limbs = [(part.x1, part.y1, part.x2, part.y2, part.reach) for part in PARTS]
    for x1, y1, x2, y2, reach in (
        *limbs,
        *_SMOOTH,
        *((WIDTH - x1, y1, WIDTH - x2, y2, r) for x1, y1, x2, y2, r in _SMOOTH),
    ):
        line = QPainterPath(QPointF(x1, y1))
        line.lineTo(QPointF(x2, y2))
        stroker = QPainterPathStroker()
        stroker.setWidth(2.0 * reach)
        stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
        whole = whole.united(stroker.createStroke(line))
    return whole.simplified()
