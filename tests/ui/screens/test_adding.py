"""An amendment being typed is a draft: kept within two seconds, found again after a lock, gone once it is added."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QTextEdit

from sf_desktop.ops.drafts import adding
from sf_desktop.ops.drafts.unfinished import unfinished
from sf_desktop.ops.worker.today import today
from sf_desktop.store.tables import drafts, records
from sf_desktop.ui.form.left_behind import left_behind
from sf_record.dates import moment_text
from tests.builders.offices import NOW
from tests.builders.written import write_note
from tests.ui.screens.conftest import Seat, press

ADD = "What you want to add"


@pytest.fixture
def note_id(seat: Seat) -> str:
    body = {"type": "note", "happened_at": moment_text(NOW), "text": "As signed"}
    found: str = seat.do(write_note, seat.family_ids()[0], body).record_id
    return found


def begin(seat: Seat, note_id: str) -> QTextEdit:
    seat.go("family", family=seat.family_ids()[0], record=note_id)
    seat.find(QPushButton, "Add an amendment").click()
    return seat.find(QTextEdit, ADD)


def test_it_is_in_the_vault_within_two_seconds(seat: Seat, note_id: str) -> None:
    seat.qtbot.keyClicks(begin(seat, note_id), "The school rang ba")
    seat.qtbot.waitUntil(lambda: seat.do(adding.begun, note_id) is not None, timeout=2_000)
    assert seat.do(adding.begun, note_id).body == {"text": "The school rang ba"}


def test_it_is_found_again_after_a_lock_with_its_cursor(seat: Seat, note_id: str) -> None:
    seat.qtbot.keyClicks(begin(seat, note_id), "The school rang ba")
    place = seat.window.place()
    seat.screen().leave()
    seat.settle()
    seat.screen().story.shut()  # type: ignore[attr-defined]
    seat.go("today")
    seat.window.restore(place)
    seat.settle()
    area = seat.find(QTextEdit, ADD)
    assert area.toPlainText() == "The school rang ba"
    assert area.textCursor().position() == 18


def test_another_record_opened_meanwhile_loses_nothing(seat: Seat, note_id: str) -> None:
    body = {"type": "note", "happened_at": moment_text(NOW), "text": "Another"}
    other = seat.do(write_note, seat.family_ids()[0], body).record_id
    seat.qtbot.keyClicks(begin(seat, note_id), "The school rang ba")
    seat.go("family", family=seat.family_ids()[0], record=other)
    assert not [each for each in seat.all(QTextEdit) if each.accessibleName() == ADD]
    assert seat.do(adding.begun, other) is None
    seat.go("family", family=seat.family_ids()[0], record=note_id)
    assert seat.find(QTextEdit, ADD).toPlainText() == "The school rang ba"


def test_today_leads_back_to_it(seat: Seat, note_id: str) -> None:
    seat.do(adding.keep, seat.office.new_id(), adding.AMENDMENT, note_id, "The school rang ba", 4)
    seat.go("today")
    row = seat.do(today).drafts[0]
    seat.screen()._on_draft(f"{row.kind}:{row.id}")  # type: ignore[attr-defined]
    seat.settle()
    assert seat.find(QTextEdit, ADD).toPlainText() == "The school rang ba"


@pytest.mark.parametrize("button", ["Sign the amendment", "Do not add"])
def test_once_added_or_put_away_it_is_no_draft(seat: Seat, note_id: str, button: str) -> None:
    seat.qtbot.keyClicks(begin(seat, note_id), "The school rang back.")
    seat.find(QPushButton, button).click()
    seat.settle()
    seat.screen().leave()
    seat.settle()
    assert seat.do(adding.begun, note_id) is None
    assert not [each for each in seat.all(QTextEdit) if each.accessibleName() == ADD]


def test_asked_for_again_it_goes_on_with_what_is_begun(seat: Seat, note_id: str) -> None:
    begin(seat, note_id).insertPlainText("The school rang back.")
    seat.screen().leave()
    press(seat, "Add an amendment")
    assert seat.find(QTextEdit, ADD).toPlainText() == "The school rang back."
    press(seat, "Mark as entered in error")
    seat.find(QTextEdit, "Why was this entered in error?").insertPlainText("Another child.")
    press(seat, "Add an amendment")
    assert seat.find(QTextEdit, ADD).toPlainText() == "The school rang back."


def test_what_was_put_away_is_not_written_over_by_the_next(seat: Seat, note_id: str) -> None:
    begin(seat, note_id).insertPlainText("The school rang back.")
    press(seat, "Do not add")
    press(seat, "Add an amendment")
    seat.find(QTextEdit, ADD).insertPlainText("The nursery rang.")
    seat.screen().leave()
    seat.settle()
    (thrown_away,) = seat.do(unfinished).thrown_away
    assert thrown_away.beginning == "The school rang back."
    assert seat.do(adding.begun, note_id).body == {"text": "The nursery rang."}


def test_of_two_that_are_begun_each_is_gone_on_with(seat: Seat, note_id: str) -> None:
    for text in ("The school rang ba", "The nursery ra"):
        seat.do(adding.keep, seat.office.new_id(), adding.AMENDMENT, note_id, text)
    for screen in ("drafts", "today"):
        for text in ("The school rang ba", "The nursery ra"):
            shown = seat.go(screen)
            if screen == "drafts":
                each = next(one for one in seat.do(unfinished).begun if one.beginning == text)
                shown._on_continue(each)
            else:
                row = next(
                    one for one in seat.do(lambda office: drafts.current(office.connection)) if one.body["text"] == text
                )
                shown._on_draft(f"{row.kind}:{row.id}")
            seat.settle()
            assert seat.find(QTextEdit, ADD).toPlainText() == text


def test_the_foot_hears_of_it_once_it_is_begun(seat: Seat, note_id: str) -> None:
    with seat.qtbot.waitSignal(seat.desk.begun, timeout=5_000):
        seat.qtbot.keyClicks(begin(seat, note_id), "The school rang ba")


def test_what_cannot_be_kept_as_its_record_has_left_is_not_tried_for_ever(seat: Seat, note_id: str) -> None:
    begin(seat, note_id).insertPlainText("The school rang ba")
    seat.do(lambda office: records.delete(office.connection, (note_id,)))
    seat.go("family", family=seat.family_ids()[0], record="")
    seat.screen().story.shut()  # type: ignore[attr-defined]
    seat.screen().story.adding.leave()  # type: ignore[attr-defined]
    seat.settle()
    (left,) = left_behind(seat.desk)
    assert left.typed.text == "The school rang ba"
    assert not left.findChildren(QTimer)[0].isActive()
