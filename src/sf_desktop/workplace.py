"""The window at work: builds the screens around the desk, tells the truth about saving, and says when to lock."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from sf_desktop.clock import Clock
from sf_desktop.ops import looks
from sf_desktop.ops.laptop import heard_at
from sf_desktop.ops.places import keep_place, last_place
from sf_desktop.ops.status import StatusCounts, status_counts
from sf_desktop.sync.scheduler import Wire
from sf_desktop.sync.status import status_words
from sf_desktop.ui.desk import Changes, Desk
from sf_desktop.ui.kit.clipboard import ClipboardGuard
from sf_desktop.ui.kit.replies import Replies
from sf_desktop.ui.kit.stack import Screen, ScreenPlan
from sf_desktop.ui.lock.lease import LeaseWatch
from sf_desktop.ui.lock.watch import IdleWatch, SleepWatch
from sf_desktop.ui.looks.copies import CopyWatch
from sf_desktop.ui.main_window import MainWindow, WindowWords
from sf_desktop.ui.settings.preferences import Preferences
from sf_record.dates import read_moment
from sf_record.errors import Retry
from sf_record.packs import TeamFamily, VisitPack
from sf_record.tray import Decide, Decided, TrayChain
from sf_record.wire import HistoryEntry

if TYPE_CHECKING:
    from sf_desktop.ui.history.screen import HistoryScreen
    from sf_desktop.ui.holding.placing import Placing
    from sf_desktop.ui.ledger.screen import LedgerScreen
    from sf_desktop.ui.ready.screen import ReadyScreen
    from sf_desktop.ui.settings.screen import SettingsScreen

T = TypeVar("T")
LEAVES_AFTER_DAYS = 7


class Work(Protocol):
    """The unlocked session, as the window needs it."""

    def submit(self, verb: Callable[..., T], /, *args: Any) -> Future[T]: ...
    def send_now(self) -> None: ...
    def sign_in(self, password: str) -> Future[None]: ...
    def change_passphrase(self, old: str, new: str) -> Future[None]: ...
    def holding(self) -> Future[tuple[TrayChain, ...]]: ...
    def decide(self, event_id: str, decide: Decide) -> Future[Decided]: ...
    def history(self, family_id: str, record_id: str) -> Future[tuple[HistoryEntry, ...]]: ...
    def stop_round(self) -> None: ...
    def team_families(self, words: str) -> Future[tuple[TeamFamily, ...]]: ...
    def take_along(self, family_id: str, until: str, reason: str) -> Future[VisitPack]: ...


@dataclass(frozen=True, slots=True)
class Settled:
    """What is settled at unlocking: words, choices, and the council's own limits."""

    words: WindowWords
    preferences: Preferences
    idle_lock_minutes: int
    copies_leave_after_days: int = LEAVES_AFTER_DAYS
    username: str = ""
    may_place: bool = False  # a supervisor, who decides what lies in the holding tray


class WireNews(QObject):
    """Carries what the wire thread says into the GUI thread. Made in the GUI thread; `say` may be called by any."""

    wire_changed = Signal(object)
    records_changed = Signal(object)
    wiped = Signal()
    part_changed = Signal(object)

    def on_wire(self, wire: Wire) -> None:
        """The wire stands otherwise now."""
        self.wire_changed.emit(wire)

    def on_changes(self, changes: Changes) -> None:
        """A round changed records."""
        self.records_changed.emit(changes)

    def on_part(self, part: float | None) -> None:
        """So much of the vault is written anew; None: it is not being written."""
        self.part_changed.emit(part)

    def on_wipe(self) -> None:
        """The council has ordered a wipe, and the keys are destroyed."""
        self.wiped.emit()


