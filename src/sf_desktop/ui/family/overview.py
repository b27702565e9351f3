"""The overview of a family file: what is due, what was promised, what to know, and how complete it is here."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.deadlines.owed import Owed
from sf_desktop.ops.deadlines.reminders import Reminder
from sf_desktop.ops.drafts.adding import LABELS
from sf_desktop.ops.families.closing import Closing
from sf_desktop.ops.reading.in_words import one_after_another
from sf_desktop.ui.family.verbs import FamilySheet
from sf_desktop.ui.kit.controls.buttons import quiet, secondary
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.listcard import ListCard, ListRow
from sf_desktop.ui.kit.layout.surfaces import Card, clear, column
from sf_desktop.ui.kit.style.tokens import GAP_M
from sf_desktop.ui.kit.text.closing import closing_words
from sf_desktop.ui.kit.text.labels import body, muted, strong
from sf_desktop.ui.kit.text.moments import clock_words, day_words, local, moment_words, short_day
from sf_desktop.ui.kit.text.statuses import days_words
from sf_record.kinds import KINDS

_LEAVES = "It leaves this laptop once what you have begun is finished, and nothing waits to be sent."
LEAVES = {
    "reallocated": f"This file is no longer on your caseload. {_LEAVES}",
    "closed": f"This file was closed. {_LEAVES}",
    "pack_ended": f"The day until which you had taken it along has passed. {_LEAVES}",
}
HERE = {
    Closing.CLOSED_HERE: "The file leaves this laptop once everything in it is sent. Until then you can give it to"
    " somebody, and it is open again.",
    Closing.OPENED_HERE: "Whoever you gave it to has it once that is sent.",
    Closing.NEW_HERE: "Only this laptop knows of this file. Whoever you gave it to has it once it is sent.",
}


class LaptopCard(Card):
    """How complete the file is on this laptop, since when, and until when."""

    def __init__(self) -> None:
        super().__init__("On this laptop")
        self._list = column(gap=2)
        self.layout_.addLayout(self._list)

    def show_file(self, sheet: FamilySheet) -> None:
        """Say it of this file."""
        view = sheet.view
        clear(self._list)
        if view.closing is Closing.NEW_HERE:
            pass  # the council never saw it: it has nothing that this could be complete as of
        elif view.is_complete:
            as_of = f", as of {_as_of(view.as_of, sheet)}" if view.as_of else ""
            self._list.addWidget(body(f"Complete{as_of}."))
        else:
            self._list.addWidget(strong("Not complete yet"))
            self._list.addWidget(muted("Something may be missing here until it is. No reminder is made of it."))
        if view.waiting:
            waits = "One change waits" if view.waiting == 1 else f"{view.waiting:,} changes wait"
            self._list.addWidget(body(f"{waits} to be sent."))
        here = HERE.get(view.closing, "")
        if here:
            self._list.addWidget(strong(f"{closing_words(view.closing)}."))
        leaves = LEAVES.get(view.leaves_because or "") or here
        usual = f"Leaves when the file closes or moves, and after {sheet.leaves_after_days} days without a connection."
        self._list.addWidget(muted(leaves or usual))


def _as_of(text: str | None, sheet: FamilySheet) -> str:
    at = local(text) if text else None
    if at is None:
        return ""
    return f"{clock_words(text)} today" if at.date() == sheet.today else moment_words(text, sheet.today)


_HERE = "overview"


def _reminder(each: Reminder, today: date) -> ListRow:
    since = "Overdue since " if each.is_overdue else ""
    lead = f"{since}{short_day(each.on, today)} · {each.what}, {days_words(each.working_days)}"
    return ListRow(lead, one_after_another((each.why, each.change)))


def _owed(owed: Owed, today: date) -> ListRow:
    lead = f"{short_day(owed.on, today)} · {owed.what}"
    if owed.part == _HERE:
        return ListRow(lead, owed.why)
    return ListRow(f"{lead}, late" if owed.is_late and owed.on < today else lead, owed.why, "Go there", owed.part)


class OverviewTab(QWidget):
    """`draft_wanted(str)` is `kind:id` of a draft to go on with, `family_wanted` changes the file's own record.

    `part_wanted(str)` names the part of the file where something owed is done.
    """

    draft_wanted = Signal(str)
    family_wanted = Signal()
    history_wanted = Signal()
    print_wanted = Signal()
    workers_wanted = Signal()
    export_wanted = Signal()
    part_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.due = ListCard("Due", "Nothing is due.")
        self.promised = ListCard("Promised last time", "Nothing was agreed at the last visit.")
        self.warnings = ListCard("Before you knock", "No warning is recorded.")
        self.drafts = ListCard("Drafts", "Nothing is begun.")
        self.workers = ListCard("Who works with the family", "Nobody is named on this laptop.")
        self.workers_button = secondary("Change who works with them", spoken="Change who works with the family")
        self.workers_button.clicked.connect(self.workers_wanted)
        self.workers_button.hide()
        self.laptop = LaptopCard()
        self.change_button = secondary("Change address or warnings")
        self.change_button.clicked.connect(self.family_wanted)
        self.history_button = quiet("History", spoken="History of the family file")
        self.history_button.clicked.connect(self.history_wanted)
        self.drafts.pressed.connect(self.draft_wanted)
        self.due.pressed.connect(self.part_wanted)
        self.print_button = quiet("The whole file on paper", spoken="See the whole family file as a paper")
        self.export_button = quiet("Export this file", spoken="Export this family file")
        self.print_button.clicked.connect(self.print_wanted)
        self.export_button.clicked.connect(self.export_wanted)
        main, aside = QWidget(), QWidget()
        left, right = column(main, gap=GAP_M), column(aside, gap=GAP_M)
        for card in (self.due, self.promised, self.drafts):
            left.addWidget(card)
        right.addWidget(self.warnings)
        right.addWidget(self.workers)
        right.addWidget(self.laptop)
        self.warnings.layout_.addWidget(self.change_button)
        self.warnings.layout_.addWidget(self.history_button)
        self.workers.layout_.addWidget(self.workers_button)
        self.laptop.layout_.addWidget(self.print_button)
        self.laptop.layout_.addWidget(self.export_button)
        left.addStretch(1)
        right.addStretch(1)
        down = column(self)
        down.addWidget(Beside(main, aside, room_chars=100, aside_chars=44))
        down.addStretch(1)

    def show_file(self, sheet: FamilySheet) -> None:
        """Show this family file."""
        view, today = sheet.view, sheet.today
        due = [(each.on, _reminder(each, today)) for each in view.reminders]
        due += [(each.on, _owed(each, today)) for each in sheet.owed]
        self.due.show_rows([each for _on, each in sorted(due, key=lambda dated: dated[0])])
        self.promised.show_rows(
            [
                ListRow(each.what, " · ".join(part for part in (
                    each.who, f"by {day_words(each.due_on, today)}" if each.due_on else "",
                    "done" if each.is_done else "",
                ) if part))
                for each in view.promises
            ]
        )  # fmt: skip
        self.warnings.show_rows(
            [
                ListRow(f"⚠ {each.text}", " · ".join(part for part in (
                    each.reason, f"look at it again by {day_words(each.review_on, today)}" if each.review_on else "",
                ) if part))
                for each in view.warnings
            ]
        )  # fmt: skip
        self.drafts.show_rows(
            [
                ListRow(
                    LABELS.get(each.kind) or (KINDS[each.kind].label if each.kind in KINDS else "Draft"),
                    f"stopped {moment_words(each.saved_at, today)}", "Continue", f"{each.kind}:{each.id}",
                )
                for each in view.drafts
            ]
        )  # fmt: skip
        self.workers.show_rows([ListRow(name) for name in view.workers])
        self.workers_button.setVisible(sheet.may_allocate)
        self.laptop.show_file(sheet)
