"""What uses the room there is, and what is never blank for a moment."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QAbstractButton, QTableView, QTextEdit

from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.visiting.visits import start_visit
from sf_desktop.ui.form.opening import to_draft
from sf_desktop.ui.kit.layout.surfaces import FORM_CHARS
from sf_desktop.ui.kit.lists.rows import ROW_ROLE
from sf_desktop.ui.kit.writing.prose import ProseArea
from sf_record.dates import moment_text
from tests.builders.offices import NOW
from tests.builders.written import write_note
from tests.ui.screens.conftest import Seat

NOTE = "What you saw and heard"


def test_the_box_for_what_was_seen_is_as_high_as_the_window_allows(seat: Seat) -> None:
    draft = seat.do(start_visit, seat.family_ids()[0])
    seat.window.resize(1366, 768)
    screen = seat.go("visit", draft=draft.id)
    screen._on_chosen("seen" if "seen" in screen.form.sections else list(screen.form.sections)[2])
    box = seat.find(QTextEdit, NOTE)
    seat.qtbot.waitUntil(lambda: box.height() > 300, timeout=2_000)
    seat.qtbot.waitUntil(lambda: screen._page.verticalScrollBar().maximum() == 0, timeout=2_000)
    seat.window.resize(1366, 500)
    seat.qtbot.waitUntil(lambda: box.height() < 300, timeout=2_000)


@pytest.mark.parametrize("name", ["visit", "note", "concern", "concern_step"])
def test_on_a_wide_screen_no_line_that_one_writes_is_as_long_as_the_window(seat: Seat, name: str) -> None:
    """In a window of 1920 px a box was 1640 px wide: lines of 230 characters, whose next one the eye does not find."""
    draft = seat.do(drafting.begin, name, seat.family_ids()[0], {})
    wish = to_draft(draft)
    seat.window.resize(1920, 1080)
    screen = seat.go(wish.screen, **wish.subject)
    longest = screen.fontMetrics().averageCharWidth() * FORM_CHARS
    boxes = [each for each in screen.findChildren(ProseArea) if not each.isReadOnly()]
    assert boxes
    assert [each.accessibleName() for each in boxes if each.width() > longest] == []
    assert seat.window.width() == 1920


def test_the_timeline_never_shows_a_line_without_its_words(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    seat.go("family", family=family_id, tab="timeline")
    table = seat.find(QTableView, "Timeline")
    blank: list[int] = []

    def look() -> None:
        model = table.model()
        blank.extend(at for at in range(min(5, model.rowCount())) if model.index(at, 0).data(ROW_ROLE) is None)

    table.model().modelReset.connect(look)
    table.model().dataChanged.connect(look)
    before = table.model().rowCount()
    body = {"type": "note", "happened_at": moment_text(NOW), "title": "Pretend", "text": "Written now"}
    seat.desk.ask(write_note, family_id, body)
    seat.qtbot.waitUntil(lambda: table.model().rowCount() == before + 1, timeout=2_000)
    seat.settle()
    look()
    assert blank == []


def test_an_answer_is_no_longer_to_mend_once_it_is_given(seat: Seat) -> None:
    draft = seat.do(start_visit, seat.family_ids()[0])
    screen = seat.go("visit", draft=draft.id)
    screen.on_finish()
    seat.settle()
    assert screen.step_back()
    name = next(each for each in screen.form.sections if "child" in each.lower() or "seen" in each.lower())
    screen._on_chosen(name)
    fields = [each for each in screen.form.sections[name].fields() if each.problem]
    assert fields
    for each in fields:
        no = next(button for button in each.findChildren(QAbstractButton) if button.text() == "No")
        no.click()
    assert not any(each.problem for each in fields)
    assert "to mend" not in screen._progress.words(name)[name][0]


def test_undo_takes_back_a_word_or_a_paste_not_everything(seat: Seat) -> None:
    draft = seat.do(start_visit, seat.family_ids()[0])
    screen = seat.go("visit", draft=draft.id)
    screen._on_chosen(list(screen.form.sections)[2])
    box = seat.find(QTextEdit, NOTE)
    seat.qtbot.keyClicks(box, "One two three")
    pasted = QMimeData()
    pasted.setText(" and what was pasted")
    box.insertFromMimeData(pasted)
    box.undo()
    assert box.toPlainText() == "One two three"
    box.undo()
    assert box.toPlainText().startswith("One two")
    assert "three" not in box.toPlainText()
    box.redo()
    box.redo()
    assert box.toPlainText() == "One two three and what was pasted"
