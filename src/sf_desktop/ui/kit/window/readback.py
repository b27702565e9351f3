"""Shows words to a family: large, alone on the whole screen, until Escape."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from sf_desktop.ui.kit.layout.surfaces import column
from sf_desktop.ui.kit.style.theme import current_tokens
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_XL
from sf_desktop.ui.kit.text.labels import muted

POINTS, SMALLEST, LARGEST, STEP = 28, 18, 72, 4
_SCROLLS = {
    Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8, Qt.Key.Key_Space: 8,
}  # fmt: skip


class _Words(QPlainTextEdit):
    """Text to look at: keys move it, and nothing in it can be changed or chosen."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, key = self.verticalScrollBar(), event.key()
        if key in _SCROLLS:
            bar.setValue(bar.value() + _SCROLLS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar.setValue(bar.minimum() if key == Qt.Key.Key_Home else bar.maximum())
        else:
            event.ignore()


class ReadBack(QDialog):
    """`print_wanted` comes with Ctrl+P. Plus and minus make the words larger and smaller."""

    print_wanted = Signal()

    def __init__(self, parent: QWidget, words: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("Read back")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._points = POINTS
        self.words = _Words(words)
        self.words.setReadOnly(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.words.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.words.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.words.setAccessibleName("What was written")
        self.words.setAccessibleDescription("Escape closes it")
        hint = muted("Escape closes · plus and minus change the size · Ctrl+P for paper")
        down = column(self, margin=GAP_XL * 2, gap=GAP_L)
        down.addWidget(self.words, 1)
        down.addWidget(hint)
        self._dress()
        self.resize(parent.size())
        self.words.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._size(STEP)
            case Qt.Key.Key_Minus:
                self._size(-STEP)
            case Qt.Key.Key_P if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.print_wanted.emit()
            case _:
                super().keyPressEvent(event)

    def _size(self, step: int) -> None:
        self._points = min(LARGEST, max(SMALLEST, self._points + step))
        self._dress()

    def _dress(self) -> None:
        t = current_tokens()
        self.setStyleSheet(
            f"QDialog {{ background: {t.surface}; }}"
            f"QPlainTextEdit {{ background: {t.surface}; color: {t.text}; border: none; font-size: {self._points}pt; }}"
        )
