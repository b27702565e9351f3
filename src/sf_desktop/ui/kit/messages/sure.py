"""A button that asks once more before anything is done."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.kit.controls.buttons import secondary
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import column


class SureButton(QWidget):
    """`asks` gives way to `yes` and `no`, with the keyboard on `no`; `confirmed` comes with `yes`."""

    confirmed = Signal()

    def __init__(self, asks: str, yes: str, no: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button, self.yes_button, self.no_button = secondary(asks), secondary(yes), secondary(no)
        self._first, self._question = wrapping(self.button), wrapping(self.yes_button, self.no_button)
        self._question.hide()
        down = column(self)
        down.addWidget(self._first)
        down.addWidget(self._question)
        self.button.clicked.connect(self._on_asked)
        self.yes_button.clicked.connect(self.confirmed)
        self.no_button.clicked.connect(self.step_back)

    @Slot()
    def step_back(self) -> bool:
        """Put the question away; the keyboard comes back to the button where it stood on an answer.

        Says whether there was one: what Escape does first.
        """
        is_asking = not self._question.isHidden()
        had_focus = self.yes_button.hasFocus() or self.no_button.hasFocus()
        self._question.hide()
        self._first.show()
        if had_focus:
            self.button.setFocus()
        return is_asking

    @Slot()
    def _on_asked(self) -> None:
        self._first.hide()
        self._question.show()
        self.no_button.setFocus()
