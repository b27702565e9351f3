"""Sending: the truth about every event of this laptop, what needs its author, and a way to send now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.drafting import Draft
from sf_desktop.ops.ledger import LedgerRow, ledger_numbers, ledger_rows, needs_you, set_aside, write_again
from sf_desktop.ops.status import StatusCounts, status_counts
from sf_desktop.ui.desk import Changes, Desk
from sf_desktop.ui.kit.banners import Banner
from sf_desktop.ui.kit.buttons import Kind
from sf_desktop.ui.kit.foot import StatusWords
from sf_desktop.ui.kit.labels import heading, subtitle, title
from sf_desktop.ui.kit.moments import count_words
from sf_desktop.ui.kit.rows import RowsModel
from sf_desktop.ui.kit.sampled import SampledTable
from sf_desktop.ui.kit.stack import GoTo, Screen, TopAction
from sf_desktop.ui.kit.states import EmptyState
from sf_desktop.ui.kit.surfaces import Page, clear, column
from sf_desktop.ui.kit.tokens import GAP_L, GAP_M, GAP_XS
from sf_desktop.ui.ledger.sign_in import SignInCard
from sf_desktop.ui.ledger.view import NeedCard, NeedWords, ledger_columns, stamp
from sf_desktop.ui.messages import show_error
from sf_record.errors import SfError
from sf_record.outcomes import Result

SAMPLES = (
    "Planned visit written",
    "Pretend family Blackthorn",
    "With the council",
    "23 Nov, 09:52:14",
    "23 Nov, 09:52:14",
    "Received by council",
)


class LedgerScreen(Screen):
    """`send_wanted` asks for a round now; whoever has the wire answers through the desk."""

    send_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: dict[str, LedgerRow] = {}
        self._shown: tuple[NeedWords, ...] | None = None
        self._title, self._sentence = title("Sending"), subtitle()
        self.banner = Banner(closable=True)
        self.banner.hide()
        self.cause = Banner("", "", "information")
        self.cause.hide()
        self.sign_in = SignInCard()
        self.sign_in.hide()
        self.model = RowsModel(ledger_columns(), self)
        self.table = SampledTable("Everything saved on this laptop", self.model, SAMPLES)
        self.empty = EmptyState(
            "Nothing has been saved on this laptop yet",
            "Every visit, note and change appears here with when it was saved, sent and received.",
        )
        self.page = Page()
        self._needs = column(gap=GAP_M)
        self._lay_out()
        self.model.page_wanted.connect(self._on_page_wanted)
        self.table.opened.connect(self._on_opened)
        desk.changed.connect(self._on_changed)
        desk.status_changed.connect(self._on_status)

    def _lay_out(self) -> None:
        head = column(gap=GAP_XS)
        head.addWidget(self._title)
        head.addWidget(self._sentence)
        self.table.setMinimumHeight(260)
        self.page.layout_.setSpacing(GAP_L)
        self.page.layout_.addLayout(head)
        self.page.layout_.addWidget(self.cause)
        self.page.layout_.addWidget(self.sign_in)
        self.page.layout_.addWidget(self.banner)
        self.page.layout_.addLayout(self._needs)
        self._all = heading("Everything saved on this laptop")
        self.page.layout_.addWidget(self._all)
        self.page.layout_.addWidget(self.table, 1)
        self.page.layout_.addWidget(self.empty, 1)
        column(self).addWidget(self.page)

    def title(self) -> str:
        return "Sending"

    def top_actions(self) -> Sequence[TopAction]:
        return (TopAction("Send now", self._on_send, Kind.PRIMARY),)

    def show_subject(self, _subject: Mapping[str, Any]) -> None:
        self._ask()

    def take_focus(self) -> None:
        cards = self.page.content.findChildren(NeedCard)
        (cards[0].findChildren(QWidget)[0] if cards else self.table).setFocus()

    def _ask(self) -> None:
        self._desk.ask(needs_you, on_done=self._on_needs, on_error=self._on_error)
        self._desk.ask(status_counts, on_done=self._on_counts, on_error=self._on_error)
        self._desk.ask(ledger_numbers, on_done=self._on_numbers, on_error=self._on_error)

    @Slot(object)
    def _on_counts(self, counts: StatusCounts) -> None:
        if counts.needs_you:
            words = f"{count_words(counts.needs_you, 'needs', 'need')} you. Nothing is lost: it is all on this laptop."
        elif counts.waiting:
            waits = count_words(counts.waiting, "change waits", "changes wait")
            words = f"{waits} to be sent, by itself, as soon as there is a connection."
        elif counts.is_all_with_council:
            words = "The council has everything that was saved on this laptop."
        else:
            words = "Some of what was saved here has no receipt yet."
        self._sentence.setText(words)

    @Slot(object)
    def _on_needs(self, rows: tuple[LedgerRow, ...]) -> None:
        needs = tuple(_need(row) for row in rows)
        if needs == self._shown:
            return
        self._shown = needs
        clear(self._needs)
        for need in needs:
            card = NeedCard(need)
            card.open_wanted.connect(self._on_open_need)
            card.again_wanted.connect(self._on_again)
            card.aside_wanted.connect(self._on_aside)
            self._needs.addWidget(card)

    @Slot(object)
    def _on_numbers(self, numbers: tuple[int, ...]) -> None:
        ids = tuple(str(number) for number in numbers)
        self.model.set_ids(ids)
        for widget in (self.table, self._all):
            widget.setVisible(bool(ids))
        self.empty.setVisible(not ids)

    @Slot(object)
    def _on_page_wanted(self, ids: tuple[str, ...]) -> None:
        self._desk.ask(ledger_rows, tuple(int(each) for each in ids), on_done=self._on_rows, on_error=self._on_error)

    @Slot(object)
    def _on_rows(self, rows: tuple[LedgerRow, ...]) -> None:
        self._rows.update({str(row.number): row for row in rows})
        self.model.put_rows({str(row.number): row for row in rows})

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if "outbox" in changes.kinds or changes.ids:
            self.model.forget(self.model.ids)
            if self.isVisible():
                self._ask()

    @Slot(object)
    def _on_status(self, words: StatusWords) -> None:
        """The sentence that says why nothing is sent is the same as at the foot."""
        self.cause.setVisible(bool(words.lead))
        self.cause.say(words.lead, words.rest, "information", announce=False)

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        show_error(self.banner, error)

    @Slot()
    def _on_send(self) -> None:
        self.send_wanted.emit()

    @Slot(str)
    def _on_opened(self, number: str) -> None:
        row = self._rows.get(number)
        if row is not None:
            self.go.emit(GoTo("family", {"family": row.family_id, "record": row.record_id}))

    @Slot(object)
    def _on_open_need(self, need: NeedWords) -> None:
        self.go.emit(GoTo("family", {"family": need.family_id, "record": need.record_id}))

    @Slot(object)
    def _on_again(self, need: NeedWords) -> None:
        self._desk.ask(write_again, need.event_id, on_done=self._on_draft, on_error=self._on_error)

    @Slot(object)
    def _on_draft(self, draft: Draft) -> None:
        screen = draft.kind if draft.kind in ("visit", "note") else "person"
        self.go.emit(GoTo(screen, {"draft": draft.id}))

    @Slot(object)
    def _on_aside(self, need: NeedWords) -> None:
        self._desk.ask(set_aside, need.event_id, on_error=self._on_error)


def _need(row: LedgerRow) -> NeedWords:
    reason = row.reason
    return NeedWords(
        event_id=row.event_id,
        record_id=row.record_id,
        family_id=row.family_id,
        reason=reason.title if reason else "The council did not take this",
        what=f"{row.what}, {row.family_name}".strip(", "),
        advice=reason.advice if reason else "It is kept here. Open it, or ask support.",
        saved=f"Saved on this laptop {stamp(row.saved_at)}.",
        may_write_again=row.result == Result.REFUSED.value,
    )
