"""Measures the words of a window against their room: none is cut that is not said whole elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabBar,
    QTableView,
    QToolTip,
    QWidget,
)

from sf_desktop.ui.kit.lists.tables import RowsTable

W = TypeVar("W", bound=QWidget)
ROWS = 12  # of a table: the others have the same columns
CELL, LINE, COMBO, HEADING = 18, 24, 46, 12  # what lies beside the words of each
MOST_HIGH = 10_000  # px


def faults(within: QWidget) -> Iterator[str]:
    """Yield each text that has less room than it needs."""
    yield from _each(within, QLabel, _label)
    yield from _each(within, QPushButton, _button)
    yield from _each(within, QComboBox, _combo)
    yield from _each(within, QLineEdit, _line)
    yield from _each(within, QTabBar, _tabs)
    yield from _each(within, QTableView, _table)


def _each(within: QWidget, kind: type[W], measure: Callable[[W], Iterator[str]]) -> Iterator[str]:
    for each in within.findChildren(kind):
        if each.isVisible():
            yield from measure(each)


def said_on_hover(widget: QWidget, at: QPoint) -> str:
    """What a tooltip says there."""
    QToolTip.hideText()
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))
    said = QToolTip.text() if QToolTip.isVisible() else ""
    QToolTip.hideText()
    return said


def _wide(widget: QWidget, words: str) -> int:
    return widget.fontMetrics().horizontalAdvance(words)


def _label(label: QLabel) -> Iterator[str]:
    if label.text() and _is_cut(label) and label.toolTip() != label.text():
        yield f"the words {label.text()[:50]!r} are cut ({label.width()} by {label.height()} px)"


def _is_cut(label: QLabel) -> bool:
    if label.wordWrap():
        widest = max((_wide(label, word) for word in label.text().split()), default=0)
        room = label.contentsRect()  # as it is painted: what a label says of its own height may be wrong
        across = QRect(0, 0, room.width(), MOST_HIGH)
        needs = label.fontMetrics().boundingRect(across, Qt.TextFlag.TextWordWrap, label.text())
        return widest > label.width() + 1 or needs.height() > room.height() + 3
    lines, room = label.text().split("\n"), label.contentsRect()
    is_wide = max(_wide(label, each) for each in lines) > room.width() + 1
    return is_wide or label.fontMetrics().height() * len(lines) > room.height() + 3


def _button(button: QPushButton) -> Iterator[str]:
    paints_itself = type(button).sizeHint is not QPushButton.sizeHint
    needs = button.minimumSizeHint() if paints_itself else button.sizeHint()
    if button.text() and button.width() < needs.width() and button.toolTip() != button.text():
        yield f"the button {button.text()[:50]!r} is cut ({button.width()} of {needs.width()} px)"


def _combo(combo: QComboBox) -> Iterator[str]:
    words = combo.currentText()
    is_cut = _wide(combo, words) > combo.width() - COMBO
    if is_cut and said_on_hover(combo, combo.rect().center()) != words:
        yield f"the answer {words[:50]!r} is cut ({combo.width() - COMBO} px)"


def _line(line: QLineEdit) -> Iterator[str]:
    if isinstance(line.parentWidget(), QComboBox) or line.text():
        return  # what is written may be longer than its line
    room = line.width() - LINE - line.textMargins().left()
    if _wide(line, line.placeholderText()) > room:
        yield f"what may be written, {line.placeholderText()!r}, is cut ({room} px)"


def _tabs(bar: QTabBar) -> Iterator[str]:
    for at in range(bar.count()):
        if _wide(bar, bar.tabText(at)) > bar.tabRect(at).width():
            yield f"the tab {bar.tabText(at)!r} is cut"


def _table(table: QTableView) -> Iterator[str]:
    if not isinstance(table, RowsTable):
        return  # painted by a delegate of its own, whose rows are said whole
    model, header = table.model(), table.horizontalHeader()
    shown = [at for at in range(model.columnCount()) if not table.isColumnHidden(at)]
    for at in shown:
        words = str(model.headerData(at, Qt.Orientation.Horizontal) or "")
        if header.isVisible() and _wide(header, words) > header.sectionSize(at) - HEADING:
            yield f"the heading {words!r} is cut ({header.sectionSize(at)} px)"
    for row in range(min(model.rowCount(), ROWS)):
        for at in shown:
            yield from _cell(table, row, at)


def _cell(table: QAbstractItemView, row: int, column: int) -> Iterator[str]:
    index = table.model().index(row, column)
    words, box = str(index.data() or ""), table.visualRect(index)
    is_seen = table.viewport().rect().contains(box.center())
    if is_seen and _wide(table, words) > box.width() - CELL and said_on_hover(table.viewport(), box.center()) != words:
        yield f"the cell {words[:40]!r} is cut ({box.width()} px) and is not said whole"
