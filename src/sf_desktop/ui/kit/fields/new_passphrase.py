"""Choosing a passphrase: written twice, with its strength in words and as a bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from sf_desktop.ui.kit.fields.text import SecretField
from sf_desktop.ui.kit.layout.surfaces import column
from sf_desktop.ui.kit.style.tokens import GAP_S
from sf_desktop.ui.kit.text.labels import muted

HINT = "At least 12 characters. Four or more unrelated words are strong and easy to type. Pasting is fine."


class Verdict(Protocol):
    """What is thought of a passphrase; ``level`` from 0 to 3."""

    @property
    def words(self) -> str: ...
    @property
    def level(self) -> int: ...
    @property
    def problems(self) -> tuple[str, ...]: ...


class NewPassphrase(QWidget):
    """Two fields and a bar. `entered` comes from Enter in the second field."""

    entered = Signal()

    def __init__(self, judge: Callable[[str], Verdict]) -> None:
        super().__init__()
        self._judge = judge
        self.first = SecretField("passphrase", "New passphrase", hint=HINT)
        self.again = SecretField("again", "The same new passphrase again")
        self._bar, self._words = QProgressBar(), muted()
        self._bar.setRange(0, 3)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Strength of the passphrase")
        down = column(self, gap=GAP_S)
        for part in (self.first, self._bar, self._words, self.again):
            down.addWidget(part)
        self.first.changed.connect(self._on_typed)
        self.again.changed.connect(self._on_again)
        self.again.line.returnPressed.connect(self.entered)
        self._on_typed()

    def value(self) -> str:
        """Return the passphrase as it was written."""
        return self.first.value()

    def check(self) -> bool:
        """Whether it will do; puts the keyboard into the field that will not."""
        verdict = self._judge(self.first.value())
        self.first.problem = " ".join(verdict.problems) if self.first.value() else "Write a passphrase."
        is_same = self.first.value() == self.again.value()
        unlike = "The two are not the same." if self.again.value() else "Write it once more here: a slip is noticed so."
        self.again.problem = "" if is_same or self.first.problem else unlike
        at_fault = [field for field in (self.first, self.again) if field.problem]
        if at_fault:
            at_fault[0].take_focus()
        return not at_fault

    def forget(self) -> None:
        """Let go of what was typed."""
        self.first.set_value("")
        self.again.set_value("")
        self._on_typed()

    @Slot()
    def _on_typed(self) -> None:
        self.first.problem = ""
        typed = self.first.value()
        verdict = self._judge(typed) if typed else None
        self._bar.setValue(verdict.level if verdict else 0)
        self._words.setText(verdict.words if verdict else "Not written yet")
        self._bar.setAccessibleDescription(self._words.text())

    @Slot()
    def _on_again(self) -> None:
        self.again.problem = ""
