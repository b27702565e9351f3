"""The timeline with the people beside it, or with one record open beside it."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.attaching.attachments import Target, of_record
from sf_desktop.ops.drafts.drafting import Draft
from sf_desktop.ops.reading.chronology import start_line
from sf_desktop.ui.attach.card import AttachmentsCard
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.family import words
from sf_desktop.ui.family.overview import LaptopCard
from sf_desktop.ui.family.people import PeopleCard
from sf_desktop.ui.family.reading import RecordPanel, RecordWords
from sf_desktop.ui.family.timeline import TimelineTab
from sf_desktop.ui.family.verbs import FamilySheet
from sf_desktop.ui.form.adding import AddingCard
from sf_desktop.ui.form.opening import to_draft
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.surfaces import Page, row
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M
from sf_record.errors import SfError

ROOM_CHARS = 96  # below this there is room for one thing only


class StoryTab(QWidget):
    """`opened(str)` is a record that is to be read, `closed` that none is any more, `go` a wish to be elsewhere."""

    opened = Signal(str)
    closed = Signal()
    failed = Signal(object)
    go = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._family_id = ""
        self.timeline = TimelineTab(desk)
        self.panel, self.adding = RecordPanel(), AddingCard(desk)
        self.attached = AttachmentsCard(desk)
        self.attached.hide()
        self.attached.shown.connect(self._on_attached)
        self.adding.hide()
        self.people, self.laptop = PeopleCard(), LaptopCard()
        self._reading, self._about = Page(margin=0), Page(margin=0)
        for widget in (self.adding, self.panel, self.attached):
            self._reading.layout_.addWidget(widget)
        self._reading.layout_.addStretch(1)
        self._about.layout_.setSpacing(GAP_M)
        self._about.layout_.addWidget(self.people)
        self._about.layout_.addWidget(self.laptop)
        self._about.layout_.addStretch(1)
        self._reading.hide()
        self._marked: tuple[QWidget, float] = (self.panel, 0.0)
        self._bringing = later(self, 0, self._on_bring)
        self._keeping = later(self, 0, self.timeline.keep_in_sight)  # once the list has the room that is left to it
        across = row(self, gap=GAP_L)
        across.addWidget(self.timeline, 1)
        across.addWidget(self._reading, 1)
        across.addWidget(self._about)
        self.timeline.opened.connect(self.opened)
        self.timeline.failed.connect(self.failed)
        self.panel.closed.connect(self._on_closed)
        self.panel.go.connect(self.go)
        self.panel.chronology_wanted.connect(self._on_chronology_wanted)
        self.attached.go.connect(self.go)
        self.adding.ended.connect(self._on_adding_ended)
        self.adding.failed.connect(self._on_refused)

    def show_file(self, sheet: FamilySheet) -> None:
        """Show this family file's timeline, people and standing."""
        people = [(each.id, each.name) for each in sheet.view.people]
        self._family_id = sheet.view.id
        self.timeline.show_family(sheet.view.id, people, sheet.today)
        self.people.show_people(words.short_people(sheet.view))
        self.laptop.show_file(sheet)

    def show_record(self, record: RecordWords) -> None:
        """Open this record beside the timeline."""
        is_other = record.id != self.panel.record_id or self._reading.isHidden()
        self.panel.show_record(record)
        if is_other:
            self.attached.hide()
        self.attached.show_target(Target(self._family_id), of_record, self._family_id, record.id, may_add=False)
        if is_other:
            self.adding.leave()
            self._reading.show()
            self._reading.verticalScrollBar().setValue(0)
            self._keeping.start()
        self._share()

    def mark(self, question: str, answer: str, start: int, length: int) -> None:
        """Mark some words of the record that is open, and bring them into view."""
        self._marked = self.panel.mark(question, answer, start, length), start / max(1, len(answer))
        self._bringing.start()  # the record that was just shown is laid out first

    @Slot()
    def _on_bring(self) -> None:
        found, share = self._marked
        if shiboken6.isValid(found):
            spot = found.mapTo(self._reading.content, QPoint(0, round(found.height() * share)))
            self._reading.ensureVisible(0, spot.y(), 0, 80)

    def shut(self) -> None:
        """Show no record."""
        self._reading.hide()
        self.adding.leave()
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """With a record open the people step back; in a narrow window the timeline does too."""
        char = self.fontMetrics().averageCharWidth()
        is_wide = self.width() >= char * ROOM_CHARS
        is_reading = not self._reading.isHidden()
        self._about.setVisible(is_wide and not is_reading)
        self._about.setFixedWidth(min(char * 40, max(1, self.width() // 2)))
        self.timeline.setVisible(is_wide or not is_reading)

    @Slot()
    def _on_attached(self) -> None:
        """A record without attachments needs no card that says so."""
        self.attached.setVisible(bool(self.attached.views))

    @Slot(str)
    def _on_chronology_wanted(self, record_id: str) -> None:
        self._desk.ask(start_line, self._family_id, record_id, on_done=self._on_line, on_error=self._on_refused)

    @Slot(object)
    def _on_line(self, draft: Draft) -> None:
        self.go.emit(to_draft(draft))

    @Slot(object)
    def _on_refused(self, error: SfError) -> None:
        self.failed.emit(error)

    @Slot()
    def _on_closed(self) -> None:
        self.shut()
        self.timeline.list.setFocus()
        self.closed.emit()

    @Slot()
    def _on_adding_ended(self) -> None:
        self.panel.close_button.setFocus()
