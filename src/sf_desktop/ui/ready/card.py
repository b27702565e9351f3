"""One family of the day: its name, when the visit is, and whether it is on this laptop, with a word and an icon."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.worker.ready import ReadyRow
from sf_desktop.ui.kit.controls.buttons import Button
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import Card, column, row
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_XS
from sf_desktop.ui.kit.text.labels import body, heading, muted
from sf_desktop.ui.kit.text.tags import Tag
from sf_desktop.ui.ready.words import NOT_READY, beside_words, planned_words, state_words


class ReadyCard(Card):
    """`taken_off`, `opened` and `documents_wanted` carry the family's id."""

    taken_off = Signal(str)
    opened = Signal(str)
    documents_wanted = Signal(str)

    def __init__(self, ready: ReadyRow, today: date) -> None:
        super().__init__(edge="" if ready.because is None else "danger")
        self.ready = ready
        name = ready.name or "A family file that is not here yet"
        state = state_words(ready, today)
        is_ready = ready.because is None
        self.setAccessibleName(f"{name}: {'ready' if is_ready else NOT_READY}")
        self.setAccessibleDescription(state)
        self.read_button = Button("Read first", spoken=f"Read first, {name}")
        self.read_button.setEnabled(bool(ready.name))
        self.off_button = Button("Take off the list", spoken=f"Take off the list, {name}")
        self.read_button.clicked.connect(self._on_read)
        self.off_button.clicked.connect(self._on_off)
        self.documents_button = Button("Fetch its attachments", spoken=f"Fetch its attachments, {name}")
        self.documents_button.clicked.connect(self._on_documents)
        if ready.elsewhere <= ready.wanted:
            self.documents_button.hide()
        words = QWidget()
        down = column(words, gap=GAP_XS)
        top = wrapping(heading(name), Tag("✓ Ready", "ok") if is_ready else Tag(f"⚠ {NOT_READY}", "danger"))
        down.addWidget(top)
        down.addWidget(body(state))
        for line in (*beside_words(ready), planned_words(ready)):
            down.addWidget(muted(line))
        buttons = QWidget()
        across = row(buttons)
        across.addStretch(1)
        across.addWidget(self.documents_button)
        across.addWidget(self.read_button)
        across.addWidget(self.off_button)
        self.layout_.addWidget(Beside(words, buttons, room_chars=68, gap=GAP_M, at_top=False))

    @Slot()
    def _on_read(self) -> None:
        self.opened.emit(self.ready.family_id)

    @Slot()
    def _on_documents(self) -> None:
        self.documents_wanted.emit(self.ready.family_id)

    @Slot()
    def _on_off(self) -> None:
        self.taken_off.emit(self.ready.family_id)
