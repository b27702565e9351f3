"""Beside the visit form: what was promised last time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.kit.controls.buttons import quiet
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import Card, clear, column
from sf_desktop.ui.kit.style.tokens import GAP_S, GAP_XS
from sf_desktop.ui.kit.text.labels import body, muted


@dataclass(frozen=True, slots=True)
class Promised:
    """One thing that was agreed last time: what, and by whom and when in words."""

    what: str
    under: str = ""


class LastTimeCard(Card):
    """What was agreed last time. `done_wanted` ticks all of it, `carry_wanted` takes it into this visit."""

    done_wanted = Signal()
    carry_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Last time", parent=parent)
        self._list = column(gap=GAP_S)
        self.layout_.addLayout(self._list)
        self.done_button = quiet("All done", spoken="All that was promised last time is done")
        self.carry_button = quiet("Carry forward", spoken="Carry forward what was promised last time")
        self.done_button.clicked.connect(self.done_wanted)
        self.carry_button.clicked.connect(self.carry_wanted)
        self._buttons = wrapping(self.done_button, self.carry_button, gap=GAP_XS)
        self.layout_.addWidget(self._buttons)

    def show_promises(self, when: str, promises: Sequence[Promised], *, was_visited: bool) -> None:
        """Show these; without any, say that nothing was agreed."""
        self.set_title(f"Last time, {when}" if when else "Last time")
        clear(self._list)
        self._buttons.setVisible(bool(promises))
        if not promises:
            words = "Nothing was agreed." if was_visited else "No visit to this family is on this laptop yet."
            self._list.addWidget(muted(words))
        for each in promises:
            down = column(gap=0)
            down.addWidget(body(f"“{each.what}”"))
            if each.under:
                down.addWidget(muted(each.under))
            self._list.addLayout(down)
