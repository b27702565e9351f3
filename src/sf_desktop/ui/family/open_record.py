"""The record that is open beside the timeline: read, shown at the place that was found in it, and added to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from sf_desktop.ops.drafts.adding import AMENDMENT, IN_ERROR, LABELS
from sf_desktop.ops.drafts.drafting import Draft
from sf_desktop.ops.reading.finding import FoundPlace
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.family import words
from sf_desktop.ui.family.story import StoryTab
from sf_desktop.ui.family.verbs import RecordSheet, record_sheet
from sf_desktop.ui.form.left_behind import Typed
from sf_desktop.ui.kit.writing.hunspell import FamilySpelling
from sf_record.configuration import Phrase
from sf_record.errors import SfError


class OpenRecord(QObject):
    """Asks for the record that is wanted and shows it in the story. `id` is empty where none is open."""

    failed = Signal(object)

    def __init__(self, desk: Desk, story: StoryTab) -> None:
        super().__init__(story)
        self._desk, self._story = desk, story
        self.id = self._came_for = self._kind = ""
        self._adding_place: Mapping[str, Any] = {}
        self._begun: tuple[Draft, ...] = ()  # when the record was read
        self._next_id = ""  # of what is begun next; empty once something was begun since
        self._names: tuple[str, ...] = ()
        self._phrases: tuple[Phrase, ...] = ()
        self._found: FoundPlace | None = None
        story.opened.connect(self.open)
        story.closed.connect(self._on_closed)
        story.adding.ended.connect(self._on_adding_ended)
        story.panel.amend_wanted.connect(self._on_amend_wanted)
        story.panel.error_wanted.connect(self._on_mark_wanted)

    @Slot(str)
    def open(self, record_id: str, draft_id: str = "") -> None:
        """Show this record; what is begun on it stands beside it again, this draft of several."""
        self.id = record_id
        if draft_id:
            self._adding_place = {"draft": draft_id}
        self._desk.ask(record_sheet, record_id, on_done=self._on_sheet, on_error=self._on_error)

    def come_for(self, record_id: str, draft_id: str = "") -> None:
        """Open the record for whose sake one came here, if any: stepping back leaves it open.

        With a draft named, that is gone on with: several things may be begun on one record.
        """
        self._came_for = record_id
        if record_id:
            self.open(record_id, draft_id)
            self._story.timeline.choose(record_id)

    def open_at(self, place: FoundPlace) -> None:
        """Open a record where something was found in it."""
        self._found = place
        if place.record_id != self.id:
            self._story.timeline.choose(place.record_id)
        self.open(place.record_id)

    def shut(self) -> None:
        """Show none."""
        self._story.shut()
        self.id = ""

    def read_again(self, record_ids: Collection[str]) -> None:
        """Show it anew where it is among what changed."""
        if self.id in record_ids:
            self.open(self.id)

    @property
    def was_opened_here(self) -> bool:
        """Whether one is open that one did not come for."""
        return self.id not in ("", self._came_for)

    def place(self) -> dict[str, Any]:
        return {"record": self.id, "adding": self._story.adding.place()}

    def restore(self, place: Mapping[str, Any]) -> None:
        """Open what was open at this place, with what was being added to it."""
        if place.get("record"):
            self._adding_place = place.get("adding") or {}
            self.open(str(place["record"]))

    @Slot(object)
    def _on_sheet(self, sheet: RecordSheet) -> None:
        if sheet.view.record.id == self.id:
            self._story.show_record(words.record(sheet))
            self._mark_found()
            self._names = tuple(each.name for each in sheet.context.people)
            self._kind, self._phrases = sheet.view.record.kind, tuple(sheet.context.phrases)
            self._begun, self._next_id = sheet.begun, sheet.next_id
            self._go_on_adding()

    def _mark_found(self) -> None:
        """What was found is marked once its record is shown, and laid out."""
        place, self._found = self._found, None
        if place is not None and place.record_id == self.id:
            self._story.mark(place.question, place.text, place.start, place.length)

    def _go_on_adding(self) -> None:
        """What was being added to this record stands beside it again, with the cursor where it was."""
        place, self._adding_place = self._adding_place, {}
        card, kind, draft_id = self._story.adding, str(place.get("kind") or ""), str(place.get("draft") or "")
        if card.is_asking(self.id, kind, draft_id if self._is_begun(draft_id) else ""):
            return
        if left := card.left_of(self.id, draft_id if self._is_begun(draft_id) else ""):
            self._ask_for(left)  # with what the vault does not have yet
            return
        among = [each for each in self._begun if kind in ("", each.kind)]
        begun = next((each for each in among if each.id == draft_id), among[0] if among else None)
        if begun is None:
            if kind in LABELS:
                self._ask_for(Typed(self._next_id, kind, self.id))
                card.field.take_focus()
            return
        self._ask_for(Typed(begun.id, begun.kind, self.id, str(begun.body.get("text") or "")))
        card.field.put_cursor(int(place.get("cursor") or begun.place.get("cursor") or 0))
        if place.get("focus"):
            card.field.take_focus()

    def _is_begun(self, draft_id: str) -> bool:
        return any(each.id == draft_id for each in self._begun)

    @Slot()
    def _on_closed(self) -> None:
        self.id = ""

    @Slot()
    def _on_adding_ended(self) -> None:
        self._next_id = ""  # what was begun when the record was read is so no longer

    @Slot(str)
    def _on_amend_wanted(self, _record_id: str) -> None:
        self._begin_adding(AMENDMENT)

    @Slot(str)
    def _on_mark_wanted(self, _record_id: str) -> None:
        self._begin_adding(IN_ERROR)

    def _begin_adding(self, kind: str) -> None:
        """Begin it, or go on with what is begun; once the card was used since the record was read, it is read again."""
        card, self._adding_place = self._story.adding, {"kind": kind, "focus": True}
        if card.is_asking(self.id, kind):
            self._adding_place = {}
            card.field.take_focus()
        elif self._next_id and not card.is_asking(self.id):
            self._go_on_adding()
        else:
            card.leave()
            self.open(self.id)

    def _ask_for(self, asked: Typed) -> None:
        spelling, self._next_id = FamilySpelling(self._names), ""
        self._story.adding.ask(asked, spelling, of=self._kind, phrases=self._phrases)

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self.failed.emit(error)
