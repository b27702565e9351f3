"""Adding or changing a person, or another unsigned record of a family file: its form, saved when its author says so."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from sf_desktop.ops.people import save_person
from sf_desktop.ui.form.form import Form
from sf_desktop.ui.form.sheet import Sheet
from sf_desktop.ui.form.writing import WritingScreen
from sf_desktop.ui.kit.labels import subtitle, title
from sf_desktop.ui.kit.surfaces import Page, column
from sf_desktop.ui.kit.tokens import GAP_L, GAP_XS
from sf_record.description import KINDS


class PersonScreen(WritingScreen):
    """Shows the draft of a person; any other kind that is not signed has its form here too, from its description."""

    kind_name = "person"
    hidden = frozenset({"visit", "is_cancelled", "from_record"})
    finish_verb = staticmethod(save_person)

    def title(self) -> str:
        return "Person" if self.sheet is None else KINDS[self.sheet.draft.kind].label

    def arrange(self, form: Form, sheet: Sheet) -> QWidget:
        page = Page()
        head = column(gap=GAP_XS)
        label = form.kind.label
        is_new = sheet.draft.record_id is None
        head.addWidget(title(f"New {label.lower()}" if is_new else f"Change {label.lower()}"))
        head.addWidget(subtitle(f"{sheet.family_name} · {form.kind.purpose}"))
        page.layout_.setSpacing(GAP_L)
        page.layout_.addLayout(head)
        page.layout_.addWidget(self.banner)
        page.layout_.addWidget(self.summary)
        for section in form.sections.values():
            page.layout_.addWidget(section)
        page.layout_.addStretch(1)
        return page
