"""Writing a case note: one card, one question after the other, checked and signed on the same page."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.records.notes import check_note, sign_note
from sf_desktop.ui.attach.card import AttachmentsCard, attached_parts
from sf_desktop.ui.form.form import Form
from sf_desktop.ui.form.reading import Part
from sf_desktop.ui.form.room import WritingRoom
from sf_desktop.ui.form.sheet import Sheet
from sf_desktop.ui.form.signing import SigningScreen
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.layout.surfaces import FORM_CHARS, Page, column
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_XS
from sf_desktop.ui.kit.text.labels import subtitle, title


class NoteScreen(SigningScreen):
    """Shows the draft of a note."""

    kind_name = "note"
    check_verb = staticmethod(check_note)
    finish_verb = staticmethod(sign_note)
    what = "note"
    attached: AttachmentsCard | None = None

    def title(self) -> str:
        return "Note"

    def arrange(self, form: Form, sheet: Sheet) -> QWidget:
        page = Page(chars=FORM_CHARS, parent=self._writing)
        head = column(gap=GAP_XS)
        head.addWidget(title(f"Note on {sheet.family_name}"))
        head.addWidget(subtitle("Everybody who works with the family, and the family on request, may read this."))
        page.layout_.setSpacing(GAP_L)
        page.layout_.addLayout(head)
        page.layout_.addWidget(self.banner)
        page.layout_.addWidget(self.summary)
        for section in form.sections.values():
            page.layout_.addWidget(section)
        self.attached = AttachmentsCard(self._desk)
        self.attached.go.connect(self.go)
        self.attached.show_draft(sheet)
        self.attached.take_anywhere(self)
        page.layout_.addWidget(self.attached)
        page.layout_.addStretch(1)
        WritingRoom(page, page.content)
        return page

    def first_field(self, form: Form) -> Field:
        return form.field("text") or super().first_field(form)

    def more_parts(self) -> tuple[Part, ...]:
        return attached_parts(self.attached)

    def about(self) -> str:
        return self.sheet.family_name if self.sheet is not None else ""

    @Slot(str)
    def show_field(self, path: str) -> None:
        self.show_writing()
        if self.form is not None:
            self.form.restore({"field": path})
