"""One key shows a note to the family: large, alone on the screen, gone with Escape; it leads to large print."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit

from sf_desktop.ops.records import notes
from sf_desktop.store.tables import records
from sf_desktop.ui.kit.window.readback import ReadBack
from sf_desktop.ui.note.screen import NoteScreen
from sf_desktop.ui.paper.screen import PaperScreen
from tests.ui.finding import answered
from tests.ui.screens.conftest import Seat

TEXT = "She rang.\nShe is <b>well</b>."


def press_key(seat: Seat) -> None:
    """Press F8 as the window has it bound."""
    action = seat.window.findChild(QAction, "action-read_back")
    assert action is not None
    assert action.shortcut().toString() == "F8"
    action.trigger()
    seat.settle()


def shown(seat: Seat) -> ReadBack | None:
    return next((each for each in seat.window.findChildren(ReadBack) if each.isVisible()), None)


@pytest.fixture
def writing_note(seat: Seat) -> NoteScreen:
    draft = seat.do(notes.start_note, seat.family_ids()[0], "note", TEXT)
    screen = seat.go("note", draft=draft.id)
    assert isinstance(screen, NoteScreen)
    return screen


def test_a_note_being_written_is_shown_alone_and_closed_with_escape(seat: Seat, writing_note: NoteScreen) -> None:
    press_key(seat)
    page = shown(seat)
    assert page is not None
    words = page.findChildren(QPlainTextEdit)[0]
    assert words.toPlainText() == TEXT
    assert words.isReadOnly()
    assert words.accessibleName() == "What was written"
    assert words.font().pointSize() >= 18 or words.fontInfo().pointSize() >= 18
    assert page.windowState() & Qt.WindowState.WindowFullScreen
    assert page.windowTitle() == "Read back"
    assert not page.findChildren(QAbstractButton)
    seat.qtbot.keyClick(words, Qt.Key.Key_Escape)
    seat.settle()
    assert shown(seat) is None
    assert writing_note.form is not None
    assert writing_note.form.body()["text"] == TEXT


def test_the_words_grow_and_shrink(seat: Seat, writing_note: NoteScreen) -> None:
    press_key(seat)
    page = shown(seat)
    assert page is not None
    words = page.words
    before = words.fontMetrics().height()
    seat.qtbot.keyClick(words, Qt.Key.Key_Plus)
    assert words.fontMetrics().height() > before
    for _ in range(30):
        seat.qtbot.keyClick(words, Qt.Key.Key_Minus)
    assert words.fontMetrics().height() < before


def test_it_leads_to_large_print_on_paper(seat: Seat, writing_note: NoteScreen) -> None:
    press_key(seat)
    page = shown(seat)
    assert page is not None
    seat.qtbot.keyClick(page.words, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    seat.settle()
    paper = seat.screen()
    assert isinstance(paper, PaperScreen)
    answered(seat.qtbot, paper)
    assert paper.large.isChecked()
    assert TEXT in paper.words.toPlainText()


def test_a_visit_that_is_read_can_be_read_back(seat: Seat) -> None:
    visit = records.of_kind(seat.office.connection, "visit")[0]
    family = seat.go("family", family=visit.family_id, record=visit.id)
    seat.find(QAbstractButton, "Read back to the family, in large letters", family).click()
    page = shown(seat)
    assert page is not None
    assert str(visit.body["observed"])[:40] in page.words.toPlainText()
    page.reject()


def test_locking_takes_it_away(seat: Seat, writing_note: NoteScreen) -> None:
    press_key(seat)
    assert shown(seat) is not None
    seat.window.lock()
    QApplication.sendPostedEvents()
    assert shown(seat) is None


def test_where_nothing_can_be_read_back_it_says_so(seat: Seat) -> None:
    seat.go("today")
    press_key(seat)
    assert shown(seat) is None
    assert seat.window.banner.title_label.text() == "Nothing is open that can be read back"
