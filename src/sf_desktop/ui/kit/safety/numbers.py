"""Whom to ring when a child is in danger, and the way to record a concern: never more than a glance away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from sf_desktop.ui.kit.controls.buttons import danger
from sf_desktop.ui.kit.layout.surfaces import Card, clear, column
from sf_desktop.ui.kit.style.tokens import GAP_S
from sf_desktop.ui.kit.text.labels import muted, strong

ONLY_999 = "Your council has listed no other number. Ask your supervisor whom to ring, before you need it."


class DangerCard(Card):
    """The council's own numbers, 999 first. `concern_wanted` where `may_record` gives the button for it."""

    concern_wanted = Signal()

    def __init__(self, title: str = "Worried about a child now?", *, may_record: bool = False) -> None:
        super().__init__(title, tone="danger")
        self.heading.setProperty("role", "heading")
        self._list = column(gap=GAP_S)
        self.layout_.addLayout(self._list)
        if may_record:
            button = danger("Record a concern", spoken="Record a safeguarding concern")
            button.clicked.connect(self.concern_wanted)
            self.layout_.addWidget(button)
        self.show_numbers(())

    def show_numbers(self, numbers: Sequence[tuple[str, str]]) -> None:
        """Show (label, number) in this order; 999 always comes first."""
        clear(self._list)
        shown = [each for each in numbers if each[1] == "999"] or [("Immediate danger", "999")]
        shown += [each for each in numbers if each[1] != "999"]
        for label, number in shown:
            down = column(gap=0)
            down.addWidget(muted(label))
            told = strong(number)
            told.setAccessibleName(f"{label}: {number}")
            down.addWidget(told)
            self._list.addLayout(down)
        if len(shown) == 1:
            self._list.addWidget(muted(ONLY_999))
