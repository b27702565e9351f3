"""Has long work done a piece at a time, one after the other, until it is done or somebody stops it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from sf_desktop.ops.office import Office
from sf_desktop.ops.pieces import Pieces, go_on
from sf_desktop.ui.desk import Desk, Request
from sf_record.errors import SfError


class Piecework(QObject):
    """``advanced(done, of)`` after each piece, ``done(result)`` at the end, ``failed(SfError)`` where a piece raised.

    One work at a time: what is begun takes the place of what was. What was stopped or left says nothing any more.
    """

    advanced = Signal(int, int)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pieces: Pieces[Any] | None = None
        self._asked: Request | None = None  # its piece that is being done

    def begin(self, pieces: Pieces[Any]) -> None:
        """Do the first piece of this, and then the others."""
        self._pieces = pieces
        self._asked = self._desk.ask(
            go_on, pieces, on_done=self._on_piece, on_error=self._on_failed, instead_of=self._asked
        )

    def stop(self, verb: Callable[[Office, Pieces[Any]], Any], on_error: Callable[[SfError], None]) -> bool:
        """Stop between two pieces and have `verb(office, pieces)` tidy up; False where nothing was under way."""
        pieces, self._pieces = self._pieces, None
        if pieces is None:
            return False
        if self._asked is not None:
            self._asked.cancel()  # an error of it would end what is begun next
        self._desk.ask(verb, pieces, on_error=on_error)
        return True

    def leave(self) -> None:
        """Ask for no further piece."""
        self._pieces = None

    @Slot(object)
    def _on_piece(self, pieces: Pieces[Any]) -> None:
        if pieces is not self._pieces:
            return  # it was stopped
        self.advanced.emit(*pieces.far)
        if not pieces.is_done:
            self.begin(pieces)
            return
        self._pieces = None
        self.done.emit(pieces.result)

    @Slot(object)
    def _on_failed(self, error: SfError) -> None:
        self._pieces = None
        self.failed.emit(error)
