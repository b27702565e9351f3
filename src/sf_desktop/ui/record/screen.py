"""Writing any record that is signed, from its description: one page of questions, or part by part if there are many."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.records.concerns import STEP
from sf_desktop.ops.records.recording import check, sign
from sf_desktop.ui.attach.card import AttachmentsCard, attached_parts
from sf_desktop.ui.form.form import Form
from sf_desktop.ui.form.parted import PartedScreen
from sf_desktop.ui.form.progress import Progress
from sf_desktop.ui.form.reading import Part
from sf_desktop.ui.form.room import WritingRoom
from sf_desktop.ui.form.sheet import Sheet
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.layout.surfaces import FORM_CHARS, Page, column
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_XS
from sf_desktop.ui.kit.text.labels import subtitle, title
from sf_desktop.ui.kit.window.stack import GoTo
from sf_desktop.ui.record.progress import RecordProgress
from sf_desktop.ui.record.sign_here import lead_to_pad
from sf_record.kinds import KINDS
from sf_record.outcomes import REASONS

MOST_ON_A_PAGE = 3
FAMILY_FILE = ("Open the family file", "Open the family file")
BACK_TO_SAFETY = ("Back to Safety", "Back to Safety in the family file")


class RecordScreen(PartedScreen):
    """Shows the draft of a record that is signed. A kind with a screen of its own does not come here."""

    check_verb = staticmethod(check)
    finish_verb = staticmethod(sign)
    attached: AttachmentsCard | None = None
    _is_step = False  # a step on a concern: Safety is where it is read, and where the next one is added

    def title(self) -> str:
        return "Record" if self.sheet is None else KINDS[self.sheet.draft.kind].label

    def about(self) -> str:
        return self.sheet.family_name if self.sheet is not None else ""

    def more_parts(self) -> tuple[Part, ...]:
        return attached_parts(self.attached)

    @Slot()
    def _on_family_wanted(self) -> None:
        if self._is_step:
            self.go.emit(GoTo("family", {"family": self._family_id, "tab": "safety"}))
        else:
            super()._on_family_wanted()

    # --- layout ----------------------------------------------------------------------------------------------------

    def arrange(self, form: Form, sheet: Sheet) -> QWidget:
        self.what = form.kind.label.lower()
        self._is_step = form.kind.name == STEP
        words = BACK_TO_SAFETY if self._is_step else FAMILY_FILE
        self.signed.family_button.set_text(*words)
        self.attached = AttachmentsCard(self._desk, is_small=self._is_long(form))
        self.attached.go.connect(self.go)
        lead_to_pad(form, self.attached, {each.id: each.name for each in sheet.people})
        self.attached.show_draft(sheet)
        self.attached.take_anywhere(self)
        return super().arrange(form, sheet) if self._is_long(form) else self._page_of(form, sheet)

    def head(self, sheet: Sheet) -> QWidget:
        words = QWidget()
        down = column(words, gap=GAP_XS)
        kind = KINDS[sheet.draft.kind]
        down.addWidget(title(kind.label))
        down.addWidget(subtitle(f"{sheet.family_name} · {kind.purpose}"))
        if reason := REASONS.get(sheet.stopped):
            down.addWidget(Banner(reason.title, reason.advice, "warning"))
        return words

    def side(self, _sheet: Sheet) -> QWidget | None:
        side = QWidget()
        down = column(side)
        assert self.attached is not None
        down.addWidget(self.attached)
        down.addStretch(1)
        return side

    def make_progress(self, form: Form, sheet: Sheet) -> Progress:
        return RecordProgress(form, sheet)

    def first_field(self, form: Form) -> Field:
        return super().first_field(form) if self._is_long(form) else next(iter(form.sections.values())).fields()[0]

    def _is_long(self, form: Form) -> bool:
        return len(form.sections) > MOST_ON_A_PAGE

    def _page_of(self, form: Form, sheet: Sheet) -> QWidget:
        assert self.attached is not None
        self.list = self._progress = None
        page = Page(chars=FORM_CHARS, parent=self._writing)
        page.layout_.setSpacing(GAP_L)
        for widget in (self.head(sheet), self.banner, self.summary, *form.sections.values(), self.attached):
            page.layout_.addWidget(widget)
        page.layout_.addStretch(1)
        WritingRoom(page, page.content)
        return page
