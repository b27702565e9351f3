"""The list of rows that every long list uses: sortable headings, one row selected, Enter opens it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QHelpEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from sf_desktop.ui.kit.access.actions import bind
from sf_desktop.ui.kit.access.announcing import announce
from sf_desktop.ui.kit.lists.rows import RowsModel
from sf_desktop.ui.kit.style.tokens import GAP_L, TARGET_MAIN

_BESIDE_WORDS = 18  # the padding of a cell


class _WholeRow(QStyledItemDelegate):
    """Draws no focus box around a single cell: the row is what is chosen. What is cut is whole in a tooltip."""

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        words = str(index.data() or "")
        is_cut = view.fontMetrics().horizontalAdvance(words) > option.rect.width() - _BESIDE_WORDS
        QToolTip.showText(event.globalPos(), words if is_cut else "", view)
        return True

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus


class RowsTable(QTableView):
    """Shows a `RowsModel`. `opened(str)` is the id of a row that was double-clicked or opened with Enter."""

    opened = Signal(str)

    def __init__(self, name: str, model: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("role", "boxed")
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(_WholeRow(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # Fixed heights: measuring 100,000 rows would take seconds.
        vertical = self.verticalHeader()
        vertical.setVisible(False)
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit_rows()
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setStretchLastSection(True)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setSortingEnabled(False)
        across.setSectionsClickable(True)
        across.setSortIndicatorShown(True)
        across.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        across.sortIndicatorChanged.connect(self._on_sort)
        self.doubleClicked.connect(self._on_opened)
        bind("sort", self, self.sort_next).setShortcutContext(Qt.ShortcutContext.WidgetShortcut)

    def current_id(self) -> str:
        """The id of the row that is chosen, or an empty text."""
        return self._rows.id_at(self.currentIndex())

    def choose_id(self, identity: str) -> None:
        """Choose a row by its id and bring it into view."""
        if (place := self._rows.place_of(identity)) >= 0:
            self.setCurrentIndex(self._rows.index(place, 0))

    @Slot()
    def sort_next(self) -> None:
        """Sort by the heading that is sorted by now, the other way round, and after that by the next one."""
        able, across = self._rows.sortable(), self.horizontalHeader()
        if not able:
            return
        at, upwards = across.sortIndicatorSection(), Qt.SortOrder.AscendingOrder
        if at in able and across.sortIndicatorOrder() == upwards:
            across.setSortIndicator(at, Qt.SortOrder.DescendingOrder)
            turned = ", the other way round"
        else:
            at = able[(able.index(at) + 1) % len(able)] if at in able else able[0]
            across.setSortIndicator(at, upwards)
            turned = ""
        announce(self, f"Sorted by {self._rows.headerData(at, Qt.Orientation.Horizontal)}{turned}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._on_opened(self.currentIndex())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_rows()

    def _fit_rows(self) -> None:
        height = max(TARGET_MAIN, self.fontMetrics().height() + GAP_L)
        if height != self.verticalHeader().defaultSectionSize():
            self.verticalHeader().setDefaultSectionSize(height)

    @Slot(int, Qt.SortOrder)
    def _on_sort(self, column: int, order: Qt.SortOrder) -> None:
        self._rows.sort(column, order)

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._rows.id_at(index))
