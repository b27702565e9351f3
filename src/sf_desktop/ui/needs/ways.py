"""The ways on that settle nothing: what waits is mended, made a note or an amendment, given up, or looked up."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from sf_desktop.ops.drafts import adding
from sf_desktop.ops.drafts.drafting import Draft
from sf_desktop.ops.office import Done
from sf_desktop.ops.records import mending
from sf_desktop.ops.records.notes import start_note
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.opening import to_draft
from sf_desktop.ui.kit.window.stack import GoTo
from sf_desktop.ui.needs.conflict import ConflictPanel
from sf_desktop.ui.needs.mend import MendPanel
from sf_desktop.ui.needs.settled import SettledPanel
from sf_record.errors import SfError


class About(NamedTuple):
    """What is before the worker, by its ids; `event_id` is that of what was not taken, or of what was settled."""

    family_id: str
    record_id: str
    event_id: str


class WaysOn(QObject):
    """Does what the panels offer, about whatever `about()` says is before the worker then (None: nothing).

    ``said(lead, rest)`` tells what was done, ``refused(SfError)`` what was not; ``go(GoTo)`` leads elsewhere.
    """

    said = Signal(str, str)
    refused = Signal(object)
    go = Signal(object)

    def __init__(self, desk: Desk, about: Callable[[], About | None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._about = desk, about

    def offered_by(self, conflict: ConflictPanel, mend: MendPanel, settled: SettledPanel) -> None:
        """Answer the buttons of these panels."""
        conflict.amend_wanted.connect(self._on_amend)
        conflict.note_wanted.connect(self._on_note)
        mend.again_wanted.connect(self._on_again)
        mend.note_wanted.connect(self._on_copy)
        mend.text_wanted.connect(self._on_text_wanted)
        mend.given_up.connect(self._on_give_up)
        for panel in (conflict, mend, settled):
            panel.record_wanted.connect(self._on_record)
        for panel in (conflict, mend):
            panel.history_wanted.connect(self._on_history)

    @Slot()
    def _on_again(self) -> None:
        if about := self._about():
            self._desk.ask(mending.write_again, about.event_id, on_done=self._on_draft, on_error=self._on_refused)

    @Slot()
    def _on_copy(self) -> None:
        if about := self._about():
            self._desk.ask(mending.copy_to_note, about.event_id, on_done=self._on_draft, on_error=self._on_refused)

    @Slot(str)
    def _on_note(self, text: str) -> None:
        if about := self._about():
            self._desk.ask(start_note, about.family_id, "note", text, on_done=self._on_draft, on_error=self._on_refused)

    @Slot(object)
    def _on_draft(self, draft: Draft) -> None:
        self.go.emit(to_draft(draft))

    @Slot()
    def _on_text_wanted(self) -> None:
        if about := self._about():
            self._desk.ask(mending.text_of, about.event_id, on_done=self._on_text, on_error=self._on_refused)

    @Slot(object)
    def _on_text(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.said.emit("Copied", "Paste it where it belongs now.")

    @Slot(str)
    def _on_amend(self, text: str) -> None:
        if about := self._about():
            asked = (adding.AMENDMENT, about.record_id, text)
            self._desk.ask(adding.begin, *asked, on_done=self._on_amending, on_error=self._on_refused)

    @Slot(object)
    def _on_amending(self, _at: str) -> None:
        self._on_record()

    @Slot(str)
    def _on_give_up(self, reason: str) -> None:
        if about := self._about():
            self._desk.ask(
                mending.give_up, about.event_id, reason, on_done=self._on_given_up, on_error=self._on_refused
            )

    @Slot(object)
    def _on_given_up(self, _done: Done) -> None:
        self.said.emit("Given up", "It stays readable under Sending, with your reason.")

    @Slot()
    def _on_record(self) -> None:
        self._go_to("family")

    @Slot()
    def _on_history(self) -> None:
        self._go_to("history")

    def _go_to(self, screen: str) -> None:
        if about := self._about():
            self.go.emit(GoTo(screen, {"family": about.family_id, "record": about.record_id}))

    @Slot(object)
    def _on_refused(self, error: SfError) -> None:
        self.refused.emit(error)
