"""A layout that runs across and wraps to the next line, so that choices and tags fit any width."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from sf_desktop.ui.kit.style.tokens import GAP_S


class Flow(QLayout):
    """Items from left to right, wrapped like words; `in_columns` has them stand in line where they need several."""

    def __init__(
        self, owner: QWidget | None = None, *, gap: int = GAP_S, at_top: bool = False, in_columns: bool = False
    ) -> None:
        super().__init__(owner)
        self._at_top = at_top  # else in the middle of their line
        self._in_columns = in_columns
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}  # by width: whatever holds this layout asks for the same few again and again
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._heights.clear()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self._heights.clear()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if (height := self._heights.get(width)) is None:
            height = self._heights[width] = self._lay(QRect(0, 0, width, 0), place=False)
        return height

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, place=True)

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, rect: QRect, *, place: bool) -> int:
        y = rect.y()
        between = min(self.spacing(), GAP_S)  # lines that belong together stand closer than words apart
        for line in self._lines(rect.width()):
            tallest = max(size.height() for _item, size in line)
            x = rect.x()
            for item, size in line:
                if place:
                    lower = 0 if self._at_top else (tallest - size.height()) // 2
                    item.setGeometry(QRect(QPoint(x, y + lower), size))
                x += size.width() + self.spacing()
            y += tallest + between
        return max(0, y - between - rect.y())

    def _sizes(self, width: int) -> list[tuple[QLayoutItem, QSize]]:
        sizes = []
        for item in (item for item in self._items if not item.isEmpty()):
            hint = item.sizeHint()
            size = QSize(min(hint.width(), max(width, item.minimumSize().width())), hint.height())
            if size.width() < hint.width() and item.hasHeightForWidth():
                size.setHeight(item.heightForWidth(size.width()))
            sizes.append((item, size))
        return sizes

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        sizes = self._sizes(width)
        if self._in_columns and sum(size.width() + self.spacing() for _item, size in sizes) - self.spacing() > width:
            column = QSize(max(size.width() for _item, size in sizes), 0)
            sizes = [(item, size.expandedTo(column)) for item, size in sizes]
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item, size in sizes:
            if not lines or left < size.width():
                lines.append([])
                left = width
            lines[-1].append((item, size))
            left -= size.width() + self.spacing()
        return lines


def wrapping(*widgets: QWidget, gap: int = GAP_S) -> QWidget:
    """A widget that holds these from left to right, wrapped like words."""
    held = QWidget()
    flow = Flow(held, gap=gap)
    for each in widgets:
        flow.addWidget(each)
    return held
