"""The visit form: its parts at the left, one thing to write at a time, last time and the way out beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.visits import LastTime, check_visit, sign_visit
from sf_desktop.ui.attach.card import AttachmentsCard, attached_parts
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.form import Form
from sf_desktop.ui.form.reading import Part
from sf_desktop.ui.form.room import WritingRoom
from sf_desktop.ui.form.sheet import Sheet
from sf_desktop.ui.form.signing import SigningScreen
from sf_desktop.ui.kit.actions import bind
from sf_desktop.ui.kit.beside import Beside
from sf_desktop.ui.kit.buttons import quiet
from sf_desktop.ui.kit.fields import Field
from sf_desktop.ui.kit.filters import Combo
from sf_desktop.ui.kit.flow import Flow
from sf_desktop.ui.kit.labels import subtitle, title
from sf_desktop.ui.kit.moments import clock_words, day_words, local, long_day
from sf_desktop.ui.kit.sections import Section, SectionList
from sf_desktop.ui.kit.statuses import status_tone
from sf_desktop.ui.kit.surfaces import Page, column, row
from sf_desktop.ui.kit.tags import Tag
from sf_desktop.ui.kit.tokens import GAP_M, GAP_S, GAP_XS
from sf_desktop.ui.visit.progress import Progress
from sf_desktop.ui.visit.side import DangerCard, LastTimeCard, Promised


class VisitScreen(SigningScreen):
    """Shows the draft of a visit."""

    kind_name = "visit"
    hidden = frozenset({"planned_visit"})
    one_row_each = frozenset({"children"})
    check_verb = staticmethod(check_visit)
    finish_verb = staticmethod(sign_visit)
    what = "visit"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.list: SectionList | None = None
        self._cards = QWidget()
        self._parts = Combo("Part of the visit")
        self._last = LastTimeCard()
        self._page = Page()
        self.attached: AttachmentsCard | None = None
        self._progress: Progress | None = None
        self._is_marked = False  # something is to be mended: the list of parts says when it is
        bind("next_section", self, self._on_next_section)
        bind("previous_section", self, self._on_previous_section)

    def title(self) -> str:
        return "Visit"

    def more_parts(self) -> tuple[Part, ...]:
        return attached_parts(self.attached)

    def about(self) -> str:
        if self.sheet is None:
            return ""
        return f"Visit to {self.sheet.family_name}. {_started(self.sheet)}"

    # --- layout ----------------------------------------------------------------------------------------------------

    def arrange(self, form: Form, sheet: Sheet) -> QWidget:
        self._progress = Progress(form, sheet)
        self.list = SectionList(
            "Parts of the visit", [Section(each, card.group.label) for each, card in form.sections.items()]
        )
        self.list.chosen.connect(self._on_chosen)
        self._cards = QWidget()
        page = self._page = Page(parent=self._writing)
        page.layout_.setSpacing(GAP_M)
        page.layout_.addWidget(self._head(sheet))
        page.layout_.addWidget(self.banner)
        page.layout_.addWidget(self.summary)
        writing = Beside(self._middle(form), self._side(sheet), room_chars=86, aside_chars=36)
        whole = Beside(writing, self.list, room_chars=112, aside_chars=30, aside_first=True)
        whole.arranged.connect(self._on_arranged)
        self._on_arranged(whole.is_beside)
        page.layout_.addWidget(whole, 1)
        self._place_sections(form)
        return page

    def _place_sections(self, form: Form) -> None:
        """Put the cards where they belong, last: those that are not shown are not dressed until they are."""
        down = column(self._cards)
        first = next(iter(form.sections))
        for name, section in form.sections.items():
            if name != first:
                section.hide()
            down.addWidget(section)
        self._show_section(first)

    def _head(self, sheet: Sheet) -> QWidget:
        words = QWidget()
        down = column(words, gap=GAP_XS)
        top = QWidget()
        flow = Flow(top, gap=GAP_M)
        name = title(f"Visit to {sheet.family_name}")
        name.setWordWrap(False)
        flow.addWidget(name)
        for text, tone in _status_tags(sheet):
            flow.addWidget(Tag(text, tone))
        down.addWidget(top)
        down.addWidget(subtitle(" · ".join(part for part in (_started(sheet), sheet.address) if part)))
        return words

    def _middle(self, form: Form) -> QWidget:
        middle = QWidget()
        down = column(middle, gap=GAP_S)
        self._parts = Combo("Part of the visit")
        self._parts.setMaximumWidth(16_777_215)
        for name, section in _parts_of(form):
            self._parts.addItem(section, name)
        self._parts.activated.connect(self._on_part)
        self._parts.hide()
        down.addWidget(self._parts)
        down.addWidget(self._cards)
        across = row(gap=GAP_M)
        self._previous = quiet("Previous part")
        self._next = quiet("Next part")
        self._previous.clicked.connect(self._on_previous_section)
        self._next.clicked.connect(self._on_next_section)
        across.addWidget(self._previous)
        across.addStretch(1)
        across.addWidget(self._next)
        down.addLayout(across)
        down.addStretch(1)
        WritingRoom(self._page, middle)
        return middle

    def _side(self, sheet: Sheet) -> QWidget:
        side = QWidget()
        down = column(side, gap=GAP_M)
        self._last = LastTimeCard()
        self._last.show_promises(*_promised(sheet.last_time, sheet), was_visited=sheet.last_time is not None)
        self._last.done_wanted.connect(self._on_all_done)
        self._last.carry_wanted.connect(self._on_carry)
        danger = DangerCard()
        danger.show_numbers([(each.label, each.number) for each in sheet.configuration.contacts])
        down.addWidget(self._last)
        down.addWidget(danger)
        self.attached = AttachmentsCard(self._desk, is_small=True)
        self.attached.go.connect(self.go)
        self.attached.show_draft(sheet)
        down.addWidget(self.attached)
        down.addStretch(1)
        return side

    # --- moving about ----------------------------------------------------------------------------------------------

    def kept_place(self) -> dict[str, Any]:
        return {"section": self.list.current} if self.list is not None else {}

    def _put_place(self, place: Mapping[str, Any]) -> None:
        section = str(place.get("section") or "")
        if self.form is not None and section in self.form.sections:
            self._show_section(section)
        super()._put_place(place)

    def first_field(self, form: Form) -> Field:
        current = self.list.current if self.list is not None else next(iter(form.sections))
        return form.sections[current].fields()[0]

    @Slot(str)
    def show_field(self, path: str) -> None:
        self.show_writing()
        section = self.form.section_of(path) if self.form is not None else None
        if section is not None and self.form is not None:
            self._show_section(section.group.name)
            self.form.restore({"field": path})

    def _show_section(self, name: str) -> None:
        if self.form is None or self.list is None:
            return
        names = list(self.form.sections)
        self.list.select(name)
        self._parts.setCurrentIndex(names.index(name))
        for each, section in self.form.sections.items():
            section.setVisible(each == name)
        self._previous.setEnabled(name != names[0])
        self._next.setEnabled(name != names[-1])
        self._say_progress()

    @Slot(bool)
    def _on_arranged(self, is_beside: bool) -> None:
        """Where there is no room for the list of parts, a drop-down says which part this is."""
        if self.list is not None:
            self.list.setVisible(is_beside)
            self._parts.setVisible(not is_beside)

    @Slot(int)
    def _on_part(self, index: int) -> None:
        self._on_chosen(str(self._parts.itemData(index)))

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        self.autosave.now()
        self._show_section(name)
        if self.form is not None:
            first = self.form.sections[name].fields()[0]
            first.take_focus()
            self._page.ensureWidgetVisible(first)

    @Slot()
    def _on_next_section(self) -> None:
        if self.list is not None and self.pages.currentWidget() is self._writing:
            self.list.step(1)

    @Slot()
    def _on_previous_section(self) -> None:
        if self.list is not None and self.pages.currentWidget() is self._writing:
            self.list.step(-1)

    @Slot(str)
    def _on_changed(self, name: str) -> None:
        super()._on_changed(name)
        if self._is_marked:
            self._say_progress()

    @Slot(str)
    def _on_left(self, name: str) -> None:
        super()._on_left(name)
        self._say_progress()

    def _say_progress(self) -> None:
        if self._progress is not None and self.list is not None:
            told = self._progress.words(self.list.current)
            self._is_marked = any(tone == "danger" for _, tone in told.values())
            for name, (words, tone) in told.items():
                self.list.say(name, words, tone)

    # --- what was promised last time -------------------------------------------------------------------------------

    @Slot()
    def _on_all_done(self) -> None:
        self._put_promises(is_done=True)

    @Slot()
    def _on_carry(self) -> None:
        self._put_promises(is_done=False)

    def _put_promises(self, *, is_done: bool) -> None:
        """Put last time's promises among what was agreed, ticked or not; what is there already is not doubled."""
        if self.form is None or self.sheet is None or self.sheet.last_time is None:
            return
        rows = [dict(each) for each in self.form.body().get("agreed") or []]
        by_what = {str(each.get("what") or "").strip().casefold(): each for each in rows}
        for promise in self.sheet.last_time.promises:
            known = by_what.get(promise.what.strip().casefold())
            if known is None:
                known = {"what": promise.what, "who": promise.who, "due_on": promise.due_on}
                rows.append({name: value for name, value in known.items() if value})
                known = rows[-1]
            if is_done:
                known["is_done"] = True
            else:
                known.pop("is_done", None)
        self.form.put_one("agreed", rows)
        self.autosave.touch()
        self._show_section("agreed")


