"""What a screen is, how it asks to go somewhere, and the stack that shows one screen at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from sf_desktop.ui.kit.access.tabbing import first_stop
from sf_desktop.ui.kit.controls.buttons import Kind


@dataclass(frozen=True, slots=True)
class GoTo:
    """A wish to see a screen, with what it should show. `subject` holds only what JSON can hold."""

    screen: str
    subject: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ToRead:
    """Words to be read back to a family, and the way to the paper of them."""

    words: str
    paper: GoTo


@dataclass(frozen=True, slots=True)
class TopAction:
    """A button of the top bar. `slot` is a bound, decorated method; `shortcut` an id of the registry or empty."""

    label: str
    slot: Callable[[], None]
    kind: Kind = Kind.SECONDARY
    shortcut: str = ""


Words = Mapping[str, Mapping[str, Any]]
"""By what they are about: words that somebody typed, as JSON can hold them, and of which ``family`` ("" for none)."""


class Screen(QWidget):
    """One screen in the window. Screens do not know one another: they emit `go` and the window finds the way.

    Overrides, all optional: `title`, `top_actions`, `family_id`, `begin`, `show_subject`, `place`, `restore`, `leave`,
    `typed_words`, `put_words`, `is_seen_by_family`.
    `top_changed` asks the window to read `title`, `top_actions`, `saved_words` again; `back` goes to the last screen.
    `read_back_wanted` asks it to show `read_back` large and alone.
    `told(title, advice)` is said above whatever is shown, until somebody goes on: emitted after `back`.
    `place_changed` asks it to keep `place` and `typed_words` in the vault now: a kill loses neither.
    """

    go = Signal(object)
    back = Signal()
    top_changed = Signal()
    place_changed = Signal()
    told = Signal(str, str)
    subject_changed = Signal(object)  # what is shown has become another subject: coming back leads to that one
    read_back_wanted = Signal()
    name = ""
    aside: Words = MappingProxyType({})  # words about what is not shown now; only ever put anew

    def title(self) -> str:
        """What a screen reader says on arrival. It never holds a person's name: it also names the window."""
        return ""

    def top_actions(self) -> Sequence[TopAction]:
        """The buttons of the top bar; at most one primary."""
        return ()

    def saved_words(self) -> tuple[str, str]:
        """("Saved on this laptop", "09:52:14") beside the buttons, while something is being written."""
        return "", ""

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        """Show this (a family's id, a search's words...). Called each time somebody arrives here by `go`."""

    def family_id(self) -> str:
        """The family whose file is open here, or an empty text."""
        return ""

    def in_hand(self) -> tuple[str, str]:
        """The family file, and the record if it is one, of what the keyboard is on: a copy made here is of it."""
        return self.family_id(), ""

    def is_seen_by_family(self) -> bool:
        """Say whether a family looks at this with the worker: then nothing else of the window is shown.

        Read again with `top_changed`.
        """
        return False

    def begin(self, what: str) -> None:
        """Begin a "note" or a "visit" in the family file that is open here."""

    def take_focus(self) -> None:
        """Put the keyboard where work starts: onto what is read first, or the screen where nothing takes it."""
        (first_stop(self) or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def read_back(self) -> ToRead | None:
        """What of this screen can be read back to a family, as it stands now; None where nothing can."""
        return None

    def place(self) -> dict[str, Any]:
        """Where one is on this screen (open section, cursor, scroll), as JSON can hold it; it is kept in the vault."""
        return {}

    def restore(self, place: Mapping[str, Any]) -> None:
        """Go back to a `place`, after `show_subject` was called with the same subject."""

    def typed_words(self) -> Words:
        """What is typed here and has no draft, of whatever: it is kept in the vault, whichever screen is shown."""
        return self.aside

    def put_words(self, words: Words) -> None:
        """Take back `typed_words`: each is shown once one comes to what it is about. What is typed here by now wins."""
        self.aside = {**words, **self.aside}

    def take_words(self, about: str) -> Mapping[str, Any]:
        """Return what lies aside about this, which is shown from now on."""
        found = self.aside.get(about, {})
        self.aside = {on: each for on, each in self.aside.items() if on != about}
        return found

    def find_words(self) -> bool:
        """Open what finds words in what is shown; False where nothing here is looked through."""
        return False

    def step_back(self) -> bool:
        """Go one step back on this screen itself, such as from checking to writing; False where there is none."""
        return False

    def turn_back(self) -> None:
        """Somebody goes back with Escape: put away what was only opened. Called after `leave`."""

    def leave(self) -> None:
        """Hand whatever is being typed to the desk now: the screen is being left, or the program locks."""


@dataclass(frozen=True, slots=True)
class ScreenPlan:
    """A screen that may be shown: it is built when it is first needed.

    `rail` puts it into the navigation: "top", "bottom" or "" (reached from other screens only).
    """

    name: str
    label: str
    icon: str
    make: Callable[[], Screen]
    rail: str = ""
    shortcut: str = ""
    belongs_to: str = ""  # the place on the rail that is marked while this screen shows, if it has none itself


class ScreenStack(QStackedWidget):
    """Builds screens when they are first wanted and shows one of them."""

    def __init__(self, plans: Sequence[ScreenPlan], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plans = {plan.name: plan for plan in plans}
        self._built: dict[str, Screen] = {}
        self._words: dict[str, Words] = {}  # of screens that are not built yet, or not any more

    def has(self, name: str) -> bool:
        return name in self._plans

    def bring(self, name: str) -> Screen:
        """The screen of this name, built if need be."""
        if name not in self._built:
            made = self._plans[name].make()
            made.name = name
            made.setAccessibleName(self._plans[name].label)  # said as one comes from one screen to another
            self._built[name] = made
            self.addWidget(made)
            made.put_words(self._words.pop(name, {}))
        return self._built[name]

    def words(self) -> dict[str, Words]:
        """What is typed and has no draft, by screen."""
        found = self._words | {name: each.typed_words() for name, each in self._built.items()}
        return {name: words for name, words in found.items() if words}

    def put_words(self, words: Mapping[str, Words]) -> None:
        """Give the screens what `words` were, each when it is built."""
        for name in filter(self.has, words):
            if name in self._built:
                self._built[name].put_words(words[name])
            else:
                self._words[name] = words[name]

    def drop_of(self, family_ids: frozenset[str], besides: str) -> None:
        """Let the screens go that show one of these families, with everything in them but words about others.

        Each is built anew when it is next wanted. What is looked at now stays.
        """
        others = [name for name, each in self._built.items() if name != besides and each is not self.current()]
        for screen in [self._built.pop(name) for name in others if self._built[name].family_id() in family_ids]:
            words = screen.typed_words()
            self._words[screen.name] = {on: each for on, each in words.items() if each["family"] not in family_ids}
            self.removeWidget(screen)
            screen.hide()
            screen.deleteLater()

    def built(self) -> list[Screen]:
        """The screens that exist."""
        return list(self._built.values())

    def current(self) -> Screen | None:
        widget = self.currentWidget()
        return widget if isinstance(widget, Screen) else None
