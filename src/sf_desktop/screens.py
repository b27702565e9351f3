"""The screens of the window at work, each built when it is first wanted, and what they ask of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from sf_desktop import deskscreens
from sf_desktop.given import Settled, WireNews, Work
from sf_desktop.sync.scheduler import Wire
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.kit.replies import Replies
from sf_desktop.ui.kit.window.stack import Screen, ScreenPlan
from sf_record.errors import Retry, SfError

if TYPE_CHECKING:
    from sf_desktop.ui.history.screen import HistoryScreen
    from sf_desktop.ui.holding.placing import Placing
    from sf_desktop.ui.ledger.screen import LedgerScreen
    from sf_desktop.ui.ready.screen import ReadyScreen
    from sf_desktop.ui.settings.passphrase import PassphraseCard
    from sf_desktop.ui.settings.screen import SettingsScreen


class Screens(QObject):
    """Makes the screens and keeps those that are answered later."""

    shortcuts_wanted = Signal()
    switch_wanted = Signal()
    preferences_chosen = Signal(object)

    def __init__(self, desk: Desk, work: Work, news: WireNews, settled: Settled, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._work, self._news, self._settled = desk, work, news, settled
        self._wire = Wire()
        self.replies = Replies(self)
        self._ledger: LedgerScreen | None = None
        self._settings: SettingsScreen | None = None
        self._history: HistoryScreen | None = None
        self._ready: ReadyScreen | None = None
        self.placing = self._new_placing() if settled.may_place else None

    def plans(self) -> list[ScreenPlan]:
        placing = self.placing
        supervising = [ScreenPlan("holding", "To place", "check", placing.make_screen, "top")] if placing else []
        plans = [
            *deskscreens.plans(self._desk),
            *supervising,
            ScreenPlan("ledger", "Sending", "laptop", self._make_ledger, "bottom", "screen_4"),
            ScreenPlan("laptop", "On this laptop", "laptop", self._make_laptop, "", "laptop", "ledger"),
            ScreenPlan("ready", "Ready for tomorrow", "today", self._make_ready, "", "ready", "today"),
            ScreenPlan("settings", "Settings", "settings", self._make_settings, "bottom", "screen_5"),
            ScreenPlan("help", "Help", "help", self._make_help, "bottom"),
            ScreenPlan("history", "History", "families", self._make_history, belongs_to="families"),
            ScreenPlan("attachment", "Attachment", "note", self._make_attachment, belongs_to="families"),
            ScreenPlan("export", "Export", "families", self._make_export, belongs_to="families"),
        ]
        return deskscreens.of_centre(plans) if self._settled.is_of_centre else plans

    def show_wire(self, wire: Wire) -> None:
        """The wire stands otherwise now."""
        self._wire = wire
        if self._ready is not None:
            self._ready.show_wire(wire)
        if self._ledger is not None:
            self._ledger.sign_in.setVisible(self._must_sign_in)

    @Slot()
    def send_now(self) -> None:
        """Ask for a round now."""
        self._work.send_now()

    def _new_placing(self) -> Placing:
        from sf_desktop.ui.holding.placing import Placing

        return Placing(self._desk, self._work, self)

    def _make_help(self) -> Screen:
        from sf_desktop.ui.help.screen import HelpScreen

        screen = HelpScreen(deskscreens.HELP_OF_CENTRE if self._settled.is_of_centre else ())
        screen.shortcuts_wanted.connect(self.shortcuts_wanted)
        return screen

    def _make_history(self) -> Screen:
        from sf_desktop.ui.history.screen import HistoryScreen

        self._history = screen = HistoryScreen(self._desk)
        screen.asked.connect(self._on_history_asked)
        return screen

    @Slot(str, str)
    def _on_history_asked(self, family_id: str, record_id: str) -> None:
        assert self._history is not None
        future = self._work.history(family_id, record_id)
        self.replies.watch(future, self._history.arrived, self._history.not_reached)

    def _make_attachment(self) -> Screen:
        from sf_desktop.ui.attachment.screen import AttachmentScreen

        screen = AttachmentScreen(self._desk)
        screen.send_wanted.connect(self.send_now)
        return screen

    def _make_export(self) -> Screen:
        from sf_desktop.ui.export.screen import ExportScreen

        screen = ExportScreen(self._desk)
        screen.send_wanted.connect(self.send_now)
        return screen

    def _make_ledger(self) -> Screen:
        from sf_desktop.ui.ledger.screen import LedgerScreen

        self._ledger = screen = LedgerScreen(self._desk)
        screen.send_wanted.connect(self.send_now)
        screen.sign_in.wanted.connect(self._on_sign_in_wanted)
        screen.sign_in.setVisible(self._must_sign_in)
        return screen

    def _make_laptop(self) -> Screen:
        from sf_desktop.ui.laptop.screen import LaptopScreen

        screen = LaptopScreen(self._desk)
        self._news.part_changed.connect(screen.show_part, Qt.ConnectionType.QueuedConnection)
        return screen

    def _make_ready(self) -> Screen:
        from sf_desktop.ui.ready.screen import ReadyScreen

        self._ready = screen = ReadyScreen(self._desk)
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
        self.send_now()

    @Slot()
    def _on_stop_wanted(self) -> None:
        self._work.stop_round()

    @Slot(str)
    def _on_team_wanted(self, words: str) -> None:
        assert self._ready is not None
        cover = self._ready.cover
        self.replies.watch(self._work.team_families(words), cover.show_found, cover.show_refused)

    @Slot(str, str, str)
    def _on_take_wanted(self, family_id: str, until: str, reason: str) -> None:
        assert self._ready is not None
        cover = self._ready.cover
        self.replies.watch(self._work.take_along(family_id, until, reason), cover.show_taken, cover.show_refused)

    def _make_settings(self) -> Screen:
        from sf_desktop.ui.settings.screen import SettingsScreen

        settled = self._settled
        self._settings = screen = SettingsScreen(
            settled.preferences,
            settled.idle_lock_minutes,
            username=settled.username,
            has_phrases=not settled.is_of_centre,
        )
        screen.passphrase_wanted.connect(self._on_passphrase_wanted)
        screen.chosen.connect(self.preferences_chosen)
        screen.switch_wanted.connect(self.switch_wanted)
        return screen

    @property
    def _must_sign_in(self) -> bool:
        error = self._wire.error
        return error is not None and error.retry is Retry.AFTER_SIGN_IN

    @Slot(str)
    def _on_sign_in_wanted(self, password: str) -> None:
        assert self._ledger is not None
        card = self._ledger.sign_in
        self.replies.watch(self._work.sign_in(password), card.accepted, card.refused)

    @Slot(str, str)
    def _on_passphrase_wanted(self, old: str, new: str) -> None:
        assert self._settings is not None
        self.replies.watch(self._work.change_passphrase(old, new), self._on_passphrase_changed, self._on_not_changed)

    @Slot(object)
    def _on_passphrase_changed(self, done: object) -> None:
        assert self._settings is not None
        self._settings.passphrase.changed_now(done)
        self._note_told(self._settings.passphrase)

    @Slot(object)
    def _on_not_changed(self, error: SfError) -> None:
        assert self._settings is not None
        self._settings.passphrase.refused(error)
        self._note_told(self._settings.passphrase)

    def _note_told(self, card: PassphraseCard) -> None:
        if card.isVisible():  # else the window went dark meanwhile, or shows another screen
            self._work.passphrase_told()
