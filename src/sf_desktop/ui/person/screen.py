"""Adding or changing a person, or another unsigned record of a family file: its form, saved when its author says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.household.duplicates import Looking
from sf_desktop.ops.household.people import save_person
from sf_desktop.ops.reading.merging import Difference, differences
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.form import Form
from sf_desktop.ui.form.known import TELLING, Knowing, KnownCard
from sf_desktop.ui.form.sheet import Sheet
from sf_desktop.ui.form.writing import WritingScreen
from sf_desktop.ui.kit.layout.surfaces import FORM_CHARS, Page, column
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_XS
from sf_desktop.ui.kit.text.labels import subtitle, title
from sf_desktop.ui.person.comparing import ComparingCard
from sf_record.kinds import KINDS
from sf_record.rules.sameness import KIND as MERGE


class PersonScreen(WritingScreen):
    """Shows the draft of a person; any other kind that is not signed has its form here too, from its description."""

    kind_name = "person"
    hidden = frozenset({"visit", "is_cancelled", "from_record", "group", "member", "closed_on"})
    finish_verb = staticmethod(save_person)
    comparing: ComparingCard | None = None
    _page: Page | None = None
    _entered: QWidget | None = None  # what had the keyboard when a form was opened at a place

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._knowing = Knowing(desk, self)

    def title(self) -> str:
        return "Person" if self.sheet is None else KINDS[self.sheet.draft.kind].label

    def arrange(self, form: Form, sheet: Sheet) -> QWidget:
        page = self._page = Page(chars=FORM_CHARS)
        page.verticalScrollBar().rangeChanged.connect(self._on_grown)
        head = column(gap=GAP_XS)
        is_new = sheet.draft.record_id is None
        head.addWidget(title(form.kind.new_heading if is_new else f"Change {form.kind.in_a_sentence}"))
        head.addWidget(subtitle(f"{sheet.family_name} · {form.kind.purpose}"))
        page.layout_.setSpacing(GAP_L)
        page.layout_.addLayout(head)
        page.layout_.addWidget(self.banner)
        page.layout_.addWidget(self.summary)
        sections = list(form.sections.values())
        page.layout_.addWidget(sections[0])
        self._knowing.card = None
        if form.kind.name == self.kind_name:
            known = self._knowing.card = KnownCard()
            known.go.connect(self.go)
            # Beneath what it answers to: what is above the cursor stays where it is.
            who = sections[0]
            who.layout_.insertWidget(who.beneath("expected_on"), known)
            form.left.connect(self._on_telling)
            self._ask_who_is_known()
        self.comparing = None
        if form.kind.name == MERGE:
            self.comparing = ComparingCard()
            page.layout_.addWidget(self.comparing)
            form.changed.connect(self._on_chosen)
            self._compare()
        for section in sections[1:]:
            page.layout_.addWidget(section)
        page.layout_.addStretch(1)
        return page

    def _put_place(self, place: Mapping[str, Any]) -> None:
        super()._put_place(place)
        self._entered = self.window().focusWidget() if place.get("field") else None

    @Slot()
    def _on_grown(self) -> None:
        """Where writing goes on comes into view, with its part, as the page grows around it."""
        page, entered = self._page, self._entered
        section = self.form.section_of(str(self.form.place().get("field"))) if self.form is not None else None
        if page is None or entered is None or section is None or entered is not self.window().focusWidget():
            return
        page.ensureWidgetVisible(section)
        page.ensureWidgetVisible(entered)

    @Slot(str)
    def _on_telling(self, name: str) -> None:
        if name in TELLING:
            self._ask_who_is_known()

    def _ask_who_is_known(self) -> None:
        if self.form is not None and self.sheet is not None:
            draft = self.sheet.draft
            self._knowing.look_for(Looking(draft.family_id, self.form.body(), draft.record_id or ""))

    @Slot(str)
    def _on_chosen(self, _name: str) -> None:
        self._compare()

    def _compare(self) -> None:
        body = self.form.body() if self.form is not None else {}
        if body.get("duplicate") and body.get("kept"):
            self._desk.ask(differences, body["duplicate"], body["kept"], on_done=self._on_compared)

    @Slot(object)
    def _on_compared(self, found: tuple[Difference, ...]) -> None:
        if self.comparing is not None and self.form is not None:
            body = self.form.body()
            self.comparing.show_differences(found, is_chosen=body.get("duplicate") != body.get("kept"))
