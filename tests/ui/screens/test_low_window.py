"""A window as low as a small laptop's with everything drawn twice as large."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sf_desktop.ops import writing
from sf_desktop.ui.kit.controls.buttons import Button
from sf_desktop.ui.kit.layout.surfaces import Page
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


def test_the_buttons_of_a_family_file_keep_their_words(seat: Seat) -> None:
    """Five of them stood there as "ead firs" and "tart vis"."""
    seat.window.resize(683, 384)
    seat.go("family", family=seat.family_ids()[0])
    seat.qtbot.waitUntil(lambda: seat.window.width() == 683)
    shown = {each.text(): each for each in seat.all(Button, seat.window.top)}
    assert set(shown) >= {"Concern", "Read first", "Plan a visit", "New note", "Start visit"}
    assert [words for words, each in shown.items() if each.width() < each.sizeHint().width()] == []


def test_the_families_that_a_concern_may_be_about_push_no_page_to_the_side(seat: Seat) -> None:
    seat.window.resize(683, 384)
    family_id = seat.family_ids()[0]
    body = {"name": "Pretend family Blackthorn of the very long lane behind the old mill", "address": "1 Mock Lane"}
    seat.do(lambda office: writing.change(office, family_id, body))
    screen = seat.go("concern")
    assert [each for each in seat.all(Page, screen) if each.horizontalScrollBar().maximum()] == []
