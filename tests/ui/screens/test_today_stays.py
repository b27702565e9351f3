"""Today keeps the keyboard and the place where they are when it says something anew."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton

from sf_desktop.ops.records import concerns
from tests.ui.screens.conftest import Seat, begin_note


def test_the_keyboard_stays_where_it_is_when_another_list_changes(seat: Seat) -> None:
    """With each round that changed a word all of it was built anew, and the keyboard was somewhere else."""
    screen = seat.go("today")
    buttons = [each for each in seat.all(QAbstractButton, screen) if each.accessibleName().startswith("Open: ")]
    buttons[-1].setFocus()
    called = buttons[-1].accessibleName()
    at = screen.page.verticalScrollBar().value()
    begin_note(seat)
    screen._ask()
    seat.settle()
    assert [each for each in seat.all(QAbstractButton, screen) if each.accessibleName().startswith("Continue: Note")]
    focused = seat.window.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == called
    assert screen.page.verticalScrollBar().value() == at


def test_whoever_comes_to_today_sees_its_head(seat: Seat) -> None:
    """It stood at its end after a concern was begun: what was hidden while it was built anew took the page along."""
    seat.window.resize(1000, 480)
    screen = seat.go("today")
    family_id = seat.family_ids()[0]
    seat.go("concern", draft=seat.do(concerns.start, family_id).id)
    seat.go("today")
    bar = screen.page.verticalScrollBar()
    assert bar.maximum() > 0
    first = screen.page.first_button()
    assert first is not None
    assert first.hasFocus()
    seat.qtbot.waitUntil(lambda: not first.visibleRegion().isEmpty())
