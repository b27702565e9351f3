"""What I have looked at: the worker's own record of looks, filtered by family, day and kind; Enter opens the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.worker.looked import (
    LookedFilter,
    LookedRow,
    LookedStanding,
    looked_numbers,
    looked_rows,
    looked_standing,
)
from sf_desktop.ui.desk import Desk, Request
from sf_desktop.ui.kit.controls.filters import Combo
from sf_desktop.ui.kit.controls.lines import words_line
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import Page, column
from sf_desktop.ui.kit.lists.rows import RowsModel
from sf_desktop.ui.kit.lists.sampled import SampledTable
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_XS
from sf_desktop.ui.kit.text.labels import muted, subtitle, title
from sf_desktop.ui.kit.window.stack import GoTo, Screen
from sf_desktop.ui.looks.view import WORDS, columns, standing_words
from sf_desktop.ui.messages import show_error
from sf_record.errors import SfError

TYPING_MS = 120
PERIODS = ((0, "The last 90 days"), (1, "Today"), (7, "The last 7 days"), (30, "The last 30 days"))
SAMPLES = ("Mon 23 Nov 2026, 09:52:14", "Opened a record (safeguarding concern)")
WHY = (
    "Every family file and record that you open, print, copy or find by searching leaves a line here and at the"
    " council. What you searched for is not kept. Your supervisor can see who looked at a family file."
)


class LooksScreen(Screen):
    """The list, newest first. It shows numbers at once and fetches the rows that are looked at."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._request: Request | None = None
        self.model = RowsModel(columns(), self)
        self.table = SampledTable("What I have looked at", self.model, SAMPLES, elastic={1: "Opened a record"})
        self.words = words_line("Filter by the family’s name", "Family’s name")
        self.period, self.kind = Combo("Which days"), Combo("What was done")
        for days, label in PERIODS:
            self.period.addItem(label, days)
        self.kind.addItem("Everything that was done", "")
        for look, label in WORDS.items():
            self.kind.addItem(label, look.value)
        self.kind.setMinimumContentsLength(22)
        self._title, self._why, self._count = title("What I have looked at"), subtitle(WHY), subtitle()
        self._standing = muted()
        self.banner = Banner(closable=True)
        self.banner.hide()
        self.empty = EmptyState("", "")
        self.empty.pressed.connect(self._on_show_all)
        self._typing = later(self, TYPING_MS, self._ask)
        self._lay_out()
        self.words.textChanged.connect(self._on_typed)
        self.period.currentIndexChanged.connect(self._on_filter)
        self.kind.currentIndexChanged.connect(self._on_filter)
        self.model.page_wanted.connect(self._on_page_wanted)
        self.table.opened.connect(self._on_opened)

    def _lay_out(self) -> None:
        head = column(gap=GAP_XS)
        head.addWidget(self._title)
        head.addWidget(self._why)
        filters = wrapping(self.words, self.period, self.kind, self._count)
        self._count.setWordWrap(False)
        page = Page()  # on a small screen it scrolls
        column(self).addWidget(page)
        down = page.layout_
        down.setSpacing(GAP_M)
        down.addLayout(head)
        down.addWidget(self.banner)
        down.addWidget(filters)
        down.addWidget(self.table, 1)
        down.addWidget(self.empty, 1)
        self.empty.hide()
        self._standing.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        down.addWidget(self._standing)

    def title(self) -> str:
        return "What I have looked at"

    def show_subject(self, _subject: Mapping[str, Any]) -> None:
        self._ask()

    def take_focus(self) -> None:
        self.words.setFocus()

    def in_hand(self) -> tuple[str, str]:
        row = self.model.row_at(self.table.currentIndex())
        return (row.family_id, row.record_id) if isinstance(row, LookedRow) else ("", "")

    def place(self) -> dict[str, Any]:
        return {
            "words": self.words.text(),
            "days": self.period.currentData(),
            "what": self.kind.currentData(),
            "line": self.table.current_id(),
        }

    def restore(self, place: Mapping[str, Any]) -> None:
        self.words.setText(str(place.get("words") or ""))
        self.period.setCurrentIndex(max(0, self.period.findData(place.get("days") or 0)))
        self.kind.setCurrentIndex(max(0, self.kind.findData(str(place.get("what") or ""))))
        self._ask()

    @property
    def _filter(self) -> LookedFilter:
        return LookedFilter(self.words.text(), int(self.period.currentData()), str(self.kind.currentData()))

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        self._typing.start()

    @Slot(int)
    def _on_filter(self, _index: int) -> None:
        self._ask()

    @Slot()
    def _on_show_all(self) -> None:
        self.words.clear()
        self.period.setCurrentIndex(0)
        self.kind.setCurrentIndex(0)
        self._ask()

    @Slot()
    def _ask(self) -> None:
        """Ask for the numbers; an answer to what was chosen before is dropped."""
        self._typing.stop()
        self._request = self._desk.ask(
            looked_numbers, self._filter,
            on_done=self._on_numbers, on_error=self._on_error, instead_of=self._request,
        )  # fmt: skip
        self._desk.ask(looked_standing, on_done=self._on_standing, on_error=self._on_error)

    @Slot(object)
    def _on_numbers(self, numbers: tuple[int, ...]) -> None:
        self._request = None
        chosen = self.table.current_id()
        self.model.set_ids(tuple(map(str, numbers)))
        if chosen:
            self.table.choose_id(chosen)
        self._count.setText("1 line" if len(numbers) == 1 else f"{len(numbers):,} lines")
        self.empty.setVisible(not numbers)
        self.table.setVisible(bool(numbers))
        if not numbers and self._filter != LookedFilter():
            self.empty.say("Nothing of this kind", "Choose other days, or show everything.", "Show everything")
        elif not numbers:
            self.empty.say("Nothing has been looked at on this laptop yet", "")

    @Slot(object)
    def _on_standing(self, standing: LookedStanding) -> None:
        self._standing.setText(standing_words(standing))

    @Slot(object)
    def _on_page_wanted(self, ids: tuple[str, ...]) -> None:
        self._desk.ask(looked_rows, tuple(map(int, ids)), on_done=self._on_rows, on_error=self._on_error)

    @Slot(object)
    def _on_rows(self, rows: Sequence[LookedRow]) -> None:
        self.model.put_rows({str(row.number): row for row in rows})

    @Slot(str)
    def _on_opened(self, number: str) -> None:
        row = self.model.row_at(self.model.index(self.model.place_of(number), 0))
        if row is not None and row.family_id and not row.is_here:
            self.banner.say("This file has left this laptop", "That it was looked at stays written down.")
            self.banner.show()
        elif row is not None and row.is_of_group:
            self.go.emit(GoTo("register", {"activity": row.family_id}))
        elif row is not None and row.family_id:
            self.go.emit(GoTo("family", {"family": row.family_id}))

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        show_error(self.banner, error)
