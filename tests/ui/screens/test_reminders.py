"""Reminders in the window: a recorded meeting moves the next one, and a plan’s interval says what it replaces."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QTextEdit

from sf_desktop.ops import writing
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.household import people
from sf_desktop.ops.records import notes
from sf_desktop.ui.today.cards import ShortList
from sf_desktop.ui.today.view import SAFETY
from tests.ui.screens.conftest import Seat, press


def child(seat: Seat, family_id: str) -> people.PersonView:
    return next(each for each in seat.do(people.people, family_id) if each.is_child and each.statuses)


def lines(seat: Seat) -> str:
    return "\n".join(each.text() for each in seat.all(QLabel, seat.screen()))


def is_chosen(seat: Seat, family_id: str) -> bool:
    """Say whether the child whose plan it is stands there already; only children are offered."""
    box = seat.find(QComboBox, "Child")
    offered = [box.itemText(index) for index in range(box.count())]
    assert not [each for each in offered if "mother" in each or "father" in each]
    return child(seat, family_id).name in box.currentText()


def test_a_core_group_is_recorded_and_the_next_one_says_by_whose_rule(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    name = child(seat, family_id).name
    seat.go("family", family=family_id, tab="overview")
    assert f"Core group for {name}" in lines(seat)
    seat.go("family", family=family_id, tab="safety")
    press(seat, "Record a meeting")
    press(seat, "Which meeting: Core group")
    assert is_chosen(seat, family_id)
    seat.find(QTextEdit, "Outcome").insertPlainText("The plan goes on.")
    press(seat, "Save")
    seat.go("family", family=family_id, tab="overview")
    text = lines(seat)
    assert f"Mon 21 Dec · Core group for {name}, in 20 working days" in text
    assert "Core group: 4 weeks, this plan’s own (agreed by the core group: The group meets on Thursdays)" in text
    assert "In place of 1 month, your council’s rule: 23 December 2026" in text


def test_a_plans_own_interval_is_refused_without_who_and_why(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    seat.go("family", family=family_id, tab="safety")
    press(seat, "Set a timescale")
    press(seat, "What for: CP visits")
    assert is_chosen(seat, family_id)
    seat.find(QLineEdit, "How many").setText("5")
    press(seat, "Of these: Working days")
    press(seat, "Save")
    told = [each.text() for each in seat.all(QAbstractButton) if ": " in each.text()]
    assert [each.split(":")[0] for each in told if each.startswith(("Agreed by", "Why"))] == ["Agreed by", "Why"]
    seat.find(QLineEdit, "Agreed by").setText("core group")
    seat.find(QLineEdit, "Why").setText("New baby")
    press(seat, "Save")
    seat.go("today")
    assert "CP visit: 5 working days, this plan’s own (agreed by core group: New baby)" in lines(seat)


def test_what_today_does_not_show_at_first_is_reached_from_there(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    body = {"happened_at": "2026-11-23T08:05:00.000000Z", "words": "Pretend words"}
    for _ in range(9):
        seat.do(lambda office: writing.create(office, "concern", family_id, body))
    for _ in range(5):
        note = seat.do(notes.start_note, family_id)
        seat.do(drafting.save, note.id, {**note.body, "text": "Pretend words that were begun."})
    seat.go("today")

    def told() -> list[QAbstractButton]:
        its = [each for each in seat.screen().findChildren(ShortList) if each.objectName() == SAFETY]
        return [each for each in seat.all(QAbstractButton, its[0]) if each.text() == "Open"]

    assert len(told()) == 6
    press(seat, "Safeguarding concerns: Show 3 more")
    assert len(told()) == 9
    assert seat.window.focusWidget() is told()[6]  # the keyboard is on the first that came
    assert not [each for each in seat.all(QAbstractButton, seat.screen()) if each.text() == "Show 3 more"]
    press(seat, "Drafts: See all 5 drafts")
    assert seat.screen().name == "drafts"
    seat.go("today")
    press(seat, "Waiting to be sent: See all under Sending")
    assert seat.screen().name == "ledger"
