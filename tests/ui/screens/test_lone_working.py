"""Going in, staying longer and coming out, from the pack and from Today; whoever is overdue stands at its top."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QComboBox

from sf_desktop.ops.visiting import lone_working
from sf_desktop.ui.kit.safety.outcard import OutCard
from sf_desktop.ui.pack.screen import PackScreen
from sf_desktop.ui.today.screen import TodayScreen
from tests.fakes.clock import FrozenClock
from tests.ui.screens.conftest import Seat, spoken


def press(seat: Seat, start: str) -> None:
    next(each for each in seat.all(QAbstractButton) if spoken(each).startswith(start)).click()
    seat.settle()


def cards(seat: Seat) -> list[str]:
    return [each.words.lead for each in seat.all(OutCard)]


def clock(seat: Seat) -> FrozenClock:
    assert isinstance(seat.office.clock, FrozenClock)
    return seat.office.clock


def test_from_the_pack_one_goes_in_stays_longer_and_comes_out(seat: Seat) -> None:
    seat.go("pack", family=seat.family_ids()[0])
    seat.find(QComboBox, "Back in").setCurrentText("Back in half an hour")
    press(seat, "I am going in")
    assert cards(seat)[0].endswith("since 09:00, expected back at 09:30")
    assert not [each for each in seat.all(QComboBox) if spoken(each) == "Back in"]
    press(seat, "Half an hour longer")
    assert cards(seat)[0].endswith("expected back at 10:00")
    press(seat, "I am out")
    assert cards(seat) == []
    assert seat.find(QComboBox, "Back in").isVisible()


def test_somebody_who_has_not_come_out_elsewhere_is_told(seat: Seat) -> None:
    first, second, *_ = seat.family_ids()
    seat.do(lone_working.go_in, first, 60)
    seat.go("pack", family=second)
    press(seat, "I am going in")
    screen = seat.screen()
    assert isinstance(screen, PackScreen)
    assert screen.banner.title_label.text() == "You have not said yet that you came out of your last visit"


def test_today_says_when_one_is_overdue_as_time_passes(seat: Seat) -> None:
    seat.do(lone_working.go_in, seat.family_ids()[0], 60)
    seat.go("today")
    assert "expected back at 10:00" in cards(seat)[0]
    screen = seat.screen()
    assert isinstance(screen, TodayScreen)
    clock(seat).forward(3700)
    assert screen._again.isActive()
    screen._again.timeout.emit()
    seat.settle()
    assert cards(seat) == ["You were expected back at 10:00"]
    press(seat, "I am out")
    assert cards(seat) == []
    assert not screen._again.isActive()
