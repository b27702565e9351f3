"""Keeping the register of an activity on a day, with or without a signal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.activities.registering import catalogue, keep_register, keep_unsaved, register
from sf_desktop.ops.activities.registers import Activity, Catalogue, Register
from sf_desktop.ops.families.group_files import GroupFiles, group_files
from sf_desktop.ops.moments import long_day
from sf_desktop.ops.office import Done
from sf_desktop.ui.desk import Changes, Desk
from sf_desktop.ui.form.autosave import AFTER_MS
from sf_desktop.ui.kit.controls.buttons import Kind
from sf_desktop.ui.kit.fields.choices import CodeField, Option
from sf_desktop.ui.kit.fields.dates import DateField
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.surfaces import FORM_CHARS, Card, Page, column
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_XS
from sf_desktop.ui.kit.text.labels import muted, subtitle, title
from sf_desktop.ui.kit.window.stack import Screen, TopAction
from sf_desktop.ui.messages import show_error
from sf_desktop.ui.register.groups import GroupFilesCard
from sf_desktop.ui.register.rows import RowsCard
from sf_record.errors import SfError

Marks = dict[str, bool | None]
_ON_A_REGISTER = frozenset({"group_session", "group_member", "attendance", "activity_place"})
_IN_THE_LIST = frozenset({"group"})

NO_LONGER = (
    "This register is no longer kept here",
    "The group was closed, or somebody else keeps it now. What you saved stays: Sending says where it is.",
)

OTHERWISE = (
    "Somebody else marked this register too",
    "What stands now is shown below. Where you both marked somebody at once, Needs you shows both versions.",
)


class RegisterScreen(Screen):
    """Shows the register of the chosen activity and day. What is marked and not saved is kept in the vault."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.shown: Register | None = None
        self._unsaved: dict[str, Marks] = {}  # by activity and day
        self._saving: list[tuple[str, Marks]] = []  # what the vault was asked to save, in that order
        self._kept: tuple[str, Marks] = ("", {})  # what was saved last, and is said to be, by activity and day
        self._is_marked = False
        self._is_marked_since = False  # since the vault was asked what it has of this
        self._wanted = ""  # the activity to come back to, once the list is here
        self._today: date | None = None  # as it was when the list came
        self._runs = ("", "")  # the activity and day that somebody says they run
        self._keeping = later(self, AFTER_MS, self.leave)
        self.banner = Banner(closable=True)
        self.banner.hide()
        self.waiting = Banner("A register is marked and not saved", "", "warning", button="Open it")
        self.waiting.pressed.connect(self._on_waiting)
        self.waiting.hide()
        self.activity = CodeField("activity", "Activity", empty="Choose an activity")
        self.day = DateField("day", "Day")
        self.about = muted("")
        self._about: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._offered: list[Option] = []
        self.rows = RowsCard()
        self.rows.hide()
        self.groups = GroupFilesCard()
        self.none = EmptyState(
            "There is no register to keep",
            "No activity is listed and no group is on this laptop. A group comes here by itself once a supervisor has"
            " chosen you for its register; activities are listed by whoever looks after the program at your council.",
        )
        self.none.hide()
        self._choosing = Card()
        self._arrange()
        self.activity.changed.connect(self._on_chosen)
        self.day.changed.connect(self._on_chosen)
        self.rows.marked.connect(self._on_marked)
        self.rows.runs.connect(self._on_runs)
        self.groups.go.connect(self.go)
        self._desk.changed.connect(self._on_changed)

    def _arrange(self) -> None:
        page = Page(chars=FORM_CHARS)
        head = column(gap=GAP_XS)
        head.addWidget(title("Registers"))
        head.addWidget(subtitle("Who came to an activity or a group, with or without a signal."))
        self._choosing.layout_.addWidget(self.activity)
        self._choosing.layout_.addWidget(self.about)
        self._choosing.layout_.addWidget(self.day)
        page.layout_.setSpacing(GAP_L)
        page.layout_.addLayout(head)
        for widget in (self.banner, self.waiting, self._choosing, self.rows, self.none, self.groups):
            page.layout_.addWidget(widget)
        page.layout_.addStretch(1)
        column(self).addWidget(page)

    # --- the screen ------------------------------------------------------------------------------------------------

    def title(self) -> str:
        return "Registers"

    def top_actions(self) -> Sequence[TopAction]:
        if self.shown is None or not self.shown.rows:
            return ()
        return (TopAction("Save the register", self._on_save, Kind.PRIMARY, "sign"),)

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        self._wanted = str(subject.get("activity") or self._wanted)
        self._ask_lists()

    def _ask_lists(self) -> None:
        self._is_marked_since = False
        self._desk.ask(catalogue, on_done=self._on_activities, on_error=self._on_error)
        self._desk.ask(group_files, on_done=self._on_groups, on_error=self._on_error)

    def take_focus(self) -> None:
        self.activity.take_focus()

    def place(self) -> dict[str, Any]:
        is_todays = self.day.value() == self._today and not self._are_marks_unsaved()
        return {"activity": self.activity.value(), "day": "" if is_todays else self._day()}

    def restore(self, place: Mapping[str, Any]) -> None:
        if place.get("day"):
            self.day.set_value(date.fromisoformat(str(place["day"])))
        self._wanted = str(place.get("activity") or "")
        self._choose_wanted()

    @Slot()
    def leave(self) -> None:
        """Hand what is marked and not saved to the vault now."""
        self._keeping.stop()
        if self._is_marked:
            self._is_marked = False
            unsaved = {key: dict(marks) for key, marks in self._unsaved.items()}  # the vault reads it beside us
            self._desk.ask(keep_unsaved, unsaved, on_error=self._on_error)

    def _choose_wanted(self) -> None:
        if self._wanted:
            self.activity.set_value(self._wanted)
        if self.activity.value():
            self._wanted = ""
            self._ask()

    def _day(self) -> str:
        day = self.day.value()
        return day.isoformat() if day is not None else ""

    def _are_marks_unsaved(self) -> bool:
        return bool(self._unsaved.get(f"{self.activity.value()}|{self._day()}"))

    def _key(self) -> str:
        return f"{self.shown.activity}|{self.shown.day}" if self.shown is not None else ""

    def _other(self) -> tuple[str, str]:
        """An activity and a day that are marked and not saved, and are not those on the screen; empty where none is."""
        offered = {str(each) for each in self._labels}
        others = (key.rpartition("|") for key, marks in self._unsaved.items() if marks and key != self._key())
        return next(((which, day) for which, _, day in sorted(others) if which in offered), ("", ""))

    def _say_waiting(self) -> None:
        which, day = self._other()
        if which:
            self.waiting.say(
                "A register is marked and not saved",
                f"{self._labels[which]}, {long_day(date.fromisoformat(day))}. It is sent once it is saved.",
                "warning", announce=False,
            )  # fmt: skip
        self.waiting.setVisible(bool(which))

    @Slot()
    def _on_waiting(self) -> None:
        which, day = self._other()
        if which:
            self.day.set_value(date.fromisoformat(day))
            self.activity.set_value(which)
            self._on_chosen()

    # --- choosing --------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_activities(self, found: Catalogue) -> None:
        offered = found.activities
        if not self._is_marked and not self._is_marked_since:
            self._unsaved = {key: dict(marks) for key, marks in found.unsaved.items()}
        self._about = {each.code: _about(each) for each in offered}
        self._labels = {each.code: each.label for each in offered}
        today = date.fromisoformat(found.today)
        self.day.take_years_from(today, may_be_future=False)
        # Who left the register of a day that was today comes back to today's, but for marks that are still to be saved.
        is_over = self._today not in (None, today) and self.day.value() == self._today and not self._are_marks_unsaved()
        if is_over or not self.day.typed():
            self.day.set_value(today)
        self._today = today
        self._offer([Option(each.code, each.label) for each in offered])
        self._choosing.setVisible(bool(offered))
        self.none.setVisible(not offered)
        self._choose_wanted()
        if is_over:
            self._ask()
        if not self.activity.value():
            self._say_waiting()

    def _offer(self, options: list[Option]) -> None:
        """Offer these; what somebody is typing to find one stays where they are the same."""
        if options == self._offered:
            return
        self._offered = options
        self.activity.set_options(options)
        if self.shown is not None and self.shown.activity not in self._labels:
            self._ask()  # nothing is chosen now: its rows and its button go
            self.banner.say(*NO_LONGER, "information")
            self.banner.show()

    @Slot(object)
    def _on_groups(self, found: GroupFiles) -> None:
        self.groups.show_files(found)

    @Slot()
    def _on_chosen(self) -> None:
        self.banner.hide()
        self._ask()

    def _ask(self) -> None:
        activity, day = self.activity.value(), self._day()
        self.about.setText(self._about.get(activity or "", ""))
        self.about.setVisible(bool(self.about.text()))
        if activity and day:
            is_run = self._runs == (activity, day)
            self._desk.ask(register, activity, day, is_run, on_done=self._on_register, on_error=self._on_error)
        else:
            self.shown = None
            self.rows.hide()
            self.top_changed.emit()
            self._say_waiting()

    @Slot(object)
    def _on_register(self, shown: Register) -> None:
        if (shown.activity, shown.day) != (self.activity.value(), self._day()):
            return
        self.shown = shown
        self.rows.show_rows(shown.rows, self._unsaved.get(self._key(), {}))
        self.rows.show()
        self._say_otherwise()
        self.top_changed.emit()
        self._say_waiting()

    def _say_otherwise(self) -> None:
        """Say where what was saved here is not what stands: a colleague's marks came with a round."""
        assert self.shown is not None, "it is shown"
        key, marks = self._kept
        stand = {each.person_id: each.came for each in self.shown.rows}
        if key == self._key() and any(stand.get(each, came) != came for each, came in marks.items()):
            self._kept = ("", {})
            self.banner.say(*OTHERWISE, "warning")
            self.banner.show()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        """What a colleague marked comes with a round, also while somebody marks here; groups come and go with one."""
        if not self.isVisible():
            return
        if changes.kinds & _IN_THE_LIST or changes.families & self._labels.keys():
            self._ask_lists()
        elif self.shown is not None and changes.kinds & _ON_A_REGISTER:
            self._ask()

    # --- marking ---------------------------------------------------------------------------------------------------

    @Slot()
    def _on_marked(self) -> None:
        self.banner.hide()  # that it was saved is not true of this mark
        self._kept = ("", {})
        self._unsaved[self._key()] = self.rows.marks()
        self._is_marked = self._is_marked_since = True
        if not self._keeping.isActive():
            self._keeping.start()

    @Slot()
    def _on_runs(self) -> None:
        if self.shown is not None:
            self._runs = (self.shown.activity, self.shown.day)
            self._ask()

    @Slot()
    def _on_save(self) -> None:
        if self.shown is None:
            return
        marks = self.rows.marks()
        self._saving.append((self._key(), marks))
        self._desk.ask(
            keep_register, self.shown.activity, self.shown.day, marks,
            on_done=self._on_kept, on_error=self._on_not_kept,
        )  # fmt: skip

    @Slot(object)
    def _on_not_kept(self, error: SfError) -> None:
        self._saving.pop(0)
        self._on_error(error)

    @Slot(object)
    def _on_kept(self, _done: Done) -> None:
        key, marks = self._saving.pop(0)
        if self._unsaved.get(key) == marks:  # else somebody was marked meanwhile, and that is not saved
            self._unsaved.pop(key)
        self._is_marked, self._kept = True, (key, marks)
        self.leave()
        self.banner.say("The register is saved on this laptop", self.rows.summary, "ok")
        self.banner.show()
        self._ask()

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        show_error(self.banner, error)


def _about(activity: Activity) -> str:
    if activity.is_group:
        who = "1 person belongs to this group" if activity.places == 1 else f"{activity.places} people belong to it"
    else:
        places = "1 place" if activity.places == 1 else f"{activity.places} places"
        who = f"{places} on this laptop, kept in each family’s own file"
    return " · ".join(part for part in (activity.about, who) if part)
