"""Export: what a family file comes to, the warning that it leaves the encrypted laptop, and writing it where chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.bundle.exporting import (
    Export,
    Piece,
    Progress,
    Readiness,
    abandon,
    begin,
    fetch_missing,
    forget,
    go_on,
    manifest,
    paper_piece,
    put_in_place,
    readiness,
    write,
)
from sf_desktop.ops.bundle.shapes import NOT_IN_IT
from sf_desktop.ops.looks import Look
from sf_desktop.ops.printing.papers import Sheet, Wanted, take
from sf_desktop.papers import press
from sf_desktop.ui.attach.reading import aside, outside
from sf_desktop.ui.desk import Changes, Desk
from sf_desktop.ui.export import words
from sf_desktop.ui.kit.controls.buttons import Button, Kind
from sf_desktop.ui.kit.layout.listcard import ListCard, ListRow
from sf_desktop.ui.kit.layout.surfaces import FORM_CHARS, Card, Page, column
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.messages.states import LoadingState
from sf_desktop.ui.kit.picker import FilePicker
from sf_desktop.ui.kit.replies import Replies
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_XS
from sf_desktop.ui.kit.text.labels import body, subtitle, title
from sf_desktop.ui.kit.window.stack import GoTo, Screen, TopAction
from sf_desktop.ui.messages import show_error
from sf_record.errors import SfError


class ExportScreen(Screen):
    """Exports the family file of its subject `{"family": id}`. An export that is on its way goes on elsewhere too.

    `send_wanted`: something is to be fetched now.
    """

    send_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._replies = desk, Replies(self)
        self._family_id = self._path = ""
        self._ready: Readiness | None = None
        self._export: Export | None = None
        self._is_writing = self._is_stopping = self._is_fetching = False
        self._name = subtitle()
        self.banner = Banner(closable=True)
        self.banner.hide()
        self.warning = Banner(*words.WARNING, "warning")
        self.holds = ListCard("What is in it", "Nothing yet.")
        self.left_out = Card("What is not in it")
        for each in NOT_IN_IT:
            self.left_out.layout_.addWidget(body(f"• {each}"))
        self.missing = Card("Not all of it is on this laptop")
        self.missing_words = body()
        self.fetch_button = Button("Fetch what is missing")
        self.missing.layout_.addWidget(self.missing_words)
        self.missing.layout_.addWidget(self.fetch_button)
        self.writing = LoadingState("Writing the file", margin=0)
        self.picker = FilePicker(self, "Where to save the file", "Family file (*.zip)", saves="zip")
        self._lay_out()
        self.fetch_button.clicked.connect(self._on_fetch)
        self.writing.cancelled.connect(self._on_stop)
        self.picker.picked.connect(self._on_picked)
        desk.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        head = column(gap=GAP_XS)
        head.addWidget(title("Export this family file"))
        head.addWidget(self._name)
        self.page = page = Page(chars=FORM_CHARS)
        page.setAccessibleName("Export this family file")
        page.layout_.setSpacing(GAP_L)
        page.layout_.addLayout(head)
        for widget in (self.banner, self.warning, self.writing, self.missing, self.holds, self.left_out):
            page.layout_.addWidget(widget)
        page.layout_.addStretch(1)
        self.writing.hide()
        self.missing.hide()
        column(self).addWidget(page)

    @property
    def replies(self) -> Replies:
        """The paper that is still being set."""
        return self._replies

    # --- the screen ------------------------------------------------------------------------------------------------

    def title(self) -> str:
        return "Export"

    def family_id(self) -> str:
        return self._family_id if self._ready is not None else ""

    def top_actions(self) -> Sequence[TopAction]:
        if self._ready is None or self._is_writing:
            return ()
        back = TopAction("Back to the file", self._on_back)
        if not self._ready.is_ready:
            return (back,)
        return (back, TopAction("Choose where to save it", self._on_choose, Kind.PRIMARY))

    def take_focus(self) -> None:
        """Onto what is read first; from there the arrows scroll it."""
        (self.writing.button if self._is_writing else self.page).setFocus()

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        if self._is_writing:
            return  # one at a time: what is being written is shown until it is done
        family_id = str(subject.get("family") or "")
        if family_id != self._family_id:
            self.banner.hide()
            self._ready = None
            self._is_fetching = False
        self._family_id = family_id
        self._ask()

    def _ask(self) -> None:
        self._desk.ask(readiness, self._family_id, on_done=self._on_ready, on_error=self._on_error)

    @Slot(object)
    def _on_ready(self, ready: Readiness) -> None:
        self._ready = ready
        self._name.setText(ready.name)
        self.holds.show_rows([ListRow(lead, under) for lead, under in words.holds(ready)])
        self.missing.setVisible(not ready.is_ready)
        self.missing_words.setText(words.missing(ready))
        self.fetch_button.setVisible(bool(ready.missing))
        if self._is_fetching and not ready.missing:
            self._is_fetching = False
            self.banner.say(*words.FETCHED, "ok")
        self.top_changed.emit()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self._family_id in changes.families and self.isVisible() and not self._is_writing:
            self._ask()

    @Slot()
    def _on_back(self) -> None:
        self.go.emit(GoTo("family", {"family": self._family_id}))

    @Slot()
    def _on_fetch(self) -> None:
        self._desk.ask(fetch_missing, self._family_id, on_done=self._on_fetching, on_error=self._on_error)

    @Slot(object)
    def _on_fetching(self, _done: object) -> None:
        self._is_fetching = True
        self.banner.say(*words.FETCHING, "information")
        self.banner.show()
        self.send_wanted.emit()

    # --- writing ---------------------------------------------------------------------------------------------------

    @Slot()
    def _on_choose(self) -> None:
        self.picker.open(words.SUGGESTED)

    @Slot(object)
    def _on_picked(self, paths: tuple[str, ...]) -> None:
        self._is_writing, self._is_stopping = True, False
        self._path = paths[0]
        self.banner.hide()
        self.writing.say("Writing the file")
        self.writing.advance(0, 0)
        self.writing.show()
        self.writing.button.setEnabled(True)
        self.writing.button.setFocus()
        self.top_changed.emit()
        self._desk.ask(begin, self._family_id, paths[0], on_done=self._on_begun, on_error=self._on_failed)

    @Slot(object)
    def _on_begun(self, export: Export) -> None:
        self._export = export
        self._next(Progress(0, export.total))

    @Slot(object)
    def _next(self, progress: Progress) -> None:
        """Go on with the next piece; what others save meanwhile goes in between."""
        export = self._export
        if export is None:
            return
        self.writing.advance(progress.done, progress.total)
        if self._is_stopping:
            self._replies.watch(outside(abandon, export), self._on_stopped, self._on_failed)
        elif progress.is_done:
            self._desk.ask(forget, export)
            self._end(*words.done(self._path), "ok")
        elif progress.is_paper_next:
            self.writing.say("Setting the pages")
            wanted = Wanted("file", export.family_id)
            self._desk.ask(take, wanted, Look.EXPORTED, on_done=self._on_paper, on_error=self._on_failed)
        elif progress.done == progress.total - 1:
            self._desk.ask(manifest, export, on_done=self._on_manifest, on_error=self._on_failed)
        else:
            self._desk.ask(go_on, export, on_done=self._on_piece, on_error=self._on_failed)

    @Slot(object)
    def _on_piece(self, piece: Piece) -> None:
        """What was read of the vault is written beside it: nobody's save waits for a slow stick."""
        if self._export is not None:
            self._replies.watch(outside(write, self._export, piece), self._next, self._on_failed)

    @Slot(object)
    def _on_manifest(self, piece: Piece) -> None:
        if self._export is not None:
            self._replies.watch(outside(put_in_place, self._export, piece), self._next, self._on_failed)

    @Slot(object)
    def _on_paper(self, sheet: Sheet) -> None:
        self._replies.watch(aside(press.pdf, sheet.paper, sheet.stamp), self._on_set, self._on_failed)

    @Slot(object)
    def _on_set(self, made: bytes) -> None:
        self.writing.say("Writing the file")
        self._on_piece(paper_piece(made))

    @Slot()
    def _on_stop(self) -> None:
        self._is_stopping = True
        self.writing.say("Stopping")
        self.writing.button.setEnabled(False)

    @Slot(object)
    def _on_stopped(self, export: Export) -> None:
        self._on_abandoned(export)
        self._end(*words.STOPPED, "information")

    @Slot(object)
    def _on_abandoned(self, export: Export) -> None:
        """Only now: a kill before its part was removed has the next run remove it."""
        self._desk.ask(forget, export)

    @Slot(object)
    def _on_failed(self, error: SfError) -> None:
        if self._export is not None:
            self._replies.watch(outside(abandon, self._export), self._on_abandoned, self._on_error)
        self._end(error.title, error.advice, "danger")

    def _end(self, lead: str, advice: str, tone: str) -> None:
        self._export, self._is_writing = None, False
        self.writing.hide()
        self.banner.say(lead, advice, tone)
        self.banner.show()
        self.top_changed.emit()
        self.take_focus()

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        show_error(self.banner, error)
