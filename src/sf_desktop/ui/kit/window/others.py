"""The windows beside the main one (dialogs, lists, menus): hiding and locking hold there too, and end them."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from sf_desktop.ui.kit.access.actions import shortcut


class OtherWindows(QObject):
    """`pressed(id)`: one of these shortcuts was pressed where the window's own actions are not heard.

    A dialog or an open list keeps the keys from the window beneath. They all come through whichever of our windows has
    the keyboard, so that one is listened to, not every event of the program, which would be slow.
    """

    pressed = Signal(str)

    def __init__(self, window: QWidget, identities: Collection[str]) -> None:
        super().__init__(window)
        self._window = window
        self._wanted = {keys: each for each in identities for keys in _sequences(each)}
        self._heard: list[QWindow] = []
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._on_window)
        self._on_window(app.focusWindow())

    def put_away(self) -> None:
        """Close them all; a dialog is told that nobody chose anything, so that it leaves as it does then."""
        for each in QApplication.topLevelWidgets():
            if each is self._window or not each.isVisible():
                continue
            if isinstance(each, QDialog):
                each.reject()
            each.hide()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._window.isVisible():
            identity = self._wanted.get(QKeySequence(event.keyCombination()).toString())
            if identity is not None:
                self.pressed.emit(identity)
                return True
        return False

    @Slot(QWindow)
    def _on_window(self, window: QWindow | None) -> None:
        if window is not None and window not in self._heard:
            self._heard.append(window)
            window.destroyed.connect(self._on_window_gone)
            window.installEventFilter(self)

    @Slot(QObject)
    def _on_window_gone(self, window: QObject) -> None:
        self._heard = [known for known in self._heard if known is not window]


def _sequences(identity: str) -> list[str]:
    return [QKeySequence(keys).toString() for keys in shortcut(identity).keys]
