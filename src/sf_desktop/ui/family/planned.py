"""The visits planned to a family: start one, cancel one, take one back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.family.verbs import PlanRow
from sf_desktop.ui.kit.controls.buttons import Button, quiet, secondary
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.surfaces import Card, clear, column, from_left, row
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_XS
from sf_desktop.ui.kit.text.labels import heading, muted
from sf_desktop.ui.kit.text.moments import local, short_day


class PlannedTab(QWidget):
    """`start_wanted`, `cancel_wanted` and `back_wanted` carry the plan's id; `plan_wanted` plans another."""

    start_wanted = Signal(str)
    cancel_wanted = Signal(str)
    back_wanted = Signal(str)
    plan_wanted = Signal()
    pack_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[PlanRow, ...] | None = None
        self._ids: dict[Button, str] = {}
        self._list = column(gap=GAP_M)
        self.plan_button = secondary("Plan a visit")
        self.plan_button.clicked.connect(self.plan_wanted)
        across = from_left(self.plan_button)
        down = column(self, gap=GAP_M)
        down.addLayout(self._list)
        down.addLayout(across)
        down.addStretch(1)

    def show_plans(self, plans: Sequence[PlanRow], today: date) -> None:
        """Show these."""
        if tuple(plans) == self._shown:
            return
        self._shown = tuple(plans)
        self._ids = {}
        clear(self._list)
        if not plans:
            card = Card()
            card.layout_.addWidget(EmptyState("No visit is planned", "Plan one, or start a visit now."))
            self._list.addWidget(card)
        for plan in plans:
            self._list.addWidget(self._card(plan, today))

    def _card(self, plan: PlanRow, today: date) -> Card:
        card = Card()
        at = local(plan.planned_at)
        when = f"{short_day(at.date(), today)}, {at:%H:%M}" if at else plan.planned_at
        if plan.is_cancelled:
            when = f"{when} · cancelled"
        elif plan.visit_id:
            when = f"{when} · done"
        card.setAccessibleName(when)
        words, buttons = QWidget(), QWidget()
        down = column(words, gap=GAP_XS)
        down.addWidget(heading(when))
        about = " · ".join(part for part in (plan.worker, plan.place, plan.purpose) if part)
        down.addWidget(muted(about))
        across = row(buttons)
        for label, slot in self._choices(plan):
            button = quiet(label, spoken=f"{label}: {when}")
            button.clicked.connect(slot)
            self._ids[button] = plan.id
            across.addWidget(button)
        card.layout_.addWidget(Beside(words, buttons, room_chars=60, at_top=False))
        return card

    def _choices(self, plan: PlanRow) -> list[tuple[str, object]]:
        if not plan.is_mine or plan.visit_id:
            return []
        if plan.is_cancelled:
            return [("Take it back", self._on_back)]
        return [("Cancel", self._on_cancel), ("Read first", self._on_pack), ("Start visit", self._on_start)]

    @Slot()
    def _on_start(self) -> None:
        self.start_wanted.emit(self._id())

    @Slot()
    def _on_pack(self) -> None:
        self.pack_wanted.emit(self._id())

    @Slot()
    def _on_cancel(self) -> None:
        self.cancel_wanted.emit(self._id())

    @Slot()
    def _on_back(self) -> None:
        self.back_wanted.emit(self._id())

    def _id(self) -> str:
        sender = self.sender()
        return self._ids.get(sender, "") if isinstance(sender, Button) else ""
