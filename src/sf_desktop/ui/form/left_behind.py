"""Holds what was typed in a card that shows something else by now, until the vault has it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from sf_desktop.ops.drafts import adding
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.autosave import AFTER_MS
from sf_desktop.ui.kit.later import later
from sf_record.errors import InputError, SfError


class Typed(NamedTuple):
    """What is being added to a record: its draft, as which kind, to which record, the text and where the cursor is."""

    draft_id: str
    kind: str
    record_id: str
    text: str = ""
    cursor: int = 0


class LeftBehind(QObject):
    """Belongs to the desk: the card may be gone before the vault has the text. `kept` comes once it has it.

    `failed(SfError)` comes the first time that the vault did not take it. It is tried again until it does; where its
    record has left the laptop only once more, before the window closes: until then it can be copied here.
    """

    kept = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, typed: Typed) -> None:
        super().__init__(desk)
        self._desk = desk
        self.typed = typed
        self.is_failing = False
        self._timer = later(self, AFTER_MS, self.now)

    @Slot()
    def now(self) -> None:
        """Hand it over."""
        self._desk.ask(adding.keep, *self.typed, on_done=self._on_kept, on_error=self._on_not_kept)

    def let_go(self) -> None:
        """The vault has it, or the card shows it again."""
        self._timer.stop()
        self.setParent(None)
        self.deleteLater()

    @Slot(object)
    def _on_kept(self, _at: str) -> None:
        self.let_go()
        self.kept.emit()

    @Slot(object)
    def _on_not_kept(self, error: SfError) -> None:
        is_first, self.is_failing = not self.is_failing, True
        if not isinstance(error, InputError):
            self._timer.start()
        if is_first:
            self.failed.emit(error)


def left_behind(desk: Desk) -> list[LeftBehind]:
    """Return what was left behind and is not in the vault yet, the latest last."""
    return desk.findChildren(LeftBehind)
