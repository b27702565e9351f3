"""Takes files in one after the other: judged aside, held in the vault; what fails stays in hand and is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from sf_desktop.ops.attaching.attachments import Target, attach
from sf_desktop.ops.attaching.intake import Taken
from sf_desktop.ops.office import Done
from sf_desktop.ui.attach.reading import aside, outside, read_file, read_image
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.kit.replies import Replies
from sf_record.errors import InputError, SfError


@dataclass(frozen=True, slots=True)
class InHand:
    """A file that was read and could not be held: the disk is full, for instance. It is tried again when asked."""

    target: Target
    taken: Taken


class Taking(QObject):
    """`held(object)` comes with what each file changed, `refused(str, object)` with its name and the reason."""

    held = Signal(object)
    refused = Signal(str, object)
    busy_changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._replies = desk, Replies(self)
        self._waiting: list[tuple[Target, str | QImage, str]] = []
        self._now: tuple[Target, str] | None = None
        self._taken: Taken | None = None
        self.in_hand: list[InHand] = []

    @property
    def count(self) -> int:
        """How many files are still on their way in."""
        return len(self._waiting) + (self._now is not None)

    def files(self, target: Target, paths: Iterable[str]) -> None:
        """Take these files in."""
        self._waiting += [(target, path, path.replace("\\", "/").rpartition("/")[2]) for path in paths]
        self._next()

    def image(self, target: Target, image: QImage) -> None:
        """Take in a picture that was copied."""
        self._waiting.append((target, image, "Pasted picture"))
        self._next()

    def again(self) -> None:
        """Try again with what is in hand."""
        if self._now is None and self.in_hand:
            first = self.in_hand.pop(0)
            self._now = (first.target, first.taken.title)
            self._on_taken(first.taken)

    def let_go(self) -> None:
        """Give up what is in hand; the files themselves stay where they came from."""
        self.in_hand.clear()
        self.busy_changed.emit()

    def _next(self) -> None:
        if self._now is None and self._waiting:
            target, source, name = self._waiting.pop(0)
            self._now = (target, name)
            work = outside(read_file, source) if isinstance(source, str) else aside(read_image, source, name)
            self._replies.watch(work, self._on_taken, self._on_refused)
        self.busy_changed.emit()

    @Slot(object)
    def _on_taken(self, taken: Taken) -> None:
        assert self._now is not None
        self._taken = taken
        self._desk.ask(attach, self._now[0], taken, on_done=self._on_held, on_error=self._on_refused)

    @Slot(object)
    def _on_held(self, done: Done) -> None:
        self._now = self._taken = None
        self.held.emit(done)
        if self.in_hand and not self._waiting:
            self.again()
        self._next()

    @Slot(object)
    def _on_refused(self, error: SfError) -> None:
        now, taken, self._now, self._taken = self._now, self._taken, None, None
        if now is not None:
            if taken is not None and not isinstance(error, InputError):
                self.in_hand.append(InHand(now[0], taken))
            self.refused.emit(now[1], error)
        self._next()
