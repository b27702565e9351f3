"""Drafts: what was begun and not finished, oldest first, to go on with, throw away, or take back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.drafts.drafting import discard, take_back
from sf_desktop.ops.drafts.unfinished import Unfinished, UnfinishedSheet, unfinished
from sf_desktop.ops.office import Office, reads
from sf_desktop.ui.desk import Changes, Desk
from sf_desktop.ui.drafts.row import UnfinishedRow
from sf_desktop.ui.form.opening import to_draft
from sf_desktop.ui.kit.controls.buttons import Button
from sf_desktop.ui.kit.layout.surfaces import FORM_CHARS, Card, Page, clear, column
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M, GAP_XS
from sf_desktop.ui.kit.text.labels import muted, subtitle, title
from sf_desktop.ui.kit.text.moments import count_words
from sf_desktop.ui.kit.window.stack import Screen
from sf_desktop.ui.messages import show_error
from sf_record.errors import SfError

SENTENCE = "Saved on this laptop as you type, and not in any family file yet. The oldest comes first."
NOT_KEPT = "Each can be taken back for seven days, or until its family file leaves this laptop if that is earlier."
NOTHING = (
    "Nothing is unfinished",
    "What you begin and do not sign or save is kept here, whatever happens, until you finish it or throw it away.",
)


@reads
def drafts_sheet(office: Office) -> tuple[UnfinishedSheet, date]:
    """Read what is unfinished, and what day it is."""
    return unfinished(office), office.today()


class DraftsScreen(Screen):
    """The list. Continue leads to where it is written, with the cursor where it was."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_focus_due = False
        self._rows: list[UnfinishedRow] = []
        self._title, self._sentence = title("Drafts"), subtitle(SENTENCE)
        self.banner = Banner(closable=True)
        self.banner.hide()
        self.empty = EmptyState(*NOTHING)
        self._around_empty = Card()
        self._around_empty.layout_.addWidget(self.empty)
        self._around_empty.hide()
        self._begun = column(gap=GAP_M)
        self.thrown_away = Card("Thrown away in the last seven days")
        self.thrown_away.layout_.addWidget(muted(NOT_KEPT))
        self._gone = column(gap=GAP_M)
        self.thrown_away.layout_.addLayout(self._gone)
        self.thrown_away.hide()
        head = column(gap=GAP_XS)
        head.addWidget(self._title)
        head.addWidget(self._sentence)
        page = Page(chars=FORM_CHARS)
        page.layout_.setSpacing(GAP_L)
        page.layout_.addLayout(head)
        page.layout_.addWidget(self.banner)
        page.layout_.addWidget(self._around_empty)
        page.layout_.addLayout(self._begun)
        page.layout_.addWidget(self.thrown_away)
        page.layout_.addStretch(1)
        column(self).addWidget(page)
        desk.changed.connect(self._on_changed)

    # --- the screen ------------------------------------------------------------------------------------------------

    def title(self) -> str:
        return "Drafts"

    def show_subject(self, _subject: Mapping[str, Any]) -> None:
        self.banner.hide()
        self._ask()

    def take_focus(self) -> None:
        self._is_focus_due = True
        self._focus()

    def _focus(self) -> None:
        """The list comes after one has arrived, and the button that was pressed is gone with its row."""
        if self._is_focus_due and self.isVisible():
            (self._rows[0].first_button if self._rows else self).setFocus()
            self._is_focus_due = not self._rows

    def _ask(self) -> None:
        self._desk.ask(drafts_sheet, on_done=self._on_sheet, on_error=self._on_error)

    @Slot(object)
    def _on_sheet(self, told: tuple[UnfinishedSheet, date]) -> None:
        sheet, today = told
        self._is_focus_due = self._is_focus_due or isinstance(self.window().focusWidget(), Button)
        self._title.setText(
            count_words(len(sheet.begun), "unfinished draft", "unfinished drafts") if sheet.begun else "Drafts"
        )
        self._rows = []
        clear(self._begun)
        clear(self._gone)
        for each in sheet.begun:
            card = Card()
            card.layout_.addWidget(self._row(each, today))
            self._begun.addWidget(card)
        for each in sheet.thrown_away:
            self._gone.addWidget(self._row(each, today))
        self._around_empty.setVisible(not sheet.begun)
        self.thrown_away.setVisible(bool(sheet.thrown_away))
        self._focus()

    def _row(self, each: Unfinished, today: date) -> UnfinishedRow:
        made = UnfinishedRow(each, today)
        self._rows.append(made)
        made.continued.connect(self._on_continue)
        made.thrown_away.connect(self._on_throw_away)
        made.taken_back.connect(self._on_take_back)
        return made

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and "draft" in changes.kinds:
            self._ask()

    # --- what is done with one -------------------------------------------------------------------------------------

    @Slot(object)
    def _on_continue(self, each: Unfinished) -> None:
        self.go.emit(to_draft(each.draft))

    @Slot(object)
    def _on_throw_away(self, each: Unfinished) -> None:
        self._desk.ask(discard, each.draft.id, on_done=self._on_thrown_away, on_error=self._on_error)

    @Slot(object)
    def _on_thrown_away(self, _done: object) -> None:
        self.banner.say("Thrown away", "It can be taken back for seven days; it is at the end of this list.", "ok")
        self.banner.show()

    @Slot(object)
    def _on_take_back(self, each: Unfinished) -> None:
        self.banner.hide()
        self._desk.ask(take_back, each.draft.id, on_error=self._on_error)

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        show_error(self.banner, error)
