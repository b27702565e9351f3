"""A card of somebody who is out on a visit: until when, whether that has passed, whom to ring, and what to say now."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from sf_desktop.ops.visiting.lone_working import LONGER_MINUTES, OutWords
from sf_desktop.ui.kit.controls.buttons import secondary
from sf_desktop.ui.kit.layout.flow import Flow
from sf_desktop.ui.kit.layout.surfaces import column
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.style.tokens import GAP_S, GAP_XS


class OutCard(QFrame):
    """`out_wanted` and `longer_wanted` carry the id of the visit under way, `file_wanted` the family file's."""

    out_wanted = Signal(str)
    longer_wanted = Signal(str)
    file_wanted = Signal(str)

    def __init__(self, words: OutWords, *, with_file: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.banner = Banner(words.lead, words.advice, words.tone)
        buttons = QWidget()
        flow = Flow(buttons, gap=GAP_S)
        told = "I am out" if words.is_mine else "They are safe"
        self.out_button = secondary(told, spoken=f"{told}: {words.lead}")
        self.out_button.clicked.connect(self._on_out)
        self.longer_button = secondary(f"{LONGER_MINUTES} minutes longer", spoken=f"Half an hour longer: {words.lead}")
        self.longer_button.clicked.connect(self._on_longer)
        flow.addWidget(self.out_button)
        if words.is_mine:
            flow.addWidget(self.longer_button)
        if with_file:
            self.file_button = secondary("Open", spoken=f"Open the family file: {words.lead}")
            self.file_button.clicked.connect(self._on_file)
            flow.addWidget(self.file_button)
        down = column(self, gap=GAP_XS)
        down.addWidget(self.banner)
        down.addWidget(buttons)

    @Slot()
    def _on_out(self) -> None:
        self.out_wanted.emit(self.words.id)

    @Slot()
    def _on_longer(self) -> None:
        self.longer_wanted.emit(self.words.id)

    @Slot()
    def _on_file(self) -> None:
        self.file_wanted.emit(self.words.family_id)
