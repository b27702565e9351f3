"""Lays what is read back to a family over the window, and leads from there to its paper."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from sf_desktop.ui.kit.window.stack import ToRead


class ReadingBack(QObject):
    """`paper_wanted(GoTo)` comes when what is shown is to be printed."""

    paper_wanted = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._shown: QDialog | None = None
        self._read: ToRead | None = None

    def show(self, read: ToRead) -> None:
        """Show it large on the whole screen, and nothing else, until Escape."""
        from sf_desktop.ui.kit.window.readback import ReadBack

        shown = ReadBack(self._window, read.words)
        shown.print_wanted.connect(self._on_print)
        shown.setWindowState(Qt.WindowState.WindowFullScreen)
        self._shown, self._read = shown, read
        shown.open()

    @Slot(object)
    def put_away(self, family_ids: frozenset[str]) -> None:
        """Close what is shown of these families' files: they have left."""
        if self._read is not None and self._read.paper.subject.get("family") in family_ids:
            if self._shown is not None and shiboken6.isValid(self._shown):
                self._shown.reject()
            self._shown = self._read = None

    @Slot()
    def _on_print(self) -> None:
        if self._shown is not None and self._read is not None:
            self._shown.accept()
            self.paper_wanted.emit(self._read.paper)
