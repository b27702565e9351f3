"""Families: every family file on this laptop, filtered as one types, sorted by its headings, opened with Enter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.families.families import FamilyRow, Order, family_rows, filtered, leads_team
from sf_desktop.ui.desk import Changes, Desk, Request
from sf_desktop.ui.families.columns import ADDRESS, LAST_VISIT, STATE, WORKER, columns, state
from sf_desktop.ui.kit.controls.buttons import Kind
from sf_desktop.ui.kit.controls.lines import SearchLine
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.surfaces import Page, column
from sf_desktop.ui.kit.lists.rows import RowsModel
from sf_desktop.ui.kit.lists.sampled import SampledTable
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_XS
from sf_desktop.ui.kit.text.labels import subtitle, title
from sf_desktop.ui.kit.text.moments import counted
from sf_desktop.ui.kit.window.stack import GoTo, Screen, TopAction
from sf_desktop.ui.messages import show_error
from sf_record.errors import SfError

TYPING_MS = 120
LEAST_HEIGHT = 220  # its headings and a few families
SAMPLES = (
    "Pretend family Blackthorn",
    "Opened again here, not sent yet",
    "Redshank, Oriole",
    "Protection plan",
    "26 Nov (5 working days late)",
    "26 Nov 2026",
    "Pat Pretend-Kim",
    "12 Pretend Street, Pretendham",
)
ELASTIC = {0: "Pretend family Box", 2: "Redshank, O", 6: "Pat Prete", 7: "12 Prete"}  # the names, and the address


class FamiliesTable(SampledTable):
    """The list. `typed(str)`: somebody writes a name while the keyboard is here; it belongs into the filter."""

    typed = Signal(str)

    def keyboardSearch(self, search: str) -> None:
        self.typed.emit(search)


class FilterLine(SearchLine):
    """Filters the list below it. `entered`: with Down or Enter one goes on to what it has found."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__(48)
        self.setPlaceholderText("Filter by name, address or postcode")
        self.setAccessibleName("Filter families")
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)


