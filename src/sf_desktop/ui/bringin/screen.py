"""Bring in: choose a spreadsheet or a bundle, see what it would bring and what is wrong, then bring it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.bringing_in import arriving, bundles, caseloads
from sf_desktop.ops.bringing_in.arriving import Written
from sf_desktop.ops.bringing_in.bundles import BundleCheck
from sf_desktop.ops.bringing_in.chosen import BringingSheet, bringing_sheet, read_chosen
from sf_desktop.ops.bundle.reading import Bundle
from sf_desktop.ops.caseload.coming import Caseload, CellProblem
from sf_desktop.ops.caseload.judging import judge
from sf_desktop.ops.pieces import Pieces, stop
from sf_desktop.ui.attach.reading import outside
from sf_desktop.ui.bringin import words
from sf_desktop.ui.bringin.moving import MovingIn
from sf_desktop.ui.bringin.piecework import Piecework
from sf_desktop.ui.bringin.saving import save_found, save_template
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.kit.controls.buttons import Button, Kind, secondary
from sf_desktop.ui.kit.fields.choices import CodeField, Option
from sf_desktop.ui.kit.layout.flow import Flow, wrapping
from sf_desktop.ui.kit.layout.listcard import ListCard, ListRow
from sf_desktop.ui.kit.layout.surfaces import FORM_CHARS, Card, Page, column
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.messages.states import LoadingState
from sf_desktop.ui.kit.picker import FilePicker
from sf_desktop.ui.kit.replies import Replies
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_S, GAP_XS
from sf_desktop.ui.kit.text.labels import body, subtitle, title
from sf_desktop.ui.kit.window.stack import GoTo, Screen, TopAction
from sf_desktop.ui.messages import show_error
from sf_record.errors import SfError


class BringInScreen(Screen):
    """Nothing is written before "Bring in" is pressed; then everything is, or nothing.

    Checking and making ready are done in pieces: somebody who saves elsewhere does not wait for all of it.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._replies = desk, Replies(self)
        self._pieces = Piecework(desk, self)  # what is being checked, or made ready
        self._moving = MovingIn(desk, self)
        self._sheet: BringingSheet | None = None
        self._read: Bundle | None = None  # the bundle that is being checked
        self._bundle: Bundle | None = None
        self._caseload: Caseload | None = None
        self._is_clear = False
        self._is_bringing = self._is_moving = self._has_told = False
        self.banner = Banner(closable=True)
        self.not_you = Banner(*words.NOT_YOU, "information")
        self.hand_over = Card(words.HAND_OVER)
        self.hand_over_words = body()
        self.found_button = secondary("Save what was found", spoken="Save what was found, a text file")
        self.choose = Card("Choose what to bring in")
        self.template_button = secondary("Save the template", spoken="Save the empty template, a spreadsheet")
        self.file_button = Button("Choose a file", Kind.PRIMARY, spoken="Choose a spreadsheet or an exported file")
        self.working = LoadingState("Reading the file", margin=0)
        self.problems = ListCard("To mend", "Nothing is in the way.")
        self.likenesses = ListCard("People who may be known already", "Nobody.")
        self.coming = ListCard("What would be brought in", "Nothing.")
        self.allocate = Card("Who works with them")
        self.worker = CodeField("worker", "Allocate to", [], hint="Somebody of your team", empty="Choose")
        self.allocate.layout_.addWidget(self.worker)
        self.picker = FilePicker(self, "Bring in", "Spreadsheets and bundles (*.xlsx *.csv *.zip);;All files (*)")
        self.saver = FilePicker(self, "Where to save the template", "Spreadsheet (*.xlsx)", saves="xlsx")
        self.found_saver = FilePicker(self, "Where to save what was found", "Text (*.txt)", saves="txt")
        self._lay_out()
        self._connect()
        self._show_parts()

    def _lay_out(self) -> None:
        head = column(gap=GAP_XS)
        head.addWidget(title("Bring in"))
        head.addWidget(subtitle(words.INTRODUCTION))
        buttons = wrapping(self.file_button, self.template_button)
        self.choose.layout_.addWidget(buttons)
        beneath = QWidget()
        Flow(beneath, gap=GAP_S).addWidget(self.found_button)
        self.hand_over.layout_.addWidget(self.hand_over_words)
        self.hand_over.layout_.addWidget(beneath)
        page = self.page = Page(chars=FORM_CHARS)
        page.layout_.setSpacing(GAP_L)
        page.layout_.addLayout(head)
        for widget in (
            self.banner, self.not_you, self.choose, self.working, self.hand_over, self.problems, self.allocate,
            self.likenesses, self.coming,
        ):  # fmt: skip
            page.layout_.addWidget(widget)
        page.layout_.addStretch(1)
        for hidden in (self.banner, self.not_you, self.working):
            hidden.hide()
        column(self).addWidget(page)

    def _connect(self) -> None:
        self.file_button.clicked.connect(self._on_choose)
        self.template_button.clicked.connect(self._on_template)
        self.picker.picked.connect(self._on_picked)
        self.saver.picked.connect(self._on_saver_picked)
        self.found_button.clicked.connect(self._on_save_found)
        self.found_saver.picked.connect(self._on_found_picked)
        self.working.cancelled.connect(self._on_stop)
        self.worker.changed.connect(self._on_worker)
        self.banner.pressed.connect(self._on_families)
        self._pieces.advanced.connect(self.working.advance)
        self._pieces.done.connect(self._on_pieces_done)
        self._pieces.failed.connect(self._on_error)
        self._moving.advanced.connect(self.working.advance)
        self._moving.done.connect(self._on_brought)
        self._moving.failed.connect(self._on_not_moved)

    @property
    def replies(self) -> Replies:
        """What is still being read or written."""
        return self._replies

    # --- the screen ------------------------------------------------------------------------------------------------

    def title(self) -> str:
        return "Bring in"

    def top_actions(self) -> Sequence[TopAction]:
        if not self._is_checked or self._is_bringing:
            return ()
        may_open = self._sheet is not None and self._sheet.may_open
        other = TopAction("Choose another file" if may_open else "Check another file", self._on_choose)
        if not self._is_clear or not may_open:
            return (other,)
        return (other, TopAction("Bring in", self._on_bring_in, Kind.PRIMARY, "sign"))

    def show_subject(self, _subject: Mapping[str, Any]) -> None:
        self._desk.ask(bringing_sheet, on_done=self._on_sheet, on_error=self._on_error)

    def place(self) -> dict[str, Any]:
        """What is under way: a file that was chosen is not kept. What is moving in tells of itself."""
        self._has_told = True
        if self._is_moving or not (self._is_checked or self._is_bringing or self.working.isVisible()):
            return {}
        return {"cut": "bringing" if self._is_bringing else "checking"}

    def restore(self, place: Mapping[str, Any]) -> None:
        told = words.CUT.get(str(place.get("cut")))
        if told and not self._has_told:  # else it was only left for another screen, and knows itself how it stands
            self.banner.offer("")
            self.banner.say(*told, "information")
            self.banner.show()

    def take_focus(self) -> None:
        self.file_button.setFocus()

    @property
    def _is_checked(self) -> bool:
        return self._caseload is not None or self._bundle is not None

    @Slot(object)
    def _on_sheet(self, sheet: BringingSheet) -> None:
        self._sheet = sheet
        chosen = self.worker.value()
        self.worker.set_options([Option(each.id, each.name) for each in sheet.team])
        self.worker.set_value(chosen or (sheet.team[0].id if len(sheet.team) == 1 else None))
        if not sheet.may_open:
            self.choose.set_title("Check a file for your supervisor")
            self.file_button.set_text("Check a file", "Check a spreadsheet or an exported file")
        self._show_parts()

    def _show_parts(self) -> None:
        may_open = self._sheet is not None and self._sheet.may_open
        is_busy = self._is_bringing
        self.coming.setVisible(self._is_checked)
        self.allocate.setVisible(self._is_checked and self._is_clear and may_open and not is_busy)
        self.choose.setVisible(not self._is_checked)
        self.not_you.setVisible(not self._is_checked and self._sheet is not None and not may_open)
        self.hand_over.setVisible(self._is_checked and self._sheet is not None and not may_open)
        self.found_button.setVisible(self._caseload is not None)
        for card in (self.problems, self.likenesses):
            if not self._is_checked:
                card.hide()
        self.top_changed.emit()

    # --- choosing and checking -------------------------------------------------------------------------------------

    @Slot()
    def _on_choose(self) -> None:
        self.picker.open()

    @Slot(object)
    def _on_picked(self, paths: tuple[str, ...]) -> None:
        self._forget()
        self.banner.hide()
        self._work("Reading the file", can_stop=False)
        self._replies.watch(outside(read_chosen, paths[0]), self._on_read, self._on_error)

    def _forget(self) -> None:
        self._bundle = self._caseload = None
        self._is_clear = False
        self.likenesses.hide()
        self._show_parts()

    def _work(self, what: str, *, can_stop: bool) -> None:
        self.working.say(what)
        self.working.advance(0, 0)
        self.working.button.setVisible(can_stop)
        self.working.button.setEnabled(True)
        self.working.show()

    @Slot(object)
    def _on_read(self, found: Any) -> None:
        self._work("Checking it", can_stop=True)
        if isinstance(found, Bundle):
            self._read = found
            self._pieces.begin(Pieces(lambda: bundles.check_bundle(found)))
        else:
            self._pieces.begin(Pieces(lambda: judge(found)))

    @Slot(object)
    def _on_pieces_done(self, result: Caseload | BundleCheck | Sequence[Written]) -> None:
        if isinstance(result, Caseload):
            self._on_caseload(result)
        elif isinstance(result, BundleCheck):
            self._on_bundle(result)
        else:
            self.working.say("Saving")
            if self.working.button.hasFocus():
                self.setFocus()  # else the key that was to stop would lock: the keyboard goes to the rail
            self.working.button.setVisible(False)
            self._is_moving = True
            self._moving.bring(result)

    @Slot()
    def _on_stop(self) -> None:
        """Nothing is written before it is all ready, so there is nothing to undo."""
        if not self._pieces.stop(arriving.give_up if self._is_bringing else stop, self._on_not_done):
            return
        was_bringing = self._is_bringing
        self._rest()
        if not was_bringing:
            self._forget()
        self._show_parts()
        self.banner.offer("")
        self.banner.say(*words.STOPPED, "information")
        self.banner.show()
        self.setFocus()

    def _on_caseload(self, caseload: Caseload) -> None:
        self._caseload = caseload
        self._name_cards(words.of_caseload(caseload))
        self._check(caseload.problems, tuple(words.families(caseload)), caseload.likenesses)

    def _on_bundle(self, check: BundleCheck) -> None:
        self._bundle = self._read
        found = tuple(CellProblem(each.where, each.what) for each in check.problems)
        self._name_cards("one family file")
        self._check(found, tuple(words.bundle(check)), ())

    def _name_cards(self, what: str) -> None:
        self.coming.set_title(f"What would be brought in: {what}")
        self.allocate.set_title(f"Who works with them: {what}")

    def _check(
        self, found: Sequence[CellProblem], coming: Sequence[tuple[str, str]], likenesses: Sequence[CellProblem]
    ) -> None:
        self.working.hide()
        self._is_clear = not found
        self.problems.show_rows([ListRow(*each) for each in words.problems(found)])
        self.problems.setVisible(bool(found))
        self.coming.show_rows([ListRow(*each) for each in coming])
        self.likenesses.show_rows([ListRow(*each) for each in words.problems(likenesses)])
        self.likenesses.setVisible(bool(likenesses))
        self.hand_over_words.setText(words.hand_over(len(found)))
        self._show_parts()
        if found:
            self.banner.say(
                words.problems_title(len(found)), "Nothing was written. Each is listed with its place.", "warning"
            )
            self.banner.show()
            self.setFocus()
        elif self._sheet is not None and self._sheet.may_open:
            self.worker.take_focus()
        elif self._caseload is not None:
            self.found_button.setFocus()
        else:
            self.setFocus()

    # --- bringing in -----------------------------------------------------------------------------------------------

    @Slot()
    def _on_worker(self) -> None:
        self.worker.problem = ""

    @Slot()
    def _on_bring_in(self) -> None:
        worker_id = self.worker.value()
        if not worker_id:
            self.worker.problem = "Choose who works with them"
            self.worker.take_focus()
            self.page.ensureWidgetVisible(self.worker)  # which it is not asked for where the keyboard is there already
            return
        self.banner.hide()
        self._is_bringing = True
        self._work("Bringing in", can_stop=True)
        self.working.button.setFocus()
        self._show_parts()
        bundle, caseload = self._bundle, self._caseload
        if bundle is not None:
            self._pieces.begin(Pieces(lambda: bundles.make_ready(bundle, worker_id)))
        elif caseload is not None:
            self._pieces.begin(Pieces(lambda: caseloads.make_ready(caseload, worker_id)))

    @Slot(int)
    def _on_brought(self, count: int) -> None:
        self._rest()
        self._forget()
        self.banner.say(*words.done(count), "ok")
        self.banner.offer("Go to Families")
        self.banner.show()
        self.banner.button.setFocus()

    @Slot(object, bool)
    def _on_not_moved(self, error: SfError, rest_follows: bool) -> None:
        if not rest_follows:
            self._on_error(error)
            return
        self._rest()
        self._forget()  # brought in once more it would be there twice
        self.banner.offer("")
        self.banner.say(*words.rest_follows(error), "warning")
        self.banner.show()

    @Slot()
    def _on_families(self) -> None:
        self.banner.hide()
        self.go.emit(GoTo("families", {}))

    def _rest(self) -> None:
        self._is_bringing = self._is_moving = False
        self._pieces.leave()
        self.working.hide()

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self._rest()
        if not self._is_clear:
            self._forget()
        self._show_parts()
        self.banner.offer("")
        show_error(self.banner, error)

    # --- the template ----------------------------------------------------------------------------------------------

    @Slot()
    def _on_template(self) -> None:
        self.saver.open(words.SUGGESTED)

    @Slot(object)
    def _on_saver_picked(self, paths: tuple[str, ...]) -> None:
        if self._sheet is not None:
            self._replies.watch(outside(save_template, paths[0], self._sheet.codes), self._on_saved, self._on_error)

    @Slot(object)
    def _on_saved(self, _done: object) -> None:
        self.banner.offer("")
        self.banner.say(*words.TEMPLATE_SAVED, "ok")
        self.banner.show()

    # --- what a practitioner can do --------------------------------------------------------------------------------

    @Slot()
    def _on_save_found(self) -> None:
        self.found_saver.open(words.SUGGESTED_FOUND)

    @Slot(object)
    def _on_found_picked(self, paths: tuple[str, ...]) -> None:
        if self._caseload is not None:
            text = words.found_in(self._caseload)
            self._replies.watch(outside(save_found, paths[0], text), self._on_found_saved, self._on_not_done)

    @Slot(object)
    def _on_found_saved(self, _done: object) -> None:
        self.banner.offer("")
        self.banner.say(*words.FOUND_SAVED, "ok")
        self.banner.show()

    @Slot(object)
    def _on_not_done(self, error: SfError) -> None:
        self.banner.offer("")
        show_error(self.banner, error)
