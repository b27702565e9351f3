"""Keys that begin something in whatever family file is open, what they say where none is, and going back from it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from sf_desktop.ops.attaching import attachments, intake
from sf_desktop.ops.household import people
from sf_desktop.ops.records import notes, recording
from sf_desktop.ops.visiting.visits import start_visit
from sf_desktop.ui.note.screen import NoteScreen
from tests.builders.pictures import png
from tests.builders.written import drafts_begun
from tests.ui.screens.conftest import Seat

CTRL = Qt.KeyboardModifier.ControlModifier


def press_new_note(seat: Seat) -> None:
    seat.qtbot.keyClick(seat.window, Qt.Key.Key_N, CTRL)
    seat.settle()


def test_what_needs_you_is_counted_on_the_rail(seat: Seat) -> None:
    seat.window.set_needs_you(2)
    assert seat.find(QAbstractButton, "Needs you, 2 things").isVisible()


def test_where_no_family_is_open_the_key_for_a_note_says_how_to_open_one(seat: Seat) -> None:
    seat.go("today")
    press_new_note(seat)
    assert seat.screen().name == "today"
    assert seat.window.banner.isVisible()
    assert "Open a family first" in seat.window.banner.accessibleDescription()
    seat.go("families")
    assert not seat.window.banner.isVisible()


def test_a_note_is_begun_from_a_visit_and_back_leads_to_the_visit(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    draft = seat.do(start_visit, family_id)
    seat.go("visit", draft=draft.id)
    press_new_note(seat)
    screen = seat.screen()
    assert isinstance(screen, NoteScreen)
    assert screen.sheet is not None
    assert screen.sheet.draft.family_id == family_id
    seat.window._on_back()
    seat.settle()
    assert seat.screen().name == "family"
    seat.window._on_back()
    seat.settle()
    assert seat.screen().name == "visit"


def test_escape_closes_the_record_first_and_then_leaves_the_file(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    seat.go("families")
    screen = seat.go("family", family=family_id, tab="timeline")
    screen.record.open(screen.story.timeline.model.ids[0])
    seat.settle()
    seat.qtbot.keyClick(seat.window, Qt.Key.Key_Escape)
    seat.settle()
    assert seat.screen().name == "family"
    assert screen.record.id == ""
    seat.qtbot.keyClick(seat.window, Qt.Key.Key_Escape)
    seat.settle()
    assert seat.screen().name == "families"


def unfinished(seat: Seat) -> list[str]:
    return [each.kind for each in seat.do(drafts_begun)]


def escape(seat: Seat) -> None:
    seat.qtbot.keyClick(seat.window, Qt.Key.Key_Escape)
    seat.settle()


def test_escape_from_a_form_in_which_nothing_was_written_leaves_nothing_begun(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    child = seat.do(people.people, family_id)[0].id
    for screen, verb, about in (
        ("visit", start_visit, (family_id,)),
        ("note", notes.start_note, (family_id,)),
        ("person", people.edit_person, (child,)),
        ("record", recording.start, ("goal", family_id)),
    ):
        seat.go("family", family=family_id)
        draft = seat.do(verb, *about)
        seat.go(screen, draft=draft.id)
        assert unfinished(seat) == [draft.kind]
        escape(seat)
        assert seat.screen().name == "family"
        assert unfinished(seat) == []
    seat.go("drafts")
    assert "Nothing is unfinished" in [each.text() for each in seat.all(QLabel)]


def test_what_was_written_and_what_was_put_off_stays_begun_after_escape(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    seat.go("family", family=family_id)
    typed = seat.do(notes.start_note, family_id)
    screen = seat.go("note", draft=typed.id)
    area = screen.form.field("text").area
    area.setFocus()
    seat.qtbot.keyClicks(area, "Pretend words.")
    escape(seat)
    assert unfinished(seat) == ["note"]
    put_off = seat.do(notes.start_note, family_id)
    seat.go("note", draft=put_off.id)
    next(each for each in seat.screen().top_actions() if each.label == "Finish later").slot()
    seat.settle()
    assert unfinished(seat) == ["note", "note"]


def test_what_was_attached_or_copied_stays_begun_after_escape(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    seat.go("family", family=family_id)
    held = seat.do(notes.start_note, family_id)
    seat.do(attachments.attach, attachments.Target(family_id, held.id), intake.take(png(), "pretend.png"))
    copied = seat.do(lambda office: notes.start_note(office, family_id, text="Copied from what was refused."))
    for draft in (held, copied):
        seat.go("note", draft=draft.id)
        escape(seat)
    assert unfinished(seat) == ["note", "note"]


def test_looking_something_up_from_an_empty_form_leads_back_to_it(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    seat.go("family", family=family_id)
    draft = seat.do(notes.start_note, family_id)
    seat.go("note", draft=draft.id)
    seat.go("search", text="the")
    escape(seat)
    assert isinstance(seat.screen(), NoteScreen)
    assert unfinished(seat) == ["note"]
    escape(seat)
    assert unfinished(seat) == []
