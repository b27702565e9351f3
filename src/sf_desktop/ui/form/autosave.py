"""Says when a draft must be saved, one save at a time, and what is truly saved."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.text.moments import clock_seconds
from sf_desktop.ui.kit.window.topbar import NOT_SAVED

AFTER_MS = 1_200  # with the save itself well within two seconds, also while somebody types without a pause

SAVED, SAVING = "Saved on this laptop", "Saving…"


class Autosave(QObject):
    """`save_wanted` asks its owner to hand the draft to the desk; the owner then calls `done` or `failed`.

    Typing calls `touch`, leaving a field or the screen calls `now`. `said` comes when `words` have changed.
    """

    save_wanted = Signal()
    said = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_touched = False
        self._is_saving = False
        self._is_hurried = False  # somebody leaves: save again as soon as the save under way has ended
        self._at = ""
        self._failure = ""
        self._timer = later(self, AFTER_MS, self.now)

    @property
    def is_clean(self) -> bool:
        """Whether everything typed is known to be in the vault."""
        return not self._is_touched and not self._is_saving

    @property
    def is_hurried(self) -> bool:
        """Whether more was typed than the save that is under way has."""
        return self._is_hurried

    @property
    def failure(self) -> str:
        """Why the last save failed, in words; empty if it did not."""
        return self._failure

    def words(self) -> tuple[str, str]:
        """What to say beside the buttons, and the time that goes with it."""
        if self._failure:
            return NOT_SAVED, ""
        if not self._at:
            return (SAVING, "") if self._is_saving or self._is_touched else ("", "")
        return SAVED, clock_seconds(self._at)

    @Slot()
    def touch(self) -> None:
        """Something was typed."""
        self._is_touched = True
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def now(self) -> None:
        """Save what is not yet saved, at once, or as soon as the save that is under way has ended."""
        self._timer.stop()
        self._is_hurried = self._is_touched and self._is_saving
        if self._is_touched and not self._is_saving:
            self._is_touched = False
            self._is_saving = True
            self.save_wanted.emit()

    def done(self, at: str) -> None:
        """The vault holds it, since this moment."""
        self._is_saving = False
        self._at, self._failure = at, ""
        self.said.emit()
        if self._is_hurried:
            self.now()
        elif self._is_touched and not self._timer.isActive():
            self._timer.start()

    def failed(self, why: str) -> None:
        """The vault does not hold it: it stays touched, and is tried again."""
        self._is_saving = False
        self._is_touched = True
        self._failure = why
        self.said.emit()
        self._timer.start()

    def forget(self) -> None:
        """The draft is no more: signed or thrown away."""
        self._timer.stop()
        self._is_touched = self._is_saving = False
        self._at = self._failure = ""
        self.said.emit()
