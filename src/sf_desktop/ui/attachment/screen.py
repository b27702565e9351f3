"""One attachment: its content, what is said of it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.attaching.attachments import (
    add,
    change,
    describe,
    fetch_again,
    put_back,
    take_out,
    take_place_out,
    want,
    want_no_more,
)
from sf_desktop.ops.office import Done
from sf_desktop.ops.writing import clean
from sf_desktop.ui.attach import words
from sf_desktop.ui.attachment.sheet import AttachmentSheet, attachment_sheet
from sf_desktop.ui.attachment.viewing import Viewing
from sf_desktop.ui.desk import Changes, Desk
from sf_desktop.ui.form.autosave import AFTER_MS
from sf_desktop.ui.form.form import Form
from sf_desktop.ui.kit.controls.buttons import Kind
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.flow import Flow
from sf_desktop.ui.kit.layout.surfaces import Page, clear, column
from sf_desktop.ui.kit.messages.banners import Banner, ErrorSummary
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M, GAP_S, GAP_XS
from sf_desktop.ui.kit.text.labels import subtitle, title
from sf_desktop.ui.kit.text.tags import Tag
from sf_desktop.ui.kit.window.stack import GoTo, Screen, TopAction, Words
from sf_desktop.ui.messages import show_error
from sf_record.errors import InputError, SfError
from sf_record.kinds import KINDS

_HIDDEN = frozenset({"about_record", "media_type", "size", "sha256", "has_place", "kept_closed"})
_SIGNATURE = frozenset({"signed_how", "signed_by", "signed_for", "witness"})


LEAST_PICTURE, AROUND_PICTURE = 260, 190


class AttachmentScreen(Screen):
    """Shows the attachment of its subject `{"attachment": id}`. `send_wanted`: something is to be fetched now."""

    send_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._id = self._family_id = ""
        self.sheet: AttachmentSheet | None = None
        self.form: Form | None = None
        self._seen: Mapping[str, Any] = {}  # what was said of it when the form was made
        self._sent: Mapping[str, Any] | None = None  # what is being saved
        self._typed: Mapping[str, Any] = {}  # what was typed before, and not saved, to be put back
        self._keeping = later(self, AFTER_MS, self._keep)
        self._head, self._under = title(), subtitle()
        self._tags = QWidget()
        self._tag_flow = Flow(self._tags, gap=GAP_S)
        self.banner, self.place_banner = Banner(closable=True), Banner("", "", "warning", button="Take the place out")
        self.banner.hide()
        self.place_banner.hide()
        self.place_banner.pressed.connect(self._on_place_out)
        self.summary = ErrorSummary()
        self.viewing = Viewing(desk)
        self.viewing.fetch_wanted.connect(self._on_fetch)
        self.viewing.stop_wanted.connect(self._on_stop)
        self._form_place = QWidget()
        self._form_layout = column(self._form_place, gap=GAP_M)
        self._lay_out()
        desk.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        page = Page()
        head = column(gap=GAP_XS)
        for widget in (self._head, self._under, self._tags):
            head.addWidget(widget)
        page.layout_.setSpacing(GAP_M)
        page.layout_.addLayout(head)
        for widget in (self.banner, self.summary, self.place_banner):
            page.layout_.addWidget(widget)
        page.layout_.addWidget(Beside(self.viewing, self._form_place, room_chars=96, aside_chars=60), 1)
        column(self).addWidget(page)

    # --- the screen ------------------------------------------------------------------------------------------------

    def title(self) -> str:
        return "Attachment"

    def family_id(self) -> str:
        return self.sheet.view.family_id if self.sheet is not None else ""

    def top_actions(self) -> Sequence[TopAction]:
        sheet = self.sheet
        if sheet is None:
            return ()
        view = sheet.view
        if view.is_taken_out:
            return (TopAction("Put back", self._on_put_back, Kind.PRIMARY),)
        if view.is_held:
            out = TopAction("Take out", self._on_take_out, Kind.SECONDARY)
            if sheet.is_alone:
                return (out, TopAction("Add to the family file", self._on_add, Kind.PRIMARY, "sign"))
            return (out, TopAction("Done", self._on_done, Kind.PRIMARY, "sign"))
        found = TopAction("Show in the timeline", self._on_timeline, Kind.SECONDARY)
        if view.is_in_error:
            return (found,)
        return (found, TopAction("Save", self._on_save, Kind.PRIMARY, "sign"))

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        self.aside = self.typed_words()
        self._id = str(subject.get("attachment") or "")
        self.sheet, self._sent = None, None
        self._take_typed(self.take_words(self._id))
        self.banner.hide()
        self.place_banner.hide()
        self.viewing.clear()
        self.viewing.page = 0
        clear(self._form_layout)
        self.form = None
        self._head.setText("")
        self._under.setText("")
        self.viewing.show_none("Opening…", "")
        self._ask()

    def place(self) -> dict[str, Any]:
        return {"page": self.viewing.page}

    def restore(self, place: Mapping[str, Any]) -> None:
        self.viewing.page = int(place.get("page") or 0)

    def typed_words(self) -> Words:
        typed = self._unsaved()
        return {**self.aside, self._id: typed} if typed else self.aside

    def _unsaved(self) -> dict[str, Any]:
        """What is typed about a recorded attachment: it has no draft, so it is kept as `typed_words`, by attachment."""
        seen = {"family": self._family_id, "seen": dict(self._seen)}
        if self._typed:
            return {**seen, "typed": dict(self._typed)}
        if self.form is None or self.sheet is None or self.sheet.view.is_held:
            return {}
        body = self.form.body()
        return {} if clean(body) == clean(self._seen) else {**seen, "typed": body}

    def _take_typed(self, words: Mapping[str, Any]) -> None:
        self._family_id = str(words.get("family") or "")
        self._typed = dict(words.get("typed") or {})
        if self._typed:
            self._seen = dict(words["seen"])

    def _put_typed(self) -> None:
        if self.form is not None and self._typed:
            self.form.put(self._typed)
            self._typed = {}

    def leave(self) -> None:
        self._keep()
        self.viewing.clear()

    def take_focus(self) -> None:
        self.viewing.take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture is as tall as the window at most, however long the questions beside it are."""
        super().resizeEvent(event)
        self.viewing.set_highest(max(LEAST_PICTURE, self.height() - AROUND_PICTURE))

    def _ask(self) -> None:
        self._desk.ask(attachment_sheet, self._id, on_done=self._on_sheet, on_error=self._on_gone)

    @Slot(object)
    def _on_sheet(self, sheet: AttachmentSheet) -> None:
        view = sheet.view
        if view.id != self._id:
            return
        self.sheet, self._family_id = sheet, view.family_id
        self._head.setText(view.title)
        self._under.setText(words.meta(view))
        clear(self._tag_flow)
        told, tone = words.standing(view)
        if told:
            self._tag_flow.addWidget(Tag(told, tone))
        self._tags.setVisible(bool(told))
        if self.form is None:
            self._make_form(sheet)
        self._say_place(sheet)
        self.viewing.show_view(view)
        self.top_changed.emit()

    @Slot(object)
    def _on_gone(self, error: SfError) -> None:
        self.sheet = None
        self.viewing.show_none(error.title, error.advice)
        self.top_changed.emit()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self._id in changes.ids and self.isVisible():
            self._ask()

    # --- what is said of it ----------------------------------------------------------------------------------------

    def _make_form(self, sheet: AttachmentSheet) -> None:
        view = sheet.view
        hidden = _HIDDEN if view.body.get("sort") == "signature" else _HIDDEN | _SIGNATURE
        form = self.form = Form(KINDS["attachment"], sheet.context, self._form_place, hidden=hidden)
        form.put(view.body)
        self._seen = self._seen if self._typed else view.body
        self._put_typed()
        form.changed.connect(self._on_typed)
        form.left.connect(self._on_left)
        if view.is_in_error or view.is_taken_out:
            form.set_read_only(True)
        for section in form.sections.values():
            self._form_layout.addWidget(section)
        self._form_layout.addStretch(1)
        self._form_layout.setSpacing(GAP_L)

    def _say_place(self, sheet: AttachmentSheet) -> None:
        view = sheet.view
        self.place_banner.setVisible(bool(view.body.get("has_place")))
        words_ = (
            ("This picture says where it was taken", "Leave it in only if the place matters to the family’s record.")
            if view.is_held
            else ("This picture says where it was taken", "The place was left in when it was attached.")
        )
        self.place_banner.say(*words_, "warning", announce=False)
        self.place_banner.offer("Take the place out" if view.is_held else "")

    @Slot(str)
    def _on_typed(self, _name: str) -> None:
        if self.sheet is not None and not self._keeping.isActive():
            self._keeping.start()

    @Slot(str)
    def _on_left(self, _name: str) -> None:
        if self._keeping.isActive():
            self._keep()

    @Slot()
    def _keep(self) -> None:
        self._keeping.stop()
        if self.form is None or self.sheet is None:
            return
        if self.sheet.view.is_held:
            self._desk.ask(describe, self._id, self.form.body(), on_error=self._on_error)
        elif self._unsaved():
            self.place_changed.emit()

    # --- what can be done ------------------------------------------------------------------------------------------

    @Slot()
    def _on_done(self) -> None:
        self._keep()
        self.back.emit()

    @Slot()
    def _on_take_out(self) -> None:
        self._keep()
        self._desk.ask(take_out, self._id, on_done=self._on_put, on_error=self._on_error)

    @Slot()
    def _on_put_back(self) -> None:
        self._desk.ask(put_back, self._id, on_done=self._on_put, on_error=self._on_error)

    @Slot(object)
    def _on_put(self, _done: Done) -> None:
        self._take_typed(self._unsaved())
        clear(self._form_layout)
        self.form = None
        self._ask()

    @Slot()
    def _on_add(self) -> None:
        if self.form is not None and self._sent is None:
            self._keeping.stop()
            self._sent = self.form.body()
            self._desk.ask(add, self._id, self._sent, on_done=self._on_saved, on_error=self._on_error)

    @Slot()
    def _on_save(self) -> None:
        if self.form is not None and self._sent is None:
            self._keeping.stop()
            self._sent = self.form.body()
            self._desk.ask(change, self._id, self._sent, self._seen, on_done=self._on_saved, on_error=self._on_error)

    @Slot(object)
    def _on_saved(self, _done: Done) -> None:
        if self._sent is not None:  # what was typed since is not saved
            self._seen, self._sent = self._sent, None
            self.back.emit()

    @Slot()
    def _on_place_out(self) -> None:
        self._keep()
        self._desk.ask(take_place_out, self._id, on_done=self._on_put, on_error=self._on_error)

    @Slot()
    def _on_fetch(self) -> None:
        view = self.sheet.view if self.sheet is not None else None
        verb = fetch_again if view is not None and view.is_here else want
        self._desk.ask(verb, self._id, on_done=self._on_wanted, on_error=self._on_error)

    @Slot(object)
    def _on_wanted(self, _done: Done) -> None:
        self.send_wanted.emit()
        self._ask()

    @Slot()
    def _on_stop(self) -> None:
        self._desk.ask(want_no_more, self._id, on_done=self._on_put, on_error=self._on_error)

    @Slot()
    def _on_timeline(self) -> None:
        self.go.emit(GoTo("family", {"family": self.family_id(), "record": self._id}))

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self._sent = None
        if isinstance(error, InputError) and error.fields and self.form is not None:
            self.summary.show_problems(self.form.show_problems(error.fields), [])
        else:
            show_error(self.banner, error)
