"""Has family files written that are ready: at once where that is short, else by pieces, and goes on after a kill."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from sf_desktop.ops.bringing_in import arriving, many
from sf_desktop.ops.bringing_in.arriving import Written
from sf_desktop.ops.bringing_in.many import MovedIn
from sf_desktop.ui.desk import Desk
from sf_record.errors import SfError


class MovingIn(QObject):
    """`advanced(here, of)` after each piece, `done(of)` at the end; `failed(SfError, bool)`: does the rest follow?"""

    advanced = Signal(int, int)
    done = Signal(int)
    failed = Signal(object, bool)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._coming: Sequence[Written] = ()

    def bring(self, coming: Sequence[Written]) -> None:
        """Write these family files: all of them, or none."""
        self._coming = coming
        if many.is_short(coming):
            self._desk.ask(arriving.write, coming, on_done=self._on_written, on_error=self._on_not_laid)
        else:
            self._lay(0)

    def go_on(self) -> None:
        """Go on with what was coming in when the program ended."""
        self._move()

    def _lay(self, start: int) -> None:
        self._desk.ask(many.lay_down, self._coming, start, on_done=self._on_laid, on_error=self._on_not_laid)

    def _move(self) -> None:
        self._desk.ask(many.move_in, on_done=self._on_moved, on_error=self._on_not_moved)

    @Slot(object)
    def _on_written(self, _changes: object) -> None:
        self._end(len(self._coming))

    @Slot(object)
    def _on_laid(self, end: int) -> None:
        if end < len(self._coming):
            self._lay(end)
        else:
            self._move()

    @Slot(object)
    def _on_moved(self, moved: MovedIn) -> None:
        self.advanced.emit(moved.here, moved.of)
        if moved.here < moved.of:
            self._move()
        else:
            self._end(moved.of)

    def _end(self, count: int) -> None:
        self._coming = ()
        self.done.emit(count)

    @Slot(object)
    def _on_not_laid(self, error: SfError) -> None:
        self._coming = ()
        if error.code != "arriving_goes_on":
            self._desk.ask(many.let_go, on_error=self._on_not_let_go)
        self.failed.emit(error, False)

    @Slot(object)
    def _on_not_let_go(self, _error: SfError) -> None:
        """It is let go at the next unlocking."""

    @Slot(object)
    def _on_not_moved(self, error: SfError) -> None:
        self._coming = ()
        self.failed.emit(error, True)
