"""A card with a few lines, each with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.kit.controls.buttons import Button, quiet
from sf_desktop.ui.kit.layout.surfaces import Card, clear, column, row
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_S
from sf_desktop.ui.kit.text.labels import body, muted, strong


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line: what it says, what stands under it, and what can be done with it. `target` comes back when pressed.

    `more` are further things to do, each with what comes back.
    """

    lead: str
    under: str = ""
    action: str = ""
    target: str = ""
    more: tuple[tuple[str, str], ...] = ()


class ListCard(Card):
    """A card with a few lines, or a sentence where there are none."""

    pressed = Signal(str)

    def __init__(self, title: str, nothing: str) -> None:
        super().__init__(title)
        self._nothing = nothing
        self._targets: dict[Button, str] = {}
        self._list = column(gap=GAP_S)
        self.layout_.addLayout(self._list)

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        """Show these."""
        clear(self._list)
        self._targets = {}
        for each in rows:
            self._list.addWidget(self._row(each))
        if not rows:
            self._list.addWidget(muted(self._nothing))

    def _row(self, each: ListRow) -> QWidget:
        box = QWidget()
        across = row(box, gap=GAP_M)
        down = column(gap=2)
        down.addWidget(strong(each.lead) if each.under else body(each.lead))
        if each.under:
            down.addWidget(muted(each.under))
        across.addLayout(down, 1)
        for action, target in ((each.action, each.target), *each.more):
            if not action:
                continue
            button = quiet(action, spoken=f"{action}: {each.lead}")
            button.setAccessibleDescription(each.under)  # where several lines begin alike
            button.clicked.connect(self._on_pressed)
            self._targets[button] = target
            across.addWidget(button)
        return box

    @Slot()
    def _on_pressed(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.pressed.emit(self._targets[sender])
