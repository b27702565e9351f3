"""A writing screen whose record is signed: check your answers, sign, and then where it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.families.family import RecordView, open_record
from sf_desktop.ops.office import Done, Office
from sf_desktop.ops.worker.cautions import cautions
from sf_desktop.ui.desk import Changes, Desk
from sf_desktop.ui.form.checking import CheckPage, SignedPage, ToMend
from sf_desktop.ui.form.form import plain_problem
from sf_desktop.ui.form.opening import to_familys_copy
from sf_desktop.ui.form.reading import Part, parts_in_words
from sf_desktop.ui.form.writing import WritingScreen
from sf_desktop.ui.kit.controls.buttons import Kind
from sf_desktop.ui.kit.text.moments import clock_seconds, moment_words
from sf_desktop.ui.kit.window.stack import GoTo, TopAction
from sf_desktop.ui.messages import show_error
from sf_record.errors import FieldProblem, InputError, SfError

PROMISE = "By signing you say that this is a true record of what you saw, heard and agreed."


class SigningScreen(WritingScreen):
    """Adds to a writing screen the page on which answers are checked, and the page that says where the record is.

    Overrides besides those of a writing screen: `check_verb`, `what`, `about`, `more_parts`.
    """

    finish_label = "Check and sign"
    check_verb: Callable[[Office, str], tuple[FieldProblem, ...]]
    what = "record"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._signed_id = ""
        self.check = CheckPage(PROMISE)
        self.check.mend_wanted.connect(self.show_field)
        self.check.change_wanted.connect(self._on_change_wanted)
        self.check.back_wanted.connect(self._on_back_to_writing)
        self.check.sign_wanted.connect(self.on_sign)
        self.signed = SignedPage()
        self.signed.family_wanted.connect(self._on_family_wanted)
        self.signed.copy_wanted.connect(self._on_copy_wanted)
        self.signed.today_wanted.connect(self._on_today_wanted)
        self.pages.addWidget(self.check)
        self.pages.addWidget(self.signed)
        self._problems: tuple[FieldProblem, ...] = ()
        self._is_signing = False  # what was checked is being saved once more, and then signed
        self._family_id = ""
        self._copy: GoTo | None = None  # the way to what the family is given of it
        desk.changed.connect(self._on_desk_changed)

    def about(self) -> str:
        """What is being signed, in a few words."""
        return ""

    def more_parts(self) -> tuple[Part, ...]:
        """What else is signed with it, to be read before."""
        return ()

    def top_actions(self) -> Sequence[TopAction]:
        if self.form is not None and self.pages.currentWidget() is self.check:
            # The one primary button stands at the end of what is to be read before it is pressed.
            actions = [
                TopAction("Print draft", self._on_print_draft, Kind.SECONDARY, "print"),
                TopAction("Back to writing", self._on_back_to_writing, Kind.SECONDARY),
            ]
            if self.read_back() is not None:
                actions.insert(0, TopAction("Read back", self._on_read_back, Kind.SECONDARY, "read_back"))
            return tuple(actions)
        return super().top_actions()

    @Slot()
    def _on_read_back(self) -> None:
        self.read_back_wanted.emit()

    @Slot()
    def _on_print_draft(self) -> None:
        if self.sheet is not None:
            draft = self.sheet.draft
            self.go.emit(GoTo("paper", {"paper": "record", "family": draft.family_id, "about": draft.id}))

    def step_back(self) -> bool:
        is_checking = self.form is not None and self.pages.currentWidget() is self.check
        if is_checking:
            self._on_back_to_writing()
        return is_checking or super().step_back()

    # --- checking --------------------------------------------------------------------------------------------------

    def go_on_finishing(self) -> None:
        """What is typed is in the vault: have it checked, or sign what was checked."""
        if self._is_signing:
            self._desk.ask(
                type(self).finish_verb, self._draft_id, on_done=self._on_finished, on_error=self._on_not_signed
            )
            return
        self._desk.ask(type(self).check_verb, self._draft_id, on_done=self._on_checked, on_error=self._on_not_finished)
        self._desk.ask(cautions, self._draft_id, on_done=self._on_cautions)

    def say_not_saved(self) -> None:
        self._is_signing = False
        super().say_not_saved()

    @Slot(object)
    def _on_checked(self, problems: tuple[FieldProblem, ...]) -> None:
        self._finishing = False
        form, sheet = self.form, self.sheet
        if form is None or sheet is None:
            return
        self._problems = problems
        form.show_problems(problems)
        parts = parts_in_words(form.kind, form.body(), sheet.context(), hidden=self.hidden)
        parts = (*(each for each in parts if each.lines or form.asks(each.name)), *self.more_parts())
        self.check.show_check(self.about(), parts, [self._to_mend(each) for each in problems])
        self.pages.setCurrentWidget(self.check)
        self.check.take_focus()
        self.top_changed.emit()

    @Slot(object)
    def _on_cautions(self, said: tuple[str, ...]) -> None:
        self.check.show_cautions(said)

    def _to_mend(self, problem: FieldProblem) -> ToMend:
        field = self.form.field(problem.field) if self.form is not None else None
        return ToMend(problem.field, field.title if field else problem.field, plain_problem(problem))

    @Slot(str)
    def _on_change_wanted(self, group: str) -> None:
        self.show_writing()
        if self.form is not None and group in self.form.sections:
            self.show_field(next(iter(self.form.sections[group].answers)))

    @Slot()
    def _on_back_to_writing(self) -> None:
        self.show_writing()
        self.take_focus()

    # --- signing ---------------------------------------------------------------------------------------------------

    @Slot()
    def on_sign(self) -> None:
        """Sign what was checked."""
        if self._finishing or self.form is None or self._problems:
            return
        self._family_id = self.sheet.draft.family_id if self.sheet is not None else ""
        self.check.sign_button.setEnabled(False)
        self._is_signing = True
        self.save_to_finish()

    @Slot(object)
    def _on_not_signed(self, error: SfError) -> None:
        self._finishing = self._is_signing = False
        self.check.sign_button.setEnabled(True)
        if isinstance(error, InputError) and error.fields:
            self._on_checked(error.fields)
        else:
            show_error(self.check.banner, error)

    def finished(self, _done: Done) -> None:
        self._is_signing = False
        self._signed_id = _done.record_id
        self._desk.ask(open_record, _done.record_id, on_done=self._on_standing)

    @Slot(object)
    def _on_no_sheet(self, error: SfError) -> None:
        """A draft that is no more may have been signed just before the window locked: the record has its id."""
        super()._on_no_sheet(error)
        if error.code == "draft_gone":
            self._desk.ask(open_record, self._draft_id, on_done=self._on_signed_before, on_error=self._on_no_record)

    @Slot(object)
    def _on_signed_before(self, view: RecordView) -> None:
        if view.record.id == self._draft_id and self.sheet is None and view.record.signed is not None:
            self._signed_id, self._family_id = view.record.id, view.record.family_id
            self._on_standing(view)

    @Slot(object)
    def _on_no_record(self, _error: SfError) -> None:
        """It was thrown away: what is said of that stands already."""

    @Slot(object)
    def _on_standing(self, view: RecordView) -> None:
        self._copy = to_familys_copy(view.record.kind, view.record.family_id, view.record.id)
        signed = view.record.signed
        self.signed.copy_button.setVisible(self._copy is not None and signed is not None)
        if signed is None:
            self.signed.say_not_signed(f"The {self.what} is saved, and not signed")
            self._show_signed()
            return
        receipts = [each for each in view.events if each.receipt_at is not None]
        council = ""
        if receipts and not view.is_waiting:
            last = receipts[-1]
            # Without a sheet nobody has said which day it is: then the day is said too.
            at = moment_words(last.receipt_at, self.sheet.today if self.sheet is not None else date.min)
            council = f"The council holds it under number {last.receipt_seq} ({at})."
        saved = max((each.saved_at for each in view.events), default=signed.at)
        self.signed.say(f"The {self.what} is signed", clock_seconds(saved), council)
        self._show_signed()

    def _show_signed(self) -> None:
        if self.pages.currentWidget() is not self.signed:
            self.pages.setCurrentWidget(self.signed)
            self.signed.take_focus()
        self.top_changed.emit()

    @Slot(object)
    def _on_desk_changed(self, changes: Changes) -> None:
        if self._signed_id in changes.ids and self.pages.currentWidget() is self.signed:
            self._desk.ask(open_record, self._signed_id, on_done=self._on_standing)

    @Slot()
    def _on_family_wanted(self) -> None:
        self.go.emit(GoTo("family", {"family": self._family_id, "record": self._signed_id}))

    @Slot()
    def _on_copy_wanted(self) -> None:
        self.go.emit(self._copy)

    @Slot()
    def _on_today_wanted(self) -> None:
        self.go.emit(GoTo("today", {}))
