"""Drafts have a place of their own: the oldest first, gone on with, thrown away and taken back, by keyboard alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton

from sf_desktop.ops import writing
from sf_desktop.ops.drafts import adding, drafting
from sf_desktop.ops.drafts.begun import keep_begun
from sf_desktop.ops.household import people
from sf_desktop.ops.records import concerns, notes
from sf_desktop.ops.sending.status import status_counts
from sf_desktop.ops.visiting import visits
from sf_desktop.ops.worker.places import last_place
from sf_desktop.store.rounds import release
from sf_desktop.store.tables import records
from sf_desktop.ui.drafts.row import UnfinishedRow
from sf_desktop.ui.kit.writing.prose import ProseArea
from sf_desktop.wording import error
from tests.builders.written import write_note
from tests.fakes.clock import FrozenClock
from tests.ui.screens.conftest import Seat, begin_note, press, said


def leads(seat: Seat) -> list[str]:
    rows = [each for each in seat.all(UnfinishedRow) if not each._each.is_thrown_away]
    return [each._each.label for each in rows]


def later(seat: Seat, seconds: float = 300) -> None:
    assert isinstance(seat.office.clock, FrozenClock)
    seat.office.clock.forward(seconds)


def test_everything_unfinished_is_there_the_oldest_first(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    note = seat.do(notes.start_note, family_id)
    later(seat)
    seat.do(visits.start_visit, seat.family_ids()[1])
    later(seat)
    seat.do(people.edit_person, seat.do(people.people, family_id)[0].id)
    later(seat)
    seat.do(
        drafting.save, note.id, {**note.body, "subject": "Pretend subject", "text": "Pretend words that were begun."}
    )
    seat.go("drafts")
    assert leads(seat) == ["Note", "Visit", "Person"]
    texts = [each.text() for each in seat.all(QLabel)]
    assert "Three unfinished drafts" in texts
    assert "Pretend subject · Pretend words that were begun." in texts  # two answers, told apart


def test_the_foot_counts_what_only_this_laptop_has_until_it_is_thrown_away(seat: Seat) -> None:
    note = seat.do(notes.start_note, seat.family_ids()[0])
    seat.do(drafting.save, note.id, {**note.body, "text": "Pretend words that were begun."})
    assert seat.do(status_counts).drafts == 1
    seat.do(drafting.discard, note.id)
    assert seat.do(status_counts).drafts == 0


def test_two_steps_on_one_concern_are_told_apart(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    body = {"happened_at": "2026-11-23T08:05:00.000000Z", "words": "Pretend words"}
    concern = seat.do(writing.create, "concern", family_id, body).record_id
    for step in ("escalated", "closed"):
        seat.do(concerns.start_step, concern, step)
        later(seat)
    seat.go("drafts")
    assert leads(seat) == ["Step on a concern: escalated", "Step on a concern: concern closed"]


def writing_in(seat: Seat, draft_id: str) -> ProseArea:
    seat.go("note", draft=draft_id)
    return seat.find(ProseArea, "Note")


def text_of(seat: Seat, draft_id: str) -> str:
    return str(seat.do(drafting.get, draft_id).body["text"])


def test_what_was_typed_while_a_save_was_under_way_is_kept_though_another_draft_is_opened(seat: Seat) -> None:
    one, other = begin_note(seat), begin_note(seat)
    area = writing_in(seat, one.id)
    area.insertPlainText("First. ")
    seat.screen().leave()
    area.insertPlainText("Second. ")  # the answer to that save has not come
    assert writing_in(seat, other.id).toPlainText() == "Pretend words."
    assert text_of(seat, one.id) == "First. Second. Pretend words."


def test_what_a_full_disk_did_not_take_stays_on_the_screen_though_another_draft_is_opened(seat: Seat) -> None:
    one, other = begin_note(seat), begin_note(seat)
    writing_in(seat, one.id).insertPlainText("Not saved yet. ")
    seat.runner.error = error("disk_full")
    seat.qtbot.waitUntil(lambda: seat.screen().saved_words()[0] == "Not saved", timeout=3_000)
    assert writing_in(seat, other.id).toPlainText() == "Not saved yet. Pretend words."
    assert "The disk is full" in said(seat)
    seat.runner.error = None
    seat.qtbot.waitUntil(lambda: text_of(seat, one.id) == "Not saved yet. Pretend words.", timeout=3_000)
    assert writing_in(seat, other.id).toPlainText() == "Pretend words."


def test_what_is_typed_on_after_its_file_was_told_to_leave_is_a_draft_of_what_it_became(seat: Seat) -> None:
    draft = begin_note(seat)
    area = writing_in(seat, draft.id)
    later(seat, 2 * 3600)  # the laptop stood in a bag; its family file is somebody else's by now
    seat.do(lambda office: release.told(office.connection, draft.family_id, "reallocated", "", office.now()))
    seat.do(keep_begun)
    area.insertPlainText("Written on. ")
    seat.screen().leave()
    seat.settle()
    assert "This family file is leaving this laptop" in said(seat)
    seat.lock_and_come_back()
    assert seat.find(ProseArea, "Note").toPlainText() == "Written on. Pretend words."
    press(seat, "Check and sign")
    press(seat, "Sign")
    record = seat.do(lambda office: records.get(office.connection, draft.id))
    assert record.body["text"] == "Written on. Pretend words."
    assert record.signed is not None


def test_a_line_that_no_search_looks_through_is_not_said_to_be_nothing(seat: Seat) -> None:
    seat.do(drafting.begin, "connection", seat.family_ids()[0], {"name": "Pretend toy library"})
    seat.go("drafts")
    assert "Pretend toy library" in [each.text() for each in seat.all(QLabel)]


def test_one_is_gone_on_with_where_it_is_written(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    note = seat.do(notes.start_note, family_id)
    seat.go("drafts")
    button = next(each for each in seat.all(QAbstractButton) if each.text() == "Continue")
    assert seat.window.focusWidget() is button
    QTest.keyClick(button, Qt.Key.Key_Space)
    seat.settle()
    assert seat.window.place()["screen"] == "note"
    assert seat.window.place()["subject"] == {"draft": note.id}


def test_what_is_added_to_a_record_leads_to_the_record(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    body = {"type": "note", "text": "Pretend.", "happened_at": seat.office.now()}
    record_id = seat.do(write_note, family_id, body).record_id
    seat.do(adding.begin, adding.AMENDMENT, record_id, "Pretend amendment, begun")
    draft_id = seat.do(adding.begun, record_id).id
    seat.go("drafts")
    assert leads(seat) == ["Amendment"]
    next(each for each in seat.all(QAbstractButton) if each.text() == "Continue").click()
    seat.settle()
    assert seat.window.place()["subject"] == {"family": family_id, "record": record_id, "draft": draft_id}


def test_thrown_away_it_can_be_taken_back(seat: Seat) -> None:
    seat.do(notes.start_note, seat.family_ids()[0])
    seat.go("drafts")
    next(each for each in seat.all(QAbstractButton) if each.text() == "Throw away").click()
    seat.settle()
    assert leads(seat) == []
    assert "Nothing is unfinished" in [each.text() for each in seat.all(QLabel)]
    next(each for each in seat.all(QAbstractButton) if each.text() == "Take back").click()
    seat.settle()
    assert leads(seat) == ["Note"]
    assert not [each for each in seat.all(QAbstractButton) if each.text() == "Take back"]


def test_a_kill_leads_back_to_the_draft_that_was_being_typed_and_not_to_one_that_was_left(seat: Seat) -> None:
    note = seat.do(notes.start_note, seat.family_ids()[0])
    seat.go("today")
    screen = seat.go("note", draft=note.id)
    area = next(each for each in screen.findChildren(ProseArea) if each.isVisible())
    area.setFocus()
    with seat.qtbot.waitSignal(screen.place_changed, timeout=2_000):
        QTest.keyClicks(area, "Pretend words, in mid-sent")
    seat.settle()
    place = seat.do(last_place)
    assert (place["screen"], place["subject"]) == ("note", {"draft": note.id})
    assert "in mid-sent" in str(seat.do(drafting.get, note.id).body)
    said: list[int] = []
    screen.place_changed.connect(lambda: said.append(1))
    QTest.keyClicks(area, "ence")
    screen.autosave.now()
    seat.settle()
    assert not said  # once a draft: each costs a save
    seat.find(QPushButton, "Finish later").click()
    seat.settle()
    assert seat.do(last_place)["screen"] == "today"  # where one is now: the draft may be finished elsewhere


def test_a_kill_leads_back_to_an_amendment_and_not_to_a_draft_left_after_a_look_elsewhere(seat: Seat) -> None:
    """It led to "The visit is signed", two screens later."""
    family_id = seat.family_ids()[0]
    draft = begin_note(seat)
    screen = seat.go("note", draft=draft.id)
    QTest.keyClicks(next(each for each in screen.findChildren(ProseArea) if each.isVisible()), "Seen today.")
    screen.autosave.now()
    seat.settle()
    seat.go("families")
    seat.window._on_back_key()
    seat.settle()
    assert seat.do(last_place)["screen"] == "note"
    seat.go("families")
    assert seat.do(last_place)["screen"] == "families"
    body = {"type": "note", "happened_at": seat.office.now(), "text": "Pretend words."}
    signed = seat.do(lambda office: writing.create(office, "note", family_id, body, sign=True)).record_id
    family = seat.go("family", family=family_id, record=signed)
    press(seat, "Add an amendment")
    with seat.qtbot.waitSignal(family.place_changed, timeout=4_000):
        QTest.keyClicks(seat.find(ProseArea, "What you want to add"), "Two books.")
    seat.settle()
    place = seat.do(last_place)
    assert (place["screen"], place["place"]["adding"]["kind"]) == ("family", "amendment")


def test_how_long_what_was_thrown_away_can_be_taken_back_is_said_as_it_is(seat: Seat) -> None:
    draft = begin_note(seat)
    seat.do(drafting.discard, draft.id)
    seat.go("drafts")
    assert "for seven days, or until its family file leaves this laptop" in said(seat)


def test_from_what_was_thrown_away_one_goes_to_the_family_file(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    draft = seat.do(notes.start_note, family_id)
    seat.go("note", draft=draft.id)
    for label in ("Throw away", "Open the family file"):
        next(each for each in seat.all(QAbstractButton) if each.text() == label).click()
        seat.settle()
    assert seat.window.place()["screen"] == "family"
    assert seat.window.place()["subject"] == {"family": family_id}
