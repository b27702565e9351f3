"""A field for a day and a time together."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.kit.fields.dates import DateField, TimeField
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.layout.surfaces import row
from sf_desktop.ui.kit.style.tokens import GAP_L
from sf_desktop.ui.kit.text.moments import local, moment_of

_APART = " at "


class MomentField(Field):
    """A moment's text (UTC). Half an answer, or one that cannot be read, is kept as it was typed."""

    def __init__(self, name: str, label: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, label, hint=hint, parent=parent)
        self.day = DateField(name, f"{label}: day")
        self.time = TimeField(name, f"{label}: time")
        self._known = ""
        self._known_as = ("", "")
        box = QWidget()
        across = row(box, gap=GAP_L)
        for part in (self.day, self.time):
            part.label.hide()
            part.changed.connect(self._on_changed)
            part.left.connect(self._on_left)
            across.addWidget(part)
        across.addStretch(1)
        self.layout_.insertWidget(self.layout_.count() - 1, box)
        for part in (self.day, self.time):  # beneath both: what is said of one pushes the other nowhere
            self.layout_.insertWidget(self.layout_.count() - 1, part.problem_label)

    def value(self) -> str:
        typed = (self.day.typed().strip(), self.time.typed().strip())
        if self._known and typed == self._known_as:
            return self._known  # seconds that are not shown are not lost
        day, at = self.day.value(), self.time.value()
        if day is not None and at is not None:
            return moment_of(day, at)
        return _APART.join(typed) if any(typed) else ""

    def set_value(self, value: str | None) -> None:
        at = local(value or "")
        if at is not None:
            self.day.set_value(at.date())
            self.time.set_value(at.time())
        else:
            day, _, time = (value or "").partition(_APART)
            self.day.set_typed(day)
            self.time.set_typed(time)
        self._known = value or ""
        self._known_as = (self.day.typed().strip(), self.time.typed().strip())

    def set_read_only(self, on: bool) -> None:
        self.day.set_read_only(on)
        self.time.set_read_only(on)

    def take_focus(self) -> None:
        (self.time if self.day.value() is not None and self.time.value() is None else self.day).take_focus()

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()

    @Slot()
    def _on_left(self) -> None:
        self.left.emit()
