"""The part of a family file that holds its plan."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.drafts.drafting import Draft, begin_change
from sf_desktop.ops.moments import moment_words
from sf_desktop.ops.planning import family_plan
from sf_desktop.ops.planning.family_plan import FamilyPlan
from sf_desktop.ops.records import recording
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.opening import screen_of, to_draft
from sf_desktop.ui.goals.cards import (
    GoalCard,
    MeasuresCard,
    action_row,
    ended_row,
    no_form_words,
    scaling_part,
    sdq_part,
)
from sf_desktop.ui.goals.charted import StarChart
from sf_desktop.ui.kit.controls.buttons import secondary
from sf_desktop.ui.kit.layout.listcard import ListCard, ListRow
from sf_desktop.ui.kit.layout.surfaces import Card, clear, column
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.style.tokens import GAP_M
from sf_desktop.ui.kit.text.labels import muted
from sf_desktop.ui.kit.window.filetab import FileTab
from sf_desktop.ui.kit.window.stack import GoTo
from sf_record.errors import SfError
from sf_record.kinds import KINDS

THREE_OPEN = "Three goals are open. End one of them before you add another."
NO_LICENCE = "Your council has not said that it holds a licence of this tool, so no readings are kept."


class PlanTab(FileTab):
    """Goals first, then what is to be done, then what was measured."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._family_id = ""
        self.plan: FamilyPlan | None = None
        self.begun = ListCard("Begun and not finished", "")
        self._goals = column(gap=GAP_M)
        self.print_button = secondary("Print the plan", spoken="Print the family’s plan, or save it as a PDF")
        self.none = EmptyState(
            "No goal yet", "Ask the family what they want to be different, and write it as they say."
        )
        self._no_goal = Card()
        self._no_goal.layout_.addWidget(self.none)
        self.add_goal = secondary("Add a goal")
        self.enough = muted(THREE_OPEN)
        self.ended = ListCard("Goals that have ended", "")
        self.to_do = ListCard("What is to be done", "No action is agreed.")
        self.add_action = secondary("Add an action")
        self.to_do.layout_.addWidget(self.add_action)
        self.scalings = MeasuresCard(
            "Scaling questions", "Nobody has been asked yet. Ten is always the best.", "Ask a scaling question"
        )
        self.sdqs = MeasuresCard("Strengths and Difficulties (SDQ)", "No scores are recorded.", "Add SDQ scores")
        self.stars = MeasuresCard("Family Star Plus", "No readings are recorded.", "Add readings")
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        down = column(self, gap=GAP_M)
        down.addWidget(self.begun)
        down.addWidget(self._no_goal)
        down.addLayout(self._goals)
        shown: tuple[QWidget, ...] = (self.add_goal, self.enough, self.ended, self.to_do, self.print_button)
        for widget in (*shown, self.scalings, self.sdqs, self.stars):
            down.addWidget(widget)
        down.addStretch(1)
        unused: tuple[QWidget, ...] = (self.begun, self._no_goal, self.ended, self.enough)
        for widget in unused:
            widget.hide()

    def _connect(self) -> None:
        self.begun.pressed.connect(self._on_pressed)
        self.ended.pressed.connect(self._on_pressed)
        self.to_do.pressed.connect(self._on_pressed)
        self.add_goal.clicked.connect(self._on_add_goal)
        self.add_action.clicked.connect(self._on_add_action)
        self.print_button.clicked.connect(self._on_print)
        self.scalings.add_button.clicked.connect(self._on_add_scaling)
        self.sdqs.add_button.clicked.connect(self._on_add_sdq)
        self.stars.add_button.clicked.connect(self._on_add_star)

    # --- the part --------------------------------------------------------------------------------------------------

    def show_family(self, family_id: str) -> None:
        self._family_id = family_id
        self._desk.ask(family_plan.family_plan, family_id, on_done=self._on_plan, on_error=self._on_failed)

    def take_focus(self) -> None:
        self.add_goal.setFocus()

    @Slot()
    def _on_print(self) -> None:
        self.go.emit(GoTo("paper", {"paper": "plan", "family": self._family_id}))

    @Slot(object)
    def _on_plan(self, plan: FamilyPlan) -> None:
        if plan.family_id != self._family_id or plan == self.plan:
            return
        self.plan = plan
        self._show_goals(plan)
        self._show_begun(plan)
        self.to_do.show_rows([action_row(each, plan.today) for each in plan.actions])
        self.scalings.show_parts([scaling_part(each) for each in plan.scalings])
        missing: list[QWidget] = [muted(no_form_words(each)) for each in plan.measures.no_forms]
        self.sdqs.show_parts([*(sdq_part(each) for each in plan.measures.sdqs), *missing])
        unlicensed: list[QWidget] = [] if plan.is_star_licensed else [muted(NO_LICENCE)]
        self.stars.show_parts([*(StarChart(each) for each in plan.measures.stars), *unlicensed])
        self.stars.add_button.setVisible(plan.is_star_licensed)

    def _show_goals(self, plan: FamilyPlan) -> None:
        clear(self._goals)
        for goal in plan.open_goals:
            card = GoalCard(goal)
            card.score_wanted.connect(self._on_score)
            card.change_wanted.connect(self._on_change)
            card.read_wanted.connect(self._on_read)
            self._goals.addWidget(card)
        ended = [each for each in plan.goals if not each.is_open]
        self.ended.show_rows([ended_row(each) for each in reversed(ended)])
        self.ended.setVisible(bool(ended))
        self._no_goal.setVisible(not plan.open_goals)
        self.add_goal.setVisible(plan.may_open_goal)
        self.enough.setVisible(not plan.may_open_goal)

    def _show_begun(self, plan: FamilyPlan) -> None:
        rows = [
            ListRow(
                KINDS[each.kind].label, f"stopped {moment_words(each.saved_at, plan.today)}", "Continue",
                f"{each.kind}:{each.id}",
            )
            for each in plan.drafts
        ]  # fmt: skip
        self.begun.show_rows(rows)
        self.begun.setVisible(bool(rows))

    # --- going on --------------------------------------------------------------------------------------------------

    @Slot(str)
    def _on_pressed(self, target: str) -> None:
        what, _, id_ = target.partition(":")
        if what == "change":
            self._on_change(id_)
        elif what == "record":
            self._on_read(id_)
        else:
            self.go.emit(GoTo(screen_of(what), {"draft": id_}))

    @Slot(str)
    def _on_read(self, record_id: str) -> None:
        self.go.emit(GoTo("family", {"family": self._family_id, "record": record_id}))

    @Slot(str)
    def _on_change(self, record_id: str) -> None:
        self._desk.ask(begin_change, record_id, on_done=self._on_draft, on_error=self._on_failed)

    @Slot(str)
    def _on_score(self, goal_id: str) -> None:
        self._desk.ask(family_plan.start_score, goal_id, on_done=self._on_draft, on_error=self._on_failed)

    @Slot()
    def _on_add_goal(self) -> None:
        self._start("goal")

    @Slot()
    def _on_add_action(self) -> None:
        self._start("plan_action")

    @Slot()
    def _on_add_scaling(self) -> None:
        self._start("scaling")

    @Slot()
    def _on_add_sdq(self) -> None:
        self._start("sdq_score")

    @Slot()
    def _on_add_star(self) -> None:
        self._desk.ask(family_plan.start_star, self._family_id, on_done=self._on_draft, on_error=self._on_failed)

    def _start(self, kind: str) -> None:
        self._desk.ask(recording.start, kind, self._family_id, on_done=self._on_draft, on_error=self._on_failed)

    @Slot(object)
    def _on_draft(self, draft: Draft) -> None:
        self.go.emit(to_draft(draft))

    @Slot(object)
    def _on_failed(self, error: SfError) -> None:
        self.failed.emit(error)
