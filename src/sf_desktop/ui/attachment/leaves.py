"""The pages of a PDF: each drawn aside by a process of its own, turned by two buttons, kept in memory only."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from sf_desktop.papers.pages import Drawn, draw
from sf_desktop.ui.attach.reading import aside
from sf_desktop.ui.kit.controls.buttons import secondary
from sf_desktop.ui.kit.layout.flow import Flow
from sf_desktop.ui.kit.replies import Replies
from sf_desktop.ui.kit.style.tokens import GAP_S
from sf_desktop.ui.kit.text.labels import muted
from sf_record.errors import SfError


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page as it is shown: its picture, which it is, and what is written on it."""

    image: QImage
    words: str
    letters: str


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of one page of one file; nothing where it cannot be drawn."""

    content: bytes
    page: int
    drawn: Drawn | None


class Leaves(QObject):
    """`drawn(Leaf)` and `failed` answer each page that is asked for; `bar` turns them."""

    drawn = Signal(object)
    failed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._replies = Replies(self)
        self._content = b""
        self._page = self.count = 0
        self.bar = QWidget()
        flow = Flow(self.bar, gap=GAP_S)
        self.before = secondary("Page before", spoken="Show the page before")
        self.next = secondary("Next page", spoken="Show the next page")
        self._where = muted()
        for widget in (self.before, self.next, self._where):
            flow.addWidget(widget)
        self.before.clicked.connect(self._on_before)
        self.next.clicked.connect(self._on_next)
        self.bar.hide()

    @property
    def page(self) -> int:
        """Which page is shown, from 0: known also when the file has been let go."""
        return self._page

    def open(self, content: bytes, page: int = 0) -> None:
        """Show a page of this file, from 0."""
        self._content, self.count = content, 0
        self._turn_to(page)

    def close(self) -> None:
        """Let go of the file."""
        self._content, self.count = b"", 0
        self.bar.hide()

    @Slot(int)
    def turn(self, pages: int) -> None:
        """Go so many pages on, or back where it is below 0; at the last and the first it stays."""
        page = min(max(0, self._page + pages), self.count - 1)
        if self.count and page != self._page:
            self._turn_to(page)

    def _turn_to(self, page: int) -> None:
        self._page = page
        self._say()
        self._replies.watch(aside(_drawn, self._content, page), self._on_drawn, self._on_failed)

    def _say(self) -> None:
        self.bar.setVisible(self.count > 1)
        self.before.setEnabled(self._page > 0)
        self.next.setEnabled(self._page + 1 < self.count)
        self._where.setText(f"Page {self._page + 1} of {self.count}")

    @Slot(object)
    def _on_drawn(self, answer: _Answer) -> None:
        drawn = answer.drawn
        if answer.content is not self._content or answer.page != self._page:
            return  # of the file, or the page, that was open before
        if drawn is None:
            self._on_failed(None)
            return
        self.count = drawn.pages
        self._say()
        image = QImage(drawn.pixels, drawn.width, drawn.height, drawn.width * 4, QImage.Format.Format_RGB32).copy()
        self.drawn.emit(Leaf(image, f"Page {drawn.page + 1} of {drawn.pages}", drawn.letters))

    @Slot(object)
    def _on_failed(self, _error: SfError | None) -> None:
        if self._content:
            self._say()
            self.failed.emit()

    @Slot()
    def _on_before(self) -> None:
        self.turn(-1)

    @Slot()
    def _on_next(self) -> None:
        self.turn(1)


def _drawn(content: bytes, page: int) -> _Answer:
    """Draw a page. Runs beside the window, where another file may be open by the time it is done."""
    try:
        return _Answer(content, page, draw(content, page))
    except SfError:
        return _Answer(content, page, None)
