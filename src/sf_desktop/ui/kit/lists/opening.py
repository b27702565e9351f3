"""What a table and a timeline share: Enter or a double click opens a row, and every row is of one height."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from sf_desktop.ui.kit.lists.rows import ID_ROLE


class OpeningTable(QTableView):
    """`opened(str)` is the id of a row that was opened: with Enter, by a double click, or `at_click` already by one.

    Heights are fixed, by `height_of_row` at the present size of text: measuring 100,000 rows would take seconds.
    """

    opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None, *, at_click: bool = False) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit_rows()
        (self.clicked if at_click else self.doubleClicked).connect(self._on_opened)

    def height_of_row(self) -> int:
        """The height of every row at the present size of text, in pixels."""
        raise NotImplementedError

    def current_id(self) -> str:
        """The id of the row that is chosen, or an empty text."""
        return str(self.currentIndex().data(ID_ROLE) or "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._on_opened(self.currentIndex())
            return
        rows = self.model().rowCount()
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers() and rows:
            self.setCurrentIndex(self.model().index(0 if event.key() == Qt.Key.Key_Home else rows - 1, 0))
            return  # Qt's own goes to the first and the last column of a row, of which nobody sees anything
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_rows()

    def _fit_rows(self) -> None:
        height = self.height_of_row()
        if height != self.verticalHeader().defaultSectionSize():
            self.verticalHeader().setDefaultSectionSize(height)

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(str(index.data(ID_ROLE)))
