"""A supervisor says in the window that two records are of one person, sees first what differs, and takes them apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton

from sf_desktop.ops import people, writing
from sf_desktop.ops.office import Me
from sf_desktop.ui.kit.surfaces import Card
from sf_record.description import Role
from tests.ui.screens.conftest import Seat, spoken


@pytest.fixture
def boss(seat: Seat) -> Seat:
    """The seat, taken by a supervisor."""
    me = seat.office.me
    seat.office = replace(seat.office, me=Me(replace(me.worker, role=Role.SUPERVISOR), me.name, me.device_id))
    seat.runner.office = seat.office
    return seat


def cards(seat: Seat) -> set[str]:
    return {spoken(each) for each in seat.all(Card)}


def test_two_records_of_one_person_are_read_as_one_and_taken_apart(boss: Seat) -> None:
    family_id = boss.family_ids()[0]
    child = boss.do(people.children_of, family_id)[0]
    body = {"role": "child", "given_name": "Pretend-other", "family_name": "Record"}
    other = boss.do(writing.create, "person", family_id, body).record_id
    boss.go("family", family=family_id, tab="people")
    assert any(each.startswith("Pretend-other Record") for each in cards(boss))
    boss.find(QAbstractButton, "Two records are of one person").click()
    boss.settle()
    form = boss.screen().form  # type: ignore[attr-defined]
    for name, value in {"duplicate": other, "kept": child.id, "reason": "Same NHS number"}.items():
        form.field(name).set_value(value)
        form.field(name).changed.emit()
    boss.settle()
    compared = boss.find(Card, "What the two say differently")
    told = " ".join(each.text() for each in compared.findChildren(type(compared.heading)))
    assert "One too many: Pretend-other" in told
    boss.screen().on_finish()  # type: ignore[attr-defined]
    boss.settle()
    assert not any(each.startswith("Pretend-other Record") for each in cards(boss))
    boss.find(QAbstractButton, f"History of the other record of {child.name}").click()
    boss.settle()
    assert boss.screen().title() == "History"
    boss.go("family", family=family_id, tab="people")
    boss.find(QAbstractButton, f"Open: {child.name}: two records, read as one").click()
    boss.settle()
    boss.find(QAbstractButton, "Mark as entered in error").click()
    boss.settle()
    screen = boss.screen()
    screen.story.adding.field.set_value("They are two")  # type: ignore[attr-defined]
    screen.story.adding.done_button.click()  # type: ignore[attr-defined]
    boss.settle()
    boss.go("family", family=family_id, tab="people")
    assert any(each.startswith("Pretend-other Record") for each in cards(boss))


def test_a_practitioner_is_not_offered_it(seat: Seat) -> None:
    seat.go("family", family=seat.family_ids()[0], tab="people")
    assert "People recorded twice" not in cards(seat)
