"""The people of a family file: who they are, who has parental responsibility, and how to reach them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.kit.beside import Beside
from sf_desktop.ui.kit.buttons import Button, quiet, secondary
from sf_desktop.ui.kit.flow import Flow
from sf_desktop.ui.kit.labels import body, heading, muted
from sf_desktop.ui.kit.states import EmptyState
from sf_desktop.ui.kit.surfaces import Card, clear, column, row
from sf_desktop.ui.kit.tags import Tag
from sf_desktop.ui.kit.tokens import GAP_M, GAP_S, GAP_XS


@dataclass(frozen=True, slots=True)
class PersonWords:
    """One person in words."""

    id: str
    name: str
    about: str
    tags: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()


class PeopleTab(QWidget):
    """Everybody in the file: `opened(str)` one, `add_wanted` another, `relate_wanted` how two are related.

    `history_wanted(str)` asks for everything that ever stood in a person's record.
    """

    opened = Signal(str)
    add_wanted = Signal()
    relate_wanted = Signal()
    history_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[PersonWords, ...] | None = None
        self._ids: dict[Button, str] = {}
        self._list = column(gap=GAP_M)
        self.add_button = secondary("Add a person")
        self.add_button.clicked.connect(self.add_wanted)
        across = row()
        self.relate_button = secondary("Add a relationship")
        self.relate_button.clicked.connect(self.relate_wanted)
        across.addWidget(self.add_button)
        across.addWidget(self.relate_button)
        across.addStretch(1)
        down = column(self, gap=GAP_M)
        down.addLayout(self._list)
        down.addLayout(across)
        down.addStretch(1)

    def show_people(self, people: Sequence[PersonWords]) -> None:
        """Show these, in this order."""
        if tuple(people) == self._shown:
            return
        self._shown = tuple(people)
        self._ids = {}
        clear(self._list)
        if not people:
            card = Card()
            card.layout_.addWidget(
                EmptyState("Nobody is in this file yet", "Add the child first, then who cares for the child.")
            )
            self._list.addWidget(card)
        for person in people:
            self._list.addWidget(self._card(person))

    def _card(self, person: PersonWords) -> Card:
        card = Card()
        card.setAccessibleName(f"{person.name}, {person.about}")
        words = QWidget()
        down = column(words, gap=GAP_XS)
        top = QWidget()
        flow = Flow(top, gap=GAP_S)
        name = heading(person.name)
        name.setWordWrap(False)
        flow.addWidget(name)
        for text, tone in person.tags:
            flow.addWidget(Tag(text, tone))
        down.addWidget(top)
        if person.about:
            down.addWidget(muted(person.about))
        for line in person.lines:
            down.addWidget(body(line))
        change = quiet("Open", spoken=f"Open {person.name}")
        change.clicked.connect(self._on_open)
        past = quiet("History", spoken=f"History of {person.name}")
        past.clicked.connect(self._on_history)
        self._ids |= {change: person.id, past: person.id}
        buttons = QWidget()
        across = row(buttons, gap=GAP_S)
        across.addWidget(change)
        across.addWidget(past)
        across.addStretch(1)
        card.layout_.addWidget(Beside(words, buttons, room_chars=60, at_top=True))
        return card

    @Slot()
    def _on_open(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.opened.emit(self._ids[sender])

    @Slot()
    def _on_history(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.history_wanted.emit(self._ids[sender])


class PeopleCard(Card):
    """The people in short, beside the timeline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("People", parent=parent)
        self._list = column(gap=GAP_S)
        self.layout_.addLayout(self._list)

    def show_people(self, people: Sequence[PersonWords]) -> None:
        """Show these, in this order."""
        clear(self._list)
        for person in people:
            down = column(gap=0)
            lead = body(person.name)
            lead.setProperty("role", "strong")
            down.addWidget(lead)
            about = " · ".join([person.about, *(text for text, _ in person.tags)])
            down.addWidget(muted(about))
            self._list.addLayout(down)
        if not people:
            self._list.addWidget(muted("Nobody yet."))
