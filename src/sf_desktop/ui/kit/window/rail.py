"""The dark rail at the left: who the service is, where one can go, and how to lock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from sf_desktop.ui.kit.access.actions import key_words
from sf_desktop.ui.kit.controls.buttons import Pressable
from sf_desktop.ui.kit.layout.surfaces import column
from sf_desktop.ui.kit.style.icons import paint_icon
from sf_desktop.ui.kit.style.theme import current_tokens
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M, GAP_S, GAP_XS, RADIUS, RAIL_NARROW, RAIL_WIDTH
from sf_desktop.ui.kit.text.labels import Label
from sf_desktop.ui.kit.window.stack import ScreenPlan


@dataclass(frozen=True, slots=True)
class RailPlace:
    """One entry: a screen ("today") or something to do ("lock", with `is_screen` false)."""

    name: str
    label: str
    icon: str
    shortcut: str = ""
    at_bottom: bool = False
    is_screen: bool = True


class RailButton(Pressable):
    """One entry of the rail, painted from the tokens: icon, word, badge or key."""

    def __init__(self, place: RailPlace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self._badge = 0
        self._narrow = False
        self.setCheckable(place.is_screen)
        self.setAutoExclusive(place.is_screen)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(f"{place.label}  {key_words(place.shortcut)}" if place.shortcut else place.label)
        self._name()

    def set_badge(self, count: int) -> None:
        """Show a number, or none at 0."""
        self._badge = count
        self._name()
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Show only the icon."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        height = max(36, self.fontMetrics().height() + GAP_L)
        words = self.fontMetrics().horizontalAdvance(self.place.label)
        narrow = max(RAIL_NARROW - 2 * GAP_S, round(self._icon_side()) + GAP_L + GAP_XS)
        return QSize(narrow if self._narrow else words + 78, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(32, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        self._paint_ground(painter, on)
        side = self._icon_side()
        left = (self.width() - side) / 2 if self._narrow else 12.0
        ink = t.rail_text if on or self.underMouse() else t.rail_muted
        paint_icon(painter, self.place.icon, QRectF(left, (self.height() - side) / 2, side, side), ink)
        if not self._narrow:
            font = QFont(self.font())
            font.setBold(on)
            painter.setFont(font)
            painter.setPen(QColor(t.rail_text))
            box = QRectF(left + side + 11, 0, self.width() - left - side - 15, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.place.label)
        if self._badge:
            self._paint_badge(painter)
        elif not self._narrow and not self.place.is_screen and self.place.shortcut:
            self._paint_key(painter)

    def _icon_side(self) -> float:
        return max(20.0, self.fontMetrics().height() * 0.95)

    def _paint_ground(self, painter: QPainter, on: bool) -> None:
        t = current_tokens()
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(t.rail_focus), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.rail_raised) if on or self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.rail_mark))
            painter.drawRoundedRect(QRectF(1, 6, 3.5, self.height() - 12), 1.75, 1.75)

    def _paint_badge(self, painter: QPainter) -> None:
        t = current_tokens()
        font = QFont(self.font())
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * (0.65 if self._narrow else 0.85))
        painter.setFont(font)
        text = str(self._badge) if self._badge < 100 else "99+"
        metrics = QFontMetricsF(font)
        height = metrics.height() + (0 if self._narrow else 2)
        width = max(metrics.horizontalAdvance(text) + (6 if self._narrow else 12), height)
        top = 2.0 if self._narrow else (self.height() - height) / 2
        box = QRectF(self.width() - width - (1 if self._narrow else 10), top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.badge))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(QColor(t.on_badge))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_key(self, painter: QPainter) -> None:
        t = current_tokens()
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.82)
        metrics = QFontMetricsF(font)
        text = key_words(self.place.shortcut)
        width, height = metrics.horizontalAdvance(text) + 10, metrics.height() + 2
        if width > self.width() - 46 - self.fontMetrics().horizontalAdvance(self.place.label):
            return
        box = QRectF(self.width() - width - 9, (self.height() - height) / 2, width, height)
        painter.setFont(font)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(t.rail_line), 1))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(t.rail_muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _name(self) -> None:
        needs = f", {self._badge} {'thing' if self._badge == 1 else 'things'}" if self._badge else ""
        self.setAccessibleName(f"{self.place.label}{needs}")


class NavigationRail(QFrame):
    """Where one can go. `chosen(str)` names the place that was pressed."""

    chosen = Signal(str)

    def __init__(self, service: str, council: str, places: Sequence[RailPlace], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setAccessibleName("Navigation")
        self._service, self._council = Label(service, "heading"), Label(council, "muted")
        self._head = QWidget()
        head = column(self._head, gap=2)
        head.setContentsMargins(GAP_M, GAP_S, GAP_XS, GAP_M)
        head.addWidget(self._service)
        head.addWidget(self._council)
        self.buttons = {place.name: RailButton(place) for place in places}
        inner = QWidget()
        inner.setProperty("role", "rail-inner")
        down = column(inner, gap=GAP_XS)
        down.setContentsMargins(GAP_S, GAP_M, GAP_S, GAP_M)
        down.addWidget(self._head)
        for at_bottom in (False, True):
            for place in (place for place in places if place.at_bottom is at_bottom):
                down.addWidget(self.buttons[place.name])
                self.buttons[place.name].clicked.connect(self._on_clicked)
            if not at_bottom:
                down.addStretch(1)
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setWidget(inner)
        inner.setAutoFillBackground(False)
        column(self).addWidget(scroll)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.set_narrow(False)

    @property
    def service(self) -> str:
        """The service's name."""
        return self._service.text()

    @property
    def is_narrow(self) -> bool:
        return self._narrow

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, when the window has no room for words."""
        self._narrow = narrow
        self._head.setVisible(not narrow)
        for button in self.buttons.values():
            button.set_narrow(narrow)
        widest = max((b.sizeHint().width() for b in self.buttons.values()), default=0)
        if not narrow:
            self._service.ensurePolished()
            words = (self._service.fontMetrics().horizontalAdvance(each) for each in self.service.split())
            widest = max(widest, max(words, default=0) + GAP_M + GAP_S)
        # Not a fixed width: it would hold the whole window wider than a small screen before it can become narrow.
        self._wide = widest + 2 * GAP_S if narrow else max(RAIL_WIDTH, min(320, widest + 2 * GAP_S))
        self.setMinimumWidth(min(self._wide, RAIL_NARROW))
        self.setMaximumWidth(self._wide)
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_wide"):
            self.set_narrow(self._narrow)

    def sizeHint(self) -> QSize:
        return QSize(self._wide, super().sizeHint().height())

    def select(self, name: str) -> None:
        """Mark the place one is at; none where it is not on the rail."""
        for button in self.buttons.values():
            if button.isCheckable():
                button.setAutoExclusive(False)  # else the last one could not be unmarked
                button.setChecked(button.place.name == name)
                button.setAutoExclusive(True)

    def set_badge(self, name: str, count: int) -> None:
        """Put a number beside a place."""
        if (button := self.buttons.get(name)) is not None:
            button.set_badge(count)

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, RailButton):
            self.chosen.emit(sender.place.name)


def rail_places(plans: Sequence[ScreenPlan]) -> list[RailPlace]:
    """Return the places of the screens that have one, with help and locking at the bottom."""
    places = [
        RailPlace(plan.name, plan.label, plan.icon, plan.shortcut, plan.rail == "bottom") for plan in plans if plan.rail
    ]
    if not any(each.name == "help" for each in places):
        places.append(RailPlace("help", "Help", "help", "help", at_bottom=True, is_screen=False))
    places.append(RailPlace("lock", "Lock", "lock", "lock", at_bottom=True, is_screen=False))
    return places
