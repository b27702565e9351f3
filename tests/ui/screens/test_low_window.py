"""A window as low as a small laptop's with everything drawn twice as large."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sf_desktop.ops import writing
from sf_desktop.store.tables.records import of_family
from sf_desktop.ui.kit.controls.buttons import Button
from sf_desktop.ui.kit.layout.surfaces import Page
from sf_desktop.ui.kit.lists.sampled import SampledTable
from sf_desktop.ui.kit.lists.tables import RowsTable
from tests.builders import quarrels
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


def test_sending_says_under_its_list_what_a_narrow_window_has_no_column_for(seat: Seat) -> None:
    """It went sideways in every window below 1200 px; left out for good, nobody knew when a thing was received."""
    family_id = seat.family_ids()[0]
    quarrelled = seat.do(lambda office: of_family(office.connection, family_id, ("person",)))[0].id
    seat.do(quarrels.both_change, quarrelled, {"needs": "A dog"}, {"needs": "A cat"})
    seat.window.resize(1366, 768)
    screen = seat.go("ledger")
    table = seat.find(SampledTable, "Everything saved on this laptop", screen)
    table.setCurrentIndex(table.model().index(0, 0))
    seat.settle()
    assert not screen.left_out.isVisible()
    seat.window.resize(911, 512)
    seat.qtbot.waitUntil(lambda: seat.window.width() == 911 and screen.left_out.isVisible())
    seat.qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)
    assert [each.split(": ")[0] for each in screen.left_out.text().split(" · ")] == ["Sent", "Received", "Receipt"]
