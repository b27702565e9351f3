"""Imports the window a module at a time while somebody types, so that unlocking has only to show it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from PySide6.QtCore import QObject, QTimer, Slot

# In the order in which they need one another, so that no step has to import much at once.
WINDOW = (
    "sf_desktop.ui.kit.style.icons",
    "sf_desktop.ui.kit.messages.banners",
    "sf_desktop.ui.kit.window.rail",
    "sf_desktop.ui.kit.window.topbar",
    "sf_desktop.ui.kit.window.foot",
    "sf_desktop.ui.kit.window.frame",
    "sf_desktop.ui.messages",
    "sf_desktop.ui.main_window",
    "sf_desktop.ui.looks.copies",
    "sf_desktop.ui.lock.watch",
    "sf_desktop.given",
    "sf_desktop.deskscreens",
    "sf_desktop.screens",
    "sf_desktop.workplace",
    "sf_desktop.ui.kit.layout.beside",
    "sf_desktop.ui.kit.messages.states",
    "sf_desktop.ui.today.cards",
    "sf_desktop.ui.today.view",
    "sf_desktop.ui.today.screen",
)


class Readiness(QObject):
    """Works in the GUI thread, between its events, for as long as its parent lives."""

    def __init__(self, parent: QObject, names: Sequence[str] = WINDOW) -> None:
        super().__init__(parent)
        self._left = list(names)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._next)

    def begin(self, after_ms: int) -> None:
        """Begin after a while; from then on one module for each turn of the event loop."""
        self._timer.start(after_ms)

    @Slot()
    def _next(self) -> None:
        self._timer.setInterval(0)
        if self._left:
            import_module(self._left.pop(0))
        else:
            self._timer.stop()
