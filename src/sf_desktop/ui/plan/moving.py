"""Moving a planned visit to another day or time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.office import Done
from sf_desktop.ops.visiting.plans import PlanView, move_visit, planned
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.autosave import AFTER_MS
from sf_desktop.ui.form.moment_field import MomentField
from sf_desktop.ui.form.problems import show_at_fields
from sf_desktop.ui.kit.controls.buttons import Kind
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.surfaces import FORM_CHARS, Card, Page, column
from sf_desktop.ui.kit.messages.banners import Banner, ErrorSummary
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_XS
from sf_desktop.ui.kit.text.labels import subtitle, title
from sf_desktop.ui.kit.text.moments import day_and_time, in_sentence
from sf_desktop.ui.kit.window.stack import Screen, TopAction, Words
from sf_record.errors import SfError

NOT_PLANNED = ("This visit cannot be moved", "It was made or cancelled, or is a colleague’s. Nothing is changed here.")


class MoveScreen(Screen):
    """Asks for another time of its subject `{"family": id, "planned": id}`. What is typed is kept as `typed_words`."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._family_id = self._planned_id = ""
        self._seen: PlanView | None = None
        self._typed: str | None = None  # to be put back once the plan is here
        self._is_saving = False
        self._keeping = later(self, AFTER_MS, self.place_changed)
        self._about = subtitle()
        self.banner, self.summary = Banner(), ErrorSummary()
        self.when = MomentField("planned_at", "New day and time", hint="Where and what for stay as they are")
        self.when.changed.connect(self._keeping.start)
        self.form = Card()
        self.form.layout_.addWidget(self.when)
        self.page = Page(chars=FORM_CHARS)
        head = column(gap=GAP_XS)
        head.addWidget(title("Move a visit"))
        head.addWidget(self._about)
        self.page.layout_.setSpacing(GAP_L)
        self.page.layout_.addLayout(head)
        for widget in (self.banner, self.summary, self.form):
            self.page.layout_.addWidget(widget)
        self.page.layout_.addStretch(1)
        for hidden in (self.banner, self.form):
            hidden.hide()
        column(self).addWidget(self.page)

    def title(self) -> str:
        return "Move a visit"

    def family_id(self) -> str:
        return self._family_id

    def top_actions(self) -> Sequence[TopAction]:
        stay = TopAction("Do not move", self._on_cancel, Kind.SECONDARY)
        if self._seen is None or not self._seen.may_move:
            return (stay,)
        return (stay, TopAction("Move the visit", self._on_save, Kind.PRIMARY, "sign"))

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        planned_id = str(subject.get("planned") or "")
        if planned_id == self._planned_id and self._is_typed():
            return  # somebody looked something up meanwhile: what is typed stays
        self.aside = self.typed_words()
        self._forget()
        self._family_id, self._planned_id = str(subject.get("family") or ""), planned_id
        self._typed = self.take_words(planned_id).get("planned_at")
        self._desk.ask(planned, planned_id, on_done=self._on_plan, on_error=self._on_error)

    def take_focus(self) -> None:
        if not self.form.isHidden():
            self.when.take_focus()

    def typed_words(self) -> Words:
        typed = self.when.value() if self._is_typed() else self._typed
        if typed is None:
            return self.aside
        return {**self.aside, self._planned_id: {"family": self._family_id, "planned_at": typed}}

    def _is_typed(self) -> bool:
        return self._seen is not None and self.when.value() != self._seen.planned_at

    def _put_back(self) -> None:
        if self._seen is not None and self._typed is not None:
            self.when.set_value(self._typed)
            self._typed = None

    @Slot(object)
    def _on_plan(self, plan: PlanView) -> None:
        if plan.id != self._planned_id:
            return
        self._seen = plan
        self._about.setText(
            f"{plan.family_name} · planned for {in_sentence(day_and_time(plan.planned_at, plan.today))}"
        )
        self.when.day.take_years_from(plan.today, may_be_future=True)
        self.when.set_value(plan.planned_at)
        self._put_back()
        self.form.setVisible(plan.may_move)
        if not plan.may_move:
            self.banner.say(*NOT_PLANNED, "information")
            self.banner.show()
        self.take_focus()
        self.top_changed.emit()

    @Slot()
    def _on_save(self) -> None:
        if self._seen is None or self._is_saving:
            return
        self._is_saving = True
        self.when.problem = ""
        self.summary.show_problems([])
        self.banner.hide()
        self._desk.ask(
            move_visit, self._planned_id, self.when.value(), self._seen.planned_at, on_done=self._on_moved,
            on_error=self._on_error,
        )  # fmt: skip

    @Slot(object)
    def _on_moved(self, done: Done) -> None:
        if done.record_id == self._planned_id:
            self._end()

    @Slot()
    def _on_cancel(self) -> None:
        self._end()

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self._is_saving = False
        show_at_fields(error, (self.when,), self.summary, self.banner)

    def _end(self) -> None:
        self._forget()
        self.back.emit()

    def _forget(self) -> None:
        self._keeping.stop()
        self._seen = self._typed = None
        self._planned_id = ""
        self._is_saving = False
        self.when.problem = ""
        self.summary.show_problems([])
        self._about.setText("")
        for widget in (self.banner, self.form):
            widget.hide()
