"""What locks without a key: nobody there, by either clock, and the computer going to sleep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from sf_desktop.clock import Boot
from sf_desktop.ui.lock.watch import IdleWatch, SleepWatch


class Clock:
    """Stands still until it is told to move."""

    def __init__(self) -> None:
        self.wall = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
        self.steady = 100.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.steady

    def boot(self) -> Boot:
        return Boot("one", self.steady)

    def pass_s(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.steady += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def line(qtbot, theme) -> QLineEdit:
    made = QLineEdit()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_nobody_there(qtbot, qapp, clock: Clock, line: QLineEdit) -> None:
    watch = IdleWatch(qapp, clock, 300)
    clock.pass_s(299)
    with qtbot.assertNotEmitted(watch.idle):
        watch.look()
    clock.pass_s(1)
    with qtbot.waitSignal(watch.idle):
        watch.look()


def test_typing_is_a_sign_of_life(qtbot, qapp, clock: Clock, line: QLineEdit) -> None:
    watch = IdleWatch(qapp, clock, 300)
    clock.pass_s(299)
    qtbot.keyClick(line.windowHandle(), Qt.Key.Key_A)
    clock.pass_s(299)
    with qtbot.assertNotEmitted(watch.idle):
        watch.look()


def test_sleep_stops_the_steady_clock_but_not_the_other(qtbot, qapp, clock: Clock) -> None:
    watch = IdleWatch(qapp, clock, 300)
    clock.wall += timedelta(hours=8)
    with qtbot.waitSignal(watch.idle):
        watch.look()


def test_a_wall_clock_put_back_is_no_sign_of_life(qtbot, qapp, clock: Clock) -> None:
    watch = IdleWatch(qapp, clock, 300)
    clock.pass_s(300)
    clock.wall -= timedelta(days=1)
    with qtbot.waitSignal(watch.idle):
        watch.look()


def test_it_looks_by_itself(qtbot, qapp, clock: Clock) -> None:
    watch = IdleWatch(qapp, clock, 0.001)
    clock.pass_s(1)
    with qtbot.waitSignal(watch.idle):
        pass


def test_sleep_and_screen_lock_are_heard_and_waking_is_not(qtbot) -> None:
    watch = SleepWatch()
    with qtbot.waitSignal(watch.going):
        watch.on_going(True)
    with qtbot.waitSignal(watch.going):
        watch.on_lock()
    with qtbot.assertNotEmitted(watch.going):
        watch.on_going(False)


def test_without_a_bus_it_is_silent(qtbot, monkeypatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    assert set(SleepWatch().listens_to) <= {"sleep", "session lock", "screen lock"}
