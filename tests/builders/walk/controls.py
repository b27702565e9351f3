"""What can be used in a window, what it is called, whether the keyboard comes to it, and how large it is."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)

from sf_desktop.ui.kit.drawings.drawing import Drawing
from sf_desktop.ui.kit.drawings.picture import PictureView
from sf_desktop.ui.maps.view import MapView

LEAST_PX = 24
LEAST_CHARS = 130  # of a window: 1366 px drawn at 150 %; only in a narrower one may a list go sideways
CONTROLS = (
    QAbstractButton, QComboBox, QLineEdit, QTextEdit, QPlainTextEdit, QAbstractItemView, QTabBar, QAbstractSpinBox,
    Drawing, PictureView,
)  # fmt: skip
# Parts of Qt's own controls, which are reached through the control that they belong to.
WITHIN = (QLineEdit, QComboBox, QTabBar, QAbstractItemView, QAbstractSpinBox)


def shown(kind: type[QWidget], within: QWidget) -> list[QWidget]:
    """The visible widgets of a kind."""
    return [each for each in within.findChildren(kind) if each.isVisible()]


def controls(within: QWidget) -> list[QWidget]:
    """What can be used there, without the parts of which Qt makes one control."""
    found = [each for kind in CONTROLS for each in shown(kind, within)]
    return [each for each in dict.fromkeys(found) if not is_part(each) and not _is_only_seen(each)]


def _is_only_seen(widget: QWidget) -> bool:
    return isinstance(widget, Drawing) and widget.focusPolicy() is Qt.FocusPolicy.NoFocus


def is_part(widget: QWidget) -> bool:
    """Whether it is a part of one of Qt's own controls."""
    if isinstance(widget, QHeaderView) or widget.objectName().startswith("qt_"):
        return True
    above = widget.parentWidget()
    while above is not None and not isinstance(above, WITHIN):
        above = above.parentWidget()
    return above is not None


def spoken(widget: QWidget) -> str:
    """What a screen reader calls a widget (on Linux Qt gives a drop-down's answer in place of its name)."""
    if isinstance(widget, QComboBox):
        return widget.accessibleName()
    told = QAccessible.queryAccessibleInterface(widget)
    return told.text(QAccessible.Text.Name)


def called(control: QWidget) -> str:
    """A control as a fault names it."""
    return f"{type(control).__name__} {spoken(control)!r}"


def in_reach(window: QWidget) -> set[QWidget]:
    """Everything that the keyboard comes to, going on with Tab."""
    found: set[QWidget] = set()
    at: QWidget | None = window.nextInFocusChain()
    while at is not None and at is not window and at not in found:
        found.add(at)
        at = at.nextInFocusChain()
    return {each for each in found if each.focusPolicy() & Qt.FocusPolicy.TabFocus}


def is_reached(control: QWidget, reached: set[QWidget]) -> bool:
    """Say whether the keyboard comes to a control: with Tab, or among choices of its kind with the arrows."""
    if control in reached or control.focusProxy() in reached:
        return True
    group = control.parentWidget()
    is_choice = isinstance(control, QAbstractButton) and control.isCheckable()
    return is_choice and any(type(each) is type(control) and each.parentWidget() is group for each in reached)


def faults(window: QWidget, within: QWidget, width: int) -> Iterator[str]:
    """Yield what is wrong with the names, the reach, the size and the width of what is shown."""
    reached = in_reach(window)
    for control in controls(within):
        if not spoken(control):
            yield f"a {type(control).__name__} has no name"
        if control.isEnabled() and not is_reached(control, reached):
            yield f"{called(control)} is not reached by keyboard"
        if control.height() < LEAST_PX or control.width() < LEAST_PX:
            yield f"{called(control)} is {control.width()} by {control.height()} px"
    at: QWidget | None = window.focusWidget()
    if at is not None and within.isAncestorOf(at) and not spoken(at):
        yield f"the keyboard is put on a {type(at).__name__} without a name"
    for label in within.findChildren(QLabel):
        if label.isVisible() and label.textFormat() is not Qt.TextFormat.PlainText:
            yield f"{label.text()!r} is not plain text"
    if window.width() > width:
        yield f"the window is {window.width()} px wide"
    yield from _faults_of_width(window, within, width)


def _faults_of_width(window: QWidget, within: QWidget, width: int) -> Iterator[str]:
    # A drawn map scrolls both ways, as maps may (WCAG 1.4.10); what stands around it does not.
    for area in within.findChildren(QScrollArea):
        if area.isVisible() and not isinstance(area, MapView) and area.horizontalScrollBar().maximum():
            yield f"{area.horizontalScrollBar().maximum()} px too wide"
    is_wide = width >= LEAST_CHARS * window.fontMetrics().averageCharWidth()
    for table in within.findChildren(QTableView):
        if is_wide and table.isVisible() and table.horizontalScrollBar().maximum():
            yield f"the list {spoken(table)!r} goes {table.horizontalScrollBar().maximum()} px sideways"
