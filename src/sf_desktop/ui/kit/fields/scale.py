"""A number on a short scale, such as 0 to 10, chosen as radio buttons with both ends said in words."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from sf_desktop.ui.kit.fields.choices import ChoiceField, Option


class ScaleField(ChoiceField):
    """One of a few whole numbers. The hint says what the least and the most mean."""

    def __init__(
        self,
        name: str,
        label: str,
        least: int,
        most: int,
        *,
        ends: tuple[str, str] = ("", ""),
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        numbers = [str(each) for each in range(least, most + 1)]
        meant = [f"{number}: {words}" for number, words in zip((least, most), ends, strict=True) if words]
        words = " ".join(part for part in (hint, ". ".join(meant)) if part)
        options = [Option(each, each) for each in numbers]
        super().__init__(name, label, options, hint=words, across=True, parent=parent)

    def number(self) -> int | None:
        """The number that is chosen."""
        chosen = self.value()
        return None if chosen is None else int(chosen)

    def set_number(self, value: Any) -> None:
        """Choose a number; nothing is chosen by one that is not on the scale."""
        self.set_value(None if value is None else str(value))
