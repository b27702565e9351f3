"""Recording a safeguarding concern: one page, the numbers beside it, and "phone now" until the council has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.drafts.drafting import Draft
from sf_desktop.ops.families.family import RecordView
from sf_desktop.ops.records.concerns import check, numbers, sign, start
from sf_desktop.ui.attach.card import AttachmentsCard, attached_parts
from sf_desktop.ui.concern.marks import MarksField
from sf_desktop.ui.concern.which import WhichFamily
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.form import Form
from sf_desktop.ui.form.reading import Part
from sf_desktop.ui.form.room import WritingRoom
from sf_desktop.ui.form.sheet import Sheet
from sf_desktop.ui.form.signing import SigningScreen
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.surfaces import FORM_CHARS, Page, column
from sf_desktop.ui.kit.safety.numbers import DangerCard
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M, GAP_XS
from sf_desktop.ui.kit.text.labels import subtitle, title
from sf_desktop.ui.kit.window.stack import GoTo
from sf_record.configuration import ContactNumber

PHONE_NOW = "Not sent: phone now"


class ConcernScreen(SigningScreen):
    """Shows the draft of a concern; `{"for": family}` begins one, an empty subject asks which family it is about."""

    kind_name = "concern"
    check_verb = staticmethod(check)
    finish_verb = staticmethod(sign)
    what = "concern"
    own_rows: Mapping[str, Any] = {"marks": MarksField}
    attached: AttachmentsCard | None = None

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._numbers: tuple[ContactNumber, ...] = ()
        self.which = WhichFamily(desk)
        self.which.chosen.connect(self._on_chosen)
        self.pages.addWidget(self.which)
        self.signed.family_button.set_text("Add what was done next", "Open the family file to add what was done next")

    def title(self) -> str:
        return "Safeguarding concern"

    def about(self) -> str:
        return self.sheet.family_name if self.sheet is not None else ""

    def more_parts(self) -> tuple[Part, ...]:
        return attached_parts(self.attached)

    # --- beginning -------------------------------------------------------------------------------------------------

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        self._desk.ask(numbers, on_done=self._on_numbers)
        if not subject.get("draft") and self.keeps_unsaved(subject):
            return
        if subject.get("draft"):
            super().show_subject(subject)
        elif subject.get("for"):
            self._begin(str(subject["for"]))
        else:
            self.form = None
            self._draft_id = ""
            self.pages.setCurrentWidget(self.which)
            self.which.ask_anew()
            self.top_changed.emit()

    def take_focus(self) -> None:
        if self.pages.currentWidget() is self.which:
            self.which.take_focus()
        else:
            super().take_focus()

    @Slot(str)
    def _on_chosen(self, family_id: str) -> None:
        self._begin(family_id)

    def _begin(self, family_id: str) -> None:
        self._desk.ask(start, family_id, on_done=self._on_begun, on_error=self._on_no_sheet)

    @Slot(object)
    def _on_begun(self, draft: Draft) -> None:
        """What is shown is the draft from here on: coming back leads to it, and begins no other."""
        subject = {"draft": draft.id}
        self.subject_changed.emit(subject)
        super().show_subject(subject)

    @Slot(object)
    def _on_numbers(self, known: tuple[ContactNumber, ...]) -> None:
        self._numbers = known
        self.which.numbers.show_numbers([(each.label, each.number) for each in known])

    # --- layout ----------------------------------------------------------------------------------------------------

    def arrange(self, form: Form, sheet: Sheet) -> QWidget:
        page, main, aside = Page(chars=FORM_CHARS, parent=self._writing), QWidget(), QWidget()
        head = column(gap=GAP_XS)
        head.addWidget(title(f"Concern in {sheet.family_name}"))
        head.addWidget(
            subtitle("Signed, it is sent before anything else. Until the council has it, the number to ring is shown.")
        )
        down, beside = column(main, gap=GAP_L), column(aside, gap=GAP_M)
        for section in form.sections.values():
            down.addWidget(section)
        down.addStretch(1)
        danger = DangerCard("Ring first if a child is in danger")
        danger.show_numbers([(each.label, each.number) for each in sheet.configuration.numbers])
        self.attached = AttachmentsCard(self._desk, is_small=True)
        self.attached.go.connect(self.go)
        self.attached.show_draft(sheet)
        self.attached.take_anywhere(self)
        beside.addWidget(danger)
        beside.addWidget(self.attached)
        beside.addStretch(1)
        page.layout_.setSpacing(GAP_L)
        page.layout_.addLayout(head)
        page.layout_.addWidget(self.banner)
        page.layout_.addWidget(self.summary)
        page.layout_.addWidget(Beside(main, aside, room_chars=96, aside_chars=36), 1)
        WritingRoom(page, page.content)
        return page

    @Slot(str)
    def _on_changed(self, name: str) -> None:
        super()._on_changed(name)
        if name == "about":
            self._say_whose()

    def _say_whose(self) -> None:
        """A mark belongs to the child whom the concern is about, where that is one."""
        form = self.form
        if form is not None and isinstance(marks := form.field("marks"), MarksField):
            about = form.body().get("about") or []
            marks.owner = str(about[0]) if len(about) == 1 else ""

    @Slot(object)
    def _on_sheet(self, sheet: Sheet) -> None:
        super()._on_sheet(sheet)
        self._say_whose()

    def first_field(self, form: Form) -> Field:
        about = form.field("about")
        is_known = about is not None and bool(about.value())
        return form.field("is_in_danger" if is_known else "about") or super().first_field(form)

    @Slot(str)
    def show_field(self, path: str) -> None:
        self.show_writing()
        super().show_field(path)

    # --- where it is -----------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_standing(self, view: RecordView) -> None:
        super()._on_standing(view)
        if view.is_waiting:
            danger = bool(view.record.body.get("is_in_danger"))
            ordered = sorted(self._numbers, key=lambda each: (each.number == "999") != danger)
            ring = " · ".join(f"{each.label}: {each.number}" for each in ordered)
            self.signed.banner.say(
                PHONE_NOW,
                f"{ring}. It is kept on this laptop, and sent by itself before anything else as soon as there is a"
                " connection; this message then says so. Write down whom you rang.",
                "danger",
            )

    @Slot()
    def _on_family_wanted(self) -> None:
        self.go.emit(GoTo("family", {"family": self._family_id, "tab": "safety"}))
