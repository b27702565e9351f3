"""A screen on which one draft is written: opened, saved as one types, finished, found again at the same place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QWidget

from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.office import Done, Office
from sf_desktop.ops.reading.read_back import passages, plain
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.form import Form
from sf_desktop.ui.form.keeping import KeepingScreen
from sf_desktop.ui.form.sheet import Sheet, open_sheet
from sf_desktop.ui.kit.controls.buttons import Kind
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.layout.surfaces import column, page_around
from sf_desktop.ui.kit.messages.banners import Banner, ErrorSummary
from sf_desktop.ui.kit.window.stack import GoTo, TopAction, ToRead
from sf_desktop.ui.kit.writing.finding import FindInAnswer
from sf_desktop.ui.kit.writing.prose import ProseField
from sf_desktop.ui.messages import show_error
from sf_record.errors import FieldProblem, InputError, SfError
from sf_record.kinds import KINDS

GONE = (
    "This is finished, or was thrown away",
    "If it was signed or saved, you find it in the family file.",
)


class WritingScreen(KeepingScreen):
    """Shows the draft of a subject `{"draft": id}`. Subclasses lay the form out and say how it is finished.

    Overrides: `hidden`, `one_row_each`, `finish_label`, `finish_verb`, `arrange`, `show_field`, `finished`.
    """

    kind_name = ""
    hidden: frozenset[str] = frozenset()
    one_row_each: frozenset[str] = frozenset()
    own_rows: Mapping[str, Any] = MappingProxyType({})
    finish_label = "Save"
    finish_verb: Callable[[Office, str], Done]

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._is_discarded = False
        self.summary = ErrorSummary()
        self.summary.followed.connect(self.show_field)
        self._nothing.pressed.connect(self._on_nothing_pressed)
        self._nothing.onward.connect(self._on_to_family)
        self._family_left = ""  # whose file the draft belonged to that was thrown away here
        self.pages.addWidget(self._nothing)
        column(self).addWidget(self.pages)

    # --- to be said by each screen ---------------------------------------------------------------------------------

    def arrange(self, form: Form, sheet: Sheet) -> QWidget:
        """Lay the form out; `self.banner` and `self.summary` belong at its top."""
        raise NotImplementedError

    def finished(self, _done: Done) -> None:
        """The draft has become a record."""
        self.back.emit()

    @Slot(str)
    def show_field(self, path: str) -> None:
        """Bring a field into view and put the keyboard into it."""
        if self.form is not None:
            self.form.restore({"field": path})

    # --- the screen ------------------------------------------------------------------------------------------------

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        draft_id = str(subject.get("draft") or "")
        if draft_id and draft_id == self._draft_id and self.form is not None and not self._finishing:
            self._shown_next = None
            self.show_writing()
            return
        if self.keeps_unsaved(subject):
            return
        self._draft_id, self._finishing, self._is_discarded = draft_id, False, False
        self._let_go()
        self._desk.ask(open_sheet, draft_id, on_done=self._on_sheet, on_error=self._on_no_sheet)

    def top_actions(self) -> Sequence[TopAction]:
        if self.form is None or self.pages.currentWidget() is not self._writing:
            return ()
        return (
            TopAction("Throw away", self._on_discard),
            TopAction("Finish later", self._on_finish_later, Kind.SECONDARY, "finish_later"),
            TopAction(self.finish_label, self.on_finish, Kind.PRIMARY, "sign"),
        )

    def saved_words(self) -> tuple[str, str]:
        return self.autosave.words() if self.form is not None else ("", "")

    def family_id(self) -> str:
        return self.sheet.draft.family_id if self.sheet is not None else ""

    def find_words(self) -> bool:
        """In the answer that has the keyboard, or else in the first that is shown."""
        shown = [each for each in self.findChildren(ProseField) if each.isVisible()]
        focused = QApplication.focusWidget()
        here = [each for each in shown if focused is not None and each.isAncestorOf(focused)]
        for field in (here or shown)[:1]:
            field.find_words()
        return bool(shown)

    def step_back(self) -> bool:
        """Close finding, where it is open."""
        opened = [each for each in self.findChildren(FindInAnswer) if each.isVisible()]
        for each in opened:
            each.shut()
        return bool(opened)

    def read_back(self) -> ToRead | None:
        if self.form is None or self.sheet is None:
            return None
        draft = self.sheet.draft
        read = passages(draft.kind, self.form.body(), self.sheet.context(self.one_row_each))
        way = {"paper": "read_back", "family": draft.family_id, "about": draft.id, "large": True}
        return ToRead(plain(read), GoTo("paper", way)) if read else None

    def place(self) -> dict[str, Any]:
        if self.form is None or self.pages.currentWidget() is not self._writing:
            return {}
        return {**self.kept_place(), **self.form.place()}

    def restore(self, place: Mapping[str, Any]) -> None:
        is_open = self.form is not None and self.sheet is not None and self.sheet.draft.id == self._draft_id
        if is_open and self._shown_next is None:
            self._put_place(place)
        else:
            self._place_wanted = place

    def turn_back(self) -> None:
        """With nothing written nothing was begun: it stands in no list of drafts."""
        if self.form is not None:
            self._desk.ask(
                drafting.let_go, self._draft_id, on_done=self._on_let_go, on_error=self._on_not_saved
            )  # fmt: skip

    @Slot(object)
    def _on_let_go(self, done: Done) -> None:
        if done.kinds and done.record_id == self._draft_id:
            self._draft_id = ""
            self._let_go()
            self._nothing.say(*GONE, "Back")

    def take_focus(self) -> None:
        if self.form is None or self._shown_next is not None:
            return
        place = self.form.place()
        if place:
            self.form.restore(place)
        else:
            self.first_field(self.form).take_focus()

    def first_field(self, form: Form) -> Field:
        """Where writing starts."""
        return next(iter(form.sections.values())).fields()[0]

    # --- opening ---------------------------------------------------------------------------------------------------

    def _let_go(self) -> None:
        """Forget the draft before, which is in the vault."""
        self.form = None
        self.sheet = None
        self._is_place_kept = False
        self.autosave.forget()
        self._nothing.say("Opening…", "")
        self.pages.setCurrentWidget(self._nothing)
        if self._writing is not None:
            self.pages.removeWidget(self._writing)
            self._writing.deleteLater()
            self._writing = None
            self.summary, self.banner = ErrorSummary(), Banner()
            self.summary.followed.connect(self.show_field)
            self.banner.hide()

    @Slot(object)
    def _on_sheet(self, sheet: Sheet) -> None:
        if sheet.draft.id != self._draft_id:
            return
        self.sheet = sheet
        # In its place before anything is in it: whatever is moved later is dressed again with all that it holds.
        page = self._writing = QWidget()
        self.pages.addWidget(page)
        kind, draft = KINDS[sheet.draft.kind], sheet.draft
        hidden = self.hidden if draft.record_id else self.hidden | kind.asked_later(draft.body)
        form = Form(kind, sheet.context(self.one_row_each, self.own_rows), page, hidden=hidden)
        form.put(sheet.draft.body)
        form.changed.connect(self._on_changed)
        form.left.connect(self._on_left)
        self.form = form
        column(page).addWidget(self.arrange(form, sheet))
        self.show_writing()
        wanted, self._place_wanted = self._place_wanted, None
        self._put_place(wanted or sheet.draft.place)
        self.say_what_became()

    @Slot(object)
    def _on_no_sheet(self, error: SfError) -> None:
        title, advice = GONE if error.code == "draft_gone" else (error.title, error.advice)
        self._nothing.say(title, advice, "Back")
        self.pages.setCurrentWidget(self._nothing)
        self.top_changed.emit()

    def show_writing(self) -> None:
        if self._writing is not None:
            self.pages.setCurrentWidget(self._writing)
        self.top_changed.emit()

    def _put_place(self, place: Mapping[str, Any]) -> None:
        path = str(place.get("field") or "")
        if self.form is None or not path:
            self.take_focus()
            return
        self.show_field(path)
        self.form.restore(place)

    # --- throwing away -------------------------------------------------------------------------------------------

    @Slot()
    def _on_discard(self) -> None:
        if self.form is not None:
            self.save_now()
            self._desk.ask(drafting.discard, self._draft_id, on_done=self._on_discarded, on_error=self._on_not_finished)

    @Slot(object)
    def _on_discarded(self, _done: Done) -> None:
        self._family_left = self.family_id()
        self._let_go()
        self._is_discarded = True
        self._nothing.say(
            "Thrown away",
            "Nothing of it was sent. For seven days you can take it back, here or under Drafts.",
            "Take it back",
            "Open the family file" if self._family_left else "",
        )
        self._nothing.button.setFocus()
        self.top_changed.emit()

    @Slot()
    def _on_nothing_pressed(self) -> None:
        if self._is_discarded:
            self._desk.ask(drafting.take_back, self._draft_id, on_done=self._on_taken_back, on_error=self._on_no_sheet)
        else:
            self.back.emit()

    @Slot()
    def _on_to_family(self) -> None:
        self.go.emit(GoTo("family", {"family": self._family_left}))

    @Slot(object)
    def _on_taken_back(self, _done: Done) -> None:
        self._is_discarded = False
        self._desk.ask(open_sheet, self._draft_id, on_done=self._on_sheet, on_error=self._on_no_sheet)

    # --- finishing -------------------------------------------------------------------------------------------------

    @Slot()
    def _on_finish_later(self) -> None:
        self.back.emit()

    @Slot()
    def on_finish(self) -> None:
        """Save what is typed, then make the record of it."""
        if not self._finishing and self.form is not None:
            self.save_to_finish()

    def go_on_finishing(self) -> None:
        """What is typed is in the vault: make the record of it."""
        self._desk.ask(
            type(self).finish_verb, self._draft_id, on_done=self._on_finished, on_error=self._on_not_finished
        )

    def say_not_saved(self) -> None:
        """It was not saved, and the banner says why: bring that into view."""
        self.show_writing()
        if (page := page_around(self.banner)) is not None:
            page.ensureWidgetVisible(self.banner)

    @Slot(object)
    def _on_finished(self, done: Done) -> None:
        self.form = None
        self.autosave.forget()
        self.finished(done)

    @Slot(object)
    def _on_not_finished(self, error: SfError) -> None:
        self._finishing = False
        if isinstance(error, InputError) and error.fields:
            self.show_problems(error.fields)
        else:
            show_error(self.banner, error)

    def show_problems(self, problems: Sequence[FieldProblem]) -> None:
        """Mark the fields, and list them at the top."""
        if self.form is None:
            return
        marked = self.form.show_problems(problems)
        shown = {field.name for field in marked}
        others = [each.message for each in problems if each.field not in shown]
        self.summary.show_problems(marked, others)
