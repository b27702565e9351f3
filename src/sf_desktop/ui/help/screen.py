"""Help: the pages at the left, the one that is read at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from sf_desktop.ui.help.pages import Block, help_pages, page_about
from sf_desktop.ui.kit.access.actions import key_words
from sf_desktop.ui.kit.controls.buttons import Kind
from sf_desktop.ui.kit.controls.lines import SearchLine
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.sections import Section, SectionList
from sf_desktop.ui.kit.layout.surfaces import Card, Page, clear, column, row
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M, GAP_S
from sf_desktop.ui.kit.text.labels import Label, body, muted, title
from sf_desktop.ui.kit.window.stack import Screen, TopAction

LEAST_LINES, MOST_PX = 8, 16_777_215  # of the list, and of what is read; Qt's own most


class _Pages(Page):
    """Holds the list of pages. `turned(int)`: a key turned the page that is read, on or back, from in the list."""

    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__(margin=0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)


class HelpScreen(Screen):
    """Shows the page of its subject `{"page": name}`, or the one that tells of `{"about": screen, "part": name}`.

    `shortcuts_wanted` asks for the sheet of shortcuts.

    `only` names the pages for somebody who has not the whole program, in their order.
    """

    shortcuts_wanted = Signal()

    def __init__(self, only: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        pages = {each.name: each for each in help_pages()}
        self._pages = {name: pages[name] for name in only or pages}
        self._shown = ""
        self.words = SearchLine()
        self.words.setPlaceholderText("Search the help pages")
        self.words.setAccessibleName("Search the help pages")
        self.words.setToolTip(key_words("find"))
        self.words.setClearButtonEnabled(True)
        self.list = SectionList("Help pages", [Section(each.name, each.title) for each in self._pages.values()])
        self.nothing = muted("No page has these words.")
        self.nothing.hide()
        self.card = Card()
        self._text = column(gap=GAP_M)
        self.card.layout_.addLayout(self._text)
        self.card.layout_.addStretch(1)
        self.leaf, self._titles = Page(margin=0), _Pages()
        self.leaf.layout_.addWidget(self.card)
        self._titles.layout_.addWidget(self.list)
        self._titles.turned.connect(self._on_turned)
        left = QWidget()
        down = column(left, gap=GAP_S)
        down.addWidget(self.words)
        down.addWidget(self.nothing)
        down.addWidget(self._titles, 1)
        for each in (self._titles, self.leaf):  # each scrolls by itself
            each.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        page = Page()
        page.layout_.setSpacing(GAP_L)
        page.layout_.addWidget(title("Help"))
        both = Beside(self.leaf, left, room_chars=94, aside_chars=40, aside_first=True, at_top=None)
        both.arranged.connect(self._on_arranged)
        self._on_arranged(both.is_beside)
        page.layout_.addWidget(both, 1)
        column(self).addWidget(page)
        self.list.chosen.connect(self._on_chosen)
        self.words.textChanged.connect(self._on_words)
        self._show(next(iter(self._pages)))

    def title(self) -> str:
        return "Help"

    def top_actions(self) -> Sequence[TopAction]:
        return (TopAction("Shortcuts", self._on_shortcuts, Kind.SECONDARY),)

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        about = page_about(str(subject.get("about") or ""), str(subject.get("part") or ""))
        wanted = str(subject.get("page") or about)
        if wanted in self._pages:
            self.words.clear()
            self._show(wanted)

    def take_focus(self) -> None:
        self.list.buttons[self._shown].setFocus()
        self._titles.ensureWidgetVisible(self.list.buttons[self._shown])

    def place(self) -> dict[str, Any]:
        return {"page": self._shown}

    def restore(self, place: Mapping[str, Any]) -> None:
        self._show(str(place.get("page") or self._shown))

    def _show(self, name: str) -> None:
        if name == self._shown or name not in self._pages:
            return
        self._shown = name
        self.list.select(name)
        page = self._pages[name]
        self.card.set_title(page.title)
        clear(self._text)
        for block in page.blocks:
            _write(self._text, block)
        self.leaf.verticalScrollBar().setValue(0)

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        self._show(name)

    @Slot(bool)
    def _on_arranged(self, is_beside: bool) -> None:
        """Above the page the list is low: what one chooses there is read without going down first."""
        least = self.fontMetrics().lineSpacing() * LEAST_LINES
        for each in (self._titles, self.leaf):
            each.setMinimumHeight(least)
        self._titles.setMaximumHeight(MOST_PX if is_beside else least)

    @Slot(int)
    def _on_turned(self, by: int) -> None:
        bar = self.leaf.verticalScrollBar()
        bar.setValue(bar.value() + by * bar.pageStep())

    @Slot(str)
    def _on_words(self, words: str) -> None:
        """Leave the pages that have these words, and show the first of them."""
        fitting = [each.name for each in self._pages.values() if each.has(words)]
        for name, button in self.list.buttons.items():
            button.setVisible(name in fitting)
        self.nothing.setVisible(not fitting)
        if fitting and self._shown not in fitting:
            self._show(fitting[0])

    def find_words(self) -> bool:
        self.words.setFocus()
        self.words.selectAll()
        return True

    @Slot()
    def _on_shortcuts(self) -> None:
        self.shortcuts_wanted.emit()


def _write(down: QVBoxLayout, block: Block) -> None:
    text = body(block.text)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if not block.is_point:
        down.addWidget(text)
        return
    point = Label("•", wraps=False)
    point.setAlignment(Qt.AlignmentFlag.AlignTop)
    across = row(gap=GAP_S)
    across.addWidget(point)
    across.addWidget(text, 1)
    down.addLayout(across)
