"""Reads what a window tells a screen reader: the role, the name and the label of everything, and what rows say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLineEdit, QTextEdit, QWidget

from sf_desktop.ui.kit.drawings.picture import PictureView
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.maps.view import MapView
from tests.builders.walk.controls import called, controls, spoken

Role = QAccessible.Role
TIED = (QLineEdit, QTextEdit, QComboBox)
PANELS = (PictureView, MapView)  # what is looked at there is a part of them, and named
NOT_SAID = (Role.Client, Role.Pane, Role.NoRole, Role.Window)  # a reader says nothing of use of these


def told(widget: QWidget) -> QAccessibleInterface:
    """What a widget says of itself."""
    return QAccessible.queryAccessibleInterface(widget)


def faults(within: QWidget) -> Iterator[str]:
    """Yield what a listener would not understand."""
    for control in controls(within):
        interface = told(control)
        if interface.role() in NOT_SAID and not isinstance(control, PANELS):
            yield f"{called(control)} is told as {interface.role().name}"
        if isinstance(control, QAbstractItemView):
            yield from _faults_of_rows(control, interface)
        if isinstance(control, TIED) and isinstance(control.parentWidget(), Field) and not _label(interface):
            yield f"{called(control)} is not tied to its label"
    yield from _same(within)


def _label(interface: QAccessibleInterface) -> bool:
    return any(kind & QAccessible.RelationFlag.Label for _, kind in interface.relations())


def _faults_of_rows(view: QAbstractItemView, interface: QAccessibleInterface) -> Iterator[str]:
    said = 0
    for at in range(min(interface.childCount(), 60)):
        child: QAccessibleInterface | None = interface.child(at)
        if child is not None and child.role() in (Role.Cell, Role.ListItem, Role.TreeItem):
            said += bool(child.text(QAccessible.Text.Name))
    if view.model() is not None and view.model().rowCount() and not said:
        yield f"no row of {called(view)} says anything"


def _same(within: QWidget) -> Iterator[str]:
    """Buttons that are called the same and do not do the same."""
    said = Counter((type(each), spoken(each), each.accessibleDescription()) for each in controls(within))
    for (kind, name, _), times in said.items():
        if name and times > 1:
            yield f"{times} of {kind.__name__} are called {name!r}"
