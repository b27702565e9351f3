"""New family file: one form for what the file is called, its first person and who works with them, then saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.bringing_in.arriving import ALLOCATION
from sf_desktop.ops.bringing_in.new_file import (
    FAMILY,
    FRESH,
    PERSON,
    NewFile,
    keep_begun,
    new_file,
    open_file,
    throw_away,
)
from sf_desktop.ops.drafts.drafting import take_back
from sf_desktop.ops.household.duplicates import Looking
from sf_desktop.ops.office import Done
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.autosave import Autosave
from sf_desktop.ui.form.form import Form
from sf_desktop.ui.form.known import TELLING, Knowing, KnownCard
from sf_desktop.ui.kit.controls.buttons import Kind
from sf_desktop.ui.kit.fields.choices import CodeField, Option
from sf_desktop.ui.kit.layout.surfaces import FORM_CHARS, Page, column
from sf_desktop.ui.kit.messages.banners import Banner, ErrorSummary
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_XS
from sf_desktop.ui.kit.text.labels import subtitle, title
from sf_desktop.ui.kit.window.stack import GoTo, Screen, TopAction
from sf_desktop.ui.messages import show_error
from sf_desktop.ui.newfile import words
from sf_desktop.ui.newfile.asked import asked_kinds, at_first, surroundings, told_of
from sf_record.errors import FieldProblem, InputError, SfError

Written = dict[str, dict[str, Any]]


class NewFileScreen(Screen):
    """What is written is kept in the vault as it is typed, and is here again until it is saved or thrown away."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._new: NewFile | None = None
        self._place_wanted: Mapping[str, Any] = {}
        self._is_awaited = False  # the keyboard goes to the form once it is there
        self._is_saving = False
        self._thrown_away = ""  # the draft that can be taken back at once
        self._is_kept = self._is_kept_next = False  # a draft of what is written lies in the vault, once it has answered
        self.forms: dict[str, Form] = {}
        self.autosave = Autosave(self)
        self.page = Page(chars=FORM_CHARS)
        self.banner, self.summary = Banner(), ErrorSummary()
        self.known = KnownCard()
        self._knowing = Knowing(desk, self)
        self._knowing.card = self.known
        self._lay_out()
        self.autosave.save_wanted.connect(self._on_save_wanted)
        self.autosave.said.connect(self.top_changed)
        self.known.go.connect(self.go)
        self.banner.pressed.connect(self._on_take_back)

    def _lay_out(self) -> None:
        head = column(gap=GAP_XS)
        head.addWidget(title("New family file"))
        head.addWidget(subtitle(words.INTRODUCTION))
        self.page.layout_.setSpacing(GAP_L)
        self.page.layout_.addLayout(head)
        self.page.layout_.addWidget(self.banner)
        self.page.layout_.addWidget(self.summary)
        self.page.layout_.addStretch(1)
        self.banner.hide()
        column(self).addWidget(self.page)

    def _build(self, new: NewFile) -> None:
        """Make the form, once: the codes and the team of the day are known."""
        for kind in asked_kinds():
            form = self.forms[kind.name] = Form(kind, surroundings(new, kind.name), self)
            form.changed.connect(self._on_changed)
            form.left.connect(self._on_left)
            for section in form.sections.values():
                self.page.layout_.insertWidget(self.page.layout_.count() - 1, section)
                section.show()  # now, and not a moment later: the keyboard goes into it
                if kind.name == PERSON:
                    section.layout_.insertWidget(section.beneath("expected_on"), self.known)

    # --- the screen ------------------------------------------------------------------------------------------------

    def title(self) -> str:
        return "New family file"

    def top_actions(self) -> Sequence[TopAction]:
        if self._new is None or self._is_saving:
            return ()
        if not self._new.may_open:
            return (TopAction("Back to Families", self._on_back),)
        away = (TopAction("Throw away", self._on_throw_away),) if self._is_begun() else ()
        return (
            *away,
            TopAction("Finish later", self._on_finish_later, Kind.SECONDARY, "finish_later"),
            TopAction("Save", self._on_save, Kind.PRIMARY, "sign"),
        )

    def saved_words(self) -> tuple[str, str]:
        return self.autosave.words() if self._is_begun() else ("", "")

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        self._ask(str(subject.get("draft") or ""))

    def _ask(self, draft_id: str = "") -> None:
        self._desk.ask(new_file, draft_id, on_done=self._on_new, on_error=self._on_error)

    def take_focus(self) -> None:
        self._is_awaited = self._new is None
        if not self.forms:
            super().take_focus()
        else:
            next(iter(self.forms[FAMILY].sections.values())).fields()[0].take_focus()

    def place(self) -> dict[str, Any]:
        focused: QWidget | None = self.window().focusWidget()
        for form in self.forms.values():
            if focused is not None and any(each.isAncestorOf(focused) for each in form.sections.values()):
                return form.place()
        return {}

    def restore(self, place: Mapping[str, Any]) -> None:
        self._place_wanted = place if place.get("field") else {}
        if self.forms:
            self._put_place()

    def leave(self) -> None:
        self.autosave.now()

    def _put_place(self) -> None:
        place, self._place_wanted = self._place_wanted, {}
        if not any(form.restore(place) for form in self.forms.values()) and self._is_awaited:
            self.take_focus()
        self._is_awaited = False

    @Slot(object)
    def _on_new(self, new: NewFile) -> None:
        before, is_unsaved = self._new, self._is_begun() and not self.autosave.is_clean
        self._new = new
        if not new.may_open:
            self.banner.say(*words.NOT_YOU, "information")
            self.banner.show()
            self._is_awaited = False
        elif is_unsaved and before is not None:
            self._new = before  # the vault did not take what is written: it stays on the screen
        else:
            if not self.forms:
                self._build(new)
            self.banner.hide()
            self._is_kept = bool(new.begun)
            self._put(new.begun)
            self._put_place()
        self.top_changed.emit()

    def _offer(self, new: NewFile) -> None:
        """Offer those who are of the team by now."""
        worker = self.forms[ALLOCATION].field("worker")
        assert isinstance(worker, CodeField), "one of many is chosen from a list"
        worker.set_options([Option(each.id, each.name) for each in new.team])

    # --- writing ---------------------------------------------------------------------------------------------------

    def _written(self) -> Written:
        return {name: form.body() for name, form in self.forms.items()}

    def _begun(self) -> Written:
        """What stands in the form and did not stand there by itself."""
        new = self._new
        if new is None:
            return {}
        return {name: body for name, body in self._written().items() if body != at_first(name, new)}

    def _is_begun(self) -> bool:
        return bool(self._begun())

    def _put(self, begun: Mapping[str, Mapping[str, Any]]) -> None:
        assert self._new is not None
        for name, form in self.forms.items():
            form.put(begun.get(name) or at_first(name, self._new))
        self._offer(self._new)
        self._show_problems(())
        self._look_for()

    @Slot(str)
    def _on_changed(self, _name: str) -> None:
        if self._thrown_away:
            self._thrown_away = ""
            self.banner.hide()
        self.autosave.touch()

    @Slot(str)
    def _on_left(self, name: str) -> None:
        self.autosave.now()
        if name in TELLING or name in {"address", "postcode"}:
            self._look_for()

    @Slot()
    def _on_save_wanted(self) -> None:
        if self._is_saving or self._new is None:
            self.autosave.failed("")  # a file is being made of it: what is kept after that would be begun once more
            return
        begun = self._begun()
        self._is_kept_next = bool(begun)
        self._desk.ask(
            keep_begun, self._new.family_id, begun, on_done=self._on_kept, on_error=self._on_not_kept
        )  # fmt: skip

    @Slot(object)
    def _on_kept(self, at: str) -> None:
        """Where something is begun, or nothing any more, the foot of the window counts again."""
        self.autosave.done(at)
        if self._is_kept != self._is_kept_next:
            self._is_kept = self._is_kept_next
            self._desk.begun.emit()

    @Slot(object)
    def _on_not_kept(self, error: SfError) -> None:
        self.banner.offer("")
        show_error(self.banner, error)
        self.autosave.failed(error.title)

    def _look_for(self) -> None:
        if self.forms:
            self._knowing.look_for(Looking("", told_of(self._written())))

    # --- throwing away, or finishing later -------------------------------------------------------------------------

    @Slot()
    def _on_throw_away(self) -> None:
        if self._new is not None:
            self._desk.ask(
                throw_away, self._new.family_id, self._begun(), on_done=self._on_thrown_away, on_error=self._on_not_kept
            )

    @Slot(object)
    def _on_thrown_away(self, done: Done) -> None:
        self.autosave.forget()
        self._put({})
        self._desk.ask(new_file, FRESH, on_done=self._on_empty, on_error=self._on_error)
        self._thrown_away = done.record_id
        self.banner.say(*words.THROWN_AWAY, "information")
        self.banner.offer(words.TAKE_IT_BACK)
        self.banner.show()
        self.banner.button.setFocus()
        self.top_changed.emit()

    @Slot(object)
    def _on_empty(self, new: NewFile) -> None:
        """What is written from here on is of another file."""
        self._new, self._is_kept = new, False

    @Slot()
    def _on_take_back(self) -> None:
        if self._thrown_away:
            self._desk.ask(take_back, self._thrown_away, on_done=self._on_taken_back, on_error=self._on_error)

    @Slot(object)
    def _on_taken_back(self, done: Done) -> None:
        self._thrown_away = ""
        self._ask(done.record_id)
        self.take_focus()

    @Slot()
    def _on_finish_later(self) -> None:
        self.back.emit()

    @Slot()
    def _on_back(self) -> None:
        self.go.emit(GoTo("families"))

    # --- saving ----------------------------------------------------------------------------------------------------

    @Slot()
    def _on_save(self) -> None:
        if self._is_saving or self._new is None:
            return
        self._is_saving = True
        self.banner.hide()
        self._show_problems(())
        self.top_changed.emit()
        self._desk.ask(
            open_file, self._new.family_id, self._written(), on_done=self._on_saved, on_error=self._on_error
        )  # fmt: skip

    @Slot(object)
    def _on_saved(self, done: Done) -> None:
        self._is_saving = self._is_kept = False
        self.autosave.forget()
        self._put({})
        self.back.emit()  # Escape in the new file leads to where this was begun, not to an empty form
        self.go.emit(GoTo("family", {"family": done.record_id, "tab": "people"}))

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self._is_saving = False
        self.top_changed.emit()
        if isinstance(error, InputError) and error.fields:
            self._show_problems(error.fields)
        else:
            self.banner.offer("")
            show_error(self.banner, error)

    def _show_problems(self, problems: Sequence[FieldProblem]) -> None:
        self.summary.show_problems([field for form in self.forms.values() for field in form.show_problems(problems)])
