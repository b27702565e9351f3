"""Which family is a concern about: a few letters of a name, and the families that match."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.families.safety import Choice, choices
from sf_desktop.ui.desk import Desk, Request
from sf_desktop.ui.kit.controls.buttons import Button, secondary
from sf_desktop.ui.kit.fields.text import TextField
from sf_desktop.ui.kit.layout.surfaces import Card, Page, clear, column
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.safety.numbers import DangerCard
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_S
from sf_desktop.ui.kit.text.labels import muted, subtitle, title
from sf_desktop.ui.messages import show_error
from sf_record.errors import SfError

BUTTON_CHARS = 56  # what a narrow window has room for


class WhichFamily(Page):
    """`chosen(str)` is the family file. Enter in the line takes the only one that matches, or goes to the list."""

    chosen = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self._targets: dict[Button, str] = {}
        self._request: Request | None = None
        self._is_enter_waiting = False
        self.words = TextField("family", "Name of the child or the family", hint="A few letters are enough")
        self.words.changed.connect(self._ask)
        self.words.line.returnPressed.connect(self._on_return)
        self.banner = Banner()
        self.banner.hide()
        self.numbers = DangerCard("Is a child in danger now? Ring first")
        self._list = column(gap=GAP_S)
        card = Card("Families on this laptop")
        card.layout_.addWidget(self.words)
        card.layout_.addLayout(self._list)
        self.layout_.setSpacing(GAP_L)
        self.layout_.addWidget(title("Which family is the concern about?"))
        self.layout_.addWidget(subtitle("It is recorded in the family file, and sent before anything else."))
        self.layout_.addWidget(self.banner)
        self.layout_.addWidget(self.numbers)
        self.layout_.addWidget(card)
        self.layout_.addStretch(1)

    def ask_anew(self) -> None:
        """Begin with an empty line."""
        self.words.set_value("")
        self._ask()

    def take_focus(self) -> None:
        """Put the keyboard into the line."""
        self.words.take_focus()

    @Slot()
    def _ask(self) -> None:
        self._is_enter_waiting = False
        self._request = self._desk.ask(
            choices, self.words.value(), on_done=self._on_found, on_error=self._on_error, instead_of=self._request
        )

    @Slot(object)
    def _on_found(self, found: Sequence[Choice]) -> None:
        self._request = None
        clear(self._list)
        self._targets = {}
        for each in found:
            button = secondary(f"{each.family_name}: {each.children}" if each.children else each.family_name)
            if len(button.text()) > BUTTON_CHARS:  # a button does not wrap: it would push the page to the side
                button.setText("\n".join(wrap(button.text(), BUTTON_CHARS)))
                button.setProperty("lines", "several")
            button.clicked.connect(self._on_pressed)
            self._targets[button] = each.family_id
            self._list.addWidget(button)
        if not found:
            self._list.addWidget(
                muted(
                    "No family file on this laptop matches. If the family is not yours, ring the safeguarding number"
                    " and tell your manager: somebody who has the file records it there."
                )
            )
        if self._is_enter_waiting:
            self._on_return()

    @Slot()
    def _on_return(self) -> None:
        """A concern must not begin in a file that nobody chose: what was typed is looked up first."""
        self._is_enter_waiting = self._request is not None
        if self._is_enter_waiting:
            return
        if len(self._targets) == 1:
            self.chosen.emit(next(iter(self._targets.values())))
        elif self._targets:
            next(iter(self._targets)).setFocus()

    @Slot()
    def _on_pressed(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.chosen.emit(self._targets[sender])

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self._request = None
        show_error(self.banner, error)
