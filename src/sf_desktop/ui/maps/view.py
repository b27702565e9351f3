"""A map one can move about on by keyboard or mouse, and bring nearer; each place that is gone to is told."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollArea, QWidget

from sf_desktop.ui.kit.style.theme import current_theme, current_tokens
from sf_desktop.ui.maps.painting import paint, spot_box
from sf_record.maps.shapes import Picture, Spot

STEP, NEAREST, FARTHEST, READABLE = 1.25, 4.0, 0.1, 0.8
_KEYS = (
    "Arrow keys go from one to the next and say each, Enter opens the record, plus and minus zoom, 0 fits the window"
)


class _Canvas(QWidget):
    """Paints the map at a scale, and a frame round where one is."""

    def __init__(self) -> None:
        super().__init__()
        self.picture: Picture | None = None
        self.scale = 1.0
        self.at = -1
        self.is_framed = False

    def sizeHint(self) -> QSize:
        if self.picture is None:
            return QSize(1, 1)
        return QSize(math.ceil(self.picture.size[0] * self.scale), math.ceil(self.picture.size[1] * self.scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current_tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.surface))
        if self.picture is None:
            return
        painter.scale(self.scale, self.scale)
        paint(painter, self.picture, tokens, self.font().family())
        if 0 <= self.at < len(self.picture.spots):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            style = Qt.PenStyle.SolidLine if self.is_framed else Qt.PenStyle.DotLine
            painter.setPen(QPen(QColor(tokens.focus), 2.4, style))
            painter.drawRoundedRect(spot_box(self.picture.spots[self.at].box), 5, 5)


class MapView(QScrollArea):
    """Shows a picture. `went(int)` says to which of its spots somebody went, `opened(str)` which record is wanted."""

    went = Signal(int)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = _Canvas()
        self._zoom = 0.0  # 0: in the usual size of text, or as wide as the window where that can still be read
        self.setWidget(self.canvas)
        self.setWidgetResizable(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setMinimumSize(320, 240)
        self.setAccessibleDescription(_KEYS)
        self._name = ""

    @property
    def at(self) -> int:
        """The number of the spot that one is at; -1 before any."""
        return self.canvas.at

    @property
    def scale(self) -> float:
        """How large the map is shown."""
        return self.canvas.scale

    def show_picture(self, picture: Picture, name: str) -> None:
        """Show this map; one stays at the same record where it is still there."""
        before = self._spot()
        self.canvas.picture, self._name = picture, name
        ids = [each.id for each in picture.spots]
        self.canvas.at = ids.index(before.id) if before is not None and before.id and before.id in ids else -1
        self._say()
        self._draw()

    def go_to(self, number: int) -> None:
        """Go to a spot, bring it into view and tell of it."""
        picture = self.canvas.picture
        if picture is None or not 0 <= number < len(picture.spots) or number == self.canvas.at:
            return
        self.canvas.at = number
        box = spot_box(picture.spots[number].box)
        middle = box.center() * self.canvas.scale
        self.ensureVisible(
            round(middle.x()), round(middle.y()),
            round(box.width() * self.canvas.scale), round(box.height() * self.canvas.scale),
        )  # fmt: skip
        self.canvas.update()
        self._say()
        self.went.emit(number)

    @Slot()
    def nearer(self) -> None:
        """Bring the map nearer."""
        self._put_zoom(self.canvas.scale * STEP)

    @Slot()
    def farther(self) -> None:
        """Show more of the map."""
        self._put_zoom(self.canvas.scale / STEP)

    @Slot()
    def fit(self) -> None:
        """Show the whole map."""
        self._put_zoom(self._fitting())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._acted_on(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.nearer() if event.angleDelta().y() > 0 else self.farther()
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._spot_at(event.position())
        if number >= 0:
            self.go_to(number)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._spot_at(event.position()) >= 0:
            self._open()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.canvas.is_framed = True
        if self.canvas.at < 0:
            self.go_to(0)
        self.canvas.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.canvas.is_framed = False
        self.canvas.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._zoom == 0.0:
            self._draw()

    def _acted_on(self, key: Qt.Key) -> bool:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key in steps:
            self.go_to(self.canvas.at + steps[key])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.go_to(self._nearest(down=1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(0 if key == Qt.Key.Key_Home else len(self._spots()) - 1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.nearer()
        elif key == Qt.Key.Key_Minus:
            self.farther()
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            return False
        return True

    def _spots(self) -> tuple[Spot, ...]:
        return self.canvas.picture.spots if self.canvas.picture is not None else ()

    def _spot(self) -> Spot | None:
        spots = self._spots()
        return spots[self.canvas.at] if 0 <= self.canvas.at < len(spots) else None

    def _nearest(self, *, down: int) -> int:
        """The nearest spot above or below; -1 where there is none."""
        here = self._spot()
        if here is None:
            return 0
        x, y = here.middle
        found = [
            (abs(each.middle[0] - x) + abs(each.middle[1] - y) * 2, number)
            for number, each in enumerate(self._spots())
            if (each.middle[1] - y) * down > 20
        ]
        return min(found)[1] if found else -1

    def _spot_at(self, at: QPointF) -> int:
        point = QPointF(self.canvas.mapFrom(self, at.toPoint())) / self.canvas.scale
        return next((number for number, each in enumerate(self._spots()) if spot_box(each.box).contains(point)), -1)

    def _open(self) -> None:
        spot = self._spot()
        if spot is not None and spot.id:
            self.opened.emit(spot.id)

    def _say(self) -> None:
        spot = self._spot()
        self.setAccessibleName(f"{self._name}. {spot.words}" if spot is not None else self._name)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def _put_zoom(self, scale: float) -> None:
        self._zoom = min(NEAREST, max(FARTHEST, scale))
        self._draw()

    def _fitting(self) -> float:
        picture, room = self.canvas.picture, self.maximumViewportSize()
        if picture is None:
            return 1.0
        return min(room.width() / picture.size[0], room.height() / picture.size[1])

    def _fitting_across(self) -> float:
        picture = self.canvas.picture
        room = self.maximumViewportSize().width() - self.verticalScrollBar().sizeHint().width()
        return 1.0 if picture is None else room / picture.size[0]

    def _draw(self) -> None:
        theme = current_theme()
        usual = (theme.text_percent if theme is not None else 100) / 100
        self.canvas.scale = self._zoom or min(usual, max(self._fitting_across(), READABLE * usual))
        self.canvas.setFixedSize(self.canvas.sizeHint())
        self.canvas.update()
