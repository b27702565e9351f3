"""Fields of one line of text: ordinary text and secrets."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from sf_desktop.ui.kit.controls.buttons import quiet
from sf_desktop.ui.kit.controls.lines import MOST, Line
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.layout.surfaces import row


class TextField(Field):
    """One line of text. `width_chars` shows how long an answer is expected."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        hint: str = "",
        placeholder: str = "",
        width_chars: int = 0,
        max_length: int = MOST,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, hint=hint, parent=parent)
        self.line = Line(width_chars)
        self.line.setMaxLength(max_length)
        self.line.setPlaceholderText(placeholder)
        self.line.textEdited.connect(self._on_edited)
        self._hold(self.line)

    def value(self) -> str:
        return self.line.text().strip()

    def set_value(self, value: str | None) -> None:
        if (value or "") != self.line.text():
            self.line.put(value or "")

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        self.changed.emit()


class SecretField(Field):
    """A passphrase or password: hidden until shown, may be pasted into, never trimmed."""

    def __init__(self, name: str, label: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, label, hint=hint, parent=parent)
        self.line = Line()
        self.line.setMaxLength(1_024)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(label)
        self.line.textEdited.connect(self._on_edited)
        self.show_button = quiet("Show", spoken=f"Show {label.lower()}")
        self.show_button.setCheckable(True)
        self.show_button.toggled.connect(self._on_show)
        box = QWidget()
        across = row(box)
        across.addWidget(self.line, 1)
        across.addWidget(self.show_button)
        self._hold(self.line, in_widget=box)

    def value(self) -> str:
        return self.line.text()

    def set_value(self, value: str | None) -> None:
        self.line.setText(value or "")

    def take_focus(self) -> None:
        """Put the keyboard into it with all of it marked: what cannot be read is written anew, not mended."""
        super().take_focus()
        self.line.selectAll()

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        self.changed.emit()

    @Slot(bool)
    def _on_show(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        word = "Hide" if shown else "Show"
        self.show_button.set_text(word, f"{word} {self.title.lower()}")
