"""The timeline of a family file: everything that happened, filtered by kind, person and words, with one record open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.reading.timeline import TimelineEntry, TimelineFilter, timeline_ids, timeline_rows
from sf_desktop.ui.desk import Desk, Request
from sf_desktop.ui.family.words import timeline_row
from sf_desktop.ui.kit.controls.filters import Combo
from sf_desktop.ui.kit.controls.lines import words_line
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import column
from sf_desktop.ui.kit.lists.rows import PAGE_ROWS, Column, RowsModel
from sf_desktop.ui.kit.lists.timeline import TimelineRow, TimelineView
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.text.labels import muted
from sf_desktop.ui.kit.text.moments import counted
from sf_record.errors import SfError
from sf_record.kinds import KINDS

TYPING_MS = 120


def _spoken(row: Any) -> str:
    return str(row.spoken())


class TimelineTab(QWidget):
    """The filters and the lines. `opened(str)` is the record that is to be read."""

    opened = Signal(str)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._family_id = ""
        self._today = date.min
        self._request: Request | None = None
        self._wanted_id = ""
        self._ids_coming: tuple[str, ...] = ()
        self.model = RowsModel([Column("", _spoken)], self)
        self.list = TimelineView("Timeline", at_click=True)
        self.list.setModel(self.model)
        self.kind = Combo("Show which records")
        self.person = Combo("About whom")
        self.words = words_line("Filter the timeline by words")
        self.count = muted()
        self.count.setWordWrap(False)
        self.empty = EmptyState("", "")
        self.empty.hide()
        self.empty.pressed.connect(self._on_show_all)
        self._typing = later(self, TYPING_MS, self.refresh)
        filters = wrapping(self.kind, self.person, self.words, self.count)
        down = column(self)
        down.addWidget(filters)
        down.addWidget(self.list, 1)
        down.addWidget(self.empty, 1)
        for kind in KINDS.values():
            if kind.on_timeline:
                self.kind.addItem(kind.plural, kind.name)
        self.kind.insertItem(0, "All records", "")
        self.kind.setCurrentIndex(0)
        self.kind.currentIndexChanged.connect(self._on_filter)
        self.person.currentIndexChanged.connect(self._on_filter)
        self.words.textChanged.connect(self._on_typed)
        self.model.page_wanted.connect(self._on_page_wanted)
        self.list.opened.connect(self.opened)

    def show_family(self, family_id: str, people: Sequence[tuple[str, str]], today: date) -> None:
        """Show the timeline of this family file; the filters stay while it is the same one."""
        self._today = today
        is_other = family_id != self._family_id
        self._family_id = family_id
        chosen = "" if is_other else str(self.person.currentData() or "")
        self.person.blockSignals(True)
        self.person.clear()
        self.person.addItem("About anybody", "")
        for identity, name in people:
            self.person.addItem(f"About {name}", identity)
        self.person.setCurrentIndex(max(0, self.person.findData(chosen)))
        self.person.blockSignals(False)
        if is_other:
            self.model.set_ids(())
            self._reset()
        self.refresh()

    def place(self) -> dict[str, Any]:
        """The filters and the line."""
        return {
            "kind": self.kind.currentData() or "",
            "person": self.person.currentData() or "",
            "words": self.words.text(),
            "line": self.model.id_at(self.list.currentIndex()),
        }

    def restore(self, place: Mapping[str, Any]) -> None:
        """Put the filters back, and choose the line again once it is there."""
        self._wanted_id = str(place.get("line") or "")
        self.kind.setCurrentIndex(max(0, self.kind.findData(place.get("kind") or "")))
        self.person.setCurrentIndex(max(0, self.person.findData(place.get("person") or "")))
        self.words.setText(str(place.get("words") or ""))
        self.refresh()

    def choose(self, record_id: str) -> None:
        """Choose a line, now or once it is there."""
        self._wanted_id = record_id
        self._choose_wanted()

    def forget(self, record_ids: Sequence[str]) -> None:
        """These have changed: fetch their lines again."""
        self.model.forget(record_ids)

    @Slot()
    def refresh(self) -> None:
        """Ask again which lines there are."""
        self._typing.stop()
        if not self._family_id:
            return
        kind = str(self.kind.currentData() or "")
        chosen = TimelineFilter((kind,) if kind else (), str(self.person.currentData() or ""), self.words.text())
        self._request = self._desk.ask(
            timeline_ids, self._family_id, chosen,
            on_done=self._on_ids, on_error=self._on_error, instead_of=self._request,
        )  # fmt: skip

    def _reset(self) -> None:
        for box in (self.kind, self.person):
            box.blockSignals(True)
            box.setCurrentIndex(0)
            box.blockSignals(False)
        self.words.blockSignals(True)
        self.words.clear()
        self.words.blockSignals(False)

    @Slot(object)
    def _on_ids(self, ids: tuple[str, ...]) -> None:
        """Fetch the rows that will be in view before the lines are shown: none of them is blank for a moment."""
        self._request = None
        place = ids.index(self._wanted_id) if self._wanted_id in ids else 0
        first = max(0, place - PAGE_ROWS // 2)
        missing = [each for each in ids[first : first + PAGE_ROWS] if not self.model.has_row(each)]
        if ids == self.model.ids or not missing:
            self._show_ids(ids, {})
            return
        self._ids_coming = ids
        self._request = self._desk.ask(
            timeline_rows, tuple(missing), on_done=self._on_first_rows, on_error=self._on_error
        )

    @Slot(object)
    def _on_first_rows(self, rows: tuple[TimelineEntry, ...]) -> None:
        self._request = None
        self._show_ids(self._ids_coming, {row.record_id: timeline_row(row, self._today) for row in rows})

    def _show_ids(self, ids: tuple[str, ...], rows: Mapping[str, TimelineRow]) -> None:
        if ids != self.model.ids:
            chosen = self.model.id_at(self.list.currentIndex())
            self.model.set_ids(ids, rows)
            self._wanted_id = self._wanted_id or chosen
        self.count.setText(counted(len(ids), "record", "records"))
        is_filtered = bool(self.kind.currentData() or self.person.currentData() or self.words.text().strip())
        self.list.setVisible(bool(ids))
        self.empty.setVisible(not ids)
        if not ids and is_filtered:
            self.empty.say("Nothing here fits these filters", "", "Show everything")
        elif not ids:
            self.empty.say("Nothing has been recorded yet", "Start a visit, or write a note with Ctrl+N.")
        self._choose_wanted()

    @Slot()
    def keep_in_sight(self) -> None:
        """Show the whole of the row that is chosen."""
        self.list.scrollTo(self.list.currentIndex())

    def _choose_wanted(self) -> None:
        place = self.model.place_of(self._wanted_id) if self._wanted_id else -1
        if place >= 0:
            self.list.setCurrentIndex(self.model.index(place, 0))
            self._wanted_id = ""

    @Slot(object)
    def _on_page_wanted(self, ids: tuple[str, ...]) -> None:
        self._desk.ask(timeline_rows, ids, on_done=self._on_rows, on_error=self._on_error)

    @Slot(object)
    def _on_rows(self, rows: tuple[TimelineEntry, ...]) -> None:
        self.model.put_rows({row.record_id: timeline_row(row, self._today) for row in rows})

    @Slot(int)
    def _on_filter(self, _index: int) -> None:
        self.refresh()

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        self._typing.start()

    @Slot()
    def _on_show_all(self) -> None:
        self._reset()
        self.refresh()

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self._request = None
        self.failed.emit(error)
