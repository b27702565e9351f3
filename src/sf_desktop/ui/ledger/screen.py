"""Sending: the truth about every event of this laptop, and a way to send now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.sending.ledger import LedgerRow, ledger_numbers, ledger_rows
from sf_desktop.ops.sending.status import StatusCounts, status_counts
from sf_desktop.ui.desk import Changes, Desk
from sf_desktop.ui.kit.controls.buttons import Kind
from sf_desktop.ui.kit.layout.surfaces import Page, column
from sf_desktop.ui.kit.lists.rows import RowsModel
from sf_desktop.ui.kit.lists.sampled import SampledTable
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_XS
from sf_desktop.ui.kit.text.labels import heading, muted, subtitle, title
from sf_desktop.ui.kit.text.moments import count_words
from sf_desktop.ui.kit.window.stack import GoTo, Screen, TopAction
from sf_desktop.ui.ledger.sign_in import SignInCard
from sf_desktop.ui.ledger.view import RECEIPT, RECEIVED, SENT, ledger_columns, placed_words
from sf_desktop.ui.messages import show_error
from sf_desktop.wording.status import StatusWords
from sf_record.errors import SfError
from sf_record.kinds import KINDS
from sf_record.kinds.group import OF_GROUPS

SAMPLES = (
    f"{KINDS['concern'].label} signed",  # which is never cut; a few longer names are, and a tooltip has them whole
    "Pretend family Alder",
    "With the council",
    "23 Nov, 09:52:14",
    "23 Nov, 09:52:14",
    "23 Nov, 09:52:14",
)
# What was done is never cut; of the rest there is room for enough to know it by, and a tooltip has it whole.
ELASTIC = {0: SAMPLES[0], 1: "Pretend fam", 2: "With the"}
# In a narrow window: when it was sent says least, and where it is says already that the council has it.
SPARED = (SENT, RECEIPT, RECEIVED)


class LedgerScreen(Screen):
    """`send_wanted` asks for a round now; whoever has the wire answers through the desk."""

    send_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: dict[str, LedgerRow] = {}
        self._title, self._sentence = title("Sending"), subtitle()
        self.banner = Banner(closable=True)
        self.banner.hide()
        self.needs = Banner("", "Nothing is lost: it is all kept on this laptop.", "warning", button="Open Needs you")
        self.needs.pressed.connect(self._on_needs_wanted)
        self.needs.hide()
        self.cause = Banner("", "", "information")
        self.cause.hide()
        self.sign_in = SignInCard()
        self.sign_in.hide()
        self.model = RowsModel(ledger_columns(), self)
        self.table = SampledTable(
            "Everything saved on this laptop", self.model, SAMPLES, elastic=ELASTIC, spared=SPARED
        )
        self.empty = EmptyState(
            "Nothing has been saved on this laptop yet",
            "Every visit, note and change appears here with when it was saved, sent and received.",
        )
        self.left_out = muted()
        self.left_out.hide()
        self.page = Page()
        self._lay_out()
        self.table.selectionModel().currentChanged.connect(self._say_left_out)
        self.model.dataChanged.connect(self._say_left_out)
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
        self.page.layout_.addWidget(self.needs)
        self._all = heading("Everything saved on this laptop")
        self.page.layout_.addWidget(self._all)
        self.page.layout_.addWidget(self.table, 1)
        self.page.layout_.addWidget(self.left_out)
        self.page.layout_.addWidget(self.empty, 1)
        column(self).addWidget(self.page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_left_out()

    @Slot()
    def _say_left_out(self) -> None:
        """Under the list stands what a narrow window has no column for, of the one that is chosen."""
        words = self.table.left_out()
        self.left_out.setText(words)
        self.left_out.setVisible(bool(words) and not self.table.isHidden())

    def title(self) -> str:
        return "Sending"

    def top_actions(self) -> Sequence[TopAction]:
        return (
            TopAction("On this laptop", self._on_laptop_wanted, Kind.SECONDARY),
            TopAction("Send now", self._on_send, Kind.PRIMARY),
        )

    def show_subject(self, _subject: Mapping[str, Any]) -> None:
        self._ask()

    def take_focus(self) -> None:
        self.table.setFocus()

    def in_hand(self) -> tuple[str, str]:
        row = self._rows.get(self.table.current_id())
        return (row.family_id, row.record_id) if row is not None else ("", "")

    def _ask(self) -> None:
        self._desk.ask(status_counts, on_done=self._on_counts, on_error=self._on_error)
        self._desk.ask(ledger_numbers, on_done=self._on_numbers, on_error=self._on_error)

    @Slot(object)
    def _on_counts(self, counts: StatusCounts) -> None:
        self.needs.setVisible(bool(counts.needs_you))
        self.needs.say(
            f"{count_words(counts.needs_you, 'thing needs', 'things need')} you", self.needs.advice_label.text(),
            "warning", announce=False,
        )  # fmt: skip
        if counts.waiting:
            waits = count_words(counts.waiting, "change waits", "changes wait")
            goes = "goes by itself" if counts.waiting == 1 else "go by themselves"
            words = f"{waits} to be sent, and {goes} as soon as there is a connection."
        elif counts.files_waiting:
            files = count_words(counts.files_waiting, "file is", "files are")
            words = f"The council has every change. {files} still on the way."
        elif counts.is_all_with_council:
            words = "The council has everything that was saved on this laptop."
        else:
            words = "The council has everything but what needs you."
        self._sentence.setText(words)

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
        self.cause.setVisible(bool(words.rest))  # where all is well there is nothing to say twice
        self.cause.say(words.lead, _ended(words.rest), "information", announce=False)

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        show_error(self.banner, error)

    @Slot()
    def _on_laptop_wanted(self) -> None:
        self.go.emit(GoTo("laptop", {}))

    @Slot()
    def _on_send(self) -> None:
        self.send_wanted.emit()

    @Slot(str)
    def _on_opened(self, number: str) -> None:
        row = self._rows.get(number)
        lead, rest = placed_words(row) if row is not None else ("", "")
        if lead:
            self.banner.say(lead, rest)
            self.banner.show()
        elif row is not None and row.kind in OF_GROUPS:
            self.go.emit(GoTo("register", {"activity": row.family_id}))
        elif row is not None:
            self.go.emit(GoTo("family", {"family": row.family_id, "record": row.record_id}))

    @Slot()
    def _on_needs_wanted(self) -> None:
        self.go.emit(GoTo("needs"))


def _ended(words: str) -> str:
    """End a sentence that the foot of the window leaves open."""
    return words if not words or words.endswith(("?", ".")) else f"{words}."
