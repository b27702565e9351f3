"""The content of one attachment: its picture, a page of it or its text, in memory only, or why there is none to see."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QWidget

from sf_desktop.ops.attaching.attachments import AttachmentView, Opened, look
from sf_desktop.store.tables.attachments import State
from sf_desktop.ui.attach import words
from sf_desktop.ui.attach.decoding import decode
from sf_desktop.ui.attach.reading import aside
from sf_desktop.ui.attachment.leaves import Leaf, Leaves
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.kit.controls.buttons import quiet, secondary
from sf_desktop.ui.kit.drawings.picture import STEP, PictureView
from sf_desktop.ui.kit.layout.flow import Flow
from sf_desktop.ui.kit.layout.surfaces import column
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.replies import Replies
from sf_desktop.ui.kit.style.tokens import GAP_S
from sf_record.errors import SfError


class Viewing(QWidget):
    """`fetch_wanted` comes where it is to be fetched, `stop_wanted` where that is to end."""

    fetch_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._replies = desk, Replies(self)
        self._view: AttachmentView | None = None
        self._opened_id = ""
        self.page = 0  # of a PDF, from 0: which is shown first when one comes back to it
        self.picture, self.text, self.nothing = PictureView(), QPlainTextEdit(), EmptyState("", "", "Fetch it")
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Text of the attachment")
        self.nothing.pressed.connect(self.fetch_wanted)
        self.pages = QStackedWidget()
        for page in (self.picture, self.text, self.nothing):
            self.pages.addWidget(page)
        down = column(self, gap=GAP_S)
        down.addWidget(self._tools())
        down.addWidget(self.pages, 1)
        down.addStretch(0)

    def _tools(self) -> QWidget:
        self._tool_bar = QWidget()
        flow = Flow(self._tool_bar, gap=GAP_S)
        self._leaves = Leaves(self)
        self._leaves.drawn.connect(self._on_leaf)
        self._leaves.failed.connect(self._on_no_leaf)
        self.picture.turned.connect(self._leaves.turn)
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
        self.stop_button.clicked.connect(self.stop_wanted)
        flow.addWidget(self.stop_button)
        return self._tool_bar

    @property
    def is_busy(self) -> bool:
        """Whether a picture is still being decoded, be it of the one that was open before."""
        return self._replies.open_count > 0

    def clear(self) -> None:
        """Let go of the content."""
        self._opened_id = ""
        self.picture.clear()
        self.text.clear()
        self._leaves.close()

    def show_view(self, view: AttachmentView) -> None:
        """Show this one's content, opened once, or say where it is and what can be done."""
        self._view = view
        self.stop_button.setVisible(view.state is State.WANTED)
        self._tool_bar.setVisible(view.is_picture or view.has_pages or view.state is State.WANTED)
        if view.is_shown:
            if self._opened_id != f"{view.id}:{view.body.get('sha256')}":
                self._opened_id = f"{view.id}:{view.body.get('sha256')}"
                self._desk.ask(look, view.id, on_done=self._on_opened, on_error=self._on_not_opened)
            return
        if not view.has_content:
            self._say("There is no picture of this", "What was said and who heard it stands beside.")
        elif view.closed:
            self._say(*words.closed_words(view))
        elif view.state is State.WANTED:
            self._say("It is being fetched from the council", words.standing(view)[0])
        elif not view.is_here:
            self._say("This file is at the council", "It is fetched when you ask for it.", "Fetch it")
        else:
            self._say(*words.NOT_SHOWN)

    def show_none(self, head: str, advice: str) -> None:
        """Show that there is no attachment to look at."""
        self._view = None
        self._say(head, advice)

    def set_highest(self, pixels: int) -> None:
        """Be no taller than this, however long what stands beside it is."""
        self.pages.setMaximumHeight(pixels)

    def take_focus(self) -> None:
        if self.pages.currentWidget() is self.nothing and self.nothing.button.isVisible():
            self.nothing.button.setFocus()
        elif (page := self.pages.currentWidget()) is not None:
            page.setFocus()

    def _say(self, head: str, advice: str, button: str = "") -> None:
        self.nothing.say(head, advice, button)
        self.pages.setCurrentWidget(self.nothing)
        self._tool_bar.setVisible(self._view is not None and self._view.state is State.WANTED)

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        if self._view is None or opened.view.id != self._view.id:
            return
        if opened.view.has_pages:
            self._leaves.open(opened.content, self.page)
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
        if self._view is not None and which == self._opened_id:  # else another is open by now
            self.picture.show_image(image, f"Picture: {self._view.title}")
            self.pages.setCurrentWidget(self.picture)

    @Slot(object)
    def _on_leaf(self, leaf: Leaf) -> None:
        if self._view is not None and self._opened_id.startswith(self._view.id):
            self.page = self._leaves.page
            self.picture.show_image(leaf.image, f"{leaf.words} of {self._view.title}")
            self.picture.setAccessibleDescription(leaf.letters)
            self.pages.setCurrentWidget(self.picture)
            self._tool_bar.show()

    @Slot()
    def _on_no_leaf(self) -> None:
        self._say(*words.NO_PAGE)
        self._tool_bar.setVisible(self._leaves.count > 1)

    @Slot(object)
    def _on_not_opened(self, error: SfError) -> None:
        view = self._view
        may_fetch = view is not None and view.state is State.WITH_COUNCIL and error.code != "attachment_closed"
        self._say(error.title, error.advice, "Fetch it again" if may_fetch else "")

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


def _decoded(which: str, content: bytes, media_type: str) -> tuple[str, QImage]:
    """Decode a picture, and say of which attachment. Runs beside the window."""
    return which, decode(content, media_type)
