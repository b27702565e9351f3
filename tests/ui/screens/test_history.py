"""A record's history is read in the window, with and without the council, and an earlier value is brought back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QTextEdit

from sf_desktop.ops import writing
from sf_desktop.ops.office import Office
from sf_desktop.store.tables import records
from sf_desktop.ui.history.cards import VersionCard
from sf_desktop.wording import error
from sf_record.dates import moment_text
from sf_record.description import Role
from sf_record.errors import InputError
from sf_record.events import Action, Event
from sf_record.outcomes import Outcome, Receipt, Result
from sf_record.record import Record
from sf_record.wire.rounds import HistoryEntry
from tests.builders import quarrels
from tests.builders.offices import NOW
from tests.builders.written import write_note
from tests.ui.screens.conftest import Seat

NUMBERS = iter(range(10, 90))


@pytest.fixture
def person(seat: Seat) -> Record:
    found: Record = seat.do(_a_person)
    return found


def _a_person(office: Office) -> Record:
    return next(each for each in records.of_kind(office.connection, "person") if each.body.get("given_name"))


def entry(record: Record, action: Action, at: str, *, result: Result = Result.ACCEPTED, **more: object) -> HistoryEntry:
    """One event of a record as the council tells it."""
    number = next(NUMBERS)
    values = {"author_id": quarrels.COLLEAGUE, **more}
    event = Event(
        id=f"01900000-0000-7000-8000-0000000000{number}", action=action, family_id=record.family_id,
        record_id=record.id, kind=record.kind, device_id=quarrels.COLLEAGUE, written_at=at, **values,  # type: ignore[arg-type]
    )  # fmt: skip
    receipt = Receipt(family_id=record.family_id, seq=number, at=at)
    return HistoryEntry(event=event, outcome=Outcome(event_id=event.id, result=result, receipt=receipt))


def past_of(person: Record) -> tuple[HistoryEntry, ...]:
    """Written, changed twice."""
    first, second = {"known_as": "Bird"}, {"known_as": "Wren"}
    now = {"known_as": person.body.get("known_as")}
    return (
        entry(person, Action.CREATE, "2026-11-01T09:00:00.000000Z", fields={**person.body, **first}),
        entry(person, Action.CHANGE, "2026-11-02T09:00:00.000000Z", fields=second, was=first),
        entry(person, Action.CHANGE, "2026-11-03T09:00:00.000000Z", fields=now, was=second),
    )


def words(seat: Seat) -> str:
    return "\n".join([each.text() for each in seat.all(QLabel)] + [each.toPlainText() for each in seat.all(QTextEdit)])


def open_history(seat: Seat, record: Record, past: tuple[HistoryEntry, ...] | None):
    screen = seat.go("history", family=record.family_id, record=record.id)
    if past is None:
        screen.not_reached(error("offline"))
    else:
        screen.arrived(past)
    seat.settle()
    return screen


def test_every_version_is_read_with_what_it_was_and_became(seat: Seat, person: Record) -> None:
    open_history(seat, person, past_of(person))
    told = words(seat)
    for word in ("Written", "Changed", "Was", "Became", "Bird", "Wren", "With the council"):
        assert word in told
    assert len(seat.all(VersionCard)) == 3


def test_what_a_version_says_stands_in_the_order_of_the_form(seat: Seat, person: Record) -> None:
    """It stood in the order of names that no screen shows, the date of birth before the name."""
    said = {"sex": "F", "role": "parent", "given_name": "Wren", "born_on": "1990-01-01", "family_name": "Pretend"}
    seat.go("history", family=person.family_id, record=person.id)
    written = entry(person, Action.CREATE, "2026-11-01T09:00:00.000000Z", fields=dict(sorted(said.items())))
    seat.screen().arrived((written,))  # type: ignore[attr-defined]
    seat.settle()
    (card,) = seat.all(VersionCard)
    labels = [each.text() for each in card.findChildren(QLabel)]
    asked = ["In this family", "First names", "Family name", "Date of birth", "Sex"]
    assert [each for each in labels if each in asked] == asked


def test_without_signal_it_says_where_the_rest_is(seat: Seat, person: Record) -> None:
    seat.do(writing.change, person.id, {**person.body, "known_as": "Wren"})
    open_history(seat, person, None)
    told = words(seat)
    assert "The whole history is kept at the council. What is on this laptop is shown." in told
    assert "Saved on this laptop; not yet with the council." in told
    assert "Wren" in told
    assert seat.find(QPushButton, "Ask the council again").isEnabled()


def test_an_earlier_value_is_brought_back_with_a_reason(seat: Seat, person: Record) -> None:
    open_history(seat, person, past_of(person))
    button = [each for each in seat.all(QPushButton) if each.accessibleName().startswith("Bring back what it was")][-1]
    button.click()
    seat.settle()
    seat.find(QPushButton, "Save as a new version").click()
    seat.settle()
    assert "Say why this is brought back" in words(seat)
    seat.qtbot.keyClicks(seat.find(QTextEdit, "Why is it brought back?"), "Her mother says so.")
    seat.find(QPushButton, "Save as a new version").click()
    seat.settle()
    now = records.get(seat.office.connection, person.id)
    assert now is not None
    assert now.body["known_as"] == "Bird"
    assert "An earlier version brought back" in words(seat)
    event = seat.do(quarrels.latest, person.id).event
    assert (event.action, event.reason) == (Action.CHANGE, "Her mother says so.")


def test_the_reason_being_typed_is_found_again_after_a_lock(seat: Seat, person: Record) -> None:
    screen = open_history(seat, person, past_of(person))
    next(each for each in seat.all(QPushButton) if each.accessibleName().startswith("Bring back what it was")).click()
    seat.qtbot.keyClicks(seat.find(QTextEdit, "Why is it brought back?"), "Her mother sa")
    place = seat.window.place()
    screen.restoring.hide()
    seat.go("today")
    seat.window.restore(place)
    seat.settle()
    assert seat.find(QTextEdit, "Why is it brought back?").toPlainText() == "Her mother sa"
    seat.find(QPushButton, "Save as a new version").click()
    seat.settle()
    assert seat.do(quarrels.latest, person.id).event.reason == "Her mother sa"


def test_a_signed_record_offers_nothing_to_bring_back(seat: Seat) -> None:
    body = {"type": "note", "happened_at": moment_text(NOW), "text": "As signed."}
    record_id = seat.do(write_note, seat.family_ids()[0], body).record_id
    record = records.get(seat.office.connection, record_id)
    assert record is not None
    screen = seat.go("history", family=record.family_id, record=record_id)
    assert "History of a signed record" in words(seat)
    assert not [each for each in seat.all(QPushButton) if "Bring back" in each.accessibleName()]
    assert screen.view is not None


def test_a_conflict_shows_both_values(seat: Seat, person: Record) -> None:
    seat.do(quarrels.both_change, person.id, {"known_as": "Wren"}, {"known_as": "Robin"})
    open_history(seat, person, None)
    told = words(seat)
    assert "Kept beside it" in told
    assert "Wren" in told
    assert "Robin" in told


def test_only_one_answer_is_shown_when_it_is_chosen(seat: Seat, person: Record) -> None:
    screen = open_history(seat, person, past_of(person))
    screen.only.set_value("known_as")
    screen.only.changed.emit()
    seat.settle()
    assert len(seat.all(VersionCard)) == 3
    assert str(person.body.get("family_name")) not in "".join(
        each.text() for card in seat.all(VersionCard) for each in card.findChildren(QLabel)
    )


@pytest.mark.parametrize("tab", ["overview", "people", "timeline"])
def test_every_record_leads_to_its_history(seat: Seat, tab: str) -> None:
    family_id = seat.family_ids()[0]
    if tab == "timeline":
        body = {"type": "note", "happened_at": moment_text(NOW), "text": "As signed."}
        record_id = seat.do(write_note, family_id, body).record_id
        seat.go("family", family=family_id, record=record_id)
    else:
        seat.go("family", family=family_id, tab=tab)
    button = next(each for each in seat.all(QPushButton) if each.accessibleName().startswith("History of"))
    button.click()
    seat.settle()
    assert seat.screen().name == "history"


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.SUPERVISOR])
def test_the_day_of_closing_is_not_brought_back(seat: Seat, role: Role) -> None:
    family = seat.do(writing.found, seat.family_ids()[0])
    me = replace(seat.office.me, worker=replace(seat.office.me.worker, role=role))
    seat.office = seat.runner.office = replace(seat.office, me=me)
    closed, open_again = {"closed_on": "2026-11-02"}, {"closed_on": None}
    moved, now = {"address": "1 Pretend Road"}, {"address": family.body.get("address")}
    past = (
        entry(family, Action.CREATE, "2026-11-01T09:00:00.000000Z", fields={**family.body, **moved}),
        entry(family, Action.CHANGE, "2026-11-02T09:00:00.000000Z", fields=closed, was=open_again),
        entry(
            family, Action.CHANGE, "2026-11-03T09:00:00.000000Z", fields={**open_again, **now}, was={**closed, **moved}
        ),
    )
    open_history(seat, family, past)
    assert "Closed on" in words(seat)
    offered = [each.accessibleName() for each in seat.all(QPushButton) if "Bring back" in each.accessibleName()]
    assert offered == ["Bring back what it was: Address"]
    with pytest.raises(InputError):
        seat.do(writing.restore, family.id, "closed_on", "2026-11-02", "A slip.")
