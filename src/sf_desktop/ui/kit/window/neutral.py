"""A page that says nothing of anybody: the time and the date, as any computer might show them."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

TITLE = "Clock"
_GROUND, _INK, _SOFT = "#2b3036", "#e8eaed", "#aab0b8"  # no theme of ours: nobody should know the program by it


class NeutralPage(QWidget):
    """`left` comes with a key or a click: whoever hid the program comes back."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(TITLE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tick = QTimer(self)
        self._tick.setInterval(5_000)
        self._tick.timeout.connect(self._on_tick)
        self._tick.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = datetime.now().astimezone()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(_GROUND))
        box = self.rect().adjusted(0, 0, 0, -self.height() // 8)
        for size, ink, words, drop in ((56, _INK, f"{now:%H:%M}", 0), (16, _SOFT, f"{now:%A} {now.day} {now:%B}", 64)):
            face = QFont(self.font())
            face.setPointSize(size)
            painter.setFont(face)
            painter.setPen(QColor(ink))
            painter.drawText(box.adjusted(0, drop * 2, 0, 0), Qt.AlignmentFlag.AlignCenter, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
        if not event.isAutoRepeat() and event.key() not in _MODIFIERS:
            self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.left.emit()

    @Slot()
    def _on_tick(self) -> None:
        self.update()


def hide_behind(window: QWidget) -> NeutralPage:
    """Cover a window, its title and the program's name with a neutral page, painted when this returns."""
    QGuiApplication.setApplicationDisplayName(TITLE)
    window.setWindowTitle(TITLE)
    page = NeutralPage(window)
    page.setGeometry(window.rect())
    page.show()
    page.raise_()
    page.repaint()
    return page


# Let go or held on from the hiding itself.
_MODIFIERS = frozenset({Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr})
