"""A supervisor says in the window that two records are of one person, sees first what differs, and takes them apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QTextEdit

from sf_desktop.ops import writing
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.household import people
from sf_desktop.ops.office import Me
from sf_desktop.ops.reading import timeline
from sf_desktop.ops.records import notes, recording
from sf_desktop.ops.visiting import visits
from sf_desktop.store.queries import entries
from sf_desktop.store.tables import records
from sf_desktop.ui.kit.layout.surfaces import Card
from sf_desktop.ui.kit.messages.banners import Banner
from sf_record.description import Role
from sf_record.events import Event
from sf_record.rules.sameness import KIND
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
    boss.find(QAbstractButton, "Take the two apart").click()
    boss.settle()
    screen = boss.screen()
    screen.story.adding.field.set_value("They are two")  # type: ignore[attr-defined]
    screen.story.adding.done_button.click()  # type: ignore[attr-defined]
    boss.settle()
    boss.go("family", family=family_id, tab="people")
    assert any(each.startswith("Pretend-other Record") for each in cards(boss))


def merged(seat: Seat) -> tuple[str, str, str]:
    """A family file, a child of it, and another record of that child which is read with theirs."""
    family_id = seat.family_ids()[0]
    child = seat.do(people.children_of, family_id)[0]
    body = {"role": "child", "given_name": "Pretend-other", "family_name": "Record"}
    other = seat.do(writing.create, "person", family_id, body).record_id
    seat.do(writing.create, KIND, family_id, {"duplicate": other, "kept": child.id, "reason": "Same NHS number"})
    return family_id, child.name, other


def test_they_are_taken_apart_beside_the_person_and_that_is_taken_back(boss: Seat) -> None:
    family_id, name, _ = merged(boss)
    boss.go("family", family=family_id, tab="people")
    boss.find(QAbstractButton, f"Take the two records of {name} apart").click()
    boss.settle()
    boss.find(QAbstractButton, "Take them apart").click()
    boss.settle()
    assert not any(each.startswith("Pretend-other Record") for each in cards(boss))  # not without a reason
    adding = boss.screen().parts["people"].tab.apart.adding  # type: ignore[attr-defined]
    assert adding.field.problem == "Say how you know that they are two people"
    assert adding.field.area.hasFocus()
    adding.field.set_value("The mother says they are cousins")
    boss.find(QAbstractButton, "Take them apart").click()
    boss.settle()
    assert any(each.startswith("Pretend-other Record") for each in cards(boss))
    assert boss.find(QAbstractButton, "Take it back").hasFocus()
    boss.find(QAbstractButton, "Take it back").click()
    boss.settle()
    assert not any(each.startswith("Pretend-other Record") for each in cards(boss))
    assert [each.reason for each in withdrawn(boss)] == ["The mother says they are cousins"]


def withdrawn(seat: Seat) -> list[Event]:
    found = entries.numbers(seat.office.connection)
    return [each.event for each in entries.chosen(seat.office.connection, found) if each.is_withdrawn]


def test_a_merge_is_read_by_what_each_record_is_called(boss: Seat) -> None:
    family_id, name, _ = merged(boss)
    merge = next(each for each in boss.do(recording.listed, family_id, (KIND,)).rows)
    (row,) = boss.do(timeline.timeline_rows, (merge.id,))
    assert row.text == f"Pretend-other Record and {name}: Same NHS number"
    boss.go("family", family=family_id, record=merge.id)
    told = "\n".join(each.text() for each in boss.all(QLabel, boss.screen()))
    assert "Pretend-other Record (written down 23 November 2026)" in told
    assert boss.find(QAbstractButton, "Take the two apart").isVisible()


def test_nobody_is_offered_twice_and_whoever_was_named_stays_named(boss: Seat) -> None:
    family_id, name, other = merged(boss)
    draft = boss.do(notes.start_note, family_id)
    boss.do(drafting.save, draft.id, {**draft.body, "about": [other]}, {})
    boss.go("note", draft=draft.id)
    offered = [spoken(each) for each in boss.all(QCheckBox) if name in spoken(each)]
    assert len(offered) == 1
    assert boss.find(QCheckBox, offered[0]).isChecked()
    assert boss.screen().form.body()["about"] == [other]  # type: ignore[attr-defined]
    boss.find(QCheckBox, offered[0]).click()
    assert "about" not in boss.screen().form.body()  # type: ignore[attr-defined]


@pytest.mark.parametrize("written", [(), ("child",), ("other",), ("child", "other")], ids=", ".join)
def test_a_visit_begun_before_two_were_read_as_one_asks_once_for_the_child_and_shows_all_that_was_written(
    boss: Seat, written: tuple[str, ...]
) -> None:
    family_id = boss.family_ids()[0]
    child = boss.do(people.children_of, family_id)[0]
    twin = {"role": "child", "given_name": "Pretend-other", "family_name": "Record"}
    ids = {"child": child.id, "other": boss.do(writing.create, "person", family_id, twin).record_id}
    draft = boss.do(visits.start_visit, family_id)
    words = {ids[each]: f"Pretend words of the {each}" for each in written}
    rows = [{"person": each["person"], "why_not": words.get(each["person"])} for each in draft.body["children"]]
    boss.do(drafting.save, draft.id, {**draft.body, "children": rows}, {})
    boss.do(writing.create, KIND, family_id, {"duplicate": ids["other"], "kept": child.id, "reason": "Same number"})
    boss.go("visit", draft=draft.id)
    field = boss.screen().form.field("children")  # type: ignore[attr-defined]
    shown = [each.accessibleName() for each in field.boxes if each.accessibleName().startswith(child.name)]
    assert shown == [child.name, f"{child.name}, other record of the same person"][: max(1, len(written))]
    assert {each["person"]: each["why_not"] for each in field.value() if each.get("why_not")} == words


def test_two_records_that_read_alike_are_told_apart_where_one_is_chosen(boss: Seat) -> None:
    family_id = boss.family_ids()[0]
    child = boss.do(people.children_of, family_id)[0]
    body = boss.do(writing.found, child.id).body
    boss.do(writing.create, "person", family_id, body)
    boss.go("family", family=family_id, tab="people")
    boss.find(QAbstractButton, "Two records are of one person").click()
    boss.settle()
    combo = boss.screen().form.field("duplicate").combo  # type: ignore[attr-defined]
    offered = [combo.itemText(at) for at in range(combo.count()) if combo.itemText(at).startswith(child.name)]
    assert len(set(offered)) == 2
    assert any("written 23 Nov 2026, 09:00" in each for each in offered)


def test_why_they_are_two_is_still_written_when_one_comes_back_and_it_is_said_of_whom(boss: Seat) -> None:
    first, second = boss.family_ids()[:2]
    _, name, _ = merged(boss)
    boss.go("family", family=first, tab="people")
    boss.find(QAbstractButton, f"Take the two records of {name} apart").click()
    boss.settle()
    assert f"Take the two apart: Pretend-other Record and {name}" in cards(boss)
    boss.qtbot.keyClicks(boss.find(QTextEdit, "How do you know that they are two people?"), "They are cousins")
    boss.go("family", family=second, tab="people")
    boss.go("family", family=first, tab="people")
    boss.find(QAbstractButton, f"Take the two records of {name} apart").click()
    boss.settle()
    assert boss.find(QTextEdit, "How do you know that they are two people?").toPlainText() == "They are cousins"


def test_a_practitioner_is_not_offered_it(seat: Seat) -> None:
    seat.go("family", family=seat.family_ids()[0], tab="people")
    assert "People recorded twice" not in cards(seat)


def twice(seat: Seat, **more: str) -> str:
    """A family file in which a child was recorded again under the same name; say what a banner says of it."""
    family_id = seat.family_ids()[0]
    child = records.get(seat.office.connection, seat.do(people.children_of, family_id)[0].id)
    assert child is not None
    body = {name: child.body[name] for name in ("role", "given_name", "family_name")} | more
    seat.do(writing.create, "person", family_id, body)
    return banner(seat, family_id)


def banner(seat: Seat, family_id: str) -> str:
    seat.go("family", family=family_id, tab="people")
    shown = [each for each in seat.all(Banner) if spoken(each) == "Somebody may be recorded twice"]
    return shown[0].accessibleDescription() if shown else ""


def test_a_practitioner_is_told_who_may_be_there_twice_and_whom_to_ask(seat: Seat) -> None:
    told = twice(seat)
    child = seat.do(people.children_of, seat.family_ids()[0])[0]
    assert f"Two records of {child.name}: the same name" in told
    assert "ask your supervisor to say so: they open this file and press “Two records are of one person”" in told
    assert "If they are two people, do nothing." in told


def test_a_supervisor_is_told_how_to_say_that_it_is_one_person(boss: Seat) -> None:
    assert "press “Two records are of one person” further down" in twice(boss)
    assert boss.find(QAbstractButton, "Two records are of one person").isVisible()


def test_nobody_is_told_so_of_two_born_on_other_days(seat: Seat) -> None:
    assert banner(seat, seat.family_ids()[0]) == ""
    assert twice(seat, born_on="2001-01-01") == ""


def test_two_who_were_taken_apart_are_said_to_be_one_no_more(boss: Seat) -> None:
    assert twice(boss) != ""
    family_id = boss.family_ids()[0]
    child, *others = boss.do(people.children_of, family_id)
    again = next(each for each in others if each.name == child.name)
    body = {"duplicate": again.id, "kept": child.id, "reason": "Same name"}
    merge = boss.do(writing.create, KIND, family_id, body).record_id
    assert banner(boss, family_id) == ""
    boss.do(writing.enter_in_error, merge, "They are cousins")
    assert banner(boss, family_id) == ""
