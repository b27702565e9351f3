"""Search: what was found for the words in the top bar, as one types; arrows and Enter open it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from sf_desktop.ops.families.search import Found as Answer
from sf_desktop.ops.families.search import search
from sf_desktop.ops.leaving.laptop import gone_of
from sf_desktop.ui.desk import Changes, Desk, Request
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.surfaces import column
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_XL, GAP_XS
from sf_desktop.ui.kit.text.labels import subtitle, title
from sf_desktop.ui.kit.window.stack import GoTo, Screen
from sf_desktop.ui.messages import show_error
from sf_desktop.ui.search.delegate import FOUND_ROLE, Found, FoundDelegate
from sf_desktop.ui.search.model import FoundModel, lines_of
from sf_record.errors import SfError

TYPING_MS = 60
BUILDING = "The notes are still being prepared for searching, so older ones may be missing from this answer."


class FoundList(QListView):
    """The answer. `opened` carries the line; Up from the first line goes back to the words."""

    opened = Signal(object)
    up_wanted = Signal()

    def __init__(self, model: FoundModel) -> None:
        super().__init__()
        self._found = model
        self.setModel(model)
        self.setAccessibleName("What was found")
        self.setProperty("role", "boxed")
        self.setItemDelegate(FoundDelegate(self))
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._on_opened)

    def choose(self, row: int) -> None:
        """Choose a line and bring it into view; its heading too where it is the first."""
        if row >= 0:
            if row <= self._found.first_choice():
                self.scrollToTop()
            self.setCurrentIndex(self._found.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentIndex().row(), event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_opened(self.currentIndex())
        elif key == Qt.Key.Key_Down:
            self.choose(self._step(row, 1))
        elif key == Qt.Key.Key_Up and row <= self._found.first_choice():
            self.up_wanted.emit()
        elif key == Qt.Key.Key_Up:
            self.choose(self._step(row, -1))
        else:
            super().keyPressEvent(event)

    def _step(self, row: int, by: int) -> int:
        lines = self._found.lines
        at = row + by
        while 0 <= at < len(lines) and lines[at].is_heading:
            at += by
        return at if 0 <= at < len(lines) else row

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        found = index.data(FOUND_ROLE) if index.isValid() else None
        if isinstance(found, Found) and not found.is_heading:
            self.opened.emit(found)


class SearchScreen(Screen):
    """Shows what holds all the words of its subject `{"text": words}`."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._text = ""
        self._chosen = 0
        self._is_focus_wanted = False
        self._request: Request | None = None
        self._answer: Answer | None = None
        self._title, self._count = title("Search"), subtitle()
        self.building = Banner("", BUILDING, "information")
        self.building.hide()
        self.banner = Banner(closable=True)
        self.banner.hide()
        self.model = FoundModel(self)
        self.list = FoundList(self.model)
        self.empty = EmptyState("", "")
        self._typing = later(self, TYPING_MS, self._ask)
        head = column(gap=GAP_XS)
        head.addWidget(self._title)
        head.addWidget(self._count)
        down = column(self, margin=GAP_XL - 4, gap=GAP_M)
        down.addLayout(head)
        down.addWidget(self.building)
        down.addWidget(self.banner)
        down.addWidget(self.list, 1)
        down.addWidget(self.empty, 1)
        self.list.opened.connect(self._on_opened)
        self.list.up_wanted.connect(self._on_up_wanted)
        desk.changed.connect(self._on_changed)
        self._say_nothing_yet()

    def title(self) -> str:
        return "Search"

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        self._text = str(subject.get("text") or "")
        self._chosen = 0
        if self._text.strip():
            self._typing.start()
        else:
            self._drop()
            self._say_nothing_yet()

    def take_focus(self) -> None:
        self._is_focus_wanted = True
        if self._typing.isActive():
            self._ask()
        elif self._request is None:
            self._give_focus()

    def in_hand(self) -> tuple[str, str]:
        found = self.list.currentIndex().data(FOUND_ROLE)
        if not isinstance(found, Found) or found.is_heading:
            return "", ""
        return found.family_id, found.record_id if found.kind != "family" else ""

    def place(self) -> dict[str, Any]:
        return {"row": self.list.currentIndex().row(), "text": self._text}

    def restore(self, place: Mapping[str, Any]) -> None:
        self._text = str(place.get("text") or self._text)
        self._chosen = int(place.get("row") or 0)
        self._ask()

    def _drop(self) -> None:
        """An answer to what was typed before is not wanted any more."""
        self._typing.stop()
        if self._request is not None:
            self._request.cancel()
            self._request = None

    @Slot()
    def _ask(self) -> None:
        self._drop()
        if self._text.strip():
            self._request = self._desk.ask(search, self._text, on_done=self._on_found, on_error=self._on_error)

    @Slot(object)
    def _on_found(self, answer: Answer) -> None:
        self._request = None
        self._show(answer)
        if self._is_focus_wanted and self.isVisible():
            self._give_focus()

    def _show(self, answer: Answer) -> None:
        self._answer = answer
        lines = lines_of(answer)
        self.model.show(lines)
        count = sum(not line.is_heading for line in lines)
        many = len(answer.notes) >= 50
        self._count.setText(
            f"{'The newest ' if many else ''}{count} found with “{self._text.strip()}”" if count else ""
        )
        self.building.setVisible(not answer.is_ready)
        self.list.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        if not lines:
            self.empty.say("Nothing has all of these words", "Try fewer letters, or only one of the words.")
        self.list.choose(max(self._chosen, self.model.first_choice()))

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        shown = {line.family_id for line in self.model.lines if not line.is_heading}
        if about := shown & changes.families:
            self._desk.ask(gone_of, frozenset(about), on_done=self._on_gone)

    @Slot(object)
    def _on_gone(self, gone: frozenset[str]) -> None:
        """Nothing of a family file that has left stays among what was found, whether it is looked at or not."""
        if self._answer is None or not gone:
            return
        parts = (self._answer.families, self._answer.people, self._answer.notes)
        families, people, notes = (tuple(each for each in part if each.family_id not in gone) for part in parts)
        self._chosen = self.list.currentIndex().row()
        self._show(replace(self._answer, families=families, people=people, notes=notes))

    def _give_focus(self) -> None:
        self._is_focus_wanted = False
        if self.model.lines:
            self.list.setFocus()

    def _say_nothing_yet(self) -> None:
        self._answer = None
        self.model.show(())
        self._count.setText("")
        self.building.hide()
        self.list.hide()
        self.empty.say(
            "Type a name, an address, or words from a note",
            "Everything on this laptop is searched, with or without a signal. Down goes into the list, Enter opens.",
        )
        self.empty.show()

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self._request = None
        show_error(self.banner, error)

    @Slot(object)
    def _on_opened(self, found: Found) -> None:
        subject = {"family": found.family_id}
        if found.kind == "person":
            subject["tab"] = "people"
        elif found.kind != "family":
            subject["record"] = found.record_id
        self.go.emit(GoTo("family", subject))

    @Slot()
    def _on_up_wanted(self) -> None:
        self.list.clearSelection()
        self.focusPreviousChild()
