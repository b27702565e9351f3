"""The visits planned to a family: start one, move one, cancel one, take one back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.drafts.drafting import Draft
from sf_desktop.ops.visiting.plans import cancel_visit, move_visit, restore_visit
from sf_desktop.ops.visiting.visits import start_visit
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.family.verbs import PlanRow, Plans, family_plans
from sf_desktop.ui.form.opening import to_draft
from sf_desktop.ui.kit.controls.buttons import Button, quiet, secondary
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import Card, clear, column, from_left
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_XS
from sf_desktop.ui.kit.text.labels import heading, muted
from sf_desktop.ui.kit.text.moments import day_and_time, in_sentence, local
from sf_desktop.ui.kit.window.stack import GoTo
from sf_record.errors import SfError


class PlannedTab(QWidget):
    """`go` asks for a screen (a `GoTo`), `failed` tells of an error."""

    go = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._family_id = ""
        self._shown: Plans | None = None
        self._plans: dict[Button, PlanRow] = {}
        self._list = column(gap=GAP_M)
        self.plan_button = secondary("Plan a visit")
        self.plan_button.clicked.connect(self._on_plan)
        across = from_left(self.plan_button)
        down = column(self, gap=GAP_M)
        down.addLayout(self._list)
        down.addLayout(across)
        down.addStretch(1)

    def show_family(self, family_id: str) -> None:
        """Show what is planned to this family."""
        if family_id != self._family_id:
            self._family_id, self._shown = family_id, None
            clear(self._list)
        self._desk.ask(family_plans, family_id, on_done=self._on_plans, on_error=self._on_error)

    @Slot(object)
    def _on_plans(self, plans: Plans) -> None:
        if plans == self._shown or plans.family_id != self._family_id:
            return
        self._shown = plans
        self._plans = {}
        clear(self._list)
        if not plans.rows:
            card = Card()
            card.layout_.addWidget(EmptyState("No visit is planned", "Plan one, or start a visit now."))
            self._list.addWidget(card)
        for plan in plans.rows:
            self._list.addWidget(self._card(plan, plans.today))

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
    def _on_plan(self) -> None:
        self.go.emit(GoTo("plan", {"family": self._family_id}))

    @Slot()
    def _on_start(self) -> None:
        self._desk.ask(start_visit, self._family_id, self._id(), on_done=self._on_draft, on_error=self._on_error)

    @Slot(object)
    def _on_draft(self, draft: Draft) -> None:
        self.go.emit(to_draft(draft))

    @Slot()
    def _on_pack(self) -> None:
        self.go.emit(GoTo("pack", {"family": self._family_id, "planned": self._id()}))

    @Slot()
    def _on_cancel(self) -> None:
        self._desk.ask(cancel_visit, self._id(), on_error=self._on_error)

    @Slot()
    def _on_back(self) -> None:
        self._desk.ask(restore_visit, self._id(), on_error=self._on_error)

    @Slot()
    def _on_move(self) -> None:
        self.go.emit(GoTo("move", {"family": self._family_id, "planned": self._id()}))

    @Slot()
    def _on_move_back(self) -> None:
        plan = self._plan()
        self._desk.ask(move_visit, plan.id, plan.moved_from, on_error=self._on_error)

    @Slot()
    def _on_history(self) -> None:
        self.go.emit(GoTo("history", {"family": self._family_id, "record": self._id()}))

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self.failed.emit(error)

    def _id(self) -> str:
        return self._plan().id

    def _plan(self) -> PlanRow:
        sender = self.sender()
        assert isinstance(sender, Button), "only the buttons of a card ask for its plan"
        return self._plans[sender]
