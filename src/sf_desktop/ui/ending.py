"""How a window ends: once what is typed is in the vault, or the vault has not answered, it is said that it may go."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from sf_desktop.ui.desk import Desk
from sf_desktop.ui.kit.later import later

PATIENCE_MS = 5_000  # a vault that does not answer must not keep the window open


class Ending(QObject):
    """One end, begun once. `over(str)` comes with the way that was begun: "lock", "hide" or "close"."""

    over = Signal(str)

    def __init__(self, desk: Desk, parent: QObject, patience_ms: int = PATIENCE_MS) -> None:
        super().__init__(parent)
        self._desk = desk
        self._how = ""
        self.is_over = False
        self._patience = later(self, patience_ms, self._on_answered)
        desk.quiet.connect(self._on_quiet)

    @property
    def is_begun(self) -> bool:
        return bool(self._how)

    def begin(self, how: str) -> None:
        """From here on nothing leads anywhere."""
        self._how = how

    def wait(self) -> None:
        """Everything has been handed to the desk: it is over when the desk is quiet, or at the end of patience."""
        self._patience.start()
        self._on_quiet()

    @Slot()
    def _on_quiet(self) -> None:
        if self._patience.isActive() and self._desk.is_quiet:
            self._on_answered()

    @Slot()
    def _on_answered(self) -> None:
        self._patience.stop()
        self.is_over = True
        self.over.emit(self._how)
