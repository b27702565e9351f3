"""Planning a visit: which family, when, where and what for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.families.families import family_ids, family_rows
from sf_desktop.ops.office import Done, Office, reads
from sf_desktop.ops.visiting.plans import plan_visit
from sf_desktop.ops.writing import clean
from sf_desktop.ui.desk import Changes, Desk, Request
from sf_desktop.ui.form.autosave import AFTER_MS
from sf_desktop.ui.form.context import FormContext
from sf_desktop.ui.form.form import Form
from sf_desktop.ui.kit.controls.buttons import Kind
from sf_desktop.ui.kit.fields.choices import CodeField, Option
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.surfaces import FORM_CHARS, Card, Page, column
from sf_desktop.ui.kit.messages.banners import Banner, ErrorSummary
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_XS
from sf_desktop.ui.kit.text.labels import subtitle, title
from sf_desktop.ui.kit.text.moments import day_and_time, in_sentence
from sf_desktop.ui.kit.window.stack import Screen, TopAction, Words
from sf_desktop.ui.messages import show_error
from sf_record.codes import CodeSets
from sf_record.errors import InputError, SfError
from sf_record.kinds import KINDS

MOST_OFFERED = 500


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """What planning needs: the families one may visit, and the day."""

    families: tuple[tuple[str, str, str], ...]
    codes: CodeSets
    today: date


@reads
def plan_sheet(office: Office, family_id: str = "") -> PlanSheet:
    """Read the families to choose from, the given one among them."""
    ids = family_ids(office)[:MOST_OFFERED]
    if family_id and family_id not in ids:
        ids = (family_id, *ids)
    rows = family_rows(office, ids)
    return PlanSheet(tuple((each.id, each.name, each.address) for each in rows), office.codes, office.today())


class PlanScreen(Screen):
    """Shows an empty plan for the family of its subject `{"family": id}`, or for one to be chosen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._family_id = ""
        self._place: Mapping[str, Any] = {}
        self._request: Request | None = None
        self._saving: str | None = None  # for which family what is written was begun that is being saved
        self.form: Form | None = None
        self.family: CodeField | None = None
        self._today: date | None = None
        self.page = Page(chars=FORM_CHARS)
        column(self).addWidget(self.page)
        # A plan has no draft: what is typed is kept as `typed_words`, by the family for which it was begun.
        self._keeping = later(self, AFTER_MS, self.place_changed)
        self.banner, self.summary = Banner(), ErrorSummary()
        self.banner.hide()
        self._offered: frozenset[str] = frozenset()
        desk.changed.connect(self._on_records_changed)

    def title(self) -> str:
        return "Plan a visit"

    def top_actions(self) -> Sequence[TopAction]:
        if self.form is None:
            return ()
        return (
            TopAction("Do not plan", self._on_cancel, Kind.SECONDARY),
            TopAction("Save the plan", self._on_save, Kind.PRIMARY, "sign"),
        )

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        family_id = str(subject.get("family") or "")
        if self.form is not None and family_id in ("", self._family_id):
            return  # somebody looked something up meanwhile: what is typed stays
        self.aside = self.typed_words()
        if not family_id and self.aside and "" not in self.aside:
            family_id = list(self.aside)[-1]  # the same after a lock
        self._family_id = family_id
        self.form = self.family = None
        self._request = self._desk.ask(
            plan_sheet, self._family_id, on_done=self._on_sheet, on_error=self._on_error, instead_of=self._request
        )

    def family_id(self) -> str:
        return self._family_id if self.form is not None else ""

    def place(self) -> dict[str, Any]:
        return self.form.place() if self.form is not None else {}

    def restore(self, place: Mapping[str, Any]) -> None:
        self._place = dict(place)
        self._put_place()

    def typed_words(self) -> Words:
        body = self.form.body() if self.form is not None else {}
        if self.family is None or not clean(body):
            return self.aside
        chosen = self.family.value()
        typed = {"family": chosen or self._family_id, "chosen": chosen, "body": body}
        return {**self.aside, self._family_id: typed}

    def take_focus(self) -> None:
        if self.family is not None and self.form is not None and not self.form.place():
            when = self.form.section_of("planned_at") if self._family_id else None
            (self.family if when is None else when.fields()[0]).take_focus()

    @Slot(object)
    def _on_sheet(self, sheet: PlanSheet) -> None:
        self._today = sheet.today
        content = QWidget()
        down = column(content, gap=GAP_L)
        head = column(gap=GAP_XS)
        head.addWidget(title("Plan a visit"))
        head.addWidget(subtitle("It appears on Today on the day itself, with what is good to know before you knock."))
        self.banner, self.summary = Banner(), ErrorSummary()
        self.banner.hide()
        self.family = CodeField("family", "Family", hint="Type a few letters of the name", empty="Choose")
        self._offer(sheet)
        self.family.set_value(self._family_id or None)
        card = Card()
        card.layout_.addWidget(self.family)
        self.form = Form(
            KINDS["planned_visit"],
            FormContext(sheet.codes, sheet.today),
            content,
            hidden=frozenset({"worker", "visit", "is_cancelled"}),
        )
        self.form.changed.connect(self._on_changed)
        self.family.changed.connect(self._on_changed)
        down.addLayout(head)
        for widget in (self.banner, self.summary, card, *self.form.sections.values()):
            down.addWidget(widget)
        down.addStretch(1)
        self.page.setWidget(content)
        content.setProperty("role", "page")
        content.setContentsMargins(20, 20, 20, 20)
        if typed := self.take_words(self._family_id):
            self.form.put(dict(typed["body"]))
            self.family.set_value(typed["chosen"])
        self._put_place()
        self.take_focus()
        self.top_changed.emit()

    @Slot(object)
    def _on_records_changed(self, changes: Changes) -> None:
        if self.form is not None and self._offered & changes.families:
            self._desk.ask(plan_sheet, self._family_id, on_done=self._offer)

    @Slot(object)
    def _offer(self, sheet: PlanSheet) -> None:
        """Offer the families that are here: one that has left this laptop is not named any more, chosen or not."""
        self._offered = frozenset(each for each, _, _ in sheet.families)
        if self.family is not None:
            self.family.set_options([Option(*each) for each in sheet.families])

    def _put_place(self) -> None:
        if self.form is not None and self._place:
            self.form.restore(self._place)
            self._place = {}

    @Slot()
    def _on_changed(self) -> None:
        if not self._keeping.isActive():
            self._keeping.start()

    @Slot()
    def _on_save(self) -> None:
        if self.form is None or self.family is None or self._saving is not None:
            return
        family_id = self.family.value()
        self.family.problem = "" if family_id else "Choose a family"
        if not family_id:
            self.summary.show_problems([self.family])
            return
        body, self._saving = self.form.body(), self._family_id
        self._desk.ask(
            plan_visit, family_id, str(body.get("planned_at") or ""), str(body.get("purpose") or ""),
            str(body.get("place") or ""), on_done=self._on_planned, on_error=self._on_error,
        )  # fmt: skip

    @Slot(object)
    def _on_planned(self, _done: Done) -> None:
        """Go back, and say so there: a visit of another day stands nowhere on Today."""
        saved, self._saving = self._saving, None
        if saved != self._family_id:
            self.take_words(saved or "")  # another is being planned meanwhile
            return
        told = self._planned_words()
        self._end()
        self.told.emit("The visit is planned", told)

    def _planned_words(self) -> str:
        if self.form is None or self.family is None or self._today is None:
            return ""
        when = day_and_time(str(self.form.body().get("planned_at") or ""), self._today)
        return f"{self.family.combo.currentText()}, {in_sentence(when)}. Saved on this laptop."

    @Slot()
    def _on_cancel(self) -> None:
        self._end()

    def _end(self) -> None:
        self._keeping.stop()
        self.form = None
        self.back.emit()

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self._saving = None
        if isinstance(error, InputError) and error.fields and self.form is not None:
            marked: list[Field] = list(self.form.show_problems(error.fields))
            self.summary.show_problems(marked)
        else:
            show_error(self.banner, error)
