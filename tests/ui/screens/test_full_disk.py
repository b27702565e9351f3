"""A disk that fills while somebody writes: told beside the words, which stay there and are saved once it can."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QTextEdit

from sf_desktop.ops.drafts import adding, drafting
from sf_desktop.ops.families.family import open_record
from sf_desktop.ops.visiting import visits
from sf_desktop.ui.form.autosave import SAVED
from sf_desktop.ui.kit.layout.sections import SectionButton
from sf_desktop.wording import error
from tests.builders.written import write_note
from tests.faults.small_disk import fill, lacks_small_disk, small_disk
from tests.ui.screens.conftest import Seat, begin_note, press

ADD = "What you want to add"
SENTENCE = "The kitchen was warm, and she showed me the calendar. "


@pytest.fixture
def tmp_path(tmp_path: Path) -> Iterator[Path]:
    """Have everything of this test's vault on a disk of its own."""
    if lacking := lacks_small_disk():
        pytest.skip(lacking)
    with small_disk(tmp_path / "disk", 24) as disk:
        yield disk


def test_a_disk_that_fills_while_somebody_writes(seat: Seat, tmp_path: Path) -> None:
    draft = seat.do(visits.start_visit, seat.family_ids()[0])
    seat.go("visit", draft=draft.id)
    next(each for each in seat.all(SectionButton) if each.section.label == "What you saw").click()
    seat.settle()
    area = seat.find(QTextEdit, "What you saw and heard")
    area.insertPlainText(SENTENCE)
    seat.qtbot.waitUntil(lambda: seat.screen().saved_words()[0] == SAVED, timeout=5_000)
    filler = tmp_path / "filler"
    fill(filler)
    area.insertPlainText(SENTENCE * 200)
    seat.qtbot.waitUntil(lambda: seat.screen().saved_words()[0] == "Not saved", timeout=10_000)
    assert any(error("disk_full").title in each.text() for each in seat.all(QLabel))
    assert [each.property("tone") for each in seat.all(QLabel) if each.text() == "Not saved"] == ["danger"]
    assert area.toPlainText() == SENTENCE * 201
    assert seat.do(drafting.get, draft.id).body["observed"] == SENTENCE  # nothing by half
    filler.unlink()
    seat.qtbot.waitUntil(lambda: seat.screen().saved_words()[0] == SAVED, timeout=10_000)
    assert seat.do(drafting.get, draft.id).body["observed"] == SENTENCE * 201
    assert not any(error("disk_full").title in each.text() for each in seat.all(QLabel))


def test_what_is_not_saved_is_neither_checked_nor_signed_in_an_older_form(seat: Seat, tmp_path: Path) -> None:
    draft = begin_note(seat)
    seat.go("note", draft=draft.id)
    area = seat.find(QTextEdit, "Note")
    area.setPlainText(SENTENCE)
    seat.qtbot.waitUntil(lambda: seat.screen().saved_words()[0] == SAVED, timeout=5_000)
    filler = tmp_path / "filler"
    fill(filler)
    area.insertPlainText(SENTENCE * 400)
    press(seat, "Check and sign")
    assert not [each for each in seat.all(QLabel) if each.text() == "Check your answers"]
    assert any(error("disk_full").title in each.text() for each in seat.all(QLabel))
    assert seat.screen().saved_words()[0] == "Not saved"
    assert area.toPlainText() == SENTENCE * 401
    filler.unlink()
    press(seat, "Check and sign")
    press(seat, "Sign")
    signed = seat.do(open_record, draft.id).record
    assert signed.signed is not None
    assert signed.body["text"] == (SENTENCE * 401).strip()


def signed_note(seat: Seat) -> str:
    body = {"type": "note", "happened_at": seat.office.now(), "text": "As signed"}
    found: str = seat.do(write_note, seat.family_ids()[0], body).record_id
    return found


def amend(seat: Seat, note_id: str) -> QTextEdit:
    seat.go("family", family=seat.family_ids()[0], record=note_id)
    if not [each for each in seat.all(QTextEdit) if each.accessibleName() == ADD]:
        seat.find(QPushButton, "Add an amendment").click()
    return seat.find(QTextEdit, ADD)


def kept(seat: Seat, note_id: str) -> str:
    draft = seat.do(adding.begun, note_id)
    return str(draft.body["text"]) if draft is not None else ""


def test_an_amendment_that_is_not_saved_is_kept_though_another_records_is_begun(seat: Seat, tmp_path: Path) -> None:
    one, other = signed_note(seat), signed_note(seat)
    amend(seat, one).insertPlainText(SENTENCE)
    seat.qtbot.waitUntil(lambda: kept(seat, one) == SENTENCE, timeout=5_000)
    filler = tmp_path / "filler"
    fill(filler)
    amend(seat, one).insertPlainText(SENTENCE * 200)
    assert amend(seat, other).toPlainText() == ""
    seat.settle()
    assert any(error("disk_full").title in each.text() for each in seat.all(QLabel))
    assert seat.screen().saved_words()[0] == "Not saved"
    assert amend(seat, one).toPlainText() == SENTENCE * 201  # it stands there again
    amend(seat, other).insertPlainText(SENTENCE)
    seat.go("family", family=seat.family_ids()[1])
    assert seat.screen().saved_words()[0] == "Not saved"
    filler.unlink()
    seat.qtbot.waitUntil(lambda: kept(seat, one) == SENTENCE * 201, timeout=10_000)
    seat.qtbot.waitUntil(lambda: kept(seat, other) == SENTENCE, timeout=10_000)
    seat.qtbot.waitUntil(lambda: seat.screen().saved_words()[0] != "Not saved", timeout=10_000)
    assert amend(seat, one).toPlainText() == SENTENCE * 201
