"""Quick hide: one key, and nothing of the program is seen; behind it the program locks, and comes back to the place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.records.notes import start_note
from sf_desktop.ops.worker.places import last_place
from sf_desktop.ui.kit.picker import FilePicker
from sf_desktop.ui.kit.window.neutral import TITLE, NeutralPage
from sf_desktop.ui.kit.writing.prose import ProseArea
from sf_desktop.ui.lock.screen import LockScreen
from sf_desktop.ui.messages import Question
from tests.ui.finding import answered, named
from tests.ui.screens.conftest import Seat, begin_note, press, seat, seed  # noqa: F401 - fixtures
from tests.ui.window.conftest import Table

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


@pytest.mark.parametrize("ends", ["hide_at_once", "lock", "close"])
def test_what_dictation_is_still_composing_is_kept_as_it_stands(seat: Seat, qtbot: QtBot, ends: str) -> None:  # noqa: F811
    draft = seat.do(start_note, seat.family_ids()[0])
    area = seat.go("note", draft=draft.id).findChild(ProseArea)
    area.setFocus()
    qtbot.waitUntil(area.hasFocus)
    QTest.keyClicks(area, "She said: ")
    QApplication.sendEvent(area, QInputMethodEvent("the stairs are", []))
    getattr(seat.window, ends)()
    seat.settle()
    assert seat.do(drafting.get, draft.id).body["text"] == "She said: the stairs are"


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


def test_what_was_signed_just_before_it_locked_is_said_to_be_signed_afterwards(seat: Seat) -> None:  # noqa: F811
    draft = begin_note(seat)
    seat.go("note", draft=draft.id)
    press(seat, "Check and sign")
    press(seat, "Sign")
    seat.settle()
    seat.lock_and_come_back()
    assert "The note is signed" in [each.text() for each in seat.all(QLabel)]
    press(seat, "Open the family file")
    seat.settle()
    assert seat.window.place()["subject"] == {"family": draft.family_id, "record": draft.id}
    thrown = begin_note(seat)
    seat.do(drafting.discard, thrown.id)
    seat.go("note", draft=thrown.id)
    assert "The note is signed" not in [each.text() for each in seat.all(QLabel)]


HIDES = (Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


def press_where_the_keyboard_is(qtbot: QtBot, *keys: Any) -> None:
    """As the computer does it: to the window that has the keyboard, which knows of lists and menus over it."""
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    QTest.keyClick(QGuiApplication.focusWindow(), *keys)


def over_the_window(seat: Seat) -> list[str]:  # noqa: F811
    """What else is shown."""
    return [type(each).__name__ for each in QApplication.topLevelWidgets() if each.isVisible() and each != seat.window]


def a_list(seat: Seat) -> QWidget:  # noqa: F811
    box = next(each for each in seat.go("family", family=seat.family_ids()[0]).findChildren(QComboBox))
    box.showPopup()
    return box.view()


def a_menu(seat: Seat) -> QWidget:  # noqa: F811
    draft = seat.do(start_note, seat.family_ids()[0])
    area = seat.go("note", draft=draft.id).findChild(ProseArea)
    area.setFocus()
    area.contextMenuEvent(
        QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(4, 4), area.mapToGlobal(QPoint()))
    )
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, QMenu) and each.isVisible())


def a_question(seat: Seat) -> QWidget:  # noqa: F811
    asked = Question(seat.window, "Sure?", "Nothing of it is sent.", "Yes", "No")
    asked.open()
    return asked


def a_choice_of_files(seat: Seat) -> QWidget:  # noqa: F811
    picker = FilePicker(seat.window)
    picker.open()
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible())


def the_sheet_of_shortcuts(seat: Seat) -> QWidget:  # noqa: F811
    seat.window.show_shortcuts()
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible())


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("shown", [a_list, a_menu, a_question, a_choice_of_files, the_sheet_of_shortcuts])
def test_the_key_works_over_whatever_is_shown(seat: Seat, qtbot: QtBot, shown: Callable[[Seat], QWidget]) -> None:  # noqa: F811
    seat.go("today")
    other = shown(seat)
    qtbot.waitUntil(other.isVisible)
    if isinstance(other, QDialog):
        qtbot.waitUntil(other.isActiveWindow)
    press_where_the_keyboard_is(qtbot, *HIDES)
    assert over_the_window(seat) == []
    assert seat.window.windowTitle() == TITLE
    assert seat.window.findChild(NeutralPage) is not None
    seat.settle()


def test_locking_takes_away_what_lies_over_the_window(
    seat: Seat,  # noqa: F811
    qtbot: QtBot,
) -> None:
    seat.go("today")
    chosen: list[object] = []
    picker = FilePicker(seat.window)
    picker.picked.connect(chosen.append)
    picker.open()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), QDialog))
    press_where_the_keyboard_is(qtbot, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert over_the_window(seat) == []
    assert chosen == []
    seat.settle()


def test_before_unlocking_the_key_hides_too_and_what_was_typed_is_there_afterwards(table: Table) -> None:
    desktop = table.start()
    screen = table.shows(desktop, LockScreen)
    assert isinstance(screen, LockScreen)
    answered(table.qtbot, screen)
    field = named(screen, "Passphrase", QLineEdit)
    QTest.keyClicks(field, "half of a")
    QTest.keyClick(field, *HIDES)
    page = desktop.entry.centralWidget()
    assert isinstance(page, NeutralPage)
    assert desktop.entry.windowTitle() == TITLE == QGuiApplication.applicationDisplayName()
    assert not screen.isVisible()
    press_where_the_keyboard_is(table.qtbot, Qt.Key.Key_Space)
    assert (screen.isVisible(), field.text()) == (True, "half of a")
    assert desktop.entry.windowTitle() == SERVICE == QGuiApplication.applicationDisplayName()
    assert desktop.entry.focusWidget() is field


def test_a_vault_that_opens_behind_the_neutral_page_shows_nothing_and_locks_again(table: Table) -> None:
    desktop = table.start()
    table.unlock(desktop)
    desktop.entry.hide_at_once()
    table.qtbot.waitUntil(lambda: desktop.is_locking, timeout=30_000)
    assert desktop.is_hiding
    assert isinstance(desktop.entry.centralWidget(), NeutralPage)
    assert desktop.workplace is not None
    assert not desktop.workplace.window.isVisible()
