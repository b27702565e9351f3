"""A planned visit is moved from Today and from the family file, and moved back; what reads the plan follows."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QLineEdit

from sf_desktop.ops import writing
from sf_desktop.ops.printing.home_visit_pack import open_pack
from sf_desktop.ops.sending.status import status_counts
from sf_desktop.ops.visiting import plans
from sf_desktop.ops.worker.ready import ready_on
from sf_desktop.ops.worker.today import visits_on
from sf_desktop.ui.family.screen import FamilyScreen
from sf_desktop.ui.history.screen import HistoryScreen
from sf_desktop.ui.today.screen import TodayScreen
from sf_record.dates import moment_text
from tests.fakes.clock import FrozenClock
from tests.ui.screens.conftest import Seat, press, spoken


def at(day: date, hour: int) -> str:
    return moment_text(datetime.combine(day, time(hour)).astimezone().astimezone(UTC))


def plan(seat: Seat, days: int, hour: int = 10) -> str:
    """Plan a visit of the first family so many days from today; return its id."""
    day = seat.office.today() + timedelta(days=days)
    done = seat.do(plans.plan_visit, seat.family_ids()[0], at(day, hour), "Talk about school", "At the nan's")
    found: str = done.record_id
    return found


def button(seat: Seat, begins: str) -> QAbstractButton:
    return next(each for each in seat.all(QAbstractButton) if spoken(each).startswith(begins))


def choose(seat: Seat, days: int, clock: str) -> None:
    """Type another day and time over those that stand there."""
    day = seat.office.today() + timedelta(days=days)
    for name, text in (("day", f"{day:%d/%m/%Y}"), ("time", clock)):
        line = seat.find(QLineEdit, f"New day and time: {name}")
        line.selectAll()
        seat.qtbot.keyClicks(line, text)


def save(seat: Seat) -> None:
    next(each for each in seat.screen().top_actions() if each.label == "Move the visit").slot()
    seat.settle()


def words(seat: Seat) -> str:
    return " | ".join(each.text() for each in seat.all(QLabel))


def test_a_visit_of_the_family_file_is_moved_and_moved_back(seat: Seat) -> None:
    planned_id = plan(seat, 1)
    seat.go("family", family=seat.family_ids()[0], tab="planned")
    button(seat, "Move…: Tomorrow, 10:00").click()
    seat.settle()
    assert "planned for tomorrow, 10:00" in words(seat)
    choose(seat, 2, "14:30")
    save(seat)
    assert isinstance(seat.screen(), FamilyScreen)
    assert "Moved from tomorrow, 10:00" in words(seat)
    tomorrow, after = (seat.office.today() + timedelta(days=each) for each in (1, 2))
    assert planned_id in {each.planned_id for each in seat.do(visits_on, after)}
    assert planned_id not in {each.planned_id for each in seat.do(visits_on, tomorrow)}
    assert seat.family_ids()[0] not in {each.family_id for each in seat.do(ready_on, tomorrow).rows}
    pack = seat.do(open_pack, seat.family_ids()[0], planned_id).paper
    assert "14:30 · At the nan's · Talk about school" in pack.under[0]
    button(seat, "Move it back: ").click()
    seat.settle()
    assert "Moved from" not in words(seat)
    assert button(seat, "Move…: Tomorrow, 10:00").isVisible()


def test_a_visit_of_today_is_moved_away_and_the_way_back_stands_there(seat: Seat) -> None:
    plan(seat, 0, 23)
    seat.go("today")
    before = len(seat.do(visits_on, seat.office.today()))
    card = next(each for each in seat.all(QFrame) if spoken(each).startswith("23:00 planned, "))
    next(each for each in seat.all(QAbstractButton, card) if spoken(each).startswith("Move, ")).click()
    seat.settle()
    choose(seat, 1, "09:00")
    save(seat)
    assert isinstance(seat.screen(), TodayScreen)
    assert "from today, 23:00 to tomorrow, 09:00. Saved on this laptop." in words(seat)
    assert len(seat.do(visits_on, seat.office.today())) == before - 1
    press(seat, "Move it back")
    assert len(seat.do(visits_on, seat.office.today())) == before
    assert "The visit is moved" not in words(seat)


def test_the_history_says_that_it_was_moved_and_from_when(seat: Seat) -> None:
    planned_id = plan(seat, 1)
    seat.do(plans.move_visit, planned_id, at(seat.office.today() + timedelta(days=2), 14))
    seat.go("family", family=seat.family_ids()[0], tab="planned")
    history = next(each for each in seat.all(QAbstractButton) if spoken(each).endswith(", 14:00")
                   and spoken(each).startswith("History: "))  # fmt: skip
    history.click()
    seat.settle()
    assert isinstance(seat.screen(), HistoryScreen)
    assert "Moved to another day or time" in words(seat)
    assert "Was | Tuesday 24 November 2026, 10:00 | Became | Wednesday 25 November 2026, 14:00" in words(seat)


def test_a_day_that_is_past_is_said_at_the_field_and_nothing_moves(seat: Seat) -> None:
    planned_id = plan(seat, 1)
    seat.go("move", family=seat.family_ids()[0], planned=planned_id)
    choose(seat, -1, "10:00")
    save(seat)
    assert "Choose today or a later day" in words(seat)
    assert planned_id in {each.planned_id for each in seat.do(visits_on, seat.office.today() + timedelta(days=1))}


def test_moving_is_done_with_the_keyboard_and_escape_leaves_it_where_it_was(seat: Seat) -> None:
    planned_id = plan(seat, 1)
    seat.go("family", family=seat.family_ids()[0], tab="planned")
    button(seat, "Move…: ").setFocus()
    seat.qtbot.keyClick(seat.window.focusWidget(), Qt.Key.Key_Space)
    seat.settle()
    assert seat.window.focusWidget() is seat.find(QLineEdit, "New day and time: day")
    seat.qtbot.keyClick(seat.window.focusWidget(), Qt.Key.Key_Escape)
    seat.settle()
    assert isinstance(seat.screen(), FamilyScreen)
    assert planned_id in {each.planned_id for each in seat.do(visits_on, seat.office.today() + timedelta(days=1))}


def test_what_is_typed_stays_while_something_is_looked_up(seat: Seat) -> None:
    planned_id = plan(seat, 1)
    subject = {"family": seat.family_ids()[0], "planned": planned_id}
    seat.go("move", **subject)
    choose(seat, 3, "16:15")
    seat.go("today")
    seat.go("move", **subject)
    assert seat.find(QLineEdit, "New day and time: time").text() == "16:15"


def test_what_was_cancelled_meanwhile_is_not_moved(seat: Seat) -> None:
    planned_id = plan(seat, 1)
    seat.do(plans.cancel_visit, planned_id)
    seat.go("move", family=seat.family_ids()[0], planned=planned_id)
    assert "This visit cannot be moved" in words(seat)
    assert [each.label for each in seat.screen().top_actions()] == ["Do not move"]


def test_a_visit_that_a_colleague_moved_meanwhile_is_not_moved_over_their_choice(seat: Seat) -> None:
    planned_id = plan(seat, 1)
    seat.go("move", family=seat.family_ids()[0], planned=planned_id)
    choose(seat, 2, "14:30")
    theirs = at(seat.office.today() + timedelta(days=3), 9)
    seat.do(lambda office: writing.change(office, planned_id, {
        **writing.found(office, planned_id).body, "planned_at": theirs,
    }))  # fmt: skip
    save(seat)
    record = seat.do(writing.found, planned_id)
    assert record.body["planned_at"] == theirs
    mine = datetime.combine(seat.office.today() + timedelta(days=2), time(14, 30)).astimezone().astimezone(UTC)
    assert [each.mine for each in record.conflicts] == [moment_text(mine)]
    assert seat.do(status_counts).needs_you == 1


def test_a_list_of_a_day_that_is_over_is_tomorrows(seat: Seat) -> None:
    """Whoever looked at a day to come, and came back after it, was shown who is ready for a day that has been."""
    assert isinstance(seat.office.clock, FrozenClock)
    screen = seat.go("ready")
    screen.later_button.click()
    seat.settle()
    assert screen._day == seat.office.today() + timedelta(days=2)
    seat.office.clock.forward(timedelta(days=2).total_seconds())
    seat.lock_and_come_back()
    assert seat.screen()._view.day == seat.office.today(), "it has come, and is not over"  # type: ignore[attr-defined]
    seat.office.clock.forward(timedelta(days=1).total_seconds())
    seat.lock_and_come_back()
    tomorrow = seat.office.today() + timedelta(days=1)
    assert seat.screen()._view.day == tomorrow  # type: ignore[attr-defined]
    assert seat.do(ready_on, tomorrow - timedelta(days=1)).day == tomorrow - timedelta(days=1)
