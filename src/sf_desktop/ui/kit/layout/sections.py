"""The parts of a long form at its left, each with a word for how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from sf_desktop.ui.kit.controls.buttons import Pressable
from sf_desktop.ui.kit.layout.surfaces import column
from sf_desktop.ui.kit.style.theme import current_tokens
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_XS, RADIUS, SMALL_PT


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a form."""

    name: str
    label: str


class SectionButton(Pressable):
    """One part: its name, and its state underneath ("Complete", "Writing", "2 to mend")."""

    def __init__(self, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section = section
        self._state, self._tone = "", "muted"
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.say("")

    def say(self, state: str, tone: str = "muted") -> None:
        """Show a state in words; `tone` may be muted, ok, warning or danger."""
        self._state, self._tone = state, tone
        self.setAccessibleName(f"{self.section.label}, {state}" if state else self.section.label)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        small = QFontMetrics(self._small()).height() + 2 if self._state else 0
        width = self.fontMetrics().horizontalAdvance(self.section.label) + 2 * GAP_M + 8
        return QSize(width, self.fontMetrics().height() + small + 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(90, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(t.focus), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        filled = self.isChecked() or self.underMouse()
        painter.setBrush(QColor(t.accent_soft) if filled else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        inside = QRectF(self.rect()).adjusted(GAP_M, 9, -GAP_XS, -9)
        font = QFont(self.font())
        font.setBold(self.isChecked())
        painter.setFont(font)
        painter.setPen(QColor(t.text))
        label = QFontMetrics(font).elidedText(self.section.label, Qt.TextElideMode.ElideRight, int(inside.width()))
        painter.drawText(inside, Qt.AlignmentFlag.AlignTop, label)
        if self._state:
            painter.setFont(self._small())
            painter.setPen(QColor(getattr(t, self._tone)))
            painter.drawText(inside, Qt.AlignmentFlag.AlignBottom, self._state)

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setBold(False)
        font.setPointSizeF(font.pointSizeF() * SMALL_PT / 10.5)
        return font


class SectionList(QFrame):
    """The parts of a form; `chosen(str)` when one is picked. One is always shown."""

    chosen = Signal(str)

    def __init__(self, name: str, sections: Sequence[Section], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.buttons = {section.name: SectionButton(section) for section in sections}
        down = column(self, gap=2)
        for button in self.buttons.values():
            button.clicked.connect(self._on_clicked)
            down.addWidget(button)
        down.addStretch(1)
        if sections:
            self.select(sections[0].name)

    @property
    def current(self) -> str:
        """The name of the part that is shown."""
        return next((name for name, button in self.buttons.items() if button.isChecked()), "")

    def select(self, name: str) -> None:
        """Mark a part without announcing it."""
        self.buttons[name].setChecked(True)

    def say(self, name: str, state: str, tone: str = "muted") -> None:
        """Show how far a part is."""
        self.buttons[name].say(state, tone)

    def step(self, by: int) -> None:
        """Choose the next or the previous part, as if it had been pressed."""
        names = list(self.buttons)
        at = max(0, min(len(names) - 1, names.index(self.current) + by))
        if names[at] != self.current:
            self.select(names[at])
            self.chosen.emit(names[at])

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, SectionButton):
            self.chosen.emit(sender.section.name)
