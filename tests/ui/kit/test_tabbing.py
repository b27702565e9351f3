"""Where the keyboard goes when what it was on goes away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sf_desktop.ui.kit.access.tabbing import go_on
from sf_desktop.ui.kit.controls.buttons import Button
from sf_desktop.ui.kit.layout.surfaces import Card, column


class Window(QWidget):
    """Goes through itself as the program's windows do."""

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's own name
        return go_on(self, forward=forward)


def test_the_keyboard_stays_beside_what_goes_away(qtbot: QtBot) -> None:
    """It went to the top of the window, onto "Today" in the rail: Enter once more, and one was somewhere else."""
    window, rail, card, other = Window(), Button("Today"), Card("Attached"), Card("Next visit")
    down = column(window)
    opened, out, back, last = (Button(each) for each in ("Open", "Take out", "Put back", "Signature"))
    for each in (rail, card, other):
        down.addWidget(each)
    for each in (opened, out, back):
        card.layout_.addWidget(each)
    other.layout_.addWidget(last)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    out.setFocus()
    out.hide()
    assert window.focusWidget() is back
    back.hide()
    assert window.focusWidget() is opened
    card.hide()
    assert window.focusWidget() is last
    QTest.keyClick(last, Qt.Key.Key_Tab)
    assert window.focusWidget() is rail
