"""What a part of the family file is, so that the file can show parts that it does not know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class FileTab(QWidget):
    """One part of a family file, behind its tab. `go` asks for a screen (a `GoTo`), `failed` tells of an error.

    `grown` says that what was asked for is shown. Overrides, all but `show_family` optional: `take_focus`, `place`,
    `restore`, `came_back_to`, `leave`.
    """

    go = Signal(object)
    failed = Signal(object)
    grown = Signal()

    def show_family(self, family_id: str) -> None:
        """Show this family's part. Called when the tab comes into view and when anything in the file has changed."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Put the keyboard where work starts."""
        self.setFocus()

    def place(self) -> dict[str, Any]:
        """Where one is in this part, as JSON can hold it."""
        return {}

    def restore(self, place: Mapping[str, Any]) -> None:
        """Go back to a `place`."""

    def came_back_to(self) -> QWidget | None:
        """Put the keyboard where somebody went on from here, and return what should then be in sight; None: nowhere."""
        return None

    def leave(self) -> None:
        """Hand whatever is being typed to the desk now."""


@dataclass(frozen=True, slots=True)
class FileTabPlan:
    """A part that the family file may show: it is built when somebody first goes there."""

    name: str
    label: str
    make: Callable[[], FileTab]
