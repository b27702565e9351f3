"""The accessibility walk: in every place of the window each control is named, reached, large enough, and fits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from sf_desktop.ui.kit.theme import ThemeChoice
from sf_desktop.ui.maps.view import MapView
from tests.builders.desks import seeded
from tests.builders.tour import DRAFTS, Stop, stops, tour_window
from tests.ui.screens.conftest import Seat, dress, seated, spoken

CONTROLS = (
    QAbstractButton, QComboBox, QLineEdit, QTextEdit, QPlainTextEdit, QAbstractItemView, QTabBar, QAbstractSpinBox,
)  # fmt: skip
# Parts of Qt's own controls, which are reached through the control that they belong to.
WITHIN = (QLineEdit, QComboBox, QTabBar, QAbstractItemView, QAbstractSpinBox)


@pytest.fixture
def tourist(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Seat]:
    """Somebody before a window with every screen, and a family file in which there is something of everything."""
    dress(qapp, ThemeChoice.LIGHT, 100)
    with seated(qtbot, tmp_path, seeded(), tour_window) as somebody:
        yield somebody
    dress(qapp, ThemeChoice.LIGHT, 100)


def visit(seat: Seat) -> Iterator[Stop]:
    """Go to every place in turn."""
    for stop in stops(seat.do, seat.family_ids(), seat.window):
        seat.go(stop.screen, **stop.subject)
        yield stop


def controls(seat: Seat) -> list[QWidget]:
    """What can be used on the screen that is shown, without the parts of which Qt makes one control."""
    found = [each for kind in CONTROLS for each in seat.all(kind, seat.screen())]
    return [each for each in dict.fromkeys(found) if not _is_part(each)]


def _is_part(widget: QWidget) -> bool:
    if isinstance(widget, QHeaderView) or widget.objectName().startswith("qt_"):
        return True
    above = widget.parentWidget()
    while above is not None and not isinstance(above, WITHIN):
        above = above.parentWidget()
    return above is not None


def in_reach(seat: Seat) -> set[QWidget]:
    """Everything that the keyboard comes to, going on with Tab."""
    found: set[QWidget] = set()
    at: QWidget | None = seat.window.nextInFocusChain()
    while at is not None and at is not seat.window and at not in found:
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


def faults(seat: Seat, width: int) -> Iterator[str]:
    """Yield whatever is wrong with the place that is shown."""
    reached = in_reach(seat)
    for control in controls(seat):
        name = spoken(control)
        called = f"{type(control).__name__} {name!r}"
        if not name:
            yield f"a {type(control).__name__} has no name"
        if control.isEnabled() and not is_reached(control, reached):
            yield f"{called} is not reached by keyboard"
        if control.height() < 24 or control.width() < 24:
            yield f"{called} is {control.width()} by {control.height()} px"
    for label in seat.all(QLabel, seat.screen()):
        if label.textFormat() is not Qt.TextFormat.PlainText:
            yield f"{label.text()!r} is not plain text"
    if seat.window.width() > width:
        yield f"the window is {seat.window.width()} px wide"
    # A drawn map scrolls both ways, as maps may (WCAG 1.4.10); what stands around it does not.
    for area in (each for each in seat.all(QScrollArea, seat.screen()) if not isinstance(each, MapView)):
        if area.horizontalScrollBar().maximum():
            yield f"{area.horizontalScrollBar().maximum()} px too wide"


@pytest.mark.parametrize(
    ("choice", "percent", "size"),
    [
        (ThemeChoice.DARK, 100, (1366, 768)),
        (ThemeChoice.LIGHT, 200, (1366, 768)),
        (ThemeChoice.HIGH_CONTRAST, 100, (683, 384)),  # what 1366x768 has left at a scale of 2
    ],
)
def test_every_place_is_named_reached_large_enough_and_fits(
    tourist: Seat, qapp: QApplication, choice: ThemeChoice, percent: int, size: tuple[int, int]
) -> None:
    dress(qapp, choice, percent)
    tourist.window.resize(*size)
    found = [f"{stop.name}: {fault}" for stop in visit(tourist) for fault in faults(tourist, size[0])]
    assert not found, "\n".join(["", *dict.fromkeys(found)])


def test_the_walk_leaves_no_screen_out(tourist: Seat) -> None:
    met = {stop.screen for stop in stops(tourist.do, tourist.family_ids(), tourist.window)}
    assert met == set(tourist.window.stack._plans)
    assert met >= DRAFTS


def test_a_control_without_a_name_or_out_of_reach_would_be_found(tourist: Seat) -> None:
    screen = tourist.go("settings")
    bare, shy = QLineEdit(screen), QLineEdit(screen)
    shy.setAccessibleName("Shy")
    shy.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    bare.setStyleSheet("min-height: 0; max-height: 9px; padding: 0; border: 0")
    for each in (bare, shy):
        each.show()
    found = list(faults(tourist, 1366))
    assert "a QLineEdit has no name" in found
    assert "QLineEdit 'Shy' is not reached by keyboard" in found
    assert any("QLineEdit ''" in each and each.endswith("by 9 px") for each in found), found


@pytest.mark.parametrize("screen", ["settings", "help"])
def test_choices_are_gone_through_with_the_arrows(tourist: Seat, screen: str) -> None:
    shown = tourist.go(screen)
    reached = in_reach(tourist)
    groups: dict[QWidget | None, list[QAbstractButton]] = {}
    for each in tourist.all(QAbstractButton, shown):
        if each.isCheckable() and each not in reached and is_reached(each, reached):
            groups.setdefault(each.parentWidget(), []).append(each)
    assert groups
    for group, others in groups.items():
        first = next(each for each in reached if each.parentWidget() is group and type(each) is type(others[0]))
        first.setFocus()
        met = {tourist.window.focusWidget()}
        for _ in range(len(others) + 1):
            at = tourist.window.focusWidget()
            assert at is not None
            QTest.keyClick(at, Qt.Key.Key_Down)
            met.add(tourist.window.focusWidget())
        assert met >= set(others)
