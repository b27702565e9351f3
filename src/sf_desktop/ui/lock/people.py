"""Who are you? The people of one laptop, by the names they sign in with; nothing else is said of anybody."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any, Protocol

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sf_desktop.ui.kit.controls.buttons import Button, quiet, secondary
from sf_desktop.ui.kit.layout.surfaces import Card, at_edge, column
from sf_desktop.ui.kit.replies import Replies
from sf_desktop.ui.kit.style.theme import current_tokens
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_S, GAP_XL
from sf_desktop.ui.kit.text.labels import Label, muted, title
from sf_desktop.ui.kit.text.service import SERVICE
from sf_desktop.ui.lock.centred import card_width, centred
from sf_record.errors import SfError

UNREADABLE = "Name not readable"
APART = (
    "Each has a locked vault of their own. Nobody else can open it, and what waits in it is sent when they are back."
)


class Looking(Protocol):
    """What says who is here (``ops.household.residents.Residents``)."""

    def look(self) -> Future[Any]: ...


class PeopleChoice(QWidget):
    """`chosen(folder)` names a vault; `new_wanted` sets up another person."""

    chosen = Signal(str)
    new_wanted = Signal()

    def __init__(self, looking: Looking, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.replies = Replies(self)
        self.buttons: list[Button] = []
        self._list = column(gap=GAP_S)
        self.add_button = quiet("Add a person", hint="Somebody with a name and a laptop code of their own")
        self.add_button.clicked.connect(self.new_wanted)
        self._lay_out()
        self.replies.watch(looking.look(), self._on_looked, self._on_failed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(current_tokens().rail))

    @Slot(object)
    def _on_looked(self, people: tuple[Any, ...]) -> None:
        for each in people:
            button = secondary(each.label or UNREADABLE, hint=each.label)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setObjectName(each.folder)
            button.clicked.connect(self._on_chosen)
            self._list.addWidget(button)
            button.show()
            self.buttons.append(button)
        if self.buttons:
            self.buttons[0].setFocus()

    @Slot(object)
    def _on_failed(self, error: SfError) -> None:
        self._list.addWidget(Label(f"{error.title}. {error.advice}"))

    @Slot()
    def _on_chosen(self) -> None:
        self.chosen.emit(self.sender().objectName())

    def _lay_out(self) -> None:
        card = Card()
        card.setFixedWidth(card_width(self))
        card.layout_.setContentsMargins(GAP_XL, GAP_XL, GAP_XL, GAP_XL)
        card.layout_.setSpacing(GAP_M)
        names = column(gap=0)
        names.addWidget(muted(SERVICE))
        names.addWidget(title("Who are you?"))
        card.layout_.addLayout(names)
        card.layout_.addLayout(self._list)
        card.layout_.addWidget(Label(APART, "muted"))
        card.layout_.addLayout(at_edge(self.add_button))
        column(self).addWidget(centred(card))
