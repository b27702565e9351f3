"""The window: rail, top bar, one screen at a time, and the truth about saving at its foot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from sf_desktop.ops.office import Office
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.ending import PATIENCE_MS, Ending, LastSave, Whereabouts, unsaved_banner
from sf_desktop.ui.gone import Gone
from sf_desktop.ui.kit.access.actions import bind
from sf_desktop.ui.kit.access.tabbing import go_on
from sf_desktop.ui.kit.messages.lease_banner import LeaseBanner
from sf_desktop.ui.kit.text.service import SERVICE
from sf_desktop.ui.kit.window.foot import StatusLine
from sf_desktop.ui.kit.window.frame import WindowFrame
from sf_desktop.ui.kit.window.neutral import hide_behind
from sf_desktop.ui.kit.window.others import OtherWindows
from sf_desktop.ui.kit.window.rail import NavigationRail, rail_places
from sf_desktop.ui.kit.window.stack import GoTo, Screen, ScreenPlan, ScreenStack
from sf_desktop.ui.kit.window.steps import LONGEST_HISTORY, Step, kept, read_steps
from sf_desktop.ui.kit.window.topbar import NOT_SAVED, TopBar
from sf_desktop.ui.kit.writing.composing import decide
from sf_desktop.ui.messages import WindowBanner
from sf_desktop.ui.reading_back import ReadingBack
from sf_desktop.ui.shortcuts.keys import WindowKeys
from sf_desktop.wording.status import StatusWords


@dataclass(frozen=True, slots=True)
class WindowWords:
    """What the window says of whose it is."""

    service: str = SERVICE
    council: str = ""
    is_pretend: bool = False
    has_families: bool = True  # not for a centre's staff, who keep registers only


class MainWindow(QMainWindow):
    """Shows the screens it is given. It knows their names, never what is in them.

    `keep_place` is a verb of `ops`: it is asked with the place (a dict that JSON can hold) just before locking, and
    `make_room` where a full disk did not take what is typed.
    `lock_wanted` comes when everything typed is in the vault and the window shows nothing: replace the process then.
    `hide_wanted` comes instead where a neutral page was put over everything first, and is to stay.
    """

    lock_wanted = Signal()
    hide_wanted = Signal()
    closing = Signal()

    def __init__(
        self,
        desk: Desk,
        plans: Sequence[ScreenPlan],
        words: WindowWords,
        *,
        keep_place: Callable[[Office, Mapping[str, Any]], Any] | None = None,
        make_room: Callable[[Office], Any] | None = None,
        lock_patience_ms: int = PATIENCE_MS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._whereabouts = Whereabouts(desk, keep_place, self)
        self._plans = {plan.name: plan for plan in plans}
        self._history: list[Step] = []
        self._here: GoTo | None = None
        self._ending = Ending(self)
        self._last_save = LastSave(desk, make_room, self, lock_patience_ms)
        self._has_families = words.has_families
        self._is_kept = False  # something was written: from then on the vault knows where one is, each time one goes
        self._reading_back = ReadingBack(self)
        self.setWindowTitle(words.service)
        self.setMinimumSize(QSize(480, 320))
        self.resize(1366, 768)
        self.rail = NavigationRail(words.service, words.council, rail_places(plans))
        self.top, self.stack, self.foot = TopBar(), ScreenStack(plans), StatusLine()
        self._keys = WindowKeys(self, self.stack, plans, has_families=words.has_families)
        self._others = OtherWindows(self, ("hide", "lock"))
        self.banner, self.lease, self.unsaved = WindowBanner(), LeaseBanner(), unsaved_banner()
        self._frame = WindowFrame(
            rail=self.rail, top=self.top, banners=(self.unsaved, self.lease, self.banner), screen=self.stack,
            foot=self.foot, is_pretend=words.is_pretend,
        )  # fmt: skip
        self.setCentralWidget(self._frame)
        self._connect()

    # --- going somewhere -------------------------------------------------------------------------------------------

    @Slot(object)
    def go(self, wish: GoTo) -> None:
        """Show a screen with its subject; what was being written on the last one is handed over first."""
        if not self.stack.has(wish.screen) or self._ending.is_begun:
            return
        if wish == GoTo("help"):
            wish = self._help_on_this()
        self._remember(wish)
        self._arrive(wish)
        if wish.screen != "search":
            self.stack.bring(wish.screen).take_focus()

    def place(self) -> dict[str, Any]:
        """Where one is: screen, subject, the place on it, the way back from it, and all words that have no draft.

        It names a family, so it is kept in the vault only.
        """
        screen = self.stack.current()
        if self._here is None or screen is None:
            return {}
        words = self.stack.words()
        here = Step(self._here, screen.place()).plain() | {"before": kept(self._history)}
        return here | ({"words": words} if words else {})

    def in_hand(self) -> tuple[str, str]:
        """The family file and the record that are before the worker, as far as it is one: a copy is of theirs."""
        screen = self.stack.current()
        subject = self._here.subject if self._here is not None else {}
        family_id, record_id = screen.in_hand() if screen is not None else ("", "")
        return family_id or str(subject.get("family") or ""), record_id or str(subject.get("record") or "")

    def restore(self, place: Mapping[str, Any]) -> None:
        """Come back to a `place` after unlocking; an unknown one leads to the first screen."""
        self.stack.put_words(place.get("words", {}))
        name = str(place.get("screen", ""))
        if not self.stack.has(name):
            name, place = next(iter(self._plans)), {}
        self.go(GoTo(name, dict(place.get("subject", {}))))
        screen = self.stack.bring(name)
        screen.restore(dict(place.get("place", {})))
        if name == "search":
            screen.take_focus()  # nobody types into its box now, as they do where `go` leads there
        self._history += read_steps(place.get("before", ()), self.stack.has)

    def set_needs_you(self, count: int) -> None:
        """Put a number beside "Needs you": so many conflicts, and things that the council did not take as they are."""
        self.rail.set_badge("needs", count)

    def _remember(self, wish: GoTo) -> None:
        screen = self.stack.current()
        if self._here is None or screen is None:
            return
        if wish.screen == self._here.screen == "search":
            return
        screen.leave()
        self._history.append(Step(self._here, screen.place()))
        del self._history[:-LONGEST_HISTORY]

    def _help_on_this(self) -> GoTo:
        """The help as it tells of what is shown now; in the help itself, of what is read there."""
        screen = self.stack.current()
        if screen is None or screen.name == "help":
            return GoTo("help")
        part = screen.place().get("tab")
        return GoTo("help", {"about": screen.name, **({"part": part} if part else {})})

    def _arrive(self, wish: GoTo) -> Screen:
        self.banner.go_on()
        screen = self.stack.bring(wish.screen)
        if not screen.property("is_connected"):
            screen.setProperty("is_connected", True)
            screen.go.connect(self.go)
            screen.back.connect(self._on_back)
            screen.top_changed.connect(self._on_top_changed)
            screen.place_changed.connect(self._on_place_changed)
            screen.told.connect(self.banner.hint)
            screen.read_back_wanted.connect(self.read_back)
            screen.subject_changed.connect(self._on_subject_changed)
        self._here = wish
        screen.show_subject(wish.subject)
        self.stack.setCurrentWidget(screen)
        self.rail.select(self._plans[wish.screen].belongs_to or wish.screen)
        self.top.put_search(str(wish.subject.get("text") or "") if wish.screen == "search" else "")
        self._on_top_changed()
        if self._is_kept or self.stack.words():
            self._whereabouts.keep(self.place())
        return screen

    @Slot()
    def _on_back_key(self) -> None:
        """One step at a time: first on the screen itself, then to the screen before."""
        screen = self.stack.current()
        if self._ending.is_begun or screen is None or not screen.step_back():
            self._go_back(gives_up=True)

    @Slot()
    def _on_back(self) -> None:
        self._go_back(gives_up=False)

    def _go_back(self, *, gives_up: bool) -> None:
        screen = self.stack.current()
        if self._ending.is_begun or screen is None:
            return
        before = self._history[-1] if self._history else self._way_out(screen)
        if before is None:
            return
        screen.leave()
        if gives_up:
            screen.turn_back()
        del self._history[-1:]
        wish, place = before
        arrived = self._arrive(wish)
        arrived.restore(place)
        arrived.take_focus()

    def _way_out(self, screen: Screen) -> Step | None:
        """Where back leads if the program began on this screen: nobody is kept on a page that has no other way."""
        subject = self._here.subject if self._here is not None else {}
        family_id = screen.family_id() or str(subject.get("family") or "")
        if family_id and self.stack.has("family") and screen.name != "family":
            return Step(GoTo("family", {"family": family_id}), {})
        return Step(GoTo(next(iter(self._plans))), {}) if screen.is_seen_by_family() else None

    @Slot(str)
    def _on_gone(self, family_id: str) -> None:
        if not self._ending.is_begun:
            self._arrive(GoTo("family", {"family": family_id})).take_focus()

    @Slot(object)
    def _on_subject_changed(self, subject: Mapping[str, Any]) -> None:
        if self._here is not None and self.sender() is self.stack.current():
            self._here = GoTo(self._here.screen, dict(subject))

    @Slot()
    def _on_place_changed(self) -> None:
        if not self._ending.is_begun:
            self._is_kept = True
            self._whereabouts.keep(self.place())

    @Slot()
    def _on_top_changed(self) -> None:
        if (screen := self.stack.current()) is None:
            return
        self.top.show_actions(screen.top_actions())
        self.top.show_saved(*screen.saved_words())
        if screen.saved_words()[0] != NOT_SAVED:
            self.unsaved.hide()
        for part in (self.top, self._frame, self.lease):
            part.show_alone(screen.is_seen_by_family())
        title = screen.title()
        self.setWindowTitle(f"{title} - {self.rail.service}" if title else self.rail.service)

    @Slot(str)
    def _on_rail(self, name: str) -> None:
        if name == "lock":
            self.lock()
        elif name == "help" and not self.stack.has("help"):
            self.show_shortcuts()
        else:
            self.go(GoTo(name))

    # --- search ----------------------------------------------------------------------------------------------------

    @Slot()
    def _on_search_key(self) -> None:
        self.top.search.setFocus()
        self.top.search.selectAll()

    @Slot(str)
    def _on_search_typed(self, text: str) -> None:
        self.go(GoTo("search", {"text": text}))

    @Slot()
    def _on_results_wanted(self) -> None:
        if self._here is not None and self._here.screen == "search":
            self.stack.bring("search").take_focus()

    # --- over the window -------------------------------------------------------------------------------------------

    @Slot()
    def show_shortcuts(self) -> None:
        """Lay the sheet of shortcuts over the window."""
        self._keys.sheet().open()

    @Slot()
    def read_back(self) -> None:
        """Show what is open to the family: large, and nothing else. Where nothing is, say how to open it."""
        screen = self.stack.current()
        found = screen.read_back() if screen is not None and not self._ending.is_begun else None
        if found is None:
            self.banner.hint(
                "Nothing is open that can be read back", "Open a note or a visit first; the same key shows it."
            )
            return
        self._reading_back.show(found)

    def tell(self, title: str, advice: str) -> None:
        """Say above every screen what goes on beneath, until the next thing is said."""
        self.banner.tell(title, advice)

    # --- locking and closing ---------------------------------------------------------------------------------------

    @Slot()
    def lock(self) -> None:
        """Hide everything at once, hand what is typed to the vault, then say `lock_wanted`. Asks nothing."""
        self._end("lock")

    @Slot()
    def hide_at_once(self) -> None:
        """Put a neutral page over everything before anything else is done, then lock behind it."""
        if not self._ending.is_begun:
            self._neutral = hide_behind(self)
            self._end("hide")

    @Slot(str)
    def _on_pressed_elsewhere(self, identity: str) -> None:
        """A key was pressed in a dialog, a list or a menu."""
        if identity == "hide":
            self.hide_at_once()
        else:
            self.lock()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._ending.is_over:
            event.accept()
            return
        event.ignore()
        if not self._ending.is_begun and not self._last_save.is_waiting:
            self._hand_over()
            self._last_save.wait()

    @Slot(bool)
    def _on_handed_over(self, is_saved: bool) -> None:
        if self._ending.is_begun:
            self._ending.finish()
        elif is_saved:
            self._end("close")
        else:
            self.unsaved.show()

    @Slot()
    def _on_close_unsaved(self) -> None:
        self._end("close")

    def _hand_over(self) -> None:
        decide()
        self._whereabouts.be_at(self.place())
        self._last_save.hand_over([*self.stack.built(), self._whereabouts])

    def _end(self, how: str) -> None:
        if self._ending.is_begun:
            return
        self._ending.begin(how)
        if how != "close":  # else it was handed over before: a window closes once it is saved
            self._hand_over()
        self._frame.go_dark()
        self._others.put_away()
        self._desk.locked.emit()
        self._last_save.wait()

    @Slot(str)
    def _on_over(self, how: str) -> None:
        if how == "lock":
            self.lock_wanted.emit()
        elif how == "hide":
            self.hide_wanted.emit()
        else:
            self.closing.emit()
            self.close()

    # --- how it is put together ------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.rail.chosen.connect(self._on_rail)
        self.top.search_typed.connect(self._on_search_typed)
        self.top.results_wanted.connect(self._on_results_wanted)
        self.top.search_left.connect(self._on_back)
        self.top.back_wanted.connect(self._on_back_key)
        self.foot.needs_wanted.connect(self._on_needs_wanted)
        self._desk.status_changed.connect(self._on_status)
        gone = Gone(self._desk, self.stack, self._history, self)
        gone.here.connect(self._on_gone)
        gone.gone.connect(self._reading_back.put_away)
        self._desk.failed.connect(self.banner.fail)
        self._ending.over.connect(self._on_over)
        self._reading_back.paper_wanted.connect(self.go)
        self._last_save.over.connect(self._on_handed_over)
        self.unsaved.pressed.connect(self._on_close_unsaved)
        self._keys.go.connect(self.go)
        self._keys.hint.connect(self.banner.hint)
        if self._has_families:
            bind("search", self, self._on_search_key)
        else:
            self.top.leave_out_search()
        bind("lock", self, self.lock)
        bind("hide", self, self.hide_at_once)
        self._others.pressed.connect(self._on_pressed_elsewhere)
        bind("help", self, self.show_shortcuts)
        bind("back", self, self._on_back_key)
        bind("read_back", self, self.read_back)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return go_on(self, forward=forward)

    @Slot()
    def _on_needs_wanted(self) -> None:
        self.go(GoTo("needs"))

    @Slot(object)
    def _on_status(self, words: StatusWords) -> None:
        self.foot.say(words)
