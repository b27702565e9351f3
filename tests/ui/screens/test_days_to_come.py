"""A day that has not come yet is named where somebody saves, whether it is signed or not."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton

from sf_desktop.ops.activities import registers
from sf_desktop.ops.household import people
from sf_desktop.store.tables import records
from sf_record.record import Record
from tests.ui.screens.conftest import Seat

NOT_YET = "This day has not come yet"


def texts(seat: Seat) -> str:
    return "\n".join(each.text() for each in seat.all(QLabel, seat.screen()))


def answer(seat: Seat, **answers: str) -> None:
    for name, value in answers.items():
        seat.screen().form.put_one(name, value)  # type: ignore[attr-defined]


def kept(seat: Seat, record_id: str) -> Record | None:
    return records.get(seat.office.connection, record_id)


def test_nobody_is_born_on_a_day_to_come(seat: Seat) -> None:
    draft = seat.do(people.start_person, seat.family_ids()[0], "child")
    screen = seat.go("person", draft=draft.id)
    answer(seat, given_name="Pretend", born_on="2091-04-03")
    screen.on_finish()
    seat.settle()
    assert NOT_YET in texts(seat)
    assert kept(seat, draft.id) is None
    answer(seat, born_on="2019-04-03")
    screen.on_finish()
    seat.settle()
    saved = kept(seat, draft.id)
    assert saved is not None
    assert saved.body["born_on"] == "2019-04-03"


def test_a_register_of_a_day_to_come_is_not_kept_and_says_why(seat: Seat) -> None:
    screen = seat.go("register")
    screen.activity.set_value("cooking")
    screen.day.set_value(date(2026, 11, 24))
    screen.activity.changed.emit()
    seat.settle()
    one, _ = seat.do(registers.register, "cooking", "2026-11-24").rows
    seat.find(QRadioButton, f"{one.name}: Came").click()
    seat.find(QPushButton, "Save the register").click()
    seat.settle()
    assert f"On: {NOT_YET[0].lower()}{NOT_YET[1:]}." in texts(seat)
    assert [each.came for each in seat.do(registers.register, "cooking", "2026-11-24").rows] == [None, None]
