"""A window as low as a small laptop's with everything drawn twice as large."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sf_desktop.ui.kit.lists.tables import RowsTable
from tests.ui.screens.conftest import Seat


def test_the_list_of_families_keeps_its_rows_also_beneath_a_hint(seat: Seat) -> None:
    """It was as low as its heading: the scroll bar lay on it, and no family was seen."""
    seat.window.resize(683, 384)
    screen = seat.go("families")
    QTest.keyClick(screen, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    seat.settle()
    assert seat.window.banner.isVisible()
    table = seat.find(RowsTable, "Families", screen)
    assert table.viewport().height() >= 3 * table.height_of_row()
