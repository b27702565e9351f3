"""A family file: the banner always in view, and under it the overview, the timeline, its parts and the plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from sf_desktop.ops.attaching.attachments import Target, of_family
from sf_desktop.ops.drafts.adding import LABELS
from sf_desktop.ops.drafts.drafting import Draft, begin_change, get
from sf_desktop.ops.reading.finding import FoundPlace
from sf_desktop.ops.records.notes import start_note
from sf_desktop.ops.visiting.visits import start_visit
from sf_desktop.ui.attach.card import AttachmentsCard
from sf_desktop.ui.desk import Changes, Desk
from sf_desktop.ui.family import words
from sf_desktop.ui.family.finding import FindBar
from sf_desktop.ui.family.identity import IdentityBanner
from sf_desktop.ui.family.open_record import OpenRecord
from sf_desktop.ui.family.overview import OverviewTab
from sf_desktop.ui.family.part import PartPage
from sf_desktop.ui.family.planned import PlannedTab
from sf_desktop.ui.family.story import StoryTab
from sf_desktop.ui.family.verbs import FamilySheet, family_sheet
from sf_desktop.ui.form.opening import screen_of
from sf_desktop.ui.kit.controls.buttons import Kind
from sf_desktop.ui.kit.controls.tabs import Tabs
from sf_desktop.ui.kit.layout.surfaces import Page, column
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.style.tokens import GAP_M
from sf_desktop.ui.kit.window.filetab import FileTab, FileTabPlan
from sf_desktop.ui.kit.window.stack import GoTo, Screen, TopAction, ToRead
from sf_desktop.ui.messages import show_error
from sf_record.errors import SfError

COMPACT_LINES, LEAST_LINES = 32, 11


class FamilyScreen(Screen):
    """Shows the file of its subject `{"family": id}`, at the tab `{"tab": name}` or with `{"record": id}` open."""

    def __init__(self, desk: Desk, parts: Sequence[FileTabPlan] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._family_id = ""
        self.sheet: FamilySheet | None = None
        self.identity = IdentityBanner()
        self.banner = Banner(closable=True)
        self.banner.hide()
        self.finding = FindBar(desk)
        self.finding.hide()
        self.tabs = Tabs("Parts of the family file")
        self.pages = QStackedWidget()
        # Each part scrolls by itself: the tallest must not make the whole file scroll as well.
        self.pages.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.overview, self.story = OverviewTab(), StoryTab(desk)
        self.record = OpenRecord(desk, self.story)
        self.planned, self.files = PlannedTab(desk), AttachmentsCard(desk)
        self.parts = {plan.name: PartPage(plan) for plan in parts}
        self._names_of_tabs: list[str] = []
        self._add_tab("overview", "Overview", _scrolling(self.overview))
        self._add_tab("timeline", "Timeline", self.story)
        for part in self.parts.values():
            part.made.connect(self._on_part_made)
            self._add_tab(part.plan.name, part.plan.label, part)
        self._add_tab("planned", "Visits planned", _scrolling(self.planned))
        self._add_tab("files", "Files", files := _scrolling(self.files))
        self.files.take_anywhere(files)
        self.gone = EmptyState("", "", "Go to Families")
        self.gone.hide()
        self._file = QWidget()
        inside = column(self._file, gap=GAP_M)
        for widget in (self.identity, self.banner, self.finding, self.tabs):
            inside.addWidget(widget)
        inside.addWidget(self.pages, 1)
        self._page = Page()
        self._page.layout_.addWidget(self._file, 1)
        self._page.layout_.addWidget(self.gone, 1)
        column(self).addWidget(self._page)
        self.tabs.setCurrentIndex(1)
        self.pages.setCurrentIndex(1)
        self._connect()

    def _add_tab(self, name: str, label: str, page: QWidget) -> None:
        self._names_of_tabs.append(name)
        self.tabs.addTab(label)
        self.pages.addWidget(page)

    @Slot(object)
    def _on_part_made(self, tab: FileTab) -> None:
        tab.go.connect(self.go)
        tab.failed.connect(self._on_error)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._on_tab)
        self.gone.pressed.connect(self._on_families)
        self.overview.draft_wanted.connect(self._on_draft_wanted)
        self.overview.family_wanted.connect(self._on_change_family)
        self.overview.part_wanted.connect(self._on_part_wanted)
        self.story.failed.connect(self._on_error)
        self.record.failed.connect(self._on_error)
        panel = self.story.panel
        panel.change_wanted.connect(self._on_change_wanted)
        panel.history_wanted.connect(self._on_history_wanted)
        panel.settle_wanted.connect(self._on_settle_wanted)
        panel.read_back_wanted.connect(self.read_back_wanted)
        self.overview.history_wanted.connect(self._on_family_history)
        self.overview.print_wanted.connect(self._on_print_file)
        self.overview.export_wanted.connect(self._on_export)
        self.overview.workers_wanted.connect(self._on_workers)
        self.story.adding.said.connect(self.top_changed)
        self.story.adding.begun.connect(self.place_changed)
        self.planned.go.connect(self.go)
        self.planned.failed.connect(self._on_error)
        self.files.go.connect(self.go)
        self.story.go.connect(self.go)
        self._desk.changed.connect(self._on_changed)
        self.finding.went.connect(self._on_found)
        self.finding.closed.connect(self.take_focus)
        self.finding.failed.connect(self._on_error)

    # --- the screen ------------------------------------------------------------------------------------------------

    def title(self) -> str:
        return "Family file"

    def top_actions(self) -> Sequence[TopAction]:
        if self.sheet is None:
            return ()
        return (
            TopAction("Concern", self._on_concern, Kind.DANGER, "concern"),
            TopAction("Read first", self._on_pack),
            TopAction("Plan a visit", self._on_plan),
            TopAction("New note", self._on_note, Kind.SECONDARY, "new_note"),
            TopAction("Start visit", self._on_visit, Kind.PRIMARY, "start_visit"),
        )

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        family_id = str(subject.get("family") or "")
        if family_id != self._family_id:
            self.sheet = None
            self.record.shut()
            self.finding.hide()
            for part in self.parts.values():
                part.forget()
        self._family_id = family_id
        record_id, tab = str(subject.get("record") or ""), str(subject.get("tab") or "")
        if record_id or tab:
            self._show_tab("timeline" if record_id else tab)
        self.record.come_for(record_id, str(subject.get("draft") or ""))
        self._ask()

    def family_id(self) -> str:
        return self._family_id if self.sheet is not None else ""

    def step_back(self) -> bool:
        """Close what was opened here: the record from the timeline, or finding. One that was come for stays."""
        if not self.finding.isHidden():
            self.finding.shut()
            return True
        was_opened_here = self._tab == "timeline" and self.record.was_opened_here
        if was_opened_here:
            self.story.panel.close_button.click()
        return was_opened_here

    def begin(self, what: str) -> None:
        {"note": self._on_note, "visit": self._on_visit}[what]()

    def take_focus(self) -> None:
        if self._tab == "timeline" and self.record.id:
            self.story.panel.close_button.setFocus()
        elif self._tab not in self.parts or not self.parts[self._tab].take_focus_back():
            self.tabs.setFocus()

    def read_back(self) -> ToRead | None:
        return self.story.panel.to_read if self._tab == "timeline" and self.record.id else None

    def place(self) -> dict[str, Any]:
        return {
            "tab": self._tab,
            "part": self.parts[self._tab].place() if self._tab in self.parts else {},
            "timeline": self.story.timeline.place(),
            **self.record.place(),
        }

    def restore(self, place: Mapping[str, Any]) -> None:
        self._show_tab(str(place.get("tab") or "timeline"))
        if self._tab in self.parts:
            self.parts[self._tab].restore(place.get("part") or {})
        self.story.timeline.restore(place.get("timeline") or {})
        self.record.restore(place)

    def leave(self) -> None:
        self.story.adding.hand_over()
        for part in self.parts.values():
            part.leave()

    def saved_words(self) -> tuple[str, str]:
        return self.story.adding.words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        line = self.fontMetrics().lineSpacing()
        self.identity.set_compact(self.height() < line * COMPACT_LINES)
        self.pages.setMinimumHeight(line * LEAST_LINES)

    def _show_tab(self, name: str) -> None:
        if name in self._names_of_tabs:
            self.tabs.setCurrentIndex(self._names_of_tabs.index(name))

    @property
    def _tab(self) -> str:
        """The name of the tab that is shown."""
        return self._names_of_tabs[self.tabs.currentIndex()]

    # --- showing ---------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._desk.ask(family_sheet, self._family_id, on_done=self._on_sheet, on_error=self._on_no_sheet)

    @Slot(object)
    def _on_sheet(self, sheet: FamilySheet) -> None:
        if sheet.view.id != self._family_id:
            return
        is_first = self.sheet is None
        self.sheet = sheet
        self._file.show()
        self.gone.hide()
        self.identity.show_words(words.identity(sheet))
        self._fill()
        if is_first:
            self.top_changed.emit()

    @Slot(object)
    def _on_no_sheet(self, error: SfError) -> None:
        self.sheet = None
        self.gone.say(error.title, error.advice, "Go to Families")
        self._file.hide()
        self.gone.show()
        self.top_changed.emit()

    def _fill(self) -> None:
        """Fill the tab that is shown; the others are filled when somebody goes there."""
        if self.sheet is None:
            return
        match self._tab:
            case "overview":
                self.overview.show_file(self.sheet)
            case "timeline":
                self.story.show_file(self.sheet)
            case "planned":
                self.planned.show_family(self._family_id)
            case "files":
                self.files.show_target(Target(self._family_id), of_family, self._family_id)
            case name if name in self.parts:
                self.parts[name].show_family(self._family_id)

    @Slot(int)
    def _on_tab(self, index: int) -> None:
        self._fill()
        self.pages.setCurrentIndex(index)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if not self._family_id or self._family_id not in changes.families:
            return
        self.story.timeline.forget(tuple(changes.ids))  # while one is elsewhere, too: it is waiting no more
        if self.isVisible():
            self._ask()
            self.record.read_again(changes.ids)

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        show_error(self.banner, error)

    # --- finding and reading ---------------------------------------------------------------------------------------

    def find_words(self) -> bool:
        if self.sheet is not None:
            self.finding.open(self._family_id)
        return True

    @Slot(object)
    def _on_found(self, place: FoundPlace) -> None:
        self._show_tab("timeline")
        self.record.open_at(place)

    # --- going on --------------------------------------------------------------------------------------------------

    @Slot()
    def _on_visit(self) -> None:
        self._desk.ask(start_visit, self._family_id, on_done=self._on_draft, on_error=self._on_error)

    @Slot()
    def _on_concern(self) -> None:
        self.go.emit(GoTo("concern", {"for": self._family_id}))

    @Slot()
    def _on_note(self) -> None:
        self._desk.ask(start_note, self._family_id, on_done=self._on_draft, on_error=self._on_error)

    @Slot(str)
    def _on_part_wanted(self, name: str) -> None:
        self._show_tab(name)

    @Slot()
    def _on_change_family(self) -> None:
        self._desk.ask(begin_change, self._family_id, on_done=self._on_draft, on_error=self._on_error)

    @Slot(str)
    def _on_change_wanted(self, record_id: str) -> None:
        self._desk.ask(begin_change, record_id, on_done=self._on_draft, on_error=self._on_error)

    @Slot(str)
    def _on_history_wanted(self, record_id: str) -> None:
        self.go.emit(GoTo("history", {"family": self._family_id, "record": record_id}))

    @Slot()
    def _on_print_file(self) -> None:
        self.go.emit(GoTo("paper", {"paper": "file", "family": self._family_id}))

    @Slot()
    def _on_workers(self) -> None:
        self.go.emit(GoTo("allocation", {"family": self._family_id}))

    @Slot()
    def _on_export(self) -> None:
        self.go.emit(GoTo("export", {"family": self._family_id}))

    @Slot()
    def _on_family_history(self) -> None:
        self._on_history_wanted(self._family_id)

    @Slot(str)
    def _on_settle_wanted(self, record_id: str) -> None:
        self.go.emit(GoTo("needs", {"record": record_id}))

    @Slot(object)
    def _on_draft(self, draft: Draft) -> None:
        self._on_draft_wanted(f"{draft.kind}:{draft.id}")

    @Slot(str)
    def _on_draft_wanted(self, target: str) -> None:
        kind, _, draft_id = target.partition(":")
        if kind in LABELS:
            self._desk.ask(get, draft_id, on_done=self._on_adding_draft, on_error=self._on_error)
            return
        self.go.emit(GoTo(screen_of(kind), {"draft": draft_id}))

    @Slot(object)
    def _on_adding_draft(self, draft: Draft) -> None:
        self._show_tab("timeline")
        self.record.open(draft.record_id or "", draft.id)

    @Slot()
    def _on_plan(self) -> None:
        self.go.emit(GoTo("plan", {"family": self._family_id}))

    @Slot()
    def _on_pack(self) -> None:
        self.go.emit(GoTo("pack", {"family": self._family_id, "planned": ""}))

    @Slot()
    def _on_families(self) -> None:
        self.go.emit(GoTo("families", {}))


def _scrolling(widget: QWidget) -> Page:
    page = Page(margin=0)
    page.layout_.addWidget(widget)
    page.layout_.addStretch(1)
    return page
