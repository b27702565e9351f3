"""What the entry window shows until a vault is open: first run, choice of people, lock screen, and the ways between."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from sf_desktop.clock import Clock
from sf_desktop.entrance import Entrance
from sf_desktop.leftovers import Leftovers, hand_in_words, wiped_words
from sf_desktop.paths import Paths, make_private
from sf_desktop.store.folder.home import VaultHome, homes
from sf_desktop.store.keys.keyrings import system_secrets
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.replies import Replies
from sf_desktop.ui.kit.text.service import SERVICE
from sf_desktop.ui.lock.screen import LockScreen
from sf_desktop.ui.lock.window import EntryWindow
from sf_desktop.ui.readiness import Readiness
from sf_desktop.ui.settings.preferences import ANYBODY, KeptPreferences
from sf_record.errors import SfError

if TYPE_CHECKING:
    from sf_desktop.session import Opened
    from sf_desktop.store.ending.wiping import WipedHome

READY_AFTER_MS = 150  # the lock screen is painted first
WINDOW_AFTER_MS = 400  # and what opens the vault comes before what shows it
LOOK_AFTER_MS = 4_000  # nobody waits for what the council may say of a vault that stays locked
LOOK_AGAIN_MS = 600_000


class Leaving(Protocol):
    """Something that was open and must be closed."""

    def close(self) -> None: ...


class Doorway(QObject):
    """``unlocked(Opened)`` lets somebody in; call :meth:`leave` once their window stands, and :meth:`close` at the end.

    ``begun`` comes whenever the entry window begins anew, also after a wipe or at the pretend families.
    """

    unlocked = Signal(object)
    begun = Signal()

    def __init__(
        self,
        entry: EntryWindow,
        kept: KeptPreferences,
        where: Paths,
        clock: Clock,
        *,
        is_pretend: bool,
        look_after_ms: int,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._entry, self._kept, self._where, self._clock = entry, kept, where, clock
        self._is_pretend, self._is_left = is_pretend, False
        self._replies = Replies(self)
        self._entrance: Entrance | None = None
        self._home: VaultHome | None = None
        self._open: list[Leaving] = []
        self._look_after_ms = look_after_ms
        self._looking_after = later(self, look_after_ms, self._on_look_after)
        self._leftovers = Leftovers(where, clock)

    @property
    def is_pretend(self) -> bool:
        """Say whether this is the vault with pretend families, from the start or by choice."""
        return self._is_pretend

    def begin(self, *, is_hidden: bool = False) -> None:
        """Show what comes first in the window; behind the neutral page, if the program was hidden just now."""
        if is_hidden:
            self._hold_neutral()
        else:
            self._hold_first()
        if self._kept.now.is_maximised or not self._entry.fits_with_its_frame():
            self._entry.showMaximized()
        else:
            self._entry.show()
        self.begun.emit()

    def leave(self) -> None:
        """Somebody is at work: from here on the rounds bring what the council orders."""
        self._is_left = True

    def close(self) -> None:
        """Close what was opened here, the latest first; then go on with a wipe, if one was ordered meanwhile."""
        with ExitStack() as last:  # each of them, whatever becomes of the one before
            last.callback(self._leftovers.close)
            for each in self._open:
                last.callback(each.close)
            self._open.clear()

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

    def _hold_neutral(self) -> None:
        from sf_desktop.ui.kit.window.neutral import TITLE, NeutralPage

        page = NeutralPage()
        page.left.connect(self._on_neutral_left)
        QGuiApplication.setApplicationDisplayName(TITLE)
        self._entry.setWindowTitle(TITLE)
        self._entry.hold(page)
        page.setFocus()

    @Slot()
    def _on_neutral_left(self) -> None:
        QGuiApplication.setApplicationDisplayName(SERVICE)
        self._entry.setWindowTitle(SERVICE)
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
        self._entry.hold(choice)

    @Slot(str)
    def _on_person_chosen(self, folder: str) -> None:
        self._lock_screen(VaultHome(self._where.vaults / folder))

    def _lock_screen(self, home: VaultHome) -> LockScreen:
        entrance = Entrance(home, self._clock, is_pretend=self._is_pretend)
        self._open.append(entrance)
        ways = frozenset({"set_aside", "other", "recover", "hand_in", "begin"})
        screen = LockScreen(entrance, ways=ways, parent=self._entry)
        screen.unlocked.connect(self.unlocked)
        screen.way_wanted.connect(self._on_way)
        self._entrance, self._home = entrance, home
        self._entry.hold(screen)
        QTimer.singleShot(READY_AFTER_MS, screen, entrance.get_ready)
        Readiness(screen).begin(WINDOW_AFTER_MS)
        return screen

    @Slot(str)
    def _on_way(self, way: str) -> None:
        if way == "close":
            self._entry.close()
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
        screen.unlocked.connect(self.unlocked)
        screen.left.connect(self._on_back_to_lock)
        screen.ended.connect(self._on_recovery_ended)
        self._entry.hold(screen)
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
        self._entry.hold(shown)
        shown.take_focus()

    def _clear(self) -> None:
        """Go on with a wipe that was broken off, then begin."""
        from sf_desktop.ui.kit.messages.states import LoadingState

        shown = LoadingState("Finishing to clear this laptop")
        shown.button.hide()
        self._entry.hold(shown)
        self._replies.watch(self._leftovers.finish(), self._on_cleared, self._on_not_opened)

    @Slot(object)
    def _on_cleared(self, _done: object) -> None:
        self.begin()

    # --- vaults that nobody opens ------------------------------------------------------------------------------------

    @Slot()
    def _on_look_after(self) -> None:
        """Ask what the council orders as long as nobody has unlocked; at work the rounds bring it."""
        if not self._is_left:
            self._replies.watch(
                self._leftovers.look_after(self._home), self._on_looked_after, self._on_not_looked_after
            )

    @Slot(object)
    def _on_looked_after(self, cleared: int) -> None:
        self._looking_after.start(LOOK_AGAIN_MS)
        if cleared and not self._is_left:
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
        self._entry.hold(wizard)
        wizard.take_focus()

    @Slot(object)
    def _on_joined(self, joined: Any) -> None:
        from sf_desktop.session import reading_opened

        self._replies.watch(reading_opened(joined.vault), self._on_opened, self._on_not_opened)

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        self.unlocked.emit(opened)

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
            self._kept.move(self._where.settings)
        if homes(self._where.vaults):
            self.begin()
            return
        making = LoadingState("Making pretend families")
        making.button.hide()  # it takes a second or two, and half of it would be of no use
        self._entry.hold(making)
        thread = ThreadPoolExecutor(1, "pretend")
        made = thread.submit(make_pretend, Place(self._where.vaults, system_secrets), self._clock)
        thread.shutdown(wait=False)  # it ends with what it makes
        self._replies.watch(made, self._on_joined, self._on_not_opened)

    @Slot(object)
    def _on_not_opened(self, error: SfError) -> None:
        from sf_desktop.ui.kit.messages.states import EmptyState

        self._entry.hold(EmptyState(error.title, error.advice))
