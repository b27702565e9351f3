"""The cards of the plan: one for each open goal, and what was measured, with what can be done about each."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.moments import day_words
from sf_desktop.ops.planning.family_plan import ActionView, GoalView, ScalingView
from sf_desktop.ops.planning.measures import NoForm, SdqView
from sf_desktop.ui.goals.charted import Charted
from sf_desktop.ui.kit.controls.buttons import Button, quiet, secondary
from sf_desktop.ui.kit.layout.listcard import ListRow
from sf_desktop.ui.kit.layout.surfaces import Card, clear, column, row
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_S, GAP_XS
from sf_desktop.ui.kit.text.labels import body, heading, muted
from sf_record import progress

NOT_SCORED = "Not scored yet. The first score, at the start, is the one that later ones are compared with."


class GoalCard(Card):
    """One open goal: `score_wanted`, `change_wanted` and `read_wanted` carry its id."""

    score_wanted = Signal(str)
    change_wanted = Signal(str)
    read_wanted = Signal(str)

    def __init__(self, goal: GoalView) -> None:
        super().__init__(goal.want)
        self._id = goal.id
        since = f"Agreed {progress.day_words(goal.started_on)}"
        self.layout_.addWidget(muted(" · ".join(part for part in (goal.whose, since) if part)))
        if goal.better:
            self.layout_.addWidget(body(goal.better))
        self.charted = Charted(goal.want, (goal.scores,), nothing=NOT_SCORED)
        self.layout_.addWidget(self.charted)
        buttons = row(gap=GAP_S)
        for text, make, wanted in (
            ("Score it", secondary, self._on_score),
            ("Change or end it", quiet, self._on_change),
            ("Open", quiet, self._on_read),
        ):
            button: Button = make(text, spoken=f"{text}: {goal.want}")
            button.clicked.connect(wanted)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.layout_.addLayout(buttons)

    @Slot()
    def _on_score(self) -> None:
        self.score_wanted.emit(self._id)

    @Slot()
    def _on_change(self) -> None:
        self.change_wanted.emit(self._id)

    @Slot()
    def _on_read(self) -> None:
        self.read_wanted.emit(self._id)


def ended_row(goal: GoalView) -> ListRow:
    """Say a goal that has ended."""
    parts = (goal.how, progress.day_words(goal.ended_on or ""), progress.in_words(goal.scores))
    return ListRow(goal.want, " · ".join(part for part in parts if part), "Open", f"record:{goal.id}")


def action_row(action: ActionView, today: date) -> ListRow:
    """Say an action: who and by when while it is to be done, then what came of it."""
    due = f"by {day_words(action.due_on, today)}" if action.due_on and action.is_open else ""
    late = "late" if action.is_late else ""
    parts = (action.who, due, late, action.result, action.words, f"for: {action.goal}" if action.goal else "")
    button = "Say how it went" if action.is_open else "Open"
    target = f"change:{action.id}" if action.is_open else f"record:{action.id}"
    return ListRow(action.what, " · ".join(part for part in parts if part), button, target)


def scaling_part(scaling: ScalingView) -> QWidget:
    """Show one question with everybody's numbers."""
    box = QWidget()
    down = column(box, gap=GAP_XS)
    down.addWidget(heading(scaling.question))
    down.addWidget(Charted(scaling.question, scaling.answers, nothing=""))
    if scaling.step:
        down.addWidget(body(f"One step up: {scaling.step}"))
    return box


def sdq_part(sdq: SdqView) -> QWidget:
    """Show one child's totals and what the latest form says."""
    box = QWidget()
    down = column(box, gap=GAP_XS)
    down.addWidget(heading(f"{sdq.child}, {sdq.form.lower()}"))
    down.addWidget(Charted(sdq.totals.label, (sdq.totals,), nothing="No total is recorded."))
    down.addWidget(muted(f"Scores on {progress.day_words(sdq.latest_on)}:"))
    for each in sdq.latest:
        down.addWidget(body(each))
    return box


def no_form_words(missing: NoForm) -> str:
    """Say why there is no form."""
    return f"{missing.child}, {progress.day_words(missing.on)}: no form. {missing.reason}"


class MeasuresCard(Card):
    """Parts under one another, a sentence where there are none, and a button that begins another."""

    def __init__(self, title: str, nothing: str, add: str) -> None:
        super().__init__(title)
        self._nothing = nothing
        self._parts = column(gap=GAP_M)
        self.layout_.addLayout(self._parts)
        self.add_button = secondary(add)
        self.layout_.addWidget(self.add_button)

    def show_parts(self, parts: list[QWidget]) -> None:
        """Show these."""
        clear(self._parts)
        for each in parts or [muted(self._nothing)]:
            self._parts.addWidget(each)
