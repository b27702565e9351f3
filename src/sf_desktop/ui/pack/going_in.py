"""Lone working beside the pack: say that one goes in and when one is back, take longer, come out."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.visiting.lone_working import OutWords, come_out, go_in, out_of_family, take_longer
from sf_desktop.ui.desk import Desk, Request
from sf_desktop.ui.kit.controls.buttons import secondary
from sf_desktop.ui.kit.controls.filters import Combo
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import Card, clear, column
from sf_desktop.ui.kit.safety.outcard import OutCard
from sf_desktop.ui.kit.style.tokens import GAP_S
from sf_desktop.ui.kit.text.labels import muted
from sf_record.errors import SfError

CHOICES = ((30, "half an hour"), (60, "an hour"), (90, "an hour and a half"), (120, "two hours"), (180, "three hours"))
USUAL = 60
AGAIN_MS = 30_000  # time passes: whoever is expected back becomes overdue


class GoingIn(Card):
    """`failed` tells of an error. It asks again by itself while somebody is in there."""

    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Visiting alone", parent=parent)
        self._desk = desk
        self._family_id = self._planned_id = ""
        self._shown: OutWords | None = None
        self._request: Request | None = None
        self._before = QWidget()
        down = column(self._before, gap=GAP_S)
        down.addWidget(muted("Say that you go in. Whoever holds this file sees when you are overdue."))
        self.back_in = Combo("Back in")
        for minutes, words in CHOICES:
            self.back_in.addItem(f"Back in {words}", minutes)
        self.back_in.setCurrentIndex(self.back_in.findData(USUAL))
        self.in_button = secondary("I am going in")
        self.in_button.clicked.connect(self._on_in)
        across = wrapping(self.back_in, self.in_button)
        down.addWidget(across)
        self._out = column()
        self.layout_.addWidget(self._before)
        self.layout_.addLayout(self._out)
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.refresh)

    def show_visit(self, family_id: str, planned_id: str) -> None:
        """Show how it stands with the visit to this family."""
        self._family_id, self._planned_id = family_id, planned_id
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask how it stands now."""
        self._request = self._desk.ask(
            out_of_family, self._family_id, on_done=self._on_out_now, on_error=self._on_error, instead_of=self._request
        )

    @Slot(object)
    def _on_out_now(self, words: OutWords | None) -> None:
        self._request = None
        self._before.setVisible(words is None)
        if words is None:
            self._again.stop()
        else:
            self._again.start()
        if words == self._shown:
            return
        self._shown = words
        clear(self._out)
        if words is not None:
            card = OutCard(words, with_file=False)
            card.out_wanted.connect(self._on_out)
            card.longer_wanted.connect(self._on_longer)
            self._out.addWidget(card)

    @Slot()
    def _on_in(self) -> None:
        minutes = int(self.back_in.currentData())
        self._desk.ask(
            go_in, self._family_id, minutes, self._planned_id, on_done=self._on_said, on_error=self._on_error
        )

    @Slot(str)
    def _on_out(self, out_id: str) -> None:
        self._desk.ask(come_out, out_id, on_done=self._on_said, on_error=self._on_error)

    @Slot(str)
    def _on_longer(self, out_id: str) -> None:
        self._desk.ask(take_longer, out_id, on_done=self._on_said, on_error=self._on_error)

    @Slot(object)
    def _on_said(self, _done: object) -> None:
        self.refresh()

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self.failed.emit(error)
