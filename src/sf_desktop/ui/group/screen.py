"""A group of an activity: opened, changed or closed by a supervisor, with who keeps its register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.families.group_files import (
    GroupFile,
    GroupFiles,
    change_group,
    close_group,
    group_files,
    new_group_id,
    open_group,
)
from sf_desktop.ops.office import Done
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.autosave import AFTER_MS
from sf_desktop.ui.form.problems import show_at_fields
from sf_desktop.ui.group import words
from sf_desktop.ui.kit.controls.buttons import Kind
from sf_desktop.ui.kit.fields.choices import ChoicesField, CodeField, Option
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.fields.text import TextField
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.surfaces import FORM_CHARS, Card, Page, column
from sf_desktop.ui.kit.messages.banners import Banner, ErrorSummary
from sf_desktop.ui.kit.messages.sure import SureButton
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M, GAP_XS
from sf_desktop.ui.kit.text.labels import body, subtitle, title
from sf_desktop.ui.kit.window.stack import GoTo, Screen, TopAction, Words
from sf_record.description import LINE_CHARACTERS
from sf_record.errors import SfError

_SEEN = ("name", "activity", "about", "keepers", "closed_on")


class GroupScreen(Screen):
    """Shows the group of its subject `{"group": id}`, or a new one where the id is empty.

    What is being written here has no draft: it is kept as `typed_words`, by the group's id.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._group: GroupFile | None = None
        self._wanted = ""  # the id of the group that is shown, also before it is here
        self._new_id = ""  # the id that a new group gets, however often it is asked
        self._typed: Mapping[str, Any] | None = None  # what was written before, to be put back once the lists are here
        self._is_saving = False
        self._may_open = False
        self._keeping = later(self, AFTER_MS, self.place_changed)
        self._title, self.page = title(""), Page(chars=FORM_CHARS)
        self.banner, self.summary = Banner(), ErrorSummary()
        self.name_field = TextField("name", "Name of the group", width_chars=40, max_length=LINE_CHARACTERS)
        self.activity = CodeField("activity", "Activity", hint="Your council’s own list")
        self.about = TextField(
            "about", "Where and when", hint="Such as Tuesdays at 10:00, and the centre", max_length=LINE_CHARACTERS
        )
        self.keepers = ChoicesField("keepers", "Who keeps its register, or puts people on it", hint=words.KEEPERS)
        self.form = Card("The group")
        self.form.layout_.setSpacing(GAP_M)
        self.closing = Card("Close the group")
        self.close_button = SureButton("Close this group…", "Yes, close it", "Keep it open")
        self._lay_out()
        for field in (self.name_field, self.activity, self.about, self.keepers):
            field.changed.connect(self._on_typed)
        self.close_button.confirmed.connect(self._on_close)

    def _lay_out(self) -> None:
        head = column(gap=GAP_XS)
        head.addWidget(self._title)
        head.addWidget(subtitle(words.INTRODUCTION))
        for field in (self.name_field, self.activity, self.about, self.keepers):
            self.form.layout_.addWidget(field)
        self.closing.layout_.addWidget(body(words.CLOSING))
        self.closing.layout_.addWidget(self.close_button)
        self.page.layout_.setSpacing(GAP_L)
        self.page.layout_.addLayout(head)
        for widget in (self.banner, self.summary, self.form, self.closing):
            self.page.layout_.addWidget(widget)
        self.page.layout_.addStretch(1)
        for hidden in (self.banner, self.closing):
            hidden.hide()
        column(self).addWidget(self.page)

    # --- the screen ------------------------------------------------------------------------------------------------

    def title(self) -> str:
        return "Group"

    def top_actions(self) -> Sequence[TopAction]:
        if self._is_saving:
            return ()
        back = TopAction("Back to Registers", self._on_back)
        return (back, TopAction(self._verb(), self._on_save, Kind.PRIMARY, "sign")) if self._may_open else (back,)

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        wanted = str(subject.get("group") or "")
        if wanted != self._wanted:
            self.aside = self.typed_words()
            self._clear()
            self._wanted = wanted
        self._typed = self.take_words(wanted) or self._typed
        self.banner.hide()  # what was done the last time was said then
        self._desk.ask(group_files, on_done=self._on_files, on_error=self._on_error)

    def step_back(self) -> bool:
        return self.close_button.step_back()

    def take_focus(self) -> None:
        self.name_field.take_focus()

    def typed_words(self) -> Words:
        """What is written, beside what it was seen as.

        Nothing where it was seen so: whoever comes back then sees what stands by then.
        """
        if self._typed is not None:
            return {**self.aside, self._wanted: self._typed}
        if not self._is_changed():
            return self.aside
        seen = {name: getattr(self._group, name) for name in _SEEN} if self._group is not None else None
        more = {"family": self._wanted, "keepers": list(self.keepers.value()), "new": self._new_id, "seen": seen}
        return {**self.aside, self._wanted: {**self._written(), **more}}

    def _verb(self) -> str:
        if self._group is None:
            return "Open the group"
        return "Open it again" if self._group.closed_on else "Save"

    def _written(self) -> dict[str, Any]:
        return {"name": self.name_field.value(), "activity": self.activity.value(), "about": self.about.value()}

    def _is_changed(self) -> bool:
        """Say whether anything stands in the form otherwise than it was seen."""
        seen, now = self._group, self._written()
        if seen is None:
            return not self._wanted and (any(now.values()) or bool(self.keepers.value()))
        told = (seen.name, seen.activity, seen.about, set(seen.keepers))
        return (now["name"], now["activity"] or "", now["about"], set(self.keepers.value())) != told

    def _clear(self) -> None:
        self._group, self._typed, self._new_id = None, None, ""
        self.banner.hide()
        self._forget_problems()
        self._put("", None, "", ())

    def _put(self, name: str, activity: str | None, about: str, keepers: Sequence[str]) -> None:
        self.name_field.set_value(name)
        self.activity.set_value(activity)
        self.about.set_value(about)
        self.keepers.set_value(keepers)

    @Slot(object)
    def _on_files(self, found: GroupFiles) -> None:
        written, chosen = self._written(), self.keepers.value()
        newest = next((each for each in found.groups if each.id == self._wanted), None)
        # What is being changed stays beside what it was seen as: else it would undo what others changed meanwhile.
        # That it was closed or opened is seen all the same, and decided anew.
        seen, is_changed = self._group, self._typed is None and self._is_changed()
        stays = is_changed and newest is not None and seen is not None and newest.closed_on == seen.closed_on
        self._may_open = found.may_open
        if not stays:
            self._group = newest
        names = {each.code: each.label for each in found.activities}
        self.activity.set_options([Option(code, label) for code, label in names.items()])
        self.keepers.set_options([Option(each.id, each.name, words.role(each.role)) for each in found.people])
        if self._typed is not None:
            typed, self._typed = self._typed, None
            self._group = _as_seen(newest, typed)
            self._new_id = str(typed.get("new") or "")
            self._put(str(typed["name"]), typed["activity"], str(typed["about"]), tuple(typed["keepers"]))
        elif self._group is not None and not is_changed:
            self._put(self._group.name, self._group.activity, self._group.about, self._group.keepers)
        else:
            self._put(written["name"], written["activity"], written["about"], chosen)
        self._show_parts(found)

    def _show_parts(self, found: GroupFiles) -> None:
        self._title.setText(words.heading(self._group))
        self.form.setVisible(found.may_open)
        self.closing.setVisible(found.may_open and self._group is not None and not self._group.closed_on)
        self.close_button.step_back()
        if not found.may_open:
            self.banner.say(*words.NOT_YOU, "information")
            self.banner.show()
        elif self._group is not None and self._group.closed_on and not self.banner.isVisible():
            self.banner.say(*words.closed(self._group, found.people), "information")
            self.banner.show()
        self.top_changed.emit()

    # --- writing and saving ----------------------------------------------------------------------------------------

    @Slot()
    def _on_typed(self) -> None:
        self._keeping.start()

    @Slot()
    def _on_save(self) -> None:
        if self._is_saving:
            return
        self._is_saving = True
        self.banner.hide()
        self._forget_problems()
        if self._group is None and not self._new_id:
            self._desk.ask(new_group_id, on_done=self._on_new_id, on_error=self._on_error)
        else:
            self._save()

    @Slot(object)
    def _on_new_id(self, new_id: str) -> None:
        self._new_id = new_id
        self._save()

    def _save(self) -> None:
        written, keepers = self._written(), self.keepers.value()
        if self._group is None:
            self._desk.ask(
                open_group, self._new_id, written, keepers, on_done=self._on_saved, on_error=self._on_error
            )  # fmt: skip
        else:
            self._desk.ask(change_group, self._group, written, keepers, on_done=self._on_saved, on_error=self._on_error)

    @Slot(object)
    def _on_saved(self, done: Done) -> None:
        self._settle(done.record_id, words.saved(self._group))

    def _settle(self, group_id: str, said: tuple[str, str]) -> None:
        """Show the group as it stands now, and say what was done."""
        self._is_saving = False
        self._clear()
        self._wanted = group_id
        self.subject_changed.emit({"group": group_id})
        self.banner.say(*said, "ok")
        self.banner.show()
        self.take_focus()  # before what has the keyboard goes away, and takes it to the rail
        self.page.verticalScrollBar().setValue(0)
        self._desk.ask(group_files, on_done=self._on_files, on_error=self._on_error)
        self.place_changed.emit()

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self._is_saving = False
        self.top_changed.emit()
        show_at_fields(error, self._fields(), self.summary, self.banner)

    @Slot()
    def _on_back(self) -> None:
        self.go.emit(GoTo("register"))

    def _forget_problems(self) -> None:
        self.summary.show_problems([])
        for field in self._fields():
            field.problem = ""

    def _fields(self) -> tuple[Field, ...]:
        return self.name_field, self.activity, self.about, self.keepers

    # --- closing ---------------------------------------------------------------------------------------------------

    @Slot()
    def _on_close(self) -> None:
        if self._group is not None and not self._is_saving:
            self._is_saving = True
            self._desk.ask(close_group, self._group.id, on_done=self._on_closed, on_error=self._on_error)

    @Slot(object)
    def _on_closed(self, _done: Done) -> None:
        self._settle(self._wanted, words.NOW_CLOSED)


def _as_seen(now: GroupFile | None, typed: Mapping[str, Any]) -> GroupFile | None:
    """Return a group as it was seen when somebody wrote; as it is, where it was closed or opened since."""
    was = typed.get("seen")
    if now is None or not was or was["closed_on"] != now.closed_on:
        return now
    return replace(now, **{name: was[name] for name in _SEEN} | {"keepers": tuple(was["keepers"])})
