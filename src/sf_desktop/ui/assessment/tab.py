"""Early help in a family's file: what it needs first, the assessment, the team's meetings, steps and closure."""

from __future__ import annotations

from PySide6.QtCore import Slot

from sf_desktop.ops.drafts.drafting import Draft
from sf_desktop.ops.planning.early_help import EarlyHelpView, early_help, start_assessment, start_meeting, start_step
from sf_desktop.ops.sharing.agreements import start_agreement
from sf_desktop.ui.assessment import words
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.opening import FAMILYS_COPY, FAMILYS_COPY_SPOKEN, to_draft, to_familys_copy
from sf_desktop.ui.form.records_card import RecordsCard
from sf_desktop.ui.kit.controls.buttons import secondary
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import column
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.style.tokens import GAP_M
from sf_desktop.ui.kit.text.labels import body
from sf_desktop.ui.kit.window.filetab import FileTab
from sf_desktop.ui.kit.window.stack import GoTo
from sf_record.errors import SfError

ASKED_FOR = ("assessment", "team", "sharing")


class AssessmentTab(FileTab):
    """Says at its head what is missing; below, one card for the assessments, one for the team, one for steps."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._family_id = desk, ""
        self._view: EarlyHelpView | None = None
        self.gate = Banner("", "", "warning", button=words.RECORD_IT)
        self.gate.pressed.connect(self._on_agree)
        self.gate.hide()
        self.assessments = RecordsCard(
            desk, "Early Help Assessment", ("assessment",), nothing="The family has not been assessed yet."
        )
        self.meetings = RecordsCard(
            desk, "Team around the family", ("team_meeting",), nothing="The team has not met yet."
        )
        self.steps = RecordsCard(
            desk, "Step up, step down, closure", ("step",), nothing="The help has not been changed or ended."
        )
        self.assessed, self.due = body(""), body("")
        self.assess_button = secondary("Begin an assessment")
        self.copy_button = secondary(FAMILYS_COPY, spoken=FAMILYS_COPY_SPOKEN)
        self.draft_button = secondary("Print the draft", spoken="Print or save the draft of the assessment")
        self.meet_button = secondary("Record a team meeting")
        self.up_button, self.down_button = secondary("Step up"), secondary("Step down")
        self.close_button = secondary("Close", spoken="Close early help")
        self._lay_out()
        self.assess_button.clicked.connect(self._on_assess)
        self.copy_button.clicked.connect(self._on_copy)
        self.draft_button.clicked.connect(self._on_draft_copy)
        self.meet_button.clicked.connect(self._on_meet)
        self.up_button.clicked.connect(self._on_up)
        self.down_button.clicked.connect(self._on_down)
        self.close_button.clicked.connect(self._on_close)

    def _lay_out(self) -> None:
        down = column(self, gap=GAP_M)
        down.addWidget(self.gate)
        for card, line, buttons in (
            (self.assessments, self.assessed, (self.assess_button, self.copy_button, self.draft_button)),
            (self.meetings, self.due, (self.meet_button,)),
            (self.steps, None, (self.up_button, self.down_button, self.close_button)),
        ):
            if line is not None:
                card.layout_.insertWidget(1, line)
            card.layout_.addWidget(wrapping(*buttons))
            card.go.connect(self.go)
            card.failed.connect(self.failed)
            down.addWidget(card)
        down.addStretch(1)

    def show_family(self, family_id: str) -> None:
        self._family_id = family_id
        self._desk.ask(early_help, family_id, on_done=self._on_view, on_error=self._on_error)
        for card in (self.assessments, self.meetings, self.steps):
            card.show_family(family_id)

    def take_focus(self) -> None:
        first = self.gate.button if self.gate.isVisible() else self.assess_button
        first.setFocus()

    @Slot(object)
    def _on_view(self, view: EarlyHelpView) -> None:
        self._view = view
        missing = words.missing(view)
        if missing is not None:
            self.gate.say(missing.title, missing.advice, "warning", announce=False)
            self.gate.offer(missing.button)
        self.gate.setVisible(missing is not None)
        self.assess_button.setEnabled(view.assessing.is_allowed)
        self.assess_button.set_text("Continue the assessment" if view.draft_id else "Begin an assessment")
        self.copy_button.setVisible(bool(view.assessment_id))
        self.draft_button.setVisible(bool(view.draft_id))
        self.meet_button.setEnabled(view.meeting.is_allowed)
        self.assessed.setText(words.assessed(view))
        self.due.setText(words.due(view))
        self.due.setVisible(bool(words.due(view)))
        self.due.tone("warning" if view.is_due_past else "")

    # --- going on --------------------------------------------------------------------------------------------------

    @Slot()
    def _on_agree(self) -> None:
        missing = words.missing(self._view) if self._view is not None else None
        if missing is not None and missing.agreement_id:
            self.go.emit(GoTo("family", {"family": self._family_id, "record": missing.agreement_id}))
            return
        self._desk.ask(start_agreement, self._family_id, ASKED_FOR, on_done=self._on_draft, on_error=self._on_error)

    @Slot()
    def _on_assess(self) -> None:
        self._desk.ask(start_assessment, self._family_id, on_done=self._on_draft, on_error=self._on_error)

    @Slot()
    def _on_copy(self) -> None:
        if self._view is not None:
            self._paper(self._view.assessment_id)

    @Slot()
    def _on_draft_copy(self) -> None:
        if self._view is not None:
            self._paper(self._view.draft_id)

    def _paper(self, about: str) -> None:
        self.go.emit(to_familys_copy("assessment", self._family_id, about))

    @Slot()
    def _on_meet(self) -> None:
        self._desk.ask(start_meeting, self._family_id, on_done=self._on_draft, on_error=self._on_error)

    @Slot()
    def _on_up(self) -> None:
        self._step("up")

    @Slot()
    def _on_down(self) -> None:
        self._step("down")

    @Slot()
    def _on_close(self) -> None:
        self._step("closure")

    def _step(self, type_: str) -> None:
        self._desk.ask(start_step, self._family_id, type_, on_done=self._on_draft, on_error=self._on_error)

    @Slot(object)
    def _on_draft(self, draft: Draft) -> None:
        self.go.emit(to_draft(draft))

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self.failed.emit(error)
