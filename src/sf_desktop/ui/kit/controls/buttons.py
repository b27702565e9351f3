"""The kinds of button: one primary action to a screen, the rest secondary or quiet, danger in outline."""

from __future__ import annotations

import math
from enum import StrEnum

from PySide6 import QtCore, QtGui
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from sf_desktop.ui.kit.style.theme import current_tokens
from sf_record.text.turning import unturned


class Kind(StrEnum):
    """How much a button asks to be pressed."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    DANGER = "danger"
    CHIP = "chip"


class Pressable(QPushButton):
    """What Enter presses once it has the focus, as Space does, and once however long it is held."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoDefault(True)

    def keyPressEvent(self, event: QtGui.QKeyEvent) -> None:
        if not (event.isAutoRepeat() and event.key() in (QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter)):
            super().keyPressEvent(event)


class Button(Pressable):
    """A button with a spoken name. Its text is shown literally: shortcuts live in the registry, not in ampersands.

    `spoken` says more than the text where several buttons read alike ("Start visit, Pretend family Alder").
    The second half of a double click presses only the button that had the first: what came under the pointer
    meanwhile is somebody else's.
    """

    def __init__(
        self, text: str, kind: Kind = Kind.SECONDARY, *, spoken: str = "", hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._pressed_at = -math.inf  # ms, as events count it
        self.setProperty("kind", kind.value)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_text(text, spoken)
        if hint:
            self.setToolTip(hint)
            self.setAccessibleDescription(hint)

    def enterEvent(self, event: QtGui.QEnterEvent) -> None:
        super().enterEvent(event)
        self.setCursor(QtCore.Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QtGui.QMouseEvent) -> None:
        self._pressed_at = event.timestamp()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QtGui.QMouseEvent) -> None:
        if event.timestamp() - self._pressed_at <= QtGui.QGuiApplication.styleHints().mouseDoubleClickInterval():
            super().mouseDoubleClickEvent(event)

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        super().paintEvent(event)
        # A dark ring around a dark button would hardly be seen: a light one inside it is.
        if self.hasFocus() and self.property("kind") == Kind.PRIMARY.value:
            painter = QtGui.QPainter(self)
            painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
            painter.setPen(QtGui.QPen(QtGui.QColor(current_tokens().on_accent), 1.6))
            painter.drawRoundedRect(QtCore.QRectF(self.rect()).adjusted(4, 4, -4, -4), 3, 3)

    def set_text(self, text: str, spoken: str = "") -> None:
        """Show and speak another text."""
        self.setText(unturned(text).replace("&", "&&"))
        self.setAccessibleName(spoken or text)


def primary(text: str, *, spoken: str = "", hint: str = "") -> Button:
    return Button(text, Kind.PRIMARY, spoken=spoken, hint=hint)


def secondary(text: str, *, spoken: str = "", hint: str = "") -> Button:
    return Button(text, Kind.SECONDARY, spoken=spoken, hint=hint)


def quiet(text: str, *, spoken: str = "", hint: str = "") -> Button:
    """A link that does something here."""
    return Button(text, Kind.QUIET, spoken=spoken, hint=hint)


def danger(text: str, *, spoken: str = "", hint: str = "") -> Button:
    return Button(text, Kind.DANGER, spoken=spoken, hint=hint)


def chip(text: str) -> Button:
    """A filter that is on or off."""
    made = Button(text, Kind.CHIP)
    made.setCheckable(True)
    return made
