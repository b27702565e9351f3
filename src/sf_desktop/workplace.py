"""The window at work: tells the truth about saving and sending, keeps where one was, and says when to lock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from sf_desktop.clock import Clock
from sf_desktop.given import Settled, WireNews, Work
from sf_desktop.ops import looks
from sf_desktop.ops.bringing_in.far import Far, far
from sf_desktop.ops.drafts.drafting import make_room
from sf_desktop.ops.leaving.laptop import heard_at
from sf_desktop.ops.sending.status import StatusCounts, status_counts
from sf_desktop.ops.worker.places import keep_place, last_place
from sf_desktop.screens import Screens
from sf_desktop.sync.scheduler import Wire
from sf_desktop.sync.status import status_words
from sf_desktop.ui.desk import Changes, Desk
from sf_desktop.ui.lock.lease import LeaseWatch
from sf_desktop.ui.lock.watch import IdleWatch, SleepWatch
from sf_desktop.ui.looks.copies import CopyWatch
from sf_desktop.ui.main_window import MainWindow
from sf_desktop.ui.settings.preferences import Preferences
from sf_record.dates import read_moment
from sf_record.errors import SfError


class Workplace(QObject):
    """The main window with everything behind it. `lock_wanted`, `closing`: everything typed is in the vault."""

    lock_wanted = Signal()
    hide_wanted = Signal()
    switch_wanted = Signal()
    closing = Signal()
    preferences_chosen = Signal(object)

    def __init__(self, app: QApplication, work: Work, news: WireNews, settled: Settled, clock: Clock) -> None:
        super().__init__()
        self._settled, self._clock = settled, clock
        self._wire, self._heard_at = Wire(), ""
        self._is_counting = self._is_recount_due = False
        self._all_in = 0  # so many family files came in, and the banner says that they are still to go
        self.desk = Desk(work, self)
        self.screens = Screens(self.desk, work, news, settled, self)
        self.window = MainWindow(
            self.desk, self.screens.plans(), settled.words, keep_place=keep_place, make_room=make_room
        )  # fmt: skip
        self.screens.shortcuts_wanted.connect(self.window.show_shortcuts)
        self.screens.preferences_chosen.connect(self._on_preferences)
        self.screens.switch_wanted.connect(self._on_switch)
        self._copies = CopyWatch(self.desk, self.window.in_hand, self)
        self.window.lock_wanted.connect(self.lock_wanted)
        self.window.hide_wanted.connect(self.hide_wanted)
        self.window.closing.connect(self.closing)
        self.desk.changed.connect(self._on_changed)
        self.desk.begun.connect(self._on_begun)
        news.wire_changed.connect(self._on_wire, Qt.ConnectionType.QueuedConnection)
        news.records_changed.connect(self._on_news, Qt.ConnectionType.QueuedConnection)
        self._idle = self._watch_idle(app, settled.preferences.lock_after_minutes)
        self._sleep = SleepWatch(self)
        self._sleep.going.connect(self.window.lock)
        self.window.lease.pressed.connect(self.screens.send_now)
        self._lease = LeaseWatch(self.desk, self.window.lease, self)
        self._lease.ran_out.connect(self.window.lock)
        self._tell_of_passphrase(work)
        self._tell_of_recovery()
        self.desk.ask(last_place, on_done=self._on_place)
        self.desk.ask(heard_at, on_done=self._on_heard_at)
        self.desk.ask(far, on_done=self._on_far)
        self._count()
        if (placing := self.screens.placing) is not None:
            placing.counted.connect(self._on_to_place)
            placing.count()

    def close(self) -> None:
        """Drop what is still being asked; a window that was closed locks no more."""
        self._idle.stop()
        self.desk.close()

    # --- the truth about saving ------------------------------------------------------------------------------------

    @Slot(object)
    def _on_changed(self, _changes: object) -> None:
        self._count()

    @Slot()
    def _on_begun(self) -> None:
        """It is on this laptop only: the foot of the window says so while it is being written."""
        self._count()

    @Slot(int)
    def _on_to_place(self, count: int) -> None:
        self.window.rail.set_badge("holding", count)

    @Slot(object)
    def _on_news(self, changes: Changes) -> None:
        self.desk.announce(changes)

    @Slot(object)
    def _on_wire(self, wire: Wire) -> None:
        self._lease.heard(wire.heard_at)
        self._wire = wire
        self.screens.show_wire(wire)
        self._count()

    def _count(self) -> None:
        """Ask for the ledger's counts; while one answer is on its way, one more question is kept, not many."""
        if self._is_counting:
            self._is_recount_due = True
            return
        self._is_counting = True
        self.desk.ask(status_counts, on_done=self._on_counts, on_error=self._on_no_counts)

    @Slot(object)
    def _on_counts(self, counts: StatusCounts) -> None:
        self._is_counting = False
        now = self._clock.now().astimezone()
        self.desk.status_changed.emit(status_words(counts, self._wire, now, self._leaving()))
        self.window.set_needs_you(counts.needs_you)
        if self._all_in and counts.is_all_with_council:
            self._say_gone()
        if self._is_recount_due:
            self._is_recount_due = False
            self._count()

    @Slot(object)
    def _on_no_counts(self, _error: object) -> None:
        self._is_counting = False

    @Slot(object)
    def _on_heard_at(self, at: str | None) -> None:
        """When the council was heard last before this unlocking, from the vault."""
        self._heard_at = at or ""
        self._count()

    def _leaving(self) -> str:
        at = self._wire.heard_at or self._heard_at
        if not at:
            return ""
        heard = read_moment(at).astimezone()
        leaves = heard + timedelta(days=self._settled.copies_leave_after_days)
        return f"Copies leave this laptop from {leaves.day} {leaves:%b}"

    # --- what was being brought in ---------------------------------------------------------------------------------

    @Slot(object)
    def _on_far(self, far: Far) -> None:
        """Go on with what was being brought in when the program ended."""
        if not far.of:
            return
        from sf_desktop.ui.bringin.moving import MovingIn
        from sf_desktop.ui.bringin.words import going_on

        self.window.tell(*going_on(far.here, far.of))
        moving = MovingIn(self.desk, self)
        moving.done.connect(self._on_all_in)
        moving.failed.connect(self._on_not_all_in)
        moving.go_on()

    @Slot(int)
    def _on_all_in(self, of: int) -> None:
        from sf_desktop.ui.bringin.words import all_in

        self.window.tell(*all_in(of))
        self._all_in = of

    def _say_gone(self) -> None:
        """What came in is with the council: the banner does not go on saying that it is still to go."""
        from sf_desktop.ui.bringin.words import all_gone, all_in

        of, self._all_in = self._all_in, 0
        if self.window.banner.isVisible() and self.window.banner.advice_label.text() == all_in(of)[1]:
            self.window.tell(*all_gone(of))

    @Slot(object, bool)
    def _on_not_all_in(self, error: SfError, _rest_follows: bool) -> None:
        from sf_desktop.ui.bringin.words import rest_follows

        self.window.tell(*rest_follows(error))

    # --- what a lock came into -------------------------------------------------------------------------------------

    def _tell_of_passphrase(self, work: Work) -> None:
        """Say what became of a change of passphrase that was under way when the window locked, or the program ended."""
        if self._settled.was_changed is None:
            return
        from sf_desktop.ui.settings.passphrase import change_told

        self.window.tell(*change_told(is_changed=self._settled.was_changed))
        work.passphrase_told()

    def _tell_of_recovery(self) -> None:
        """Say that the council's answer opened this laptop, and what opens it next time."""
        if self._settled.is_recovered:
            from sf_desktop.ui.lock.recovery import RECOVERED

            self.window.tell(*RECOVERED)

    # --- where one was ---------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_place(self, place: dict[str, Any]) -> None:
        self.window.restore(place)

    # --- when to lock ----------------------------------------------------------------------------------------------

    def _watch_idle(self, app: QApplication, minutes: int) -> IdleWatch:
        """The person may choose a shorter time than the council's, never a longer one."""
        limit_s = 60.0 * min(minutes, self._settled.idle_lock_minutes)
        watch = IdleWatch(app, self._clock, limit_s, self)
        watch.idle.connect(self.window.lock)
        return watch

    @Slot(object)
    def _on_preferences(self, preferences: Preferences) -> None:
        self.desk.ask(looks.record, looks.Look.SETTINGS_CHANGED)
        self.preferences_chosen.emit(preferences)

    @Slot()
    def _on_switch(self) -> None:
        """Lock, and let somebody else choose who they are."""
        self.switch_wanted.emit()
        self.window.lock()
