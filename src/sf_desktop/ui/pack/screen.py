"""One page to read in the car before a visit: who lives there, what to beware of, what was promised, what is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.drafts.drafting import Draft
from sf_desktop.ops.printing.home_visit_pack import PackView, open_pack
from sf_desktop.ops.visiting.visits import start_visit
from sf_desktop.ui.desk import Changes, Desk
from sf_desktop.ui.kit.controls.buttons import Kind
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.surfaces import Page, clear, column
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M, GAP_XS
from sf_desktop.ui.kit.text.labels import subtitle, title
from sf_desktop.ui.kit.window.stack import GoTo, Screen, TopAction
from sf_desktop.ui.messages import show_error
from sf_desktop.ui.pack.going_in import GoingIn
from sf_desktop.ui.pack.sections import show_marks, show_sections
from sf_record.errors import SfError

FIRST = 3  # sections that stand in the wide column


class PackScreen(Screen):
    """Shows the pack of its subject `{"family": id}`, of the visit `{"planned": id}` where one is planned."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._family_id = self._planned_id = ""
        self.view: PackView | None = None
        self._title = title()
        self._under, self._marks = column(gap=2), column(gap=GAP_M)
        self.banner = Banner(closable=True)
        self.banner.hide()
        main, aside = QWidget(), QWidget()
        self._main, self._aside = column(main, gap=GAP_M), column(gap=GAP_M)
        self.going_in = GoingIn(desk)
        self.going_in.failed.connect(self._on_error)
        self._beside = column(aside, gap=GAP_M)
        self._beside.addWidget(self.going_in)
        self._beside.addLayout(self._aside)
        self._beside.addStretch(1)
        self.gone = EmptyState("", "", "Go to Families")
        self.gone.pressed.connect(self._on_families)
        self.gone.hide()
        self.page = Page()
        self.page.setAccessibleName("Home visit pack")
        head = column(gap=GAP_XS)
        head.addWidget(self._title)
        head.addLayout(self._under)
        down = self.page.layout_
        down.setSpacing(GAP_L)
        down.addLayout(head)
        down.addWidget(self.banner)
        down.addWidget(self.gone)
        down.addLayout(self._marks)
        down.addWidget(Beside(main, aside, room_chars=100, aside_chars=44))
        down.addStretch(1)
        column(self).addWidget(self.page)
        desk.changed.connect(self._on_changed)

    # --- the screen ------------------------------------------------------------------------------------------------

    def title(self) -> str:
        return "Home visit pack"

    def family_id(self) -> str:
        return self._family_id if self.view is not None else ""

    def top_actions(self) -> Sequence[TopAction]:
        view = self.view
        if view is None:
            return ()
        main = "Open visit" if view.visit_id else "Continue" if view.draft_id else "Start visit"
        return (
            TopAction("Open the family file", self._on_family),
            TopAction("Print", self._on_print, Kind.SECONDARY, "print"),
            TopAction(main, self._on_main, Kind.PRIMARY, "start_visit"),
        )

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        family_id, planned_id = str(subject.get("family") or ""), str(subject.get("planned") or "")
        if (family_id, planned_id) != (self._family_id, self._planned_id):
            self._family_id, self._planned_id = family_id, planned_id
            self.view = None
        self.banner.hide()
        self._ask()

    def take_focus(self) -> None:
        self.page.setFocus()

    def place(self) -> dict[str, Any]:
        return {"down": self.page.verticalScrollBar().value()}

    def restore(self, place: Mapping[str, Any]) -> None:
        self.page.verticalScrollBar().setValue(int(place.get("down") or 0))

    # --- showing ---------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._desk.ask(open_pack, self._family_id, self._planned_id, on_done=self._on_pack, on_error=self._on_gone)

    @Slot(object)
    def _on_pack(self, view: PackView) -> None:
        if (view.family_id, view.planned_id) != (self._family_id, self._planned_id):
            return
        is_same = self.view is not None and self.view.paper == view.paper
        self.view = view
        self.gone.hide()
        self.going_in.show()
        self.going_in.show_visit(view.family_id, view.planned_id)
        if not is_same:
            self._show(view)
        self.top_changed.emit()

    def _show(self, view: PackView) -> None:
        paper = view.paper
        self._title.setText(paper.heading)
        for layout in (self._under, self._marks, self._main, self._aside):
            clear(layout)
        for line in paper.under:
            self._under.addWidget(subtitle(line))
        show_marks(self._marks, paper.marks)
        show_sections(self._main, paper.sections[:FIRST])
        show_sections(self._aside, paper.sections[FIRST:])
        self._main.addStretch(1)

    @Slot(object)
    def _on_gone(self, error: SfError) -> None:
        self.view = None
        self._title.setText("")
        for layout in (self._under, self._marks, self._main, self._aside):
            clear(layout)
        self.going_in.hide()
        self.gone.say(error.title, error.advice, "Go to Families")
        self.gone.show()
        self.top_changed.emit()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and self._family_id in changes.families:
            self._ask()

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        show_error(self.banner, error)

    # --- going on --------------------------------------------------------------------------------------------------

    @Slot()
    def _on_family(self) -> None:
        self.go.emit(GoTo("family", {"family": self._family_id}))

    @Slot()
    def _on_families(self) -> None:
        self.go.emit(GoTo("families", {}))

    @Slot()
    def _on_print(self) -> None:
        self.go.emit(GoTo("paper", {"paper": "home_visit_pack", "family": self._family_id, "about": self._planned_id}))

    @Slot()
    def _on_main(self) -> None:
        view = self.view
        if view is None:
            return
        if view.visit_id:
            self.go.emit(GoTo("family", {"family": view.family_id, "record": view.visit_id}))
        elif view.draft_id:
            self.go.emit(GoTo("visit", {"draft": view.draft_id}))
        else:
            planned = view.planned_id or None
            self._desk.ask(start_visit, view.family_id, planned, on_done=self._on_begun, on_error=self._on_error)

    @Slot(object)
    def _on_begun(self, draft: Draft) -> None:
        self.go.emit(GoTo("visit", {"draft": draft.id}))
