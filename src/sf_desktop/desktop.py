"""What is on the screen from start to end: first run, lock screen, the window at work, and the way between them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from sf_desktop.clock import Clock
from sf_desktop.entrance import Entrance
from sf_desktop.leftovers import Leftovers, hand_in_words, wiped_words
from sf_desktop.paths import Paths, make_private
from sf_desktop.store.folder.home import VaultHome, homes
from sf_desktop.store.keys.keyrings import system_secrets
from sf_desktop.ui.kit.clipboard import ClipboardGuard
from sf_desktop.ui.kit.garbage import GarbageCollector
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.replies import Replies
from sf_desktop.ui.kit.style.theme import Theme, ThemeChoice
from sf_desktop.ui.lock.screen import LockScreen
from sf_desktop.ui.lock.window import EntryWindow
from sf_desktop.ui.readiness import Readiness
from sf_desktop.ui.settings.preferences import ANYBODY, KeptPreferences, Preferences
from sf_record.errors import SfError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from sf_desktop.session import Opened, Session
    from sf_desktop.store.ending.wiping import WipedHome
    from sf_desktop.ui.main_window import MainWindow
    from sf_desktop.workplace import Workplace

SERVICE = "Strengthening Families"
READY_AFTER_MS = 150  # the lock screen is painted first
WINDOW_AFTER_MS = 400  # and what opens the vault comes before what shows it
LOOK_AFTER_MS = 4_000  # nobody waits for what the council may say of a vault that stays locked
LOOK_AGAIN_MS = 600_000


def _settings_of(where: Paths) -> Path:
    return where.data / "settings.json"


class Leaving(Protocol):
    """Something that was open and must be closed."""

    def close(self) -> None: ...


class Desktop(QObject):
    """One run of the program. After the event loop, :meth:`end`; ``is_locking`` then asks for a new process."""

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
        self._app, self._where, self._clock, self._is_pretend = app, where, clock, is_pretend
        GarbageCollector(self)
        self._clipboard = ClipboardGuard(app.clipboard(), self)
        self.is_locking = self.is_hiding = False
        self._kept = KeptPreferences(_settings_of(where))
        chosen = self._kept.now
        self._theme = Theme(app, ThemeChoice(chosen.theme), chosen.text_percent, system_wanted=chosen.system_theme)
        self.entry = EntryWindow()
        self._replies = Replies(self)
        self.session: Session | None = None
        self.workplace: Workplace | None = None
        self._entrance: Entrance | None = None
        self._home: VaultHome | None = None
        self._open: list[Leaving] = []
        self._making: ThreadPoolExecutor | None = None
        self._look_after_ms = look_after_ms
        self._looking_after = later(self, look_after_ms, self._on_look_after)
        self._leftovers = Leftovers(where, clock)

    def begin(self, *, is_hidden: bool = False) -> None:
        """Show what comes first in the window; behind the neutral page, if the program was hidden just now."""
        if is_hidden:
            self._hold_neutral()
        else:
            self._hold_first()
        if self._kept.now.is_maximised or not self.entry.fits_with_its_frame():
            self.entry.showMaximized()
        else:
            self.entry.show()
        QTimer.singleShot(READY_AFTER_MS, self, self._on_shown)

    @Slot()
    def _on_shown(self) -> None:
        """Look which theme the system asks for, and keep it for the next start."""
        self._theme.ask_system()
        self._kept.change(system_theme=self._theme.system_wants)

    def _hold_first(self) -> None:
        """Hold the lock screen of the vault used last, the choice of people, or the first run where there is none."""
        found, left = homes(self._where.vaults), self._leftovers.left()
        if any(not each.farewell.confirmed_at for each in left):
            self._leftovers.tell()
        self._looking_after.start(self._look_after_ms)
        if self._leftovers.are_unfinished():
            self._clear()
        elif found:
            self._greet(found)
        elif left:
            self._show_wiped(left[-1])
        elif self._is_pretend:
            self._on_pretend_wanted()
        else:
            self._first_run()

    def end(self) -> None:
        """Close everything, in the order that loses nothing; then go on with a wipe, if one was ordered meanwhile."""
        with ExitStack() as last:  # each of them, whatever becomes of the one before
            last.callback(self._leftovers.close)
            for each in self._open:
                last.callback(each.close)
            self._open.clear()
            last.callback(self._clipboard.clear)  # first of all: it is locked or closed

    @property
    def is_pretend(self) -> bool:
        """Say whether this is the vault with pretend families, from the start or by choice."""
        return self._is_pretend

    # --- before unlocking ------------------------------------------------------------------------------------------

    def _hold_neutral(self) -> None:
        from sf_desktop.ui.kit.window.neutral import TITLE, NeutralPage

        page = NeutralPage()
        page.left.connect(self._on_neutral_left)
        self._app.setApplicationDisplayName(TITLE)
        self.entry.setWindowTitle(TITLE)
        self.entry.hold(page)
        page.setFocus()

    @Slot()
    def _on_neutral_left(self) -> None:
        self._app.setApplicationDisplayName(SERVICE)
        self.entry.setWindowTitle(SERVICE)
        self._hold_first()

    def _greet(self, found: Sequence[VaultHome]) -> None:
        """The vault used last waits for its person; after somebody else was let in, or where none is known, ask."""
        last = [each for each in found if each.folder.name == self._kept.now.last_vault]
        if last or (len(found) == 1 and self._kept.now.last_vault != ANYBODY):
            self._lock_screen((last or found)[0])
        else:
            self._choose_person()

    @Slot()
    def _choose_person(self) -> None:
        """Show who has a vault on this laptop, and a way to set up another person."""
        from sf_desktop.ops.household.residents import Residents
        from sf_desktop.ui.lock.people import PeopleChoice

        residents = Residents(self._where.vaults, system_secrets)
        self._open.append(residents)
        choice = PeopleChoice(residents)
        choice.chosen.connect(self._on_person_chosen)
        choice.new_wanted.connect(self._first_run)
        self.entry.hold(choice)

    @Slot(str)
    def _on_person_chosen(self, folder: str) -> None:
        self._lock_screen(VaultHome(self._where.vaults / folder))

    def _lock_screen(self, home: VaultHome) -> LockScreen:
        entrance = Entrance(home, self._clock, is_pretend=self._is_pretend)
        self._open.append(entrance)
        ways = frozenset({"set_aside", "other", "recover", "hand_in", "begin"})
        screen = LockScreen(entrance, ways=ways, parent=self.entry)
        screen.unlocked.connect(self._on_unlocked)
        screen.way_wanted.connect(self._on_way)
        self._entrance, self._home = entrance, home
        self.entry.hold(screen)
        QTimer.singleShot(READY_AFTER_MS, screen, entrance.get_ready)
        Readiness(screen).begin(WINDOW_AFTER_MS)
        return screen

    @Slot(str)
    def _on_way(self, way: str) -> None:
        if way == "close":
            self.entry.close()
        elif way == "set_aside":
            self._set_aside()
        elif way == "other":
            self._choose_person()
        elif way == "recover":
            self._recover()
        elif way == "hand_in":
            self._show_sealed()
        elif way == "begin":
            self.begin()
        elif way == "new":
            self._first_run()

    def _recover(self) -> None:
        from sf_desktop.ui.lock.recovery import RecoveryScreen

        assert self._entrance is not None
        screen = RecoveryScreen(self._entrance)
        screen.unlocked.connect(self._on_unlocked)
        screen.left.connect(self._on_back_to_lock)
        screen.ended.connect(self._on_recovery_ended)
        self.entry.hold(screen)
        screen.take_focus()

    @Slot()
    def _on_back_to_lock(self) -> None:
        if self._home is not None:
            self._lock_screen(self._home)

    @Slot(object)
    def _on_recovery_ended(self, error: SfError) -> None:
        """The lock screen says why a vault that was recovered is shut all the same."""
        if self._home is not None:
            self._lock_screen(self._home).tell(error)

    def _show_sealed(self) -> None:
        """Say where the sealed file of the vault that is not opened lies."""
        assert self._home is not None
        count = self._leftovers.sealed(self._home)
        self._hold_sealed(hand_in_words(count), self._home.folder, count, (("begin", "Back"),))

    def _show_wiped(self, wiped: WipedHome) -> None:
        ways = (("new", "Set up this laptop again"), ("close", "Close the program"))
        self._hold_sealed(wiped_words(wiped), wiped.home.folder, wiped.sealed, ways)

    def _hold_sealed(self, words: tuple[str, str], folder: Path, count: int, ways: tuple[tuple[str, str], ...]) -> None:
        from sf_desktop.ui.lock.handing_in import HandingIn

        shown = HandingIn(*words, folder, count, ways)
        shown.chosen.connect(self._on_way)
        self.entry.hold(shown)
        shown.take_focus()

    def _clear(self) -> None:
        """Go on with a wipe that was broken off, then begin."""
        from sf_desktop.ui.kit.messages.states import LoadingState

        shown = LoadingState("Finishing to clear this laptop")
        shown.button.hide()
        self.entry.hold(shown)
        self._replies.watch(self._leftovers.finish(), self._on_cleared, self._on_not_opened)

    @Slot(object)
    def _on_cleared(self, _done: object) -> None:
        self.begin()

    # --- vaults that nobody opens ------------------------------------------------------------------------------------

    @Slot()
    def _on_look_after(self) -> None:
        """Ask what the council orders as long as nobody has unlocked; at work the rounds bring it."""
        if self.workplace is None:
            self._replies.watch(
                self._leftovers.look_after(self._home), self._on_looked_after, self._on_not_looked_after
            )

    @Slot(object)
    def _on_looked_after(self, cleared: int) -> None:
        self._looking_after.start(LOOK_AGAIN_MS)
        if cleared and self.workplace is None:
            self._home = None
            self.begin()

    @Slot(object)
    def _on_not_looked_after(self, _error: SfError) -> None:
        self._looking_after.start(LOOK_AGAIN_MS)

    def _set_aside(self) -> None:
        from sf_desktop.store.ending.setaside import set_aside

        assert self._home is not None
        try:
            set_aside(self._home, self._where.set_aside, self._clock.now())
        except SfError as error:
            self._lock_screen(self._home).tell(error)
            return
        self._home = None
        self._hold_first()

    @Slot()
    def _first_run(self) -> None:
        from sf_desktop.ops.firstrun.joining import Joining, Place
        from sf_desktop.ui.firstrun.wizard import FirstRun

        joining = Joining(Place(self._where.vaults, system_secrets), self._clock)
        self._open.append(joining)
        wizard = FirstRun(joining, may_leave=bool(homes(self._where.vaults)))
        wizard.left.connect(self._choose_person)
        wizard.finished.connect(self._on_joined)
        wizard.pretend_wanted.connect(self._on_pretend_wanted)
        self.entry.hold(wizard)
        wizard.take_focus()

    @Slot(object)
    def _on_joined(self, joined: Any) -> None:
        from sf_desktop.session import reading_opened

        self._replies.watch(reading_opened(joined.vault), self._on_unlocked, self._on_not_opened)

    @Slot()
    def _on_pretend_wanted(self) -> None:
        """Go to the pretend vault, made now if it is the first time: in a folder of its own, never beside real ones."""
        from concurrent.futures import ThreadPoolExecutor

        from sf_desktop.ops.firstrun.joining import Place
        from sf_desktop.ops.firstrun.pretending import make_pretend
        from sf_desktop.ui.kit.messages.states import LoadingState

        if not self._is_pretend:
            self._is_pretend = True
            self._where = self._where._replace(data=self._where.data / "pretend")
            make_private(self._where.data)
            self._kept.move(_settings_of(self._where))
        if homes(self._where.vaults):
            self.begin()
            return
        making = LoadingState("Making pretend families")
        making.button.hide()  # it takes a second or two, and half of it would be of no use
        self.entry.hold(making)
        self._making = ThreadPoolExecutor(1, "pretend")
        made: Future[Any] = self._making.submit(make_pretend, Place(self._where.vaults, system_secrets), self._clock)
        self._replies.watch(made, self._on_joined, self._on_not_opened)

    @Slot(object)
    def _on_not_opened(self, error: SfError) -> None:
        from sf_desktop.ui.kit.messages.states import EmptyState

        self.entry.hold(EmptyState(error.title, error.advice))

    # --- at work ---------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_unlocked(self, opened: Opened) -> None:
        from sf_desktop.given import WireNews, settled_for
        from sf_desktop.session import Session
        from sf_desktop.sync.scheduler import Listener
        from sf_desktop.workplace import Workplace

        self._news = WireNews(self)
        news = WireNews(self)
        session = Session(opened, self._clock, Listener(news.on_wire, news.on_changes, news.on_part))
        self._open.append(session)
        work = Workplace(self._app, session, news, settled_for(opened, self._kept.now), self._clock)
        self._open.append(work)
        if session.obedience is not None:
            from PySide6.QtCore import Qt

            news.wiped.connect(self._on_wiped, Qt.ConnectionType.QueuedConnection)
            session.obedience.on_wipe = news.on_wipe
        work.desk.locked.connect(self._clipboard.clear)
        work.lock_wanted.connect(self._on_lock_wanted)
        work.hide_wanted.connect(self._on_hide_wanted)
        work.switch_wanted.connect(self._on_switch_wanted)
        work.closing.connect(self._on_closing)
        work.preferences_chosen.connect(self._on_preferences)
        self.session, self.workplace = session, work
        if self.entry.is_hiding:
            work.window.hide_at_once()  # before anybody sees it; it locks behind the neutral page
        else:
            self.entry.give_way_to(work.window)
        self._kept.change(last_vault=opened.vault.home.folder.name)
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
