"""The visits planned to a family: start one, move one, cancel one, take one back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.family.verbs import PlanRow
from sf_desktop.ui.kit.controls.buttons import Button, quiet, secondary
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import Card, clear, column, from_left
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_XS
from sf_desktop.ui.kit.text.labels import heading, muted
from sf_desktop.ui.kit.text.moments import day_and_time, in_sentence, local


class PlannedTab(QWidget):
    """Each signal carries a plan's id, and `moved_back` also the moment; `plan_wanted` plans another."""

    start_wanted = Signal(str)
    cancel_wanted = Signal(str)
    back_wanted = Signal(str)
    plan_wanted = Signal()
    pack_wanted = Signal(str)
    move_wanted = Signal(str)
    moved_back = Signal(str, str)
    history_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[PlanRow, ...] | None = None
        self._plans: dict[Button, PlanRow] = {}
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
        self._plans = {}
        clear(self._list)
        if not plans:
            card = Card()
            card.layout_.addWidget(EmptyState("No visit is planned", "Plan one, or start a visit now."))
            self._list.addWidget(card)
        for plan in plans:
            self._list.addWidget(self._card(plan, today))

    def _card(self, plan: PlanRow, today: date) -> Card:
        card = Card()
        when = day_and_time(plan.planned_at, today)
        if plan.is_cancelled:
            when = f"{when} · cancelled"
        elif plan.visit_id:
            when = f"{when} · done"
        card.setAccessibleName(when)
        words = QWidget()
        down = column(words, gap=GAP_XS)
        down.addWidget(heading(when))
        about = " · ".join(part for part in (plan.worker, plan.place, plan.purpose) if part)
        down.addWidget(muted(about))
        if plan.moved_from:
            down.addWidget(muted(f"Moved from {in_sentence(day_and_time(plan.moved_from, today))}"))
        made = []
        for label, slot in self._choices(plan, today):
            button = quiet(label, spoken=f"{label}: {when}")
            button.clicked.connect(slot)
            self._plans[button] = plan
            made.append(button)
        buttons = wrapping(*made)
        card.layout_.addWidget(Beside(words, buttons, room_chars=100, at_top=False))
        return card

    def _choices(self, plan: PlanRow, today: date) -> list[tuple[str, object]]:
        history: list[tuple[str, object]] = [("History", self._on_history)]
        if not plan.is_mine or plan.visit_id:
            return history
        if plan.is_cancelled:
            return [*history, ("Take it back", self._on_back)]
        came_from = local(plan.moved_from)
        undo = [("Move it back", self._on_move_back)] if came_from and came_from.date() >= today else []
        change = [("Cancel", self._on_cancel), ("Move…", self._on_move)]
        return [*history, *undo, *change, ("Read first", self._on_pack), ("Start visit", self._on_start)]

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

    @Slot()
    def _on_move(self) -> None:
        self.move_wanted.emit(self._id())

    @Slot()
    def _on_move_back(self) -> None:
        plan = self._plan()
        self.moved_back.emit(plan.id, plan.moved_from)

    @Slot()
    def _on_history(self) -> None:
        self.history_wanted.emit(self._id())

    def _id(self) -> str:
        return self._plan().id

    def _plan(self) -> PlanRow:
        sender = self.sender()
        assert isinstance(sender, Button), "only the buttons of a card ask for its plan"
        return self._plans[sender]
