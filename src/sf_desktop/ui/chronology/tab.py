"""The chronology as a list that can be filtered: open a line, add one, go on with one, print it for a court."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.drafts.drafting import Draft
from sf_desktop.ops.reading.chronology import Chronology, ChronologyLine, chronology, start_line
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.opening import to_draft
from sf_desktop.ui.kit.controls.buttons import secondary
from sf_desktop.ui.kit.controls.filters import Combo
from sf_desktop.ui.kit.controls.lines import words_line
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import column
from sf_desktop.ui.kit.lists.rows import Column, RowsModel
from sf_desktop.ui.kit.lists.timeline import TimelineRow, TimelineView, row_height
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.text.labels import muted
from sf_desktop.ui.kit.text.moments import count_words
from sf_desktop.ui.kit.window.filetab import FileTab
from sf_desktop.ui.kit.window.stack import GoTo
from sf_record.dates import ApproximateDate
from sf_record.errors import SfError
from sf_record.kinds.significant_event import SORTS

LEAST_ROWS = 3


class ChronologyTab(FileTab):
    """Lines in order of date, the earliest first, as a court reads them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._family_id = ""
        self._view = Chronology((), (), ())
        self._lines: dict[str, ChronologyLine] = {}
        self._place: Mapping[str, Any] = {}
        self.model = RowsModel([Column("", _spoken)], self)
        self.list = TimelineView("Chronology", at_click=True)
        self.list.setModel(self.model)
        self.person, self.sort = Combo("Show events about whom"), Combo("Show facts or opinions")
        self.words = words_line("Filter the chronology by words")
        self.count = muted()
        self.count.setWordWrap(False)
        self.add_button = secondary("Add an event")
        self.print_button = secondary("Print for court", spoken="Print the chronology, or save it as a PDF")
        self.begun = Banner("", "", "information", button="Go on with it")
        self.begun.hide()
        self.empty = EmptyState("", "", "Show everything")
        self.empty.hide()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.sort.addItem("Facts and opinions", "")
        for code, label in SORTS:
            self.sort.addItem(label, code)
        filters = wrapping(self.person, self.sort, self.words, self.count, self.print_button, self.add_button)
        down = column(self)
        down.addWidget(filters)
        down.addWidget(self.begun)
        down.addWidget(self.list, 1)
        down.addWidget(self.empty, 1)
        self.list.setMinimumHeight(row_height(self.list.font()) * LEAST_ROWS)

    def _connect(self) -> None:
        self.person.currentIndexChanged.connect(self._on_filter)
        self.sort.currentIndexChanged.connect(self._on_filter)
        self.words.textChanged.connect(self._on_typed)
        self.list.opened.connect(self._on_opened)
        self.add_button.clicked.connect(self._on_add)
        self.print_button.clicked.connect(self._on_print)
        self.begun.pressed.connect(self._on_go_on)
        self.empty.pressed.connect(self._on_show_all)

    # --- the part --------------------------------------------------------------------------------------------------

    def show_family(self, family_id: str) -> None:
        if family_id != self._family_id:
            self._family_id = family_id
            self._reset()
        self._desk.ask(chronology, family_id, on_done=self._on_chronology, on_error=self._on_error)

    def take_focus(self) -> None:
        (self.list if self.model.ids else self.add_button).setFocus()

    def place(self) -> dict[str, Any]:
        return {
            "person": self.person.currentData() or "",
            "sort": self.sort.currentData() or "",
            "words": self.words.text(),
            "line": self.list.current_id(),
        }

    def restore(self, place: Mapping[str, Any]) -> None:
        self._place = place
        if self._lines:
            self._put_place()

    def _put_place(self) -> None:
        place, self._place = self._place, {}
        if place:
            self.person.setCurrentIndex(max(0, self.person.findData(place.get("person") or "")))
            self.sort.setCurrentIndex(max(0, self.sort.findData(place.get("sort") or "")))
            self.words.setText(str(place.get("words") or ""))
            at = self.model.place_of(str(place.get("line") or ""))
            if at >= 0:
                self.list.setCurrentIndex(self.model.index(at, 0))

    def _reset(self) -> None:
        self.person.setCurrentIndex(0)
        self.sort.setCurrentIndex(0)
        self.words.clear()

    # --- showing ---------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_chronology(self, view: Chronology) -> None:
        self._view = view
        self._lines = {each.id: each for each in view.lines}
        self._offer_people()
        self.begun.setVisible(bool(view.begun))
        if view.begun:
            self.begun.say(
                count_words(len(view.begun), "line is", "lines are") + " begun and not saved",
                str(view.begun[0].body.get("what") or ""),
                announce=False,
            )
        self._show()
        self._put_place()

    def _offer_people(self) -> None:
        chosen = self.person.currentData() or ""
        self.person.blockSignals(True)
        self.person.clear()
        self.person.addItem("About anybody", "")
        for id_, name in self._view.people:
            self.person.addItem(f"About {name}", id_)
        self.person.setCurrentIndex(max(0, self.person.findData(chosen)))
        self.person.blockSignals(False)

    def _show(self) -> None:
        chosen = self.list.current_id()
        shown = [each for each in self._view.lines if self._fits(each)]
        self.model.forget(self.model.ids)
        self.model.set_ids([each.id for each in shown], {each.id: _row(each) for each in shown})
        at = self.model.place_of(chosen)
        if at >= 0:
            self.list.setCurrentIndex(self.model.index(at, 0))
        whole = len(self._view.lines)
        said = "1 event" if whole == 1 else f"{whole:,} events"
        self.count.setText(said if len(shown) == whole else f"{len(shown):,} of {said}")
        self.print_button.setVisible(whole > 0)
        self.list.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        if not shown and whole:
            self.empty.say("Nothing here fits these filters", "", "Show everything")
        elif not shown:
            self.empty.say(
                "Nothing is in the chronology yet",
                "Open a record in the timeline and put it into the chronology, or add an event from before us.",
            )

    def _fits(self, line: ChronologyLine) -> bool:
        person, sort = self.person.currentData(), self.sort.currentData()
        if (person and person not in line.about_ids) or (sort and sort != line.sort):
            return False
        said = " ".join((line.what, line.impact, line.source, line.author, *line.about, line.day_words)).casefold()
        return all(word in said for word in self.words.text().casefold().split())

    @Slot(int)
    def _on_filter(self, _index: int) -> None:
        self._show()

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        self._show()

    @Slot()
    def _on_show_all(self) -> None:
        self._reset()
        self._show()

    # --- going on --------------------------------------------------------------------------------------------------

    @Slot(str)
    def _on_opened(self, line_id: str) -> None:
        if line_id:
            self.go.emit(GoTo("family", {"family": self._family_id, "record": line_id}))

    @Slot()
    def _on_add(self) -> None:
        self._desk.ask(start_line, self._family_id, on_done=self._on_draft, on_error=self._on_error)

    @Slot(object)
    def _on_draft(self, draft: Draft) -> None:
        self.go.emit(to_draft(draft))

    @Slot()
    def _on_go_on(self) -> None:
        if self._view.begun:
            self.go.emit(to_draft(self._view.begun[0]))

    @Slot()
    def _on_print(self) -> None:
        """The paper is about the person who is chosen; the other filters are for reading here."""
        about = str(self.person.currentData() or "")
        self.go.emit(GoTo("paper", {"paper": "chronology", "family": self._family_id, "about": about}))

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self.failed.emit(error)


def _spoken(row: Any) -> str:
    return str(row.spoken())


def _row(line: ChronologyLine) -> TimelineRow:
    tag, tone = "", "neutral"
    if line.is_source_in_error:
        tag, tone = "Its record was entered in error", "danger"
    elif line.is_waiting:
        tag, tone = "Waiting to be sent", "information"
    about = f"about {', '.join(line.about)}" if line.about else ""
    meta = (line.sort_words, about, f"from {line.source}" if line.source else "", f"put in by {line.author}")
    return TimelineRow(
        when=_short(line.on),
        title=line.what,
        text=line.impact or "No impact on the child is written down",
        meta=" · ".join(part for part in meta if part),
        tag=tag,
        tone=tone,
    )


def _short(on: ApproximateDate | None) -> str:
    if on is None:
        return "Not known"
    if on.month is None:
        return str(on.year)
    month = f"{on.earliest:%b} {on.year}"
    return month if on.day is None else f"{on.day} {month}"
