"""Templates and phrases are put in by keyboard at the cursor, undone in one step, and one's own stay in the vault."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from sf_desktop.ops import writing
from sf_desktop.ops.records import notes
from sf_desktop.ops.sending import conflicts
from sf_desktop.ops.visiting import visits
from sf_desktop.ops.worker import phrases
from sf_desktop.ui.kit.writing.phrases import PhraseMenu
from sf_desktop.ui.kit.writing.prose import ProseArea, ProseField
from sf_desktop.ui.phrases.screen import PhrasesScreen
from sf_record.configuration import Phrase
from tests.builders import quarrels
from tests.builders.written import drafts_begun
from tests.ui.screens.conftest import Seat

COUNCILS = (
    Phrase(label="Home conditions", text="The home was [warm or cold], and [tidy or not].", where=("visit.observed",)),
    Phrase(label="Case discussion", text="Discussed with: [name]\nAgreed: ", where=("note",)),
    Phrase(label="Of last year", text="Gone.", effective_until="2025-12-31"),
    Phrase(label="Of next year", text="To come.", effective_from="2027-01-01"),
)


# A menu is shown for real; the offscreen platform says what it cannot do with one.
OFFSCREEN = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def writer(seat: Seat) -> Seat:
    """Somebody whose council gives phrases, and who has one of their own."""
    seat.office = replace(seat.office, configuration=replace(seat.office.configuration, phrases=COUNCILS))
    seat.runner.office = seat.office
    seat.do(phrases.keep, "Seen & well", "Seen, and well.")
    return seat


def area(seat: Seat, name: str) -> ProseArea:
    return seat.find(ProseArea, name)


def menu(seat: Seat) -> PhraseMenu:
    found = QApplication.activePopupWidget()
    assert isinstance(found, PhraseMenu)
    return found


def labels(seat: Seat, made: ProseArea) -> list[str]:
    return [each.text().replace("&", "") for each in made.phrase_menu().actions()]


def open_note(seat: Seat) -> ProseArea:
    draft = seat.do(notes.start_note, seat.family_ids()[0])
    seat.go("note", draft=draft.id)
    return area(seat, "Note")


def test_each_field_offers_what_is_for_it_today_ones_own_first(writer: Seat) -> None:
    draft = writer.do(visits.start_visit, writer.family_ids()[0])
    writer.go("visit", draft=draft.id)
    for field in writer.screen().findChildren(ProseField):
        wanted = ["1  Seen  well", *(["2  Home conditions"] if field.name == "observed" else [])]
        assert labels(writer, field.area) == wanted, field.name
    assert labels(writer, open_note(writer)) == ["1  Seen  well", "2  Case discussion"]


@OFFSCREEN
def test_by_keyboard_alone_at_the_cursor_and_undone_in_one_step(writer: Seat) -> None:
    writing = open_note(writer)
    writing.setFocus()
    QTest.keyClicks(writing, "Before after")
    for _ in range(5):
        QTest.keyClick(writing, Qt.Key.Key_Left)
    QTest.keyClick(writing, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(menu(writer), Qt.Key.Key_2)
    assert writing.text() == "Before Discussed with: [name]\nAgreed: after"
    assert writing.textCursor().selectedText() == "[name]"
    QTest.keyClicks(writing, "P. Example")
    assert writing.text() == "Before Discussed with: P. Example\nAgreed: after"
    for _ in range(3):
        QTest.keyClick(writing, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        if writing.text() == "Before after":
            break
    assert writing.text() == "Before after"


@OFFSCREEN
def test_what_is_marked_is_replaced_and_saved_with_the_draft(writer: Seat) -> None:
    writing = open_note(writer)
    QTest.keyClicks(writing, "old words")
    writing.selectAll()
    writer.find(QAbstractButton, "Phrases for Note").click()
    menu(writer).actions()[0].trigger()
    menu(writer).close()
    assert writing.text() == "Seen, and well."
    writer.screen().leave()
    writer.settle()
    (draft,) = [each for each in writer.do(drafts_begun) if each.kind == "note"]
    assert draft.body["text"] == "Seen, and well."


def opened(seat: Seat) -> PhrasesScreen:
    QTest.keyClick(seat.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    screen: PhrasesScreen = seat.go("phrases")
    return screen


def test_ones_own_are_made_changed_given_up_and_put_back(writer: Seat) -> None:
    screen = opened(writer)
    writer.find(QAbstractButton, "Keep it").click()
    writer.settle()
    assert "Name: what you find it by" in [each.text() for each in writer.all(QLabel)]
    QTest.keyClicks(screen.label.line, "Thanks")
    QTest.keyClicks(screen.text.area, "Thank you for [what].")
    writer.find(QAbstractButton, "Keep it").click()
    writer.settle()
    assert [each.label for each in writer.do(phrases.phrases).own] == ["Seen & well", "Thanks"]
    writer.find(QAbstractButton, "Change: Thanks").click()
    assert screen.text.value() == "Thank you for [what]."
    writer.find(QAbstractButton, "Give it up").click()
    writer.settle()
    assert [each.label for each in writer.do(phrases.phrases).own] == ["Seen & well"]
    writer.find(QAbstractButton, "Put it back").click()
    writer.settle()
    assert [each.label for each in writer.do(phrases.phrases).own] == ["Seen & well", "Thanks"]


def test_what_is_typed_there_survives_a_lock(writer: Seat) -> None:
    screen = opened(writer)
    QTest.keyClicks(screen.label.line, "Half a na")
    writer.lock_and_come_back()
    assert writer.window.stack.bring("phrases").label.value() == "Half a na"  # type: ignore[attr-defined]


def test_what_is_being_written_comes_back_after_another_was_opened_to_be_changed(writer: Seat) -> None:
    screen = opened(writer)
    QTest.keyClicks(screen.label.line, "Half a na")
    QTest.keyClicks(screen.text.area, "Half a sentence")
    writer.find(QAbstractButton, "Change: Seen & well").click()
    assert screen.label.value() == "Seen & well"
    assert "What you were writing is kept" in [each.text() for each in writer.all(QLabel)]
    writer.lock_and_come_back()
    writer.find(QAbstractButton, "Leave it as it was").click()
    screen = writer.window.stack.bring("phrases")  # type: ignore[assignment]
    assert (screen.label.value(), screen.text.value()) == ("Half a na", "Half a sentence")
    writer.find(QAbstractButton, "Keep it").click()
    writer.settle()
    assert [each.label for each in writer.do(phrases.phrases).own] == ["Seen & well", "Half a na"]
    assert screen.label.value() == ""


def test_a_phrase_that_is_kept_with_two_presses_is_kept_once(writer: Seat) -> None:
    screen = opened(writer)
    QTest.keyClicks(screen.label.line, "Thanks")
    QTest.keyClicks(screen.text.area, "Thank you.")
    button = writer.find(QAbstractButton, "Keep it")
    button.click()
    button.click()
    writer.settle()
    assert [each.label for each in writer.do(phrases.phrases).own] == ["Seen & well", "Thanks"]
    assert not screen.summary.isVisible()


def test_phrases_are_put_into_an_amendment_too(writer: Seat) -> None:
    family_id = writer.family_ids()[0]
    body = {"type": "note", "happened_at": writer.office.now(), "subject": "Pretend", "text": "Pretend words"}
    note_id = writer.do(partial(writing.create, sign=True), "note", family_id, body).record_id
    writer.go("family", family=family_id, record=note_id)
    writer.find(QAbstractButton, "Add an amendment").click()
    writer.settle()
    made = area(writer, "What you want to add")
    assert [each.label for each in made.phrases] == ["Seen & well", "Case discussion"]  # none of a certain question


def test_phrases_are_put_into_the_reason_of_a_conflict_and_into_a_version_of_one_s_own(writer: Seat) -> None:
    family_id = writer.family_ids()[0]
    body = {"type": "note", "happened_at": writer.office.now(), "subject": "Pretend", "text": "Pretend words"}
    note_id = writer.do(writing.create, "note", family_id, body).record_id
    writer.do(quarrels.both_change, note_id, {"text": "As I saw it."}, {"text": "As a colleague saw it."})
    screen = writer.go("needs")
    reason = area(writer, "Why")
    assert [each.label for each in reason.phrases] == ["Seen & well", "Case discussion"]
    reason.insert_phrase(reason.phrases[0].text)
    screen.conflict.choice.set_value("afresh")
    screen.conflict.choice.changed.emit()
    writer.settle()
    assert area(writer, "Note").phrases
    screen.conflict.choice.set_value("kept")
    writer.find(QAbstractButton, "Settle").click()
    writer.settle()
    assert writer.do(conflicts.settled_here)[0].reason == "Seen, and well."


def test_phrases_are_put_into_why_something_is_given_up_or_brought_back(writer: Seat) -> None:
    family_id = writer.family_ids()[0]
    body = {"type": "note", "happened_at": writer.office.now(), "subject": "Pretend", "text": "Pretend words"}
    note_id = writer.do(writing.create, "note", family_id, body).record_id
    writer.do(writing.change, note_id, {**body, "text": "Other pretend words"})
    writer.go("history", family=family_id, record=note_id)
    next(e for e in writer.all(QAbstractButton) if e.accessibleName().startswith("Bring back what it was")).click()
    writer.settle()
    assert [each.label for each in area(writer, "Why is it brought back?").phrases] == [
        "Seen & well",
        "Case discussion",
    ]
    writer.do(quarrels.refuse, writer.do(quarrels.latest, note_id).event.id, "invalid", "text")
    writer.go("needs")
    writer.find(QAbstractButton, "Give it up").click()
    writer.settle()
    assert [each.label for each in area(writer, "Why do you give it up?").phrases] == ["Seen & well", "Case discussion"]
