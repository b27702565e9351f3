"""The bar that finds words in the family file that is open: how many places, the next, the one before, which it is."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.reading.finding import FoundInFile, FoundPlace, find_in_file
from sf_desktop.ui.desk import Desk, Request
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.surfaces import Card
from sf_desktop.ui.kit.style.tokens import GAP_XS
from sf_desktop.ui.kit.text.labels import muted
from sf_desktop.ui.kit.writing.finding import FindStrip
from sf_record.errors import SfError

TYPING_MS = 250
NONE, MANY = "These words stand nowhere in this file", "The first {count:,} places; more words find fewer."


class FindBar(Card):
    """`went(object)` is a place (`FoundPlace`) to be shown; `closed` when the bar is put away."""

    went = Signal(object)
    closed = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self._family_id = ""
        self._request: Request | None = None
        self._places: tuple[FoundPlace, ...] = ()
        self._at = -1
        self._typing = later(self, TYPING_MS, self._ask)
        self.setAccessibleName("Find in this file")
        self.layout_.setSpacing(GAP_XS)
        self.strip = FindStrip("Find in this file")
        self.where = muted("")
        self.layout_.addWidget(self.strip)
        self.layout_.addWidget(self.where)
        self.where.hide()
        self.strip.typed.connect(self._on_typed)
        self.strip.next_wanted.connect(self.go_next)
        self.strip.previous_wanted.connect(self.go_back)
        self.strip.close_wanted.connect(self.shut)
        self._say()

    def open(self, family_id: str) -> None:
        """Show the bar for this file, with what was looked for last marked to be written over."""
        if family_id != self._family_id:
            self._family_id = family_id
            self.strip.line.clear()
        self.show()
        self.strip.begin()

    @Slot()
    def shut(self) -> None:
        """Put the bar away."""
        self.hide()
        self.closed.emit()

    @Slot()
    def _on_typed(self) -> None:
        self._typing.start()

    @Slot()
    def _ask(self) -> None:
        self._typing.stop()
        self._request = self._desk.ask(
            find_in_file, self._family_id, self.strip.line.text(),
            on_done=self._on_found, on_error=self._on_error, instead_of=self._request,
        )  # fmt: skip

    @Slot(object)
    def _on_found(self, found: FoundInFile) -> None:
        self._request = None
        self._places, self._at = found.places, -1
        if found.places:
            self._go(0)
        self._say(is_all=found.is_all)

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self._request = None
        self.failed.emit(error)

    @Slot()
    def go_next(self) -> None:
        """Go to the next place, from the last to the first."""
        if self._typing.isActive():
            self._ask()  # Enter, before the pause in which one looks by oneself
        elif self._places:
            self._go((self._at + 1) % len(self._places))

    @Slot()
    def go_back(self) -> None:
        """Go to the place before, from the first to the last."""
        if self._places:
            self._go((self._at - 1) % len(self._places))

    def _go(self, number: int) -> None:
        self._at = number
        self._say()
        self.went.emit(self._places[number])

    def _say(self, *, is_all: bool = True) -> None:
        count = len(self._places)
        if not count:
            which = NONE if self.strip.line.text().strip() else ""
        else:
            which = f"{self._at + 1:,} of {count:,}" if is_all else MANY.format(count=count)
        self.strip.say(which, may_go=count > 0)
        here = self._places[self._at] if 0 <= self._at < count else None
        self.where.setVisible(here is not None)
        if here is not None:
            title = "" if here.title == here.kind else f": {here.title}"
            self.where.setText(f"{here.kind}{title} · {here.question}")
        self.strip.line.setAccessibleDescription(" · ".join(part for part in (which, self.where.text()) if part))
