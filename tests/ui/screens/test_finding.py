"""Ctrl+F finds words anywhere in the family file that is open: amendments too, next and before, and marks where."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QTextEdit

from sf_desktop.ops import writing
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.reading.finding import find_in_file
from sf_desktop.ops.records import notes
from sf_desktop.ui.family.screen import FamilyScreen
from sf_desktop.ui.kit.text.labels import Label
from sf_record.wire.audit import Look
from tests.builders.offices import OpenWork
from tests.builders.written import write_note
from tests.ui.screens.conftest import Seat

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def family_id(seat: Seat) -> str:
    """A file with two notes; the older is signed and amended, the newer entered in error."""
    found = seat.family_ids()[0]
    body = {"type": "note", "happened_at": "2026-11-20T09:00:00.000000Z", "subject": "Pretend"}
    older = seat.do(writing.create, "note", found, {**body, "text": "The zebra  Crossing by the school."})
    seat.do(writing.sign, older.record_id)
    seat.do(writing.amend, older.record_id, "No zebra crossing: a PELICAN, with zebra stripes.")
    newer = seat.do(write_note, found, {**body, "happened_at": seat.office.now(), "text": "Pretend."})
    seat.do(writing.enter_in_error, newer.record_id, "Written about the zebra crossing of another family")
    return found


def places(seat: Seat, family_id: str, words: str) -> list[tuple[str, str]]:
    found = seat.do(find_in_file, family_id, words)
    return [(each.question, each.text[each.start : each.start + each.length]) for each in found.places]


def test_every_place_is_found_the_newest_record_first(seat: Seat, family_id: str) -> None:
    assert places(seat, family_id, "zebra crossing") == [
        ("Entered in error", "zebra crossing"),
        ("Note", "zebra  Crossing"),
        ("Added after signing", "zebra crossing"),
    ]
    assert places(seat, family_id, "pelican") == [("Added after signing", "PELICAN")]
    assert places(seat, family_id, "zebra (") == []
    assert places(seat, family_id, "  ") == []
    assert places(seat, seat.family_ids()[1], "zebra") == []


def test_looking_is_noted_and_the_words_are_not(seat: Seat, family_id: str) -> None:
    seat.do(find_in_file, family_id, "zebra")
    assert isinstance(seat.office.tx, OpenWork)
    last = seat.office.tx.looks[-1]
    assert (last.what, last.ids, last.code) == (Look.SEARCHED, (family_id,), "1")


def opened(seat: Seat, family_id: str, words: str) -> FamilyScreen:
    screen: FamilyScreen = seat.go("family", family=family_id, tab="people")
    QTest.keyClick(seat.window, Qt.Key.Key_F, CTRL)
    assert seat.window.focusWidget() is screen.finding.strip.line
    QTest.keyClicks(screen.finding.strip.line, words)
    QTest.keyClick(screen.finding.strip.line, Qt.Key.Key_Return)
    seat.settle()
    return screen


def marked(screen: FamilyScreen) -> list[tuple[str, str]]:
    labels = [each for each in screen.story.panel.findChildren(Label) if each.hasSelectedText()]
    return [(each.accessibleName().partition(":")[0], each.selectedText()) for each in labels]


def test_by_keyboard_alone_through_all_places_and_round(seat: Seat, family_id: str) -> None:
    screen = opened(seat, family_id, "zebra crossing")
    line = screen.finding.strip.line
    assert screen.finding.strip.count.text() == "1 of 3"
    assert screen.finding.where.text() == "Note: Pretend · Entered in error"
    assert marked(screen) == []
    QTest.keyClick(line, Qt.Key.Key_Return)
    seat.settle()
    assert marked(screen) == [("Note", "zebra  Crossing")]
    QTest.keyClick(line, Qt.Key.Key_Return)
    seat.settle()
    assert marked(screen) == [("Added after signing", "zebra crossing")]
    assert screen.finding.strip.count.text() == "3 of 3"
    QTest.keyClick(line, Qt.Key.Key_Return)
    seat.settle()
    assert screen.finding.strip.count.text() == "1 of 3"
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    seat.settle()
    assert screen.finding.strip.count.text() == "3 of 3"
    assert seat.window.focusWidget() is line
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert screen.finding.isHidden()


def test_what_stands_nowhere_is_said(seat: Seat, family_id: str) -> None:
    screen = opened(seat, family_id, "walrus")
    assert screen.finding.strip.count.text() == "These words stand nowhere in this file"
    assert not screen.finding.strip.next_button.isEnabled()


def test_another_file_begins_anew(seat: Seat, family_id: str) -> None:
    screen = opened(seat, family_id, "zebra")
    seat.go("family", family=seat.family_ids()[1])
    assert screen.finding.isHidden()
    QTest.keyClick(seat.window, Qt.Key.Key_F, CTRL)
    assert screen.finding.strip.line.text() == ""


def test_a_draft_is_not_looked_through(seat: Seat, family_id: str) -> None:
    seat.do(drafting.begin, "note", family_id, {"text": "A walrus"})
    assert places(seat, family_id, "walrus") == []


def test_in_what_is_being_written_the_key_finds_words_and_never_writes_them(seat: Seat) -> None:
    text = "The stairs are steep. " * 3 + "The boiler is old."
    seat.go("note", draft=seat.do(notes.start_note, seat.family_ids()[0]).id)
    area = seat.find(QTextEdit, "Note")
    area.setPlainText(text)
    area.setFocus()
    seat.qtbot.keyClick(area, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    line = seat.find(QLineEdit, "Find in this answer")
    seat.qtbot.waitUntil(line.hasFocus)
    seat.qtbot.keyClicks(line, "STAIRS")
    assert line.accessibleDescription() == "1 of 3"
    assert area.textCursor().position() == text.index("stairs") + 6
    seat.qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.accessibleDescription() == "2 of 3"
    seat.qtbot.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    seat.qtbot.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert line.accessibleDescription() == "3 of 3"
    assert len(area.extraSelections()) == 3
    seat.qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert area.hasFocus()
    assert area.extraSelections() == []
    assert area.toPlainText() == text
    assert seat.screen().name == "note"


def test_where_nothing_is_looked_through_the_key_says_where_it_is(seat: Seat) -> None:
    screen = seat.go("today")
    seat.qtbot.keyClick(screen, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert "Nothing here is looked through" in [each.text() for each in seat.all(QLabel)]
