"""Keys that begin something in whatever family file is open, and what they say where none is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from sf_desktop.ops.visiting.visits import start_visit
from sf_desktop.ui.note.screen import NoteScreen
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
