"""The field for marks on a body: the drawing, and under it the list that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.form.context import FormContext
from sf_desktop.ui.form.rows import RowsField
from sf_desktop.ui.kit.drawings.body_drawing import BodyDrawing, Mark
from sf_desktop.ui.kit.text.labels import muted
from sf_record.bodymap import words_at
from sf_record.description import Field as Described

HOW = "Click where the mark is, or move the cross with the arrow keys and press Enter."


class MarksField(RowsField):
    """Marks are placed on the drawing and told about in the list. What is taken out of the list leaves the drawing."""

    def __init__(self, described: Described, context: FormContext, path: str, parent: QWidget | None = None) -> None:
        self.drawing = BodyDrawing()
        self.owner = ""  # whose marks they are, where only one child is spoken of
        super().__init__(described, context, path, parent)
        at = self.layout_.indexOf(self.hint_label) + 1
        self.layout_.insertWidget(at, muted(HOW))
        self.layout_.insertWidget(at + 1, self.drawing)
        self.drawing.placed.connect(self._on_placed)
        self.changed.connect(self._show_marks)

    def set_value(self, value: Sequence[dict[str, Any]] | None) -> None:
        super().set_value(value)
        self._show_marks()

    def set_read_only(self, on: bool) -> None:
        super().set_read_only(on)
        self.drawing.set_read_only(on)

    def take_focus(self) -> None:
        self.drawing.setFocus()

    def _renumber(self) -> None:
        super()._renumber()
        self.add.set_text("Add a mark at the cross", "Add a mark where the cross is")

    @Slot()
    def _on_add(self) -> None:
        self.drawing.place_at_cross()

    @Slot(str, int, int)
    def _on_placed(self, side: str, x: int, y: int) -> None:
        body: dict[str, Any] = {"side": side, "x": x, "y": y, "place": words_at(side, x, y)}
        if self.owner:
            body["person"] = self.owner
        box = self._append(body, None)
        self._renumber()
        self._go_to(box.answers["kind"].field)
        self.changed.emit()

    @Slot()
    def _show_marks(self) -> None:
        self.drawing.show_marks([_mark(box.body()) for box in self.boxes])


def _mark(body: dict[str, Any]) -> Mark:
    x, y = body.get("x"), body.get("y")
    return Mark(str(body.get("side") or "front"), x if isinstance(x, int) else 0, y if isinstance(y, int) else 0)
