"""A register at the window: an activity and a day chosen, marks kept while one marks, saved into each family's file."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton

from sf_desktop.ops import writing
from sf_desktop.ops.activities import registering, registers
from tests.fakes.clock import FrozenClock
from tests.ui.screens.conftest import Seat

CODE, DAY = "cooking", "2026-11-23"


def texts(seat: Seat) -> str:
    return "\n".join(each.text() for each in seat.all(QLabel, seat.screen()))


def open_register(seat: Seat) -> None:
    screen = seat.go("register")
    screen.activity.set_value(CODE)
    screen.activity.changed.emit()
    seat.settle()


def mark(seat: Seat, name: str, answer: str) -> None:
    seat.find(QRadioButton, f"{name}: {answer}").click()


def test_a_register_is_kept_and_shown_in_the_family_file(seat: Seat) -> None:
    seat.go("today")
    seat.find(QPushButton, "Registers").click()
    seat.settle()
    open_register(seat)
    one, other = seat.do(registers.register, CODE, DAY).rows
    assert "Nuts bring out a rash" in texts(seat)
    mark(seat, one.name, "Came")
    mark(seat, other.name, "Did not come")
    assert "1 came, 1 did not come" in texts(seat)
    seat.find(QPushButton, "Save the register").click()
    seat.settle()
    assert "The register is saved on this laptop" in texts(seat)
    assert [each.came for each in seat.do(registers.register, CODE, DAY).rows] == [True, False]
    assert seat.do(registering.catalogue).unsaved == {}
    seat.go("family", family=one.family_id, tab="support")
    seat.settle()
    assert "Pretend cooking · came 4 of 5 times, last today" in texts(seat)


def test_marks_are_kept_before_they_are_saved(seat: Seat) -> None:
    open_register(seat)
    one, _ = seat.do(registers.register, CODE, DAY).rows
    mark(seat, one.name, "Came")
    seat.qtbot.waitUntil(lambda: one.person_id in str(seat.do(registering.catalogue).unsaved), timeout=2_000)
    place = seat.window.place()
    mark(seat, one.name, "Did not come")
    seat.go("today")
    seat.settle()
    assert "False" in str(seat.do(registering.catalogue).unsaved)
    seat.window.restore(place)
    seat.settle()
    assert seat.find(QRadioButton, f"{one.name}: Did not come").isChecked()
    assert [each.came for each in seat.do(registers.register, CODE, DAY).rows] == [None, None]


def test_whoever_is_marked_while_the_register_is_being_saved_stays_marked(seat: Seat) -> None:
    open_register(seat)
    one, other = seat.do(registers.register, CODE, DAY).rows
    mark(seat, one.name, "Came")
    seat.find(QPushButton, "Save the register").click()
    mark(seat, other.name, "Came")  # before the answer is here
    seat.settle()
    assert [each.came for each in seat.do(registers.register, CODE, DAY).rows] == [True, None]
    assert seat.find(QRadioButton, f"{other.name}: Came").isChecked()
    seat.find(QPushButton, "Save the register").click()
    seat.settle()
    assert [each.came for each in seat.do(registers.register, CODE, DAY).rows] == [True, True]
    assert seat.do(registering.catalogue).unsaved == {}


def test_who_is_marked_before_the_vault_has_said_what_it_has_stays_marked(seat: Seat) -> None:
    open_register(seat)
    one, _ = seat.do(registers.register, CODE, DAY).rows
    screen = seat.screen()
    screen.show_subject({})  # somebody comes back here, and the vault is slow
    mark(seat, one.name, "Came")
    screen.leave()  # so long that the marks were handed over meanwhile
    seat.settle()
    assert seat.find(QRadioButton, f"{one.name}: Came").isChecked()
    assert seat.do(registering.catalogue).unsaved == {f"{CODE}|{DAY}": {one.person_id: True}}


def test_another_day_and_back_loses_no_mark(seat: Seat) -> None:
    open_register(seat)
    one, _ = seat.do(registers.register, CODE, DAY).rows
    mark(seat, one.name, "Came")
    screen = seat.screen()
    for day in ("2026-11-16", DAY):
        screen.day.set_typed(day)  # type: ignore[attr-defined]
        screen.day.changed.emit()  # type: ignore[attr-defined]
        seat.settle()
    assert seat.find(QRadioButton, f"{one.name}: Came").isChecked()


def next_morning(seat: Seat) -> None:
    assert isinstance(seat.office.clock, FrozenClock)
    seat.office.clock.forward(timedelta(days=1).total_seconds())


def test_who_comes_back_on_another_day_marks_the_register_of_that_day(seat: Seat) -> None:
    """It was still yesterday's: whoever marked did so on the wrong day."""
    open_register(seat)
    for come_back in (lambda: seat.go("register"), seat.lock_and_come_back):
        next_morning(seat)
        seat.go("today")
        seat.go("register")
        come_back()
        today = seat.do(registering.catalogue).today
        assert seat.screen().day.value().isoformat() == today  # type: ignore[attr-defined]
        assert seat.screen().shown.day == today  # type: ignore[attr-defined]


