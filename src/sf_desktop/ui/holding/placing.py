"""Stands between the screen To place and the wire: asks for the list, sends decisions, counts what waits."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from sf_desktop.ops.sending.tray import waiting_to_place
from sf_desktop.ui.desk import Changes, Desk
from sf_desktop.ui.holding.screen import HoldingScreen
from sf_desktop.ui.kit.replies import Replies
from sf_record.wire.tray import Decide, Decided, TrayChain


class Wired(Protocol):
    """What is asked of the unlocked session."""

    def send_now(self) -> None: ...
    def holding(self) -> Future[tuple[TrayChain, ...]]: ...
    def decide(self, event_id: str, decide: Decide) -> Future[Decided]: ...


class Placing(QObject):
    """A supervisor's way to the holding tray. `counted(int)` says how much waits there."""

    counted = Signal(int)

    def __init__(self, desk: Desk, work: Wired, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._work = desk, work
        self._screen: HoldingScreen | None = None
        self.replies = Replies(self)
        desk.changed.connect(self._on_changed)

    def make_screen(self) -> HoldingScreen:
        """Build the screen."""
        self._screen = screen = HoldingScreen(self._desk)
        screen.list_wanted.connect(self._on_list_wanted)
        screen.decided.connect(self._on_decided)
        return screen

    def count(self) -> None:
        """Ask how much waits, as the council last said."""
        self._desk.ask(waiting_to_place, on_done=self._on_counted)

    @Slot(object)
    def _on_counted(self, count: int) -> None:
        self.counted.emit(count)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if "to_place" in changes.kinds:
            self.count()

    @Slot()
    def _on_list_wanted(self) -> None:
        assert self._screen is not None
        self.replies.watch(self._work.holding(), self._screen.arrived, self._screen.not_reached)

    @Slot(str, bool, str, str)
    def _on_decided(self, event_id: str, is_accepted: bool, comment: str, last_id: str) -> None:
        assert self._screen is not None
        wish = Decide(is_accepted=is_accepted, comment=comment, last_id=last_id)
        self.replies.watch(self._work.decide(event_id, wish), self._on_settled, self._screen.refuse)

    @Slot(object)
    def _on_settled(self, decided: Decided) -> None:
        """What was put into a family file is fetched at once; the count follows with that round."""
        assert self._screen is not None
        self._screen.settle(decided)
        if decided.is_decided:
            self._work.send_now()
