"""Gives the height that a page has left over to the text areas on it, so that writing uses the window there is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.surfaces import Page
from sf_desktop.ui.kit.writing.prose import ProseArea


class WritingRoom(QObject):
    """Watches a page and the part of it that is written in; its areas share the height that is left."""

    def __init__(self, page: Page, column: QWidget) -> None:
        super().__init__(page)
        self._page, self._column = page, column
        self._soon = later(self, 0, self._on_share)
        page.viewport().installEventFilter(self)
        column.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show, QEvent.Type.Move):
            self._soon.start()
        return False

    @Slot()
    def _on_share(self) -> None:
        areas = [each for each in self._column.findChildren(ProseArea) if each.isVisible()]
        if not areas:
            return
        top = self._column.mapTo(self._page.content, QPoint()).y()
        room = self._page.viewport().height() - top - self._page.layout_.contentsMargins().bottom()
        without = self._needed() - sum(each.height() for each in areas)
        share = (room - without) // len(areas)
        for each in areas:
            each.use_room(share if share > each.least_height() else 0)
            self._lay_out_now(each)

    def _lay_out_now(self, area: QWidget) -> None:
        """From the area outwards, so that no frame shows it larger than the card it stands on."""
        around = area.parentWidget()
        while around is not None and around is not self._page:
            if (layout := around.layout()) is not None:
                layout.activate()
            around = around.parentWidget()

    def _needed(self) -> int:
        """The height of the column's content as it is now."""
        layout = self._column.layout()
        if layout is None:
            return self._column.sizeHint().height()
        width = self._column.width()
        return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
