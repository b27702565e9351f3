"""The list of rows that every long list uses: sortable headings, one row selected, Enter opens it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from sf_desktop.ui.kit.access.actions import bind
from sf_desktop.ui.kit.access.announcing import announce
from sf_desktop.ui.kit.lists.opening import OpeningTable
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


class RowsTable(OpeningTable):
    """Shows a `RowsModel`, sorted by its headings."""

    def __init__(self, name: str, model: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setProperty("role", "boxed")
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(_WholeRow(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setStretchLastSection(True)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setSortingEnabled(False)
        across.setSectionsClickable(True)
        across.setSortIndicatorShown(True)
        across.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        across.sortIndicatorChanged.connect(self._on_sort)
        bind("sort", self, self.sort_next).setShortcutContext(Qt.ShortcutContext.WidgetShortcut)

    def height_of_row(self) -> int:
        return max(TARGET_MAIN, self.fontMetrics().height() + GAP_L)

    def choose_id(self, identity: str) -> None:
        """Choose a row by its id and bring it into view."""
        if (place := self._rows.place_of(identity)) >= 0:
            self.setCurrentIndex(self._rows.index(place, 0))

    @Slot()
    def sort_next(self) -> None:
        """Sort by the heading that is sorted by now, the other way round, and after that by the next one."""
        across = self.horizontalHeader()
        able = [each for each in self._rows.sortable() if not self.isColumnHidden(each)]
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

    @Slot(int, Qt.SortOrder)
    def _on_sort(self, column: int, order: Qt.SortOrder) -> None:
        self._rows.sort(column, order)
