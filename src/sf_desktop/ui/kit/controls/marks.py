"""Radio buttons and tick boxes that paint themselves from the tokens, with a focus ring in every theme."""

from __future__ import annotations

from textwrap import wrap

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from sf_desktop.ui.kit.style.icons import paint_icon
from sf_desktop.ui.kit.style.theme import current_tokens
from sf_desktop.ui.kit.style.tokens import TARGET_MIN
from sf_record.text.turning import unturned

_BOX = 17  # at usual text; larger text makes the mark larger too
_GAP = 8
_EDGE = 3
_LINE_CHARS = 44  # a longer answer, such as a code of the DfE, goes on beneath


def _box(button: QAbstractButton) -> int:
    return max(_BOX, button.fontMetrics().height())


def _size(button: QAbstractButton) -> QSize:
    words = button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, button.text())
    side = max(TARGET_MIN + 4, words.height() + 2 * _EDGE + 2)
    return QSize(_box(button) + _GAP + words.width() + 2 * _EDGE + 6, side)


def _anywhere(_button: QAbstractButton, _pos: QPoint) -> bool:
    return True  # the words are to be clicked on too


class Radio(QRadioButton):
    """One of several answers."""

    def __init__(self, text: str, *, spoken: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _name(self, text, spoken)

    sizeHint = minimumSizeHint = _size
    hitButton = _anywhere

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = _ground(self, painter)
        t = current_tokens()
        on, line = self.isChecked(), _line(self)
        painter.setPen(QPen(QColor(line), 2 if on else 1.4))
        painter.setBrush(QColor(t.surface))
        painter.drawEllipse(box)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(line))
            painter.drawEllipse(box.center(), box.width() * 0.28, box.width() * 0.28)


class Tick(QCheckBox):
    """One of several that may all hold."""

    def __init__(self, text: str, *, spoken: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _name(self, text, spoken)

    sizeHint = minimumSizeHint = _size
    hitButton = _anywhere

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = _ground(self, painter)
        t = current_tokens()
        on, line = self.isChecked(), _line(self)
        painter.setPen(QPen(QColor(line), 1.4))
        painter.setBrush(QColor(line if on else t.surface))
        painter.drawRoundedRect(box, 4, 4)
        if on:
            paint_icon(painter, "check", box.adjusted(1, 1, -1, -1), t.on_accent if self.isEnabled() else t.surface)


def _name(button: QAbstractButton, text: str, spoken: str) -> None:
    button.setText("\n".join(wrap(unturned(text).replace("&", "&&"), _LINE_CHARS)) or text)
    button.setAccessibleName(spoken or text)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


def words_at(button: QAbstractButton) -> int:
    """Return where the words of a mark begin, in pixels from its left edge."""
    return _EDGE + _box(button) + _GAP


def _line(button: QAbstractButton) -> str:
    t = current_tokens()
    if not button.isEnabled():
        return t.disabled
    if button.property("wrong"):
        return t.danger
    return t.accent if button.isChecked() else t.control_line


def _ground(button: QAbstractButton, painter: QPainter) -> QRectF:
    """Paint hover, focus ring and words; give the square for the mark."""
    t = current_tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    whole = QRectF(button.rect()).adjusted(1, 1, -1, -1)
    painter.setPen(QPen(QColor(t.focus), 2) if button.hasFocus() else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(t.accent_soft) if button.underMouse() and button.isEnabled() else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(whole, 5, 5)
    painter.setPen(QColor(t.text if button.isEnabled() else t.disabled))
    side = _box(button)
    words = QRectF(button.rect()).adjusted(words_at(button), 0, 0, 0)
    flags = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextShowMnemonic.value
    painter.drawText(words, flags, button.text())
    top_left = QPointF(_EDGE + 1.0, (button.height() - side) / 2)
    return QRectF(top_left, QPointF(top_left.x() + side, top_left.y() + side)).adjusted(0.5, 0.5, -0.5, -0.5)
