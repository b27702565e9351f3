"""A part of the family file that another room makes: built when somebody first goes there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.surfaces import Page
from sf_desktop.ui.kit.window.filetab import FileTab, FileTabPlan


class PartPage(Page):
    """Scrolls the part. `made(object)` comes once, with the part, before it is shown."""

    made = Signal(object)

    def __init__(self, plan: FileTabPlan) -> None:
        super().__init__(margin=0)
        self.plan = plan
        self._tab: FileTab | None = None
        self._showing = later(self, 0, self._show_it)
        self._in_sight: QWidget | None = None  # what was come back to, until it is shown with what is new in it

    @property
    def tab(self) -> FileTab:
        """The part itself, built now if need be."""
        if self._tab is None:
            self._tab = self.plan.make()
            self._tab.grown.connect(self._on_grown)
            self.layout_.addWidget(self._tab)
            self.made.emit(self._tab)
        return self._tab

    def show_family(self, family_id: str) -> None:
        """Show this family's."""
        self.tab.show_family(family_id)

    def forget(self) -> None:
        """Let go of what is shown: nothing of one family may stand under the name of the next."""
        if self._tab is not None:
            self._in_sight = None
            self._tab.leave()
            self._tab.hide()
            self.layout_.removeWidget(self._tab)
            self._tab.deleteLater()
            self._tab = None

    def place(self) -> dict[str, Any]:
        """Where one is in it."""
        return self._tab.place() if self._tab is not None else {}

    def restore(self, place: Mapping[str, Any]) -> None:
        """Go back there."""
        self.tab.restore(place)

    def take_focus_back(self) -> bool:
        """Go back to where somebody went on from here; say whether there is such a place."""
        self._in_sight = self._tab.came_back_to() if self._tab is not None else None
        self._on_grown()
        return self._in_sight is not None

    @Slot()
    def _on_grown(self) -> None:
        if self._in_sight is not None:
            self._showing.start()

    @Slot()
    def _show_it(self) -> None:
        """Bring its head to the top: the newest of it stands there."""
        if self._in_sight is not None and self._tab is not None:
            self.verticalScrollBar().setValue(self._in_sight.mapTo(self._tab, QPoint()).y())

    def leave(self) -> None:
        """Have it hand over what is being typed."""
        if self._tab is not None:
            self._tab.leave()