class Workplace(QObject):
    """The main window with everything behind it. `lock_wanted`, `closing`: everything typed is in the vault."""

    lock_wanted = Signal()
    hide_wanted = Signal()
    switch_wanted = Signal()
    closing = Signal()
    preferences_chosen = Signal(object)

    def __init__(self, app: QApplication, work: Work, news: WireNews, settled: Settled, clock: Clock) -> None:
        super().__init__()
        self._work, self._news, self._settled, self._clock = work, news, settled, clock
        self._wire, self._heard_at = Wire(), ""
        self._is_counting = self._is_recount_due = False
        self._ledger: LedgerScreen | None = None
        self._settings: SettingsScreen | None = None
        self._history: HistoryScreen | None = None
        self._ready: ReadyScreen | None = None
        self._replies = Replies(self)
        self.desk = Desk(work, self)
        self._placing = self._new_placing() if settled.may_place else None
        self.window = MainWindow(self.desk, self._plans(), settled.words, keep_place=keep_place)
        self._copies = CopyWatch(self.desk, self._copied_from, self)
        self.window.lock_wanted.connect(self.lock_wanted)
        self.window.hide_wanted.connect(self.hide_wanted)
        self.window.closing.connect(self.closing)
        self.desk.changed.connect(self._on_changed)
        news.wire_changed.connect(self._on_wire, Qt.ConnectionType.QueuedConnection)
        news.records_changed.connect(self._on_news, Qt.ConnectionType.QueuedConnection)
        self._idle = self._watch_idle(app, settled.preferences.lock_after_minutes)
        self._sleep = SleepWatch(self)
        self._sleep.going.connect(self.window.lock)
        self.window.lease.pressed.connect(self._on_send_wanted)
        self._lease = LeaseWatch(self.desk, self.window.lease, self)
        self._lease.ran_out.connect(self.window.lock)
        self._clipboard = ClipboardGuard(
            app.clipboard(), self
        )  # after the watch, which notes a copy before it is marked
        self.desk.locked.connect(self._clipboard.clear)
        self.desk.ask(last_place, on_done=self._on_place)
        self.desk.ask(heard_at, on_done=self._on_heard_at)
        self._count()
        if self._placing is not None:
            self._placing.counted.connect(self._on_to_place)
            self._placing.count()

    def close(self) -> None:
        """Drop what is still being asked."""
        self.desk.close()

    # --- the truth about saving ------------------------------------------------------------------------------------

    @Slot(object)
    def _on_changed(self, _changes: object) -> None:
        self._count()

    def _new_placing(self) -> Placing:
        from sf_desktop.ui.holding.placing import Placing

        return Placing(self.desk, self._work, self)

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
        if self._ready is not None:
            self._ready.show_wire(wire)
        if self._ledger is not None:
            self._ledger.sign_in.setVisible(self._must_sign_in)
        self._count()

    @property
    def _must_sign_in(self) -> bool:
        error = self._wire.error
        return error is not None and error.retry is Retry.AFTER_SIGN_IN

    @Slot(str)
    def _on_sign_in_wanted(self, password: str) -> None:
        assert self._ledger is not None
        card = self._ledger.sign_in
        self._replies.watch(self._work.sign_in(password), card.accepted, card.refused)

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

    # --- where one was ---------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_place(self, place: dict[str, Any]) -> None:
        self.window.restore(place)

    def _copied_from(self) -> tuple[str, str]:
        """The family file and the record that are before the worker."""
        screen = self.window.stack.current()
        subject = self.window.place().get("subject", {})
        family_id = screen.family_id() if screen is not None else ""
        return family_id or str(subject.get("family") or ""), str(subject.get("record") or "")

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

    @Slot(str, str)
    def _on_passphrase_wanted(self, old: str, new: str) -> None:
        assert self._settings is not None
        card = self._settings.passphrase
        self._replies.watch(self._work.change_passphrase(old, new), card.changed_now, card.refused)

    @Slot()
    def _on_send_wanted(self) -> None:
        self._work.send_now()

    # --- the screens, each built when it is first wanted -----------------------------------------------------------

    def _plans(self) -> list[ScreenPlan]:
        placing = self._placing
        supervising = [ScreenPlan("holding", "To place", "check", placing.make_screen, "top")] if placing else []
        return [
            ScreenPlan("today", "Today", "today", self._make_today, "top", "screen_1"),
            ScreenPlan("families", "Families", "families", self._make_families, "top", "screen_2"),
            ScreenPlan("needs", "Needs you", "needs_you", self._make_needs, "top", "screen_3"),
            *supervising,
            ScreenPlan("ledger", "Sending", "laptop", self._make_ledger, "bottom", "screen_4"),
            ScreenPlan("laptop", "On this laptop", "laptop", self._make_laptop, "", "laptop", "ledger"),
            ScreenPlan("ready", "Ready for tomorrow", "today", self._make_ready, "", "ready", "today"),
            ScreenPlan("settings", "Settings", "settings", self._make_settings, "bottom", "screen_5"),
            ScreenPlan("looks", "What I have looked at", "settings", self._make_looks, "", "looks", "settings"),
            ScreenPlan("help", "Help", "help", self._make_help, "bottom"),
            ScreenPlan("family", "Family file", "families", self._make_family, belongs_to="families"),
            ScreenPlan("visit", "Visit", "visit", self._make_visit, belongs_to="families"),
            ScreenPlan("note", "Note", "note", self._make_note, belongs_to="families"),
            ScreenPlan("person", "Person", "families", self._make_person, belongs_to="families"),
            ScreenPlan("history", "History", "families", self._make_history, belongs_to="families"),
            ScreenPlan("attachment", "Attachment", "note", self._make_attachment, belongs_to="families"),
            ScreenPlan("signature", "Signature", "note", self._make_signature, belongs_to="families"),
            ScreenPlan("plan", "Plan a visit", "today", self._make_plan, belongs_to="today"),
            ScreenPlan("search", "Search", "search", self._make_search),
        ]

    def _make_today(self) -> Screen:
        from sf_desktop.ui.today.screen import TodayScreen

        return TodayScreen(self.desk)

    def _make_help(self) -> Screen:
        from sf_desktop.ui.help.screen import HelpScreen

        screen = HelpScreen()
        screen.shortcuts_wanted.connect(self.window.show_shortcuts)
        return screen

    def _make_families(self) -> Screen:
        from sf_desktop.ui.families.screen import FamiliesScreen

        return FamiliesScreen(self.desk)

    def _make_needs(self) -> Screen:
        from sf_desktop.ui.needs.screen import NeedsScreen

        return NeedsScreen(self.desk)

    def _make_history(self) -> Screen:
        from sf_desktop.ui.history.screen import HistoryScreen

        self._history = screen = HistoryScreen(self.desk)
        screen.asked.connect(self._on_history_asked)
        return screen

    @Slot(str, str)
    def _on_history_asked(self, family_id: str, record_id: str) -> None:
        assert self._history is not None
        future = self._work.history(family_id, record_id)
        self._replies.watch(future, self._history.arrived, self._history.not_reached)

    def _make_family(self) -> Screen:
        from sf_desktop.ui.family.screen import FamilyScreen

        return FamilyScreen(self.desk)

    def _make_visit(self) -> Screen:
        from sf_desktop.ui.visit.screen import VisitScreen

        return VisitScreen(self.desk)

    def _make_note(self) -> Screen:
        from sf_desktop.ui.note.screen import NoteScreen

        return NoteScreen(self.desk)

    def _make_person(self) -> Screen:
        from sf_desktop.ui.person.screen import PersonScreen

        return PersonScreen(self.desk)

    def _make_attachment(self) -> Screen:
        from sf_desktop.ui.attachment.screen import AttachmentScreen

        screen = AttachmentScreen(self.desk)
        screen.send_wanted.connect(self._on_send_wanted)
        return screen

    def _make_signature(self) -> Screen:
        from sf_desktop.ui.signature.screen import SignatureScreen

        return SignatureScreen(self.desk)

    def _make_plan(self) -> Screen:
        from sf_desktop.ui.plan.screen import PlanScreen

        return PlanScreen(self.desk)

    def _make_search(self) -> Screen:
        from sf_desktop.ui.search.screen import SearchScreen

        return SearchScreen(self.desk)

    def _make_ledger(self) -> Screen:
        from sf_desktop.ui.ledger.screen import LedgerScreen

        self._ledger = screen = LedgerScreen(self.desk)
        screen.send_wanted.connect(self._on_send_wanted)
        screen.sign_in.wanted.connect(self._on_sign_in_wanted)
        screen.sign_in.setVisible(self._must_sign_in)
        return screen

    def _make_laptop(self) -> Screen:
        from sf_desktop.ui.laptop.screen import LaptopScreen

        screen = LaptopScreen(self.desk)
        self._news.part_changed.connect(screen.show_part, Qt.ConnectionType.QueuedConnection)
        return screen

    def _make_ready(self) -> Screen:
        from sf_desktop.ui.ready.screen import ReadyScreen

        self._ready = screen = ReadyScreen(self.desk)
        screen.fetch_wanted.connect(self._on_fetch_wanted)
        screen.stop_wanted.connect(self._on_stop_wanted)
        screen.take_wanted.connect(self._on_take_wanted)
        screen.cover.searched.connect(self._on_team_wanted)
        screen.cover.setVisible(not self._settled.words.is_pretend)
        return screen

    @Slot()
    def _on_fetch_wanted(self) -> None:
        assert self._ready is not None
        if self._settled.words.is_pretend:
            self._ready.show_wire(self._wire)  # pretend families come from nowhere
        self._work.send_now()

    @Slot()
    def _on_stop_wanted(self) -> None:
        self._work.stop_round()

    @Slot(str)
    def _on_team_wanted(self, words: str) -> None:
        assert self._ready is not None
        cover = self._ready.cover
        self._replies.watch(self._work.team_families(words), cover.show_found, cover.show_refused)

    @Slot(str, str, str)
    def _on_take_wanted(self, family_id: str, until: str, reason: str) -> None:
        assert self._ready is not None
        cover = self._ready.cover
        self._replies.watch(self._work.take_along(family_id, until, reason), cover.show_taken, cover.show_refused)

    def _make_looks(self) -> Screen:
        from sf_desktop.ui.looks.screen import LooksScreen

        return LooksScreen(self.desk)

    def _make_settings(self) -> Screen:
        from sf_desktop.ui.settings.screen import SettingsScreen

        settled = self._settled
        self._settings = screen = SettingsScreen(
            settled.preferences, settled.idle_lock_minutes, username=settled.username
        )
        screen.passphrase_wanted.connect(self._on_passphrase_wanted)
        screen.chosen.connect(self._on_preferences)
        screen.switch_wanted.connect(self._on_switch)
        return screen
