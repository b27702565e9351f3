"""What the keys of the whole window do: show a screen, press a button of the top bar, begin something."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from sf_desktop.ui.kit.access.actions import bind, idle_keys, key_words
from sf_desktop.ui.kit.window.stack import GoTo, ScreenPlan, ScreenStack

_OF_THE_TOP_BAR = ("concern", "new_note", "start_visit", "sign", "finish_later", "print")
_BEGINS = {"new_note": "note", "start_visit": "visit"}


class WindowKeys(QObject):
    """Binds them on `window`. `go(GoTo)` leads somewhere; `hint(title, advice)` says why a key leads nowhere now."""

    go = Signal(object)
    hint = Signal(str, str)

    def __init__(self, window: QWidget, stack: ScreenStack, plans: Sequence[ScreenPlan], *, has_families: bool) -> None:
        super().__init__(window)
        self._window, self._stack, self._has_families = window, stack, has_families
        self._screens = {plan.shortcut: plan.name for plan in plans if plan.shortcut}
        for identity in _OF_THE_TOP_BAR:
            bind(identity, window, self._on_top_key)
        bind("find", window, self._on_find)
        for identity in self._screens:
            bind(identity, window, self._on_screen_key)

    def sheet(self) -> QDialog:
        """Make the sheet of shortcuts, without those that do nothing in this window."""
        from sf_desktop.ui.shortcuts.sheet import ShortcutSheet

        idle = frozenset() if self._has_families else idle_keys(self._screens)
        made = ShortcutSheet(self._window, has_pages=self._stack.has("help"), idle=idle)
        made.pages_wanted.connect(self._on_pages)
        return made

    @Slot()
    def _on_pages(self) -> None:
        self.go.emit(GoTo("help"))

    @Slot()
    def _on_find(self) -> None:
        """Find words in what is shown; the key must never leave somebody writing them into a record instead."""
        screen = self._stack.current()
        if screen is not None and not screen.find_words():
            self.hint.emit(
                "Nothing here is looked through",
                "This key finds words in a family file, in what you are writing and in the help."
                + (f" Search ({key_words('search')}) looks everywhere." if self._has_families else ""),
            )

    @Slot()
    def _on_screen_key(self) -> None:
        self.go.emit(GoTo(self._screens[self._wanted()]))

    @Slot()
    def _on_top_key(self) -> None:
        """Press the button of the top bar that has this key; where none has, do what the key does anywhere."""
        screen, wanted = self._stack.current(), self._wanted()
        for action in screen.top_actions() if screen is not None else ():
            if action.shortcut == wanted:
                action.slot()
                return
        family_id = screen.family_id() if screen is not None else ""
        if wanted == "concern":
            self.go.emit(GoTo("concern", {"for": family_id} if family_id else {}))
        elif wanted in _BEGINS and self._has_families:
            self._begin(_BEGINS[wanted], family_id)

    def _begin(self, what: str, family_id: str) -> None:
        """Begin a note or a visit in the family file that is open; where none is, say how to open one."""
        if family_id:
            self.go.emit(GoTo("family", {"family": family_id}))
            self._stack.bring("family").begin(what)
        else:
            self.hint.emit(
                "No family file is open",
                f"Open a family first, from Today, Families ({key_words('screen_2')}) or search"
                f" ({key_words('search')}); then the same key begins a {what} there.",
            )

    def _wanted(self) -> str:
        return self.sender().objectName().removeprefix("action-")
