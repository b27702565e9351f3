"""Who works with a family: its lead and others of the team, chosen by a supervisor, and closing the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.families.allocating import Allocated, allocate, allocated, close_file
from sf_desktop.ops.families.closing import Closing
from sf_desktop.ops.office import Done
from sf_desktop.ui.allocation import words
from sf_desktop.ui.allocation.chosen import Chosen, as_seen, chosen_over, named_in
from sf_desktop.ui.desk import Desk, Request
from sf_desktop.ui.form.autosave import AFTER_MS
from sf_desktop.ui.form.problems import show_at_fields
from sf_desktop.ui.kit.controls.buttons import Kind
from sf_desktop.ui.kit.fields.choices import ChoicesField, CodeField, Option
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.surfaces import FORM_CHARS, Card, Page, column
from sf_desktop.ui.kit.messages.banners import Banner, ErrorSummary
from sf_desktop.ui.kit.messages.sure import SureButton
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M, GAP_XS
from sf_desktop.ui.kit.text.labels import body, strong, subtitle, title
from sf_desktop.ui.kit.window.stack import GoTo, Screen, TopAction
from sf_record.errors import SfError


class AllocationScreen(Screen):
    """Shows who works with the family of its subject `{"family": id}`. What is chosen is kept with the place."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._family_id = ""
        self._seen: Allocated | None = None
        self._chosen: Chosen | None = None  # what was chosen before, to be put back once the people are here
        self._request: Request | None = None
        self._is_saving = False
        self._saved = ("", "")  # what is said once it is saved
        self._is_awaited = False  # the keyboard goes to the form once it is there
        self._keeping = later(self, AFTER_MS, self.place_changed)
        self._name, self.page = subtitle(), Page(chars=FORM_CHARS)
        self.banner, self.summary = Banner(), ErrorSummary()
        self.lead = CodeField("lead", "Lead practitioner", hint="Somebody of your team", empty="Choose")
        self.seconds = ChoicesField("seconds", "Also working with the family", hint=words.GOING)
        self.form = Card()
        self.form.layout_.setSpacing(GAP_M)
        self.closing = Card("Close the family file")
        self.still = strong()
        self.close_button = SureButton("Close this file…", "Yes, close it", "Keep it open")
        self._lay_out()
        for field in (self.lead, self.seconds):
            field.changed.connect(self._on_chosen)
        self.close_button.confirmed.connect(self._on_close)
        self.banner.pressed.connect(self._on_families)

    def _lay_out(self) -> None:
        head = column(gap=GAP_XS)
        head.addWidget(title("Who works with the family"))
        head.addWidget(self._name)
        self.form.layout_.addWidget(body(words.INTRODUCTION))
        for field in (self.lead, self.seconds):
            self.form.layout_.addWidget(field)
        for part in (body(words.CLOSING), self.still, self.close_button):
            self.closing.layout_.addWidget(part)
        self.page.layout_.setSpacing(GAP_L)
        self.page.layout_.addLayout(head)
        for widget in (self.banner, self.summary, self.form, self.closing):
            self.page.layout_.addWidget(widget)
        self.page.layout_.addStretch(1)
        for hidden in (self.banner, self.form, self.closing):
            hidden.hide()
        column(self).addWidget(self.page)

    # --- the screen ------------------------------------------------------------------------------------------------

    def title(self) -> str:
        return "Who works with the family"

    def family_id(self) -> str:
        return self._family_id if self._seen is not None else ""

    def top_actions(self) -> Sequence[TopAction]:
        if self._seen is None or self._is_saving:
            return ()
        back = TopAction("Back to the file", self._on_back)
        return (back, TopAction("Save", self._on_save, Kind.PRIMARY, "sign")) if self._seen.may_change else (back,)

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        family_id = str(subject.get("family") or "")
        if family_id != self._family_id:
            self._family_id = family_id
            self._is_saving = False
            self._forget()
            self._hide()
        self._ask()

    def step_back(self) -> bool:
        return self.close_button.step_back()

    def take_focus(self) -> None:
        self._is_awaited = self.form.isHidden()
        if not self._is_awaited:
            self.lead.take_focus()

    def place(self) -> dict[str, Any]:
        return {} if self._seen is None else chosen_over(self._seen, self.lead.value(), self.seconds.value())

    def restore(self, place: Mapping[str, Any]) -> None:
        self._chosen = place or None
        if self._chosen is not None:
            self._ask()

    def _ask(self) -> None:
        """Ask who works with the family, and for the names of those who were chosen before, or stood there then."""
        self._request = self._desk.ask(
            allocated, self._family_id, named_in(self._chosen),
            on_done=self._on_seen, on_error=self._on_error, instead_of=self._request,
        )  # fmt: skip

    def _forget(self) -> None:
        self._seen = self._chosen = None
        self.banner.offer("")
        self.banner.hide()
        self._forget_problems()

    def _hide(self) -> None:
        self.form.hide()
        self.closing.hide()

    def _forget_problems(self) -> None:
        self.summary.show_problems([])
        for field in (self.lead, self.seconds):
            field.problem = ""

    @Slot(object)
    def _on_seen(self, seen: Allocated) -> None:
        self._request = None
        if seen.family_id != self._family_id:
            return  # asked for the family that was shown before
        chosen, self._chosen = self._chosen, None
        if chosen is None and self._seen is not None and self._is_chosen():
            return  # somebody looked something up meanwhile: what is chosen stays
        self._seen = seen = as_seen(seen, chosen)
        self._name.setText(seen.name)
        options = [Option(each.id, each.name, words.role(each.role)) for each in seen.people]
        self.lead.set_options(options)
        self.seconds.set_options(options)
        self.lead.set_value(seen.lead or None)
        self.seconds.set_value(seen.seconds)
        if chosen is not None:
            self.lead.set_value(chosen.get("lead"))
            self.seconds.set_value(tuple(chosen.get("seconds") or ()))
        self.form.setVisible(seen.may_change)
        is_done = seen.closing is Closing.CLOSED_HERE and not seen.lead
        self.closing.setVisible(seen.may_change and not is_done)
        if self._is_awaited and seen.may_change:
            self.take_focus()
        self.still.setText(words.still(seen))
        self.still.setVisible(bool(self.still.text()))
        self.close_button.step_back()
        if not seen.may_change:
            self.banner.say(*words.NOT_YOU, "information")
            self.banner.show()
        elif seen.closing in words.STANDS and not self.banner.isVisible():
            self.banner.say(*words.STANDS[seen.closing], "information")
            self.banner.show()
        self.top_changed.emit()

    def _is_chosen(self) -> bool:
        """Say whether anything is chosen otherwise than it was seen."""
        return bool(self.place())

    @Slot()
    def _on_chosen(self) -> None:
        self._keeping.start()

    # --- saving ----------------------------------------------------------------------------------------------------

    @Slot()
    def _on_save(self) -> None:
        if self._is_saving or self._seen is None:
            return
        self._is_saving = True
        self.banner.hide()
        self._forget_problems()
        lead = str(self.lead.value() or "")
        is_opened = self._seen.closing is Closing.CLOSED_HERE
        self._saved = words.OPEN_AGAIN if is_opened else words.saved(self._seen, lead, is_changed=self._is_chosen())
        self._desk.ask(
            allocate, self._seen, lead, tuple(self.seconds.value()),
            on_done=self._on_saved, on_error=self._on_error,
        )  # fmt: skip

    @Slot(object)
    def _on_saved(self, done: Done) -> None:
        if done.record_id == self._family_id:
            self._say_again(self._saved)
            self.lead.take_focus()  # the button that was pressed is made anew, and would take the keyboard to the rail
            self._ask()

    def _say_again(self, said: tuple[str, str]) -> None:
        self._is_saving = False
        self._forget()
        self._is_awaited = True
        self.banner.say(*said, "ok")
        self.banner.show()
        self.page.verticalScrollBar().setValue(0)
        self.top_changed.emit()

    @Slot()
    def _on_families(self) -> None:
        self.go.emit(GoTo("families"))

    @Slot()
    def _on_back(self) -> None:
        self.go.emit(GoTo("family", {"family": self._family_id, "tab": "overview"}))

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self._is_saving = False
        self.top_changed.emit()
        show_at_fields(error, (self.lead, self.seconds), self.summary, self.banner)

    # --- closing ---------------------------------------------------------------------------------------------------

    @Slot()
    def _on_close(self) -> None:
        if self._seen is not None and not self._is_saving:
            self._is_saving = True
            self._desk.ask(close_file, self._seen.family_id, on_done=self._on_closed, on_error=self._on_error)

    @Slot(object)
    def _on_closed(self, done: Done) -> None:
        if done.record_id == self._family_id:
            self._say_again(words.CLOSED)
            self.banner.offer("Go to Families")
            self.banner.button.setFocus()  # what has the keyboard goes away
            self._hide()