def test_what_was_marked_yesterday_and_not_saved_is_there_first(seat: Seat) -> None:
    open_register(seat)
    one, _ = seat.do(registers.register, CODE, DAY).rows
    mark(seat, one.name, "Came")
    seat.screen().leave()
    next_morning(seat)
    for come_back in (lambda: seat.go("register"), seat.lock_and_come_back):
        seat.go("today")
        seat.go("register")
        come_back()
        assert seat.find(QRadioButton, f"{one.name}: Came").isChecked()
    seat.find(QPushButton, "Save the register").click()
    seat.settle()
    assert [each.came for each in seat.do(registers.register, CODE, DAY).rows] == [True, None]


def test_a_day_that_somebody_chose_stays_chosen(seat: Seat) -> None:
    open_register(seat)
    screen = seat.screen()
    screen.day.set_typed("2026-11-16")  # type: ignore[attr-defined]
    screen.day.changed.emit()  # type: ignore[attr-defined]
    next_morning(seat)
    seat.go("today")
    seat.go("register")
    seat.lock_and_come_back()
    assert seat.screen().shown.day == "2026-11-16"  # type: ignore[attr-defined]


def test_an_activity_without_places_says_what_to_do(seat: Seat) -> None:
    screen = seat.go("register")
    screen.activity.set_value("bumps")
    screen.activity.changed.emit()
    seat.settle()
    assert "Give somebody a place under Support" in texts(seat)
    assert "Save the register" not in [each.accessibleName() for each in seat.all(QPushButton)]


def test_the_page_says_what_is_marked_and_not_saved(seat: Seat) -> None:
    open_register(seat)
    one, other = seat.do(registers.register, CODE, DAY).rows
    mark(seat, one.name, "Came")
    seat.find(QPushButton, "Save the register").click()
    seat.settle()
    assert "not saved yet" not in texts(seat)
    mark(seat, other.name, "Did not come")
    assert "One mark is not saved yet" in texts(seat)
    assert "The register is saved on this laptop" not in texts(seat)


def test_a_register_of_another_day_that_was_marked_and_not_saved_is_said_and_opened(seat: Seat) -> None:
    open_register(seat)
    one, _ = seat.do(registers.register, CODE, DAY).rows
    mark(seat, one.name, "Came")
    screen = seat.screen()
    assert not screen.waiting.isVisible()  # type: ignore[attr-defined]
    screen.day.set_typed("2026-11-16")  # type: ignore[attr-defined]
    screen.day.changed.emit()  # type: ignore[attr-defined]
    seat.settle()
    assert "Pretend cooking, Monday 23 November. It is sent once it is saved." in texts(seat)
    seat.find(QPushButton, "Open it").click()
    seat.settle()
    assert seat.find(QRadioButton, f"{one.name}: Came").isChecked()
    seat.find(QPushButton, "Save the register").click()
    seat.settle()
    assert not screen.waiting.isVisible()  # type: ignore[attr-defined]


def test_whom_two_records_of_one_day_mark_differently_is_said_until_somebody_decides(seat: Seat) -> None:
    open_register(seat)
    one, _ = seat.do(registers.register, CODE, DAY).rows
    for name in ("came", "away"):
        body = {"activity": CODE, "held_on": DAY, name: [one.person_id]}
        seat.do(writing.create, "attendance", one.family_id, body)
    open_register(seat)
    assert "two marked them, and not alike: mark them once more" in texts(seat)
    assert not any(seat.find(QRadioButton, f"{one.name}: {each}").isChecked() for each in ("Came", "Did not come"))
    mark(seat, one.name, "Came")
    assert "mark is not saved yet" in texts(seat)
    seat.find(QPushButton, "Save the register").click()
    seat.settle()
    assert "two marked them" not in texts(seat)
    assert seat.find(QRadioButton, f"{one.name}: Came").isChecked()
