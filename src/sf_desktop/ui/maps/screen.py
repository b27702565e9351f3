"""The family tree or the ecomap of a family file: drawn, and beside it the same in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QSizePolicy, QWidget

from sf_desktop.ops.drafts.drafting import Draft, begin, begin_change
from sf_desktop.ops.household.maps import ECOMAP, GENOGRAM, TITLES, Drawn, draw
from sf_desktop.ops.printing.map_papers import HIDE
from sf_desktop.ui.desk import Changes, Desk
from sf_desktop.ui.form.opening import screen_of
from sf_desktop.ui.kit.controls.buttons import Kind, secondary
from sf_desktop.ui.kit.controls.marks import Tick
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import Card, Page, column
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_XS
from sf_desktop.ui.kit.text.labels import heading, subtitle, title
from sf_desktop.ui.kit.window.stack import GoTo, Screen, TopAction
from sf_desktop.ui.maps.view import MapView
from sf_desktop.ui.messages import show_error
from sf_record.errors import SfError

NOTHING = {
    GENOGRAM: (
        "There is nobody to draw yet",
        "Add the people of the family and how they are related under People; they are drawn here.",
    ),
    ECOMAP: (
        "No connection is recorded yet",
        "Add who and what the family is connected with: school, relatives, friends, services.",
    ),
}
ADD = {GENOGRAM: ("Add a relationship", "relationship"), ECOMAP: ("Add a connection", "connection")}
DRAWING, WORDS = "The drawing", "In words"
_NARROW_CHARS, _LEAST_LINES, _LEAST_LINES_NARROW = 116, 14, 8


class MapScreen(Screen):
    """Shows the map of its subject `{"family": id, "map": "genogram" or "ecomap"}`."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._family_id, self._map = "", GENOGRAM
        self._drawn: Drawn | None = None
        self._is_narrow, self._is_read = False, False  # where both have no room one is shown at a time
        self._head, self._under = title(), subtitle()
        self.banner = Banner(closable=True)
        self.banner.hide()
        self.hide_tick = Tick("Leave out those with a rule about contact")
        self.near_button = secondary("Nearer", spoken="Bring the map nearer")
        self.far_button = secondary("Farther", spoken="Show more of the map")
        self.fit_button = secondary("Whole map", spoken="Show the whole map")
        self.words_button = secondary(WORDS)
        self.other_button = secondary("")
        self.view = MapView()
        self.list = _WordsList()
        self.gone = EmptyState("", "", "")
        self.gone.hide()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = column(gap=GAP_XS)
        head.addWidget(self._head)
        head.addWidget(self._under)
        buttons = (self.near_button, self.far_button, self.fit_button, self.words_button, self.other_button)
        tools = wrapping(self.hide_tick, *buttons)
        self._words = Card()
        self._words.layout_.addWidget(heading("The same in words"))
        self._words.layout_.addWidget(self.list, 1)
        self._both = QWidget()
        across = QHBoxLayout(self._both)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP_M)
        across.addWidget(self.view, 5)
        across.addWidget(self._words, 2)
        page = Page()
        page.layout_.setSpacing(GAP_M)
        page.layout_.addLayout(head)
        for each in (self.banner, tools, self.gone):
            page.layout_.addWidget(each)
        page.layout_.addWidget(self._both, 1)
        column(self).addWidget(page)

    def _connect(self) -> None:
        self.hide_tick.toggled.connect(self._on_hide)
        self.near_button.clicked.connect(self.view.nearer)
        self.far_button.clicked.connect(self.view.farther)
        self.fit_button.clicked.connect(self.view.fit)
        self.words_button.clicked.connect(self._on_words)
        self.other_button.clicked.connect(self._on_other)
        self.view.went.connect(self._on_went)
        self.view.opened.connect(self._on_opened)
        self.list.currentRowChanged.connect(self.view.go_to)
        self.list.itemActivated.connect(self._on_list_opened)
        self.gone.pressed.connect(self._on_add)
        self._desk.changed.connect(self._on_changed)

    # --- the screen ------------------------------------------------------------------------------------------------

    def title(self) -> str:
        return TITLES[self._map]

    def top_actions(self) -> Sequence[TopAction]:
        if self._drawn is None:
            return ()
        add = TopAction(ADD[self._map][0], self._on_add, Kind.PRIMARY)
        return (add,) if self._drawn.is_empty else (TopAction("Print or save", self._on_print, shortcut="print"), add)

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        self._family_id = str(subject.get("family") or "")
        name = str(subject.get("map") or "")
        self._map = name if name in TITLES else GENOGRAM
        self._drawn = None
        self.banner.hide()
        self._ask()

    def family_id(self) -> str:
        return self._family_id if self._drawn is not None else ""

    def take_focus(self) -> None:
        shown = self.list if self._is_narrow and self._is_read else self.view
        (self.gone if self._drawn is not None and self._drawn.is_empty else shown).setFocus()

    def place(self) -> dict[str, Any]:
        return {"hide": self.hide_tick.isChecked(), "at": self.view.at}

    def restore(self, place: Mapping[str, Any]) -> None:
        self.hide_tick.setChecked(bool(place.get("hide")))
        self.view.go_to(int(place.get("at") or 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._is_narrow = self.width() < self.fontMetrics().averageCharWidth() * _NARROW_CHARS
        lines = _LEAST_LINES_NARROW if self._is_narrow else _LEAST_LINES
        self.view.setMinimumHeight(self.fontMetrics().lineSpacing() * lines)
        self._show_parts()

    def _show_parts(self) -> None:
        """Show both where there is room; never a map that is moved about in a page that is moved too."""
        is_shown = self._drawn is not None and not self._drawn.is_empty
        is_drawn = not (self._is_narrow and self._is_read)
        self.view.setVisible(is_drawn)
        self._words.setVisible(self._is_read or not self._is_narrow)
        self.words_button.setVisible(is_shown and self._is_narrow)
        self.words_button.set_text(DRAWING if self._is_read else WORDS)
        for button in (self.near_button, self.far_button, self.fit_button):
            button.setVisible(is_shown and is_drawn)

    # --- drawing ---------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._desk.ask(
            draw, self._family_id, self._map, self.hide_tick.isChecked(),
            on_done=self._on_drawn, on_error=self._on_error,
        )  # fmt: skip

    @Slot(object)
    def _on_drawn(self, drawn: Drawn) -> None:
        if (drawn.family_id, drawn.name) != (self._family_id, self._map):
            return
        is_first = self._drawn is None
        self._drawn = drawn
        self._head.setText(drawn.picture.title)
        self._under.setText("Drawn from what is recorded. The list says the same in words.")
        self.hide_tick.setVisible(drawn.has_restricted)
        self.other_button.set_text(TITLES[self._other()])
        self._both.setVisible(not drawn.is_empty)
        self._show_parts()
        self.gone.setVisible(drawn.is_empty)
        self.gone.say(*NOTHING[self._map], ADD[self._map][0])
        self.list.show_lines(drawn.picture.lines)
        self.view.show_picture(drawn.picture, TITLES[self._map])
        if is_first:
            self.top_changed.emit()

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        show_error(self.banner, error)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self._family_id and self._family_id in changes.families and self.isVisible():
            self._ask()

    @Slot(bool)
    def _on_hide(self, _is_hidden: bool) -> None:
        self._ask()

    @Slot(int)
    def _on_went(self, number: int) -> None:
        self.list.choose(number)

    # --- going on --------------------------------------------------------------------------------------------------

    def _other(self) -> str:
        return ECOMAP if self._map == GENOGRAM else GENOGRAM

    @Slot()
    def _on_words(self) -> None:
        self._is_read = not self._is_read
        self._show_parts()
        (self.list if self._is_read else self.view).setFocus()

    @Slot()
    def _on_other(self) -> None:
        self.go.emit(GoTo("map", {"family": self._family_id, "map": self._other()}))

    @Slot()
    def _on_add(self) -> None:
        self._desk.ask(begin, ADD[self._map][1], self._family_id, on_done=self._on_draft, on_error=self._on_error)

    @Slot(object)
    def _on_list_opened(self, _item: object) -> None:
        spots = self._drawn.picture.spots if self._drawn is not None else ()
        row = self.list.currentRow()
        if 0 <= row < len(spots) and spots[row].id:
            self._on_opened(spots[row].id)

    @Slot(str)
    def _on_opened(self, record_id: str) -> None:
        self._desk.ask(begin_change, record_id, on_done=self._on_draft, on_error=self._on_error)

    @Slot(object)
    def _on_draft(self, draft: Draft) -> None:
        self.go.emit(GoTo(screen_of(draft.kind), {"draft": draft.id}))

    @Slot()
    def _on_print(self) -> None:
        about = HIDE if self.hide_tick.isChecked() else ""
        self.go.emit(GoTo("paper", {"paper": self._map, "family": self._family_id, "about": about}))


class _WordsList(QListWidget):
    """What is on the map, one after the other; going to a line goes there on the map."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("The same in words")
        self.setAccessibleDescription("Up and down go from one to the next, Enter opens the record")
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(220, 140)
        self.setAlternatingRowColors(True)
        self.setSpacing(2)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show these; one stays at the same number."""
        self.blockSignals(True)
        self.clear()
        self.addItems(list(lines))
        self.blockSignals(False)

    def choose(self, number: int) -> None:
        """Show that somebody went there on the map."""
        self.blockSignals(True)
        self.setCurrentRow(number)
        self.blockSignals(False)
