"""One thing that was settled here and has not left: what was chosen, and a way to take it back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.sending.conflicts import SettledRow
from sf_desktop.ui.kit.controls.buttons import secondary
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import Card
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.style.tokens import GAP_M
from sf_desktop.ui.kit.text.labels import body, heading, muted
from sf_desktop.ui.messages import show_error
from sf_desktop.ui.needs import words
from sf_record.errors import SfError


class SettledPanel(Card):
    """`undo_wanted` takes it back; `record_wanted` opens the record as it would then stand."""

    undo_wanted = Signal()
    record_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._title, self._when, self._undo = heading(), body(), muted()
        self.banner = Banner(closable=True)
        self.banner.hide()
        self.undo_button = secondary("Undo", hint="Both versions wait to be settled again")
        self.undo_button.clicked.connect(self.undo_wanted)
        self.record_button = secondary("Open the record")
        self.record_button.clicked.connect(self.record_wanted)
        self.layout_.setSpacing(GAP_M)
        for widget in (self._title, self._when, self.banner):
            self.layout_.addWidget(widget)
        box = wrapping(self.undo_button, self.record_button)
        self.layout_.addWidget(box)
        self.layout_.addWidget(self._undo)

    def show_row(self, row: SettledRow, today: date) -> None:
        """Show this."""
        title, when, undo = words.settled_words(row, today)
        self._title.setText(title)
        self._when.setText(when)
        self._undo.setText(undo)
        self.undo_button.setVisible(row.may_undo)
        self.setAccessibleName(f"Settled by you: {title}")
        self.banner.hide()

    def offer_without_files(self) -> None:
        """Offer only what leads somewhere in a window without family files: to take it back."""
        self.record_button.hide()

    def take_focus(self) -> None:
        """Put the keyboard on the way back."""
        ways = (self.undo_button, self.record_button)
        next((each for each in ways if not each.isHidden()), self).setFocus()

    def refuse(self, error: SfError) -> None:
        """Say why it cannot be undone."""
        show_error(self.banner, error)
