"""One attachment: its picture or text in memory, what is said of it, where it is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QWidget

from sf_desktop.ops.attachments import (
    Opened,
    add,
    change,
    describe,
    fetch_again,
    look,
    put_back,
    take_out,
    take_place_out,
    want,
    want_no_more,
)
from sf_desktop.ops.office import Done
from sf_desktop.store.attachments import State
from sf_desktop.ui.attach import words
from sf_desktop.ui.attach.decoding import decode
from sf_desktop.ui.attach.reading import aside
from sf_desktop.ui.attachment.leaves import Leaf, Leaves
from sf_desktop.ui.attachment.sheet import AttachmentSheet, attachment_sheet
from sf_desktop.ui.desk import Changes, Desk
from sf_desktop.ui.form.autosave import AFTER_MS
from sf_desktop.ui.form.form import Form
from sf_desktop.ui.kit.banners import Banner, ErrorSummary
from sf_desktop.ui.kit.beside import Beside
from sf_desktop.ui.kit.buttons import Kind, quiet, secondary
from sf_desktop.ui.kit.flow import Flow
from sf_desktop.ui.kit.labels import subtitle, title
from sf_desktop.ui.kit.picture import STEP, PictureView
from sf_desktop.ui.kit.replies import Replies
from sf_desktop.ui.kit.stack import GoTo, Screen, TopAction
from sf_desktop.ui.kit.states import EmptyState
from sf_desktop.ui.kit.surfaces import Page, clear, column
from sf_desktop.ui.kit.tags import Tag
from sf_desktop.ui.kit.tokens import GAP_L, GAP_M, GAP_S, GAP_XS
from sf_desktop.ui.messages import show_error
from sf_record.description import KINDS
from sf_record.errors import InputError, SfError

_HIDDEN = frozenset({"about_record", "media_type", "size", "sha256", "has_place", "kept_closed"})
_SIGNATURE = frozenset({"signed_how", "signed_by", "signed_for", "witness"})


LEAST_PICTURE, AROUND_PICTURE = 260, 190


class AttachmentScreen(Screen):
    """Shows the attachment of its subject `{"attachment": id}`. `send_wanted`: something is to be fetched now."""

    send_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._replies = desk, Replies(self)
        self._id = ""
        self._opened_id = ""
        self.sheet: AttachmentSheet | None = None
        self.form: Form | None = None
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(AFTER_MS)
        self._keeping.timeout.connect(self._keep)
        self._head, self._under = title(), subtitle()
        self._tags = QWidget()
        self._tag_flow = Flow(self._tags, gap=GAP_S)
        self.banner, self.place_banner = Banner(closable=True), Banner("", "", "warning", button="Take the place out")
        self.banner.hide()
        self.place_banner.hide()
        self.place_banner.pressed.connect(self._on_place_out)
        self.summary = ErrorSummary()
        self.picture, self.text, self.nothing = PictureView(), QPlainTextEdit(), EmptyState("", "", "Fetch it")
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Text of the attachment")
        self.nothing.pressed.connect(self._on_fetch)
        self.pages = QStackedWidget()
        for page in (self.picture, self.text, self.nothing):
            self.pages.addWidget(page)
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
        seen = QWidget()
        down = column(seen, gap=GAP_S)
        down.addWidget(self._tools())
        down.addWidget(self.pages, 1)
        down.addStretch(0)
        page.layout_.addWidget(Beside(seen, self._form_place, room_chars=96, aside_chars=60), 1)
        column(self).addWidget(page)

    def _tools(self) -> QWidget:
        self._tool_bar = QWidget()
        flow = Flow(self._tool_bar, gap=GAP_S)
        self._leaves = Leaves(self)
        self._leaves.drawn.connect(self._on_leaf)
        self._leaves.failed.connect(self._on_no_leaf)
        flow.addWidget(self._leaves.bar)
        for label, spoken, slot in (
            ("Nearer", "Bring the picture nearer", self._on_nearer),
            ("Farther", "Show more of the picture", self._on_farther),
            ("Fit", "Show the whole picture", self._on_fit),
            ("Turn", "Turn the picture a quarter, for the eye only", self._on_turn),
        ):
            button = secondary(label, spoken=spoken)
            button.clicked.connect(slot)
            flow.addWidget(button)
        self.stop_button = quiet("Stop fetching")
        self.stop_button.clicked.connect(self._on_stop)
        flow.addWidget(self.stop_button)
        return self._tool_bar

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
        self._id, self._opened_id = str(subject.get("attachment") or ""), ""
        self.sheet = None
        self.banner.hide()
        self.place_banner.hide()
        self.picture.clear()
        self.text.clear()
        self._leaves.close()
        clear(self._form_layout)
        self.form = None
        self._head.setText("")
        self._under.setText("")
        self._say_nothing("Opening…", "")
        self._ask()

    def leave(self) -> None:
        self._keep()
        self.picture.clear()
        self.text.clear()
        self._leaves.close()
        self._opened_id = ""

    def take_focus(self) -> None:
        if self.pages.currentWidget() is self.nothing and self.nothing.button.isVisible():
            self.nothing.button.setFocus()
        elif (page := self.pages.currentWidget()) is not None:
            page.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture is as tall as the window at most, however long the questions beside it are."""
        super().resizeEvent(event)
        self.pages.setMaximumHeight(max(LEAST_PICTURE, self.height() - AROUND_PICTURE))

    def _ask(self) -> None:
        self._desk.ask(attachment_sheet, self._id, on_done=self._on_sheet, on_error=self._on_gone)

    @Slot(object)
    def _on_sheet(self, sheet: AttachmentSheet) -> None:
        view = sheet.view
        if view.id != self._id:
            return
        self.sheet = sheet
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
        self._show(sheet)
        self.top_changed.emit()

    @Slot(object)
    def _on_gone(self, error: SfError) -> None:
        self.sheet = None
        self._say_nothing(error.title, error.advice)
        self.top_changed.emit()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self._id in changes.ids and self.isVisible():
            self._ask()

    # --- its content -----------------------------------------------------------------------------------------------

    def _show(self, sheet: AttachmentSheet) -> None:
        view = sheet.view
        self.stop_button.setVisible(view.state is State.WANTED)
        self._tool_bar.setVisible(view.is_picture or view.has_pages or view.state is State.WANTED)
        if view.is_shown:
            if self._opened_id != f"{view.id}:{view.body.get('sha256')}":
                self._opened_id = f"{view.id}:{view.body.get('sha256')}"
                self._desk.ask(look, view.id, on_done=self._on_opened, on_error=self._on_not_opened)
            return
        if not view.has_content:
            self._say_nothing("There is no picture of this", "What was said and who heard it stands beside.")
        elif view.closed:
            self._say_nothing(*words.closed_words(view))
        elif view.state is State.WANTED:
            self._say_nothing("It is being fetched from the council", words.standing(view)[0])
        elif not view.is_here:
            self._say_nothing("This file is at the council", "It is fetched when you ask for it.", "Fetch it")
        else:
            self._say_nothing(*words.NOT_SHOWN)

    def _say_nothing(self, head: str, advice: str, button: str = "") -> None:
        self.nothing.say(head, advice, button)
        self.pages.setCurrentWidget(self.nothing)
        self._tool_bar.setVisible(self.sheet is not None and self.sheet.view.state is State.WANTED)

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        if opened.view.id != self._id:
            return
        if opened.view.has_pages:
            self._leaves.open(opened.content)
        elif opened.view.is_picture:
            media_type = str(opened.view.body.get("media_type"))
            work = aside(_decoded, self._opened_id, opened.content, media_type)
            self._replies.watch(work, self._on_image, self._on_not_opened)
        else:
            self.text.setPlainText(opened.content.decode("utf-8-sig", "replace"))
            self.pages.setCurrentWidget(self.text)

    @Slot(object)
    def _on_image(self, decoded: tuple[str, QImage]) -> None:
        which, image = decoded
        if self.sheet is not None and which == self._opened_id:  # else another is open by now
            self.picture.show_image(image, f"Picture: {self.sheet.view.title}")
            self.pages.setCurrentWidget(self.picture)

    @Slot(object)
    def _on_leaf(self, leaf: Leaf) -> None:
        if self.sheet is not None and self._opened_id.startswith(self._id):
            self.picture.show_image(leaf.image, f"{leaf.words} of {self.sheet.view.title}")
            self.picture.setAccessibleDescription(leaf.letters)
            self.pages.setCurrentWidget(self.picture)
            self._tool_bar.show()

    @Slot()
    def _on_no_leaf(self) -> None:
        self._say_nothing(*words.NO_PAGE)
        self._tool_bar.setVisible(self._leaves.count > 1)

    @Slot(object)
    def _on_not_opened(self, error: SfError) -> None:
        view = self.sheet.view if self.sheet is not None else None
        may_fetch = view is not None and view.state is State.WITH_COUNCIL and error.code != "attachment_closed"
        self._say_nothing(error.title, error.advice, "Fetch it again" if may_fetch else "")

    # --- what is said of it ----------------------------------------------------------------------------------------

    def _make_form(self, sheet: AttachmentSheet) -> None:
        view = sheet.view
        hidden = _HIDDEN if view.body.get("sort") == "signature" else _HIDDEN | _SIGNATURE
        form = self.form = Form(KINDS["attachment"], sheet.context, self._form_place, hidden=hidden)
        form.put(view.body)
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
        if self.sheet is not None and self.sheet.view.is_held and not self._keeping.isActive():
            self._keeping.start()

    @Slot(str)
    def _on_left(self, _name: str) -> None:
        if self._keeping.isActive():
            self._keep()

    @Slot()
    def _keep(self) -> None:
        self._keeping.stop()
        if self.form is not None and self.sheet is not None and self.sheet.view.is_held:
            self._desk.ask(describe, self._id, self.form.body(), on_error=self._on_error)

    # --- what can be done ------------------------------------------------------------------------------------------

    @Slot()
    def _on_done(self) -> None:
        self._keep()
        self.back.emit()

    @Slot()
    def _on_take_out(self) -> None:
        self._desk.ask(take_out, self._id, on_done=self._on_put, on_error=self._on_error)

    @Slot()
    def _on_put_back(self) -> None:
        self._desk.ask(put_back, self._id, on_done=self._on_put, on_error=self._on_error)

    @Slot(object)
    def _on_put(self, _done: Done) -> None:
        clear(self._form_layout)
        self.form = None
        self._ask()

    @Slot()
    def _on_add(self) -> None:
        if self.form is not None:
            self._keeping.stop()
            self._desk.ask(add, self._id, self.form.body(), on_done=self._on_saved, on_error=self._on_error)

    @Slot()
    def _on_save(self) -> None:
        if self.form is not None:
            self._desk.ask(change, self._id, self.form.body(), on_done=self._on_saved, on_error=self._on_error)

    @Slot(object)
    def _on_saved(self, _done: Done) -> None:
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

    @Slot()
    def _on_nearer(self) -> None:
        self.picture.nearer(STEP)

    @Slot()
    def _on_farther(self) -> None:
        self.picture.nearer(1 / STEP)

    @Slot()
    def _on_fit(self) -> None:
        self.picture.fit()

    @Slot()
    def _on_turn(self) -> None:
        self.picture.turn()

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        if isinstance(error, InputError) and error.fields and self.form is not None:
            self.summary.show_problems(self.form.show_problems(error.fields), [])
        else:
            show_error(self.banner, error)


def _decoded(which: str, content: bytes, media_type: str) -> tuple[str, QImage]:
    """Decode a picture, and say of which attachment. Runs beside the window."""
    return which, decode(content, media_type)
