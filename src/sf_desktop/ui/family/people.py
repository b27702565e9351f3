"""The people of a family file in short, beside its timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from sf_desktop.ui.kit.layout.surfaces import Card, clear, column
from sf_desktop.ui.kit.style.tokens import GAP_S
from sf_desktop.ui.kit.text.labels import body, muted


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in a line."""

    name: str
    about: str


class PeopleCard(Card):
    """Everybody, children first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("People", parent=parent)
        self._list = column(gap=GAP_S)
        self.layout_.addLayout(self._list)

    def show_people(self, people: Sequence[PersonLine]) -> None:
        """Show these, in this order."""
        clear(self._list)
        for person in people:
            down = column(gap=0)
            lead = body(person.name)
            lead.setProperty("role", "strong")
            down.addWidget(lead)
            down.addWidget(muted(person.about))
            self._list.addLayout(down)
        if not people:
            self._list.addWidget(muted("Nobody yet."))
