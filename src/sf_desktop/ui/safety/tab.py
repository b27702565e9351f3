"""Safety in a family file: open concerns first, danger statements, restrictions and warnings, and plans' meetings."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.drafts.drafting import Draft
from sf_desktop.ops.families.safety import SafetyView, safety, start_about
from sf_desktop.ops.records.concerns import start_step
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.opening import to_draft
from sf_desktop.ui.form.records_card import RecordsCard
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.listcard import ListCard, ListRow
from sf_desktop.ui.kit.layout.surfaces import Card, clear, column
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.safety.concern_words import NOT_SIGNED, PHONE_NOW
from sf_desktop.ui.kit.safety.numbers import DangerCard
from sf_desktop.ui.kit.style.tokens import GAP_M
from sf_desktop.ui.kit.text.labels import heading
from sf_desktop.ui.kit.text.moments import day_words
from sf_desktop.ui.kit.window.filetab import FileTab
from sf_desktop.ui.kit.window.stack import GoTo
from sf_desktop.ui.safety.card import ConcernCard
from sf_record.errors import SfError


class SafetyTab(FileTab):
    """Shows it, and leads to whatever is recorded next."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._family_id = desk, ""
        self.banner = Banner(button="Go on with it")
        self.banner.pressed.connect(self._on_banner)
        self.banner.hide()
        self._view: SafetyView | None = None
        self._concerns = column(gap=GAP_M)
        self.numbers = DangerCard(may_record=True)
        self.numbers.concern_wanted.connect(self._on_concern)
        self.restrictions = ListCard("Restrictions and warnings", "No restriction and no warning is recorded.")
        self.statements = RecordsCard(
            desk,
            "Danger statement and safety goal",
            ("danger_statement",),
            nothing="None is written yet.",
            add="Write a danger statement",
            start=start_about,
        )
        self.meetings = RecordsCard(
            desk,
            "Meetings about the plan",
            ("review",),
            nothing="No meeting is recorded yet.",
            add="Record a meeting",
            start=start_about,
        )
        self.placements = RecordsCard(
            desk,
            "Placements",
            ("placement",),
            nothing="No placement is recorded.",
            add="Record a placement",
            start=start_about,
        )
        self.intervals = RecordsCard(
            desk,
            "This plan’s own timescales",
            ("timescale_override",),
            nothing="The council’s timescales hold. What the law fixes cannot be set otherwise.",
            add="Set a timescale",
            start=start_about,
        )
        self._cards = (self.statements, self.meetings, self.placements, self.intervals)
        for card in self._cards:
            card.go.connect(self.go)
            card.failed.connect(self.failed)
        self._arrange()

    def _arrange(self) -> None:
        main, aside = QWidget(), QWidget()
        left, right = column(main, gap=GAP_M), column(aside, gap=GAP_M)
        left.addLayout(self._concerns)
        left.addWidget(self.statements)
        left.addWidget(self.meetings)
        left.addStretch(1)
        for card in (self.numbers, self.restrictions, self.intervals, self.placements):
            right.addWidget(card)
        right.addStretch(1)
        down = column(self, gap=GAP_M)
        down.addWidget(self.banner)
        down.addWidget(Beside(main, aside, room_chars=100, aside_chars=44))
        down.addStretch(1)

    def show_family(self, family_id: str) -> None:
        self._family_id = family_id
        self._desk.ask(safety, family_id, on_done=self._on_view, on_error=self._on_error)
        for card in self._cards:
            card.show_family(family_id)

    @Slot(object)
    def _on_view(self, view: SafetyView) -> None:
        if view.family_id != self._family_id:
            return
        self._view = view
        self.numbers.show_numbers([(each.label, each.number) for each in view.numbers])
        self._show_phone(view)
        self._show_concerns(view)
        rows = [ListRow(words, name) for words, name in view.restrictions]
        rows += [
            ListRow(
                f"⚠ {each.text}",
                " · ".join(
                    part
                    for part in (
                        each.reason,
                        f"look at it again by {day_words(each.review_on, view.today)}" if each.review_on else "",
                    )
                    if part
                ),
            )
            for each in view.warnings
        ]
        self.restrictions.show_rows(rows)

    def _show_phone(self, view: SafetyView) -> None:
        self.banner.setVisible(bool(view.phone))
        if not view.phone:
            return
        first = view.phone[0]
        ring = f"{first.number.label}: {first.number.number}"
        if first.is_signed:
            self.banner.say(PHONE_NOW, f"{ring}. It is sent by itself before anything else.", "danger")
        else:
            self.banner.say(NOT_SIGNED, f"If it cannot wait, ring now. {ring}", "danger")
        self.banner.offer("" if first.is_signed else "Go on with it")

    def _show_concerns(self, view: SafetyView) -> None:
        clear(self._concerns)
        self._concerns.addWidget(heading("Safeguarding concerns"))
        for each in view.concerns:
            card = ConcernCard(each, view.today)
            card.step_wanted.connect(self._on_step)
            card.opened.connect(self._on_open)
            self._concerns.addWidget(card)
        if not view.concerns:
            nothing = Card()
            nothing.layout_.addWidget(
                EmptyState(
                    "No concern is recorded",
                    "If you are worried about a child, record it now: it takes a minute, and works with no signal.",
                )
            )
            self._concerns.addWidget(nothing)

    @Slot()
    def _on_concern(self) -> None:
        self.go.emit(GoTo("concern", {"for": self._family_id}))

    @Slot()
    def _on_banner(self) -> None:
        if self._view is not None and self._view.phone:
            self.go.emit(GoTo("concern", {"draft": self._view.phone[0].record_id}))

    @Slot(str, str)
    def _on_step(self, concern_id: str, step: str) -> None:
        self._desk.ask(start_step, concern_id, step, on_done=self._on_draft, on_error=self._on_error)

    @Slot(object)
    def _on_draft(self, draft: Draft) -> None:
        self.go.emit(to_draft(draft))

    @Slot(str)
    def _on_open(self, concern_id: str) -> None:
        self.go.emit(GoTo("family", {"family": self._family_id, "record": concern_id}))

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self.failed.emit(error)
