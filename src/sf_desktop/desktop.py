"""One run of the program: somebody comes in at the doorway, works in the window, and all is closed in its order."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from sf_desktop.clock import Clock
from sf_desktop.doorway import LOOK_AFTER_MS, Doorway, Leaving
from sf_desktop.paths import Paths
from sf_desktop.ui.kit.clipboard import ClipboardGuard
from sf_desktop.ui.kit.garbage import GarbageCollector
from sf_desktop.ui.kit.style.theme import Theme, ThemeChoice
from sf_desktop.ui.lock.window import EntryWindow
from sf_desktop.ui.settings.preferences import ANYBODY, KeptPreferences, Preferences

if TYPE_CHECKING:
    from sf_desktop.session import Opened, Session
    from sf_desktop.ui.main_window import MainWindow
    from sf_desktop.workplace import Workplace

UPKEEP_AFTER_MS = 1_000  # nobody has asked the vault for anything for so long, and the first screen is there
THEME_AFTER_MS = 150  # the lock screen is painted first


class Desktop(QObject):
    """One run of the program. After the event loop, :meth:`end`; ``is_locking`` then asks for a new process."""

    bug_met = Signal()

    def __init__(
        self,
        app: QApplication,
        where: Paths,
        clock: Clock,
        *,
        is_pretend: bool = False,
        look_after_ms: int = LOOK_AFTER_MS,
    ) -> None:
        super().__init__()
        self._app, self._clock = app, clock
        GarbageCollector(self)
        self._clipboard = ClipboardGuard(app.clipboard(), self)
        self.is_locking = self.is_hiding = False
        self._kept = KeptPreferences(where.settings)
        chosen = self._kept.now
        self._theme = Theme(app, ThemeChoice(chosen.theme), chosen.text_percent, system_wanted=chosen.system_theme)
        self.entry = EntryWindow()
        self._doorway = Doorway(
            self.entry, self._kept, where, clock, is_pretend=is_pretend, look_after_ms=look_after_ms, parent=self
        )
        self._doorway.begun.connect(self._on_begun)
        self._doorway.unlocked.connect(self._on_unlocked)
        self.session: Session | None = None
        self.workplace: Workplace | None = None
        self._open: list[Leaving] = []
        self.bug_met.connect(self._on_bug_met)

    def begin(self, *, is_hidden: bool = False) -> None:
        """Show what comes first in the window; behind the neutral page, if the program was hidden just now."""
        self._doorway.begin(is_hidden=is_hidden)

    def tell_of_bug(self) -> None:
        """Say in the window, from any thread, that something was not foreseen: a dead button said nothing."""
        self.bug_met.emit()

    @Slot()
    def _on_bug_met(self) -> None:
        QTimer.singleShot(0, self, self._say_bug)  # after whatever failed, which may have been painting

    @Slot()
    def _say_bug(self) -> None:
        from sf_desktop.ui.kit.replies import unexpected

        if self.workplace is not None and not self.is_locking:
            self.workplace.window.banner.fail(unexpected())

    @Slot()
    def _on_begun(self) -> None:
        QTimer.singleShot(THEME_AFTER_MS, self, self._on_shown)

    @Slot()
    def _on_shown(self) -> None:
        """Look which theme the system asks for, and keep it for the next start."""
        self._theme.ask_system()
        self._kept.change(system_theme=self._theme.system_wants)

    def end(self) -> None:
        """Close everything, in the order that loses nothing; then go on with a wipe, if one was ordered meanwhile."""
        with ExitStack() as last:  # each of them, whatever becomes of the one before
            last.callback(self._doorway.close)
            for each in self._open:
                last.callback(each.close)
            self._open.clear()
            last.callback(self._clipboard.clear)  # first of all: it is locked or closed

    @property
    def is_pretend(self) -> bool:
        """Say whether this is the vault with pretend families, from the start or by choice."""
        return self._doorway.is_pretend

    # --- at work ---------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_unlocked(self, opened: Opened) -> None:
        from sf_desktop.given import WireNews, settled_for
        from sf_desktop.session import Session
        from sf_desktop.sync.scheduler import Listener
        from sf_desktop.workplace import Workplace

        news = WireNews(self)
        session = Session(opened, self._clock, Listener(news.on_wire, news.on_changes, news.on_part))
        self._open.append(session)
        work = Workplace(self._app, session, news, settled_for(opened, self._kept.now), self._clock)
        self._open.append(work)
        if session.obedience is not None:
            news.wiped.connect(self._on_wiped, QtCore.Qt.ConnectionType.QueuedConnection)
            session.obedience.on_wipe = news.on_wipe
        work.desk.locked.connect(self._clipboard.clear)
        work.lock_wanted.connect(self._on_lock_wanted)
        work.hide_wanted.connect(self._on_hide_wanted)
        work.switch_wanted.connect(self._on_switch_wanted)
        work.closing.connect(self._on_closing)
        work.preferences_chosen.connect(self._on_preferences)
        self.session, self.workplace = session, work
        self._doorway.leave()
        if self.entry.is_hiding:
            work.window.hide_at_once()  # before anybody sees it; it locks behind the neutral page
        else:
            self.entry.give_way_to(work.window)
        self._kept.change(last_vault=opened.vault.home.folder.name)
        upkeep = QTimer(work, interval=UPKEEP_AFTER_MS, singleShot=True)
        upkeep.timeout.connect(session.tend)
        work.desk.quiet.connect(upkeep.start)
        session.start()

    @Slot()
    def _on_lock_wanted(self) -> None:
        self.is_locking = True
        self._on_closing()
        self._kept.note_again("last_vault")  # else whoever opened another vault meanwhile is asked for, not us
        self._window().close()
        self._app.quit()

    @Slot()
    def _on_hide_wanted(self) -> None:
        self.is_hiding = True
        self._on_lock_wanted()

    @Slot()
    def _on_switch_wanted(self) -> None:
        """The next lock screen asks who one is, and offers to set up another."""
        self._kept.change(last_vault=ANYBODY)

    @Slot()
    def _on_wiped(self) -> None:
        """The council's order has destroyed the keys: nothing is shown from here on, and a new process begins.

        What is being typed goes into the vault all the same: closing it seals that to the council.
        """
        self._window().hide()
        self._window().lock()

    @Slot(object)
    def _on_preferences(self, chosen: Preferences) -> None:
        self._kept.choose(chosen)

    @Slot()
    def _on_closing(self) -> None:
        """Keep whether the window fills the screen, for the next time."""
        shown = self.entry if self.entry.is_hiding else self._window()
        self._kept.change(is_maximised=shown.isMaximized())

    def _window(self) -> MainWindow:
        assert self.workplace is not None
        return self.workplace.window