class FamiliesScreen(Screen):
    """The list. It shows ids at once and fetches the rows that are looked at."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._order = Order.NAME
        self._is_ascending = True
        self._chosen = ""
        self._asked = self._looked_for = ""  # words asked for, and those answered: what they brought up is noted once
        self._request: Request | None = None
        self._are_ids_known = False
        self._is_entered = False  # into the list, as soon as it holds what the filter asks for
        self.model = RowsModel(columns(), self)
        self.table = FamiliesTable("Families", self.model, SAMPLES, elastic=ELASTIC, spared=(ADDRESS, LAST_VISIT))
        self.table.setColumnHidden(WORKER, True)  # one's own families need no name
        self._states: dict[str, str] = {}  # of the rows that were looked at; where nothing is unusual none is shown
        self.table.setColumnHidden(STATE, True)
        self.filter = FilterLine()
        self._title, self._count = title("Families"), subtitle()
        self.banner = Banner(closable=True)
        self.banner.hide()
        self.empty = EmptyState("", "")
        self.empty.pressed.connect(self.filter.clear)
        self.empty.hide()
        self._typing = later(self, TYPING_MS, self._ask)
        self._lay_out()
        self.filter.textChanged.connect(self._on_typed)
        self.filter.entered.connect(self._on_entered)
        self.table.typed.connect(self._on_name_begun)
        self.model.page_wanted.connect(self._on_page_wanted)
        self.model.sort_wanted.connect(self._on_sort_wanted)
        self.table.opened.connect(self._on_opened)
        desk.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        head = column(gap=GAP_XS)
        head.addWidget(self._title)
        head.addWidget(self._count)
        page = Page()  # in a low window it scrolls: the list was as low as its heading, and lay on it
        self.table.setMinimumHeight(LEAST_HEIGHT)
        page.layout_.setSpacing(GAP_M)
        page.layout_.addLayout(head)
        for widget in (self.banner, self.filter):
            page.layout_.addWidget(widget)
        page.layout_.addWidget(self.table, 1)
        page.layout_.addWidget(self.empty, 1)
        column(self).addWidget(page)

    def title(self) -> str:
        return "Families"

    def top_actions(self) -> Sequence[TopAction]:
        return (
            TopAction("New family file", self._on_new_file, Kind.SECONDARY),
            TopAction("Bring in", self._on_bring_in, Kind.SECONDARY),
            TopAction("Plan a visit", self._on_plan, Kind.SECONDARY),
        )

    def show_subject(self, _subject: Mapping[str, Any]) -> None:
        self._desk.ask(leads_team, on_done=self._on_leads_team, on_error=self._on_error)
        self._ask()

    @Slot(object)
    def _on_leads_team(self, leads: bool) -> None:
        self.table.setColumnHidden(WORKER, not leads)

    def take_focus(self) -> None:
        if self._chosen:
            self.table.setFocus()
        else:
            self.filter.setFocus()

    def in_hand(self) -> tuple[str, str]:
        return self.table.current_id(), ""

    def place(self) -> dict[str, Any]:
        return {"filter": self.filter.text(), "family": self.table.current_id(), "order": self._order.value}

    def restore(self, place: Mapping[str, Any]) -> None:
        self._chosen = str(place.get("family") or "")
        if place.get("order") in {each.value for each in Order}:
            self._order = Order(place["order"])
        self.filter.setText(str(place.get("filter") or ""))
        self._ask()

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        self._is_entered = False
        self._typing.start()

    @Slot(str)
    def _on_name_begun(self, text: str) -> None:
        self.filter.setFocus()
        self.filter.setText(text)

    @Slot()
    def _on_entered(self) -> None:
        self._is_entered = True
        self._ask()

    def _enter(self) -> None:
        self._is_entered = False
        if self.model.ids:
            self.table.setFocus()
            self.table.selectRow(max(0, self.table.currentIndex().row()))

    @Slot()
    def _ask(self) -> None:
        """Ask for the ids; an answer to what was typed before is dropped."""
        self._typing.stop()
        self._asked = self.filter.text().strip()
        self._request = self._desk.ask(
            filtered, self._asked, self._order, self._asked != self._looked_for,
            on_done=self._on_ids, on_error=self._on_error, instead_of=self._request,
        )  # fmt: skip

    @Slot(object)
    def _on_ids(self, ids: tuple[str, ...]) -> None:
        self._request, self._looked_for = None, self._asked
        shown = ids if self._is_ascending else ids[::-1]
        chosen = self.table.current_id() or self._chosen
        self._are_ids_known = True
        if shown != self.model.ids:
            self.model.set_ids(shown)
            self._states = {each: self._states.get(each, "") for each in shown}
            self._show_states()
        if chosen:
            self.table.choose_id(chosen)
        words = self.filter.text().strip()
        files = counted(len(ids), "family file", "family files")
        self._count.setText(f"{files} with “{words}”" if words else f"{files} on this laptop")
        self._show_empty(words, is_empty=not ids)
        if self._is_entered:
            self._enter()

    def _show_empty(self, words: str, *, is_empty: bool) -> None:
        self.empty.setVisible(is_empty)
        self.table.setVisible(not is_empty)
        if is_empty and words:
            self.empty.say(
                "No family has all of these words", "Try fewer letters, or search everything with Ctrl+K.", "Show all"
            )
        elif is_empty:
            self.empty.say(
                "There are no families on this laptop yet",
                "They come by themselves with the next connection to the council, once a family is allocated to you.",
            )

    @Slot(object)
    def _on_page_wanted(self, ids: tuple[str, ...]) -> None:
        self._desk.ask(family_rows, ids, on_done=self._on_rows, on_error=self._on_error)

    @Slot(object)
    def _on_rows(self, rows: tuple[FamilyRow, ...]) -> None:
        self._states |= {row.id: state(row) for row in rows}
        self._show_states()
        self.model.put_rows({row.id: row for row in rows})

    def _show_states(self) -> None:
        self.table.setColumnHidden(STATE, not any(self._states.values()))

    @Slot(str, bool)
    def _on_sort_wanted(self, key: str, is_ascending: bool) -> None:
        self._order, self._is_ascending = Order(key), is_ascending
        self._ask()

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        show_error(self.banner, error)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if not self._are_ids_known:
            return
        self.model.forget(tuple(changes.families))
        if self.isVisible() and changes.kinds & {"family", "status_episode", "visit", "allocation"}:
            self._ask()

    @Slot(str)
    def _on_opened(self, family_id: str) -> None:
        self._chosen = family_id
        self.go.emit(GoTo("family", {"family": family_id}))

    @Slot()
    def _on_new_file(self) -> None:
        self.go.emit(GoTo("new_file", {}))

    @Slot()
    def _on_bring_in(self) -> None:
        self.go.emit(GoTo("bring_in", {}))

    @Slot()
    def _on_plan(self) -> None:
        family_id = self.table.current_id()
        self.go.emit(GoTo("plan", {"family": family_id} if family_id else {}))
