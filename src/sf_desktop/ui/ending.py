"""How a window ends: once what is typed is in the vault, or the vault has not answered, it is said that it may go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from sf_desktop.ops.office import Office
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.window.topbar import NOT_SAVED
from sf_record.errors import SfError

PATIENCE_MS = 5_000  # a vault that does not answer must not keep the window open


class Left(Protocol):
    """What somebody may have typed on: a screen, or a window with words that have no draft."""

    def leave(self) -> None: ...
    def saved_words(self) -> tuple[str, str]: ...


class Whereabouts(QObject):
    """Keeps where a window is in the vault, with the words in it that have no draft; it says so while it has not.

    `keep_place` is the verb that does; without one nothing is kept.
    """

    def __init__(
        self, desk: Desk, keep_place: Callable[[Office, Mapping[str, Any]], Any] | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._keep_place = desk, keep_place
        self._place: Mapping[str, Any] = {}
        self._is_failing = False

    def be_at(self, place: Mapping[str, Any]) -> None:
        """Be here from now on; `leave` keeps it."""
        self._place = place

    def keep(self, place: Mapping[str, Any]) -> None:
        """Be here, and keep it now."""
        self.be_at(place)
        self.leave()

    def leave(self) -> None:
        if self._keep_place is not None and self._place:
            self._desk.ask(self._keep_place, self._place, on_done=self._on_kept, on_error=self._on_error)

    def saved_words(self) -> tuple[str, str]:
        return (NOT_SAVED, "") if self._is_failing else ("", "")

    @Slot(object)
    def _on_kept(self, _done: object) -> None:
        self._is_failing = False

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self._is_failing = bool(self._place.get("words"))
        self._desk.failed.emit(error)


class LastSave(QObject):
    """What is typed is handed over, and once more with the room kept for this, where a full disk did not take it.

    `over(bool)` says whether the vault has it: when all is answered, or at the end of patience.
    """

    over = Signal(bool)

    def __init__(
        self, desk: Desk, make_room: Callable[[Office], Any] | None, parent: QObject, patience_ms: int = PATIENCE_MS
    ) -> None:
        super().__init__(parent)
        self._desk, self._make_room = desk, make_room
        self._screens: Sequence[Left] = ()
        self._has_room = False
        self._patience = later(self, patience_ms, self._on_answered)
        desk.quiet.connect(self._on_quiet)

    @property
    def is_waiting(self) -> bool:
        return self._patience.isActive()

    def hand_over(self, screens: Sequence[Left]) -> None:
        """Let these screens hand over what is typed."""
        self._screens, self._has_room = screens, False
        for each in screens:
            each.leave()

    def wait(self) -> None:
        """Everything has been handed over: say so when the desk is quiet."""
        self._patience.start()
        self._on_quiet()

    @Slot()
    def _on_quiet(self) -> None:
        if self._patience.isActive() and self._desk.is_quiet:
            self._on_answered()

    @Slot()
    def _on_answered(self) -> None:
        self._patience.stop()
        is_saved = all(each.saved_words()[0] != NOT_SAVED for each in self._screens)
        if is_saved or self._has_room or self._make_room is None:
            self.over.emit(is_saved)
            return
        self._desk.ask(self._make_room)
        self.hand_over(self._screens)
        self._has_room = True
        self.wait()


class Ending(QObject):
    """One end, begun once. `over(str)` comes with the way that was begun: "lock", "hide" or "close"."""

    over = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._how = ""
        self.is_over = False

    @property
    def is_begun(self) -> bool:
        return bool(self._how)

    def begin(self, how: str) -> None:
        """From here on nothing leads anywhere."""
        self._how = how

    def finish(self) -> None:
        """Everything that can be is in the vault."""
        self.is_over = True
        self.over.emit(self._how)


def unsaved_banner() -> Banner:
    """Return what says why the window did not close; its button closes it all the same."""
    banner = Banner(
        "Not closed: what you typed last is not saved",
        "It is in this window only. Free some space on the disk, then close again; or copy it elsewhere first.",
        "danger",
        button="Close without saving it",
    )
    banner.hide()
    return banner