def _parts_of(form: Form) -> list[tuple[str, str]]:
    """The parts of the form, by name and label."""
    return [(name, section.group.label) for name, section in form.sections.items()]


def _started(sheet: Sheet) -> str:
    text = str(sheet.draft.body.get("started_at") or sheet.draft.started_at)
    at = local(text)
    return f"{long_day(at.date())}, started {clock_words(text)}" if at else ""


def _status_tags(sheet: Sheet) -> list[tuple[str, str]]:
    by_status: dict[str, tuple[str, list[str]]] = {}
    for person in sheet.people:
        for status in person.statuses if person.is_child else ():
            by_status.setdefault(status.code, (status.label, []))[1].append(person.name.split(" ")[0])
    return [(f"{' · '.join(names)}: {label.lower()}", status_tone(code)) for code, (label, names) in by_status.items()]


def _promised(last: LastTime | None, sheet: Sheet) -> tuple[str, list[Promised]]:
    if last is None:
        return "", []
    at = local(last.happened_at)
    made = []
    for promise in last.promises:
        by = f"by {day_words(promise.due_on, sheet.today)}" if promise.due_on else ""
        under = " · ".join(part for part in (promise.who, by, "done" if promise.is_done else "") if part)
        made.append(Promised(promise.what, under))
    return (f"{at.day} {at:%b}" if at else ""), made
