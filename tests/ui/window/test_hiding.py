"""Quick hide: one key, and nothing of the program is seen; behind it the program locks, and comes back to the place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.records.notes import start_note
from sf_desktop.ops.worker.places import last_place
from sf_desktop.ui.kit.window.neutral import TITLE, NeutralPage
from sf_desktop.ui.kit.writing.prose import ProseArea
from sf_desktop.ui.shortcuts.sheet import ShortcutSheet
from tests.ui.screens.conftest import Seat, seat, seed  # noqa: F401 - fixtures

SERVICE = "Strengthening Families"


@pytest.fixture(autouse=True)
def name(qapp: QApplication) -> Iterator[None]:
    QGuiApplication.setApplicationDisplayName(SERVICE)
    yield
    QGuiApplication.setApplicationDisplayName(SERVICE)


def test_one_key_hides_everything_before_anything_else(seat: Seat, qtbot: QtBot) -> None:  # noqa: F811
    seat.go("today")
    wanted: list[str] = []
    seat.window.hide_wanted.connect(lambda: wanted.append("hide"))
    seat.window.lock_wanted.connect(lambda: wanted.append("lock"))
    covered: list[bool] = []
    seat.desk.locked.connect(lambda: covered.extend(each.isVisible() for each in seat.window.findChildren(NeutralPage)))
    other = QDialog(seat.window)
    other.show()
    other.hide()
    QTest.keyClick(seat.window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    page = seat.window.findChild(NeutralPage)
    assert page is not None
    assert page.geometry() == seat.window.rect()
    assert covered == [True]
    assert seat.window.windowTitle() == TITLE == QGuiApplication.applicationDisplayName()
    seat.settle()
    assert wanted == ["hide"]


def test_what_is_typed_and_where_is_in_the_vault_before_it_locks(seat: Seat, qtbot: QtBot) -> None:  # noqa: F811
    draft = seat.do(start_note, seat.family_ids()[0])
    screen = seat.go("note", draft=draft.id)
    area = next(each for each in screen.findChildren(ProseArea) if each.isVisible())
    area.setFocus()
    QTest.keyClicks(area, "Pretend words, in mid-sent")
    cursor = area.textCursor().position()
    seat.window.hide_at_once()
    seat.settle()
    assert "Pretend words, in mid-sent" in str(seat.do(drafting.get, draft.id).body)
    place = seat.do(last_place)
    assert place["screen"] == "note"
    assert str(cursor) in str(place["place"])


def test_any_key_or_click_leaves_the_neutral_page_but_not_the_keys_that_were_held(qtbot: QtBot) -> None:
    page = NeutralPage()
    qtbot.addWidget(page)
    page.show()
    left: list[int] = []
    page.left.connect(lambda: left.append(1))
    for key in (Qt.Key.Key_Control, Qt.Key.Key_Shift):
        QTest.keyClick(page, key)
    assert left == []
    QTest.keyClick(page, Qt.Key.Key_Space)
    QTest.mouseClick(page, Qt.MouseButton.LeftButton)
    assert left == [1, 1]


def test_the_key_works_from_the_sheet_of_shortcuts_too(seat: Seat, qtbot: QtBot) -> None:  # noqa: F811
    seat.go("today")
    seat.window.show_shortcuts()
    sheet = seat.window.findChild(ShortcutSheet)
    assert sheet is not None
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow)
    QTest.keyClick(sheet, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert not sheet.isVisible()
    assert seat.window.windowTitle() == TITLE
