"""Needs you: two versions are settled with a reason and taken back, and what was refused has its ways on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QTextEdit

from sf_desktop.ops import writing
from sf_desktop.ops.office import Office
from sf_desktop.ops.records import mending
from sf_desktop.ops.sending import conflicts
from sf_desktop.ops.sending.status import status_counts
from sf_desktop.store.tables import records
from sf_desktop.ui.kit.text.difference import DifferenceText
from sf_desktop.ui.kit.window.stack import GoTo
from sf_desktop.ui.kit.window.steps import KEPT_STEPS
from sf_desktop.wording.status import StatusWords
from sf_record.dates import moment_text
from sf_record.description import Role
from sf_record.outcomes import Outcome, Receipt, Result
from sf_record.record import Conflict
from tests.builders import quarrels
from tests.builders.offices import NOW
from tests.builders.written import write_note
from tests.ui.screens.conftest import Seat

MINE = "Calm with the dog; no unsupervised contact with the father."
THEIRS = "Calm with the dog and the cat. No contact with the father."


def a_person(office: Office) -> str:
    return next(each.id for each in records.of_kind(office.connection, "person") if each.body.get("given_name"))


@pytest.fixture
def person_id(seat: Seat) -> str:
    """A person whose needs two people described at once."""
    found: str = seat.do(a_person)
    seat.do(quarrels.both_change, found, {"needs": MINE}, {"needs": THEIRS})
    return found


@pytest.fixture
def refused_id(seat: Seat) -> str:
    """A note that the council did not take."""
    body = {"type": "note", "happened_at": moment_text(NOW), "text": "Words that were refused."}
    record_id = seat.do(write_note, seat.family_ids()[0], body).record_id
    event_id: str = seat.do(quarrels.latest, record_id).event.id
    seat.do(quarrels.refuse, event_id, "invalid", "happened_at")
    return event_id


def words(seat: Seat) -> str:
    return "\n".join(each.text() for each in seat.all(QLabel))


def type_into(seat: Seat, name: str, text: str) -> None:
    seat.qtbot.keyClicks(seat.find(QTextEdit, name), text)


def test_an_empty_list_says_what_it_is_for(seat: Seat) -> None:
    seat.go("needs")
    assert "Here you will find what two people changed" in words(seat)


def test_both_versions_stand_beside_one_another_with_their_own_words_marked(seat: Seat, person_id: str) -> None:
    seat.go("needs")
    texts = seat.all(DifferenceText)
    assert {each.text() for each in texts} == {MINE, THEIRS}
    theirs = next(each for each in texts if each.text() == THEIRS)
    assert "[only here: and the cat. No]" in theirs.accessibleDescription()
    assert "Yours" in words(seat)
    assert "Stands at the council" in words(seat)


def test_what_was_settled_here_is_not_said_to_stand_at_the_council_before_it_is_sent(seat: Seat) -> None:
    found = seat.do(a_person)
    seat.do(quarrels.both_change, found, {"needs": MINE}, {"needs": THEIRS})
    seat.do(_a_third_version, found)
    seat.go("needs")
    assert "Stands at the council" in words(seat)
    seat.find(QAbstractButton, "Which one stands?: Yours").click()
    type_into(seat, "Why", "I was there.")
    seat.find(QPushButton, "Settle").click()
    seat.settle()
    assert "Stands here, not yet at the council · you" in words(seat)
    assert "Stands at the council" not in words(seat)


def _a_third_version(office: Office, person_id: str) -> None:
    shown = records.get(office.connection, person_id)
    assert shown is not None
    other = replace(
        shown.conflicts[0], id=f"{quarrels.COLLEAGUE}:needs", mine="Afraid of nothing.", by=quarrels.COLLEAGUE
    )
    quarrels.council_holds(office, replace(shown, seq=901, conflicts=(*shown.conflicts, other)))


def test_it_is_settled_with_a_reason_and_undone(seat: Seat, person_id: str) -> None:
    seat.go("needs")
    seat.find(QAbstractButton, "Which one stands?: Yours").click()
    seat.find(QPushButton, "Settle").click()
    seat.settle()
    assert "Say why you chose this one" in words(seat)
    type_into(seat, "Why", "I was there.")
    settle = seat.find(QPushButton, "Settle")
    settle.click()
    settle.click()
    seat.settle()
    assert "This has been settled already" not in words(seat)
    assert seat.do(status_counts).needs_you == 0
    assert records.get(seat.office.connection, person_id).body["needs"] == MINE  # type: ignore[union-attr]
    seat.find(QPushButton, "Undo").click()
    seat.settle()
    assert seat.do(status_counts).needs_you == 1
    assert records.get(seat.office.connection, person_id).body["needs"] == THEIRS  # type: ignore[union-attr]
    assert not seat.do(conflicts.settled_here)


def test_that_it_was_settled_is_not_said_again_when_one_comes_back(seat: Seat, person_id: str) -> None:
    screen = seat.go("needs")
    seat.find(QAbstractButton, "Which one stands?: Yours").click()
    type_into(seat, "Why", "I was there.")
    seat.find(QPushButton, "Settle").click()
    seat.settle()
    assert screen.banner.isVisible()
    seat.go("today")
    assert seat.go("needs") is screen
    assert not screen.banner.isVisible()


def test_a_third_value_is_written_afresh(seat: Seat, person_id: str) -> None:
    seat.go("needs")
    seat.find(QAbstractButton, "Which one stands?: Write it afresh").click()
    third = seat.find(QTextEdit, "Health and other needs")
    assert third.toPlainText() == THEIRS
    third.setPlainText("Both are right.")
    type_into(seat, "Why", "Spoken to each other.")
    seat.find(QPushButton, "Settle").click()
    seat.settle()
    assert records.get(seat.office.connection, person_id).body["needs"] == "Both are right."  # type: ignore[union-attr]


def test_it_is_settled_with_the_keyboard_alone(seat: Seat, person_id: str) -> None:
    seat.window.activateWindow()
    seat.qtbot.keyClick(seat.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    seat.settle()
    screen = seat.screen()
    assert screen.name == "needs"
    seat.qtbot.keyClick(seat.window.focusWidget(), Qt.Key.Key_Return)
    seat.qtbot.keyClick(seat.window.focusWidget(), Qt.Key.Key_Space)
    seat.qtbot.keyClick(seat.window.focusWidget(), Qt.Key.Key_Tab)
    for _ in range(3):
        if seat.window.focusWidget().accessibleName() == "Why":
            break
        seat.qtbot.keyClick(seat.window.focusWidget(), Qt.Key.Key_Tab)
    seat.qtbot.keyClicks(seat.window.focusWidget(), "I was there.")
    seat.qtbot.keyClick(seat.window.focusWidget(), Qt.Key.Key_Tab)
    assert seat.window.focusWidget().accessibleName() == "Settle"
    seat.qtbot.keyClick(seat.window.focusWidget(), Qt.Key.Key_Return)
    seat.settle()
    assert seat.do(status_counts).needs_you == 0


def test_everything_that_is_missing_is_said_at_once(seat: Seat, person_id: str) -> None:
    seat.go("needs")
    seat.find(QPushButton, "Settle").click()
    seat.settle()
    assert "Choose which one stands, or write it afresh" in words(seat)
    assert "Say why you chose this one" in words(seat)


def test_what_is_typed_about_one_is_there_after_a_look_at_another(seat: Seat, person_id: str, refused_id: str) -> None:
    screen = seat.go("needs", record=person_id)
    seat.find(QAbstractButton, "Which one stands?: Write it afresh").click()
    type_into(seat, "Health and other needs", "Both. ")
    type_into(seat, "Why", "Spoken to each other.")
    seat.find(QAbstractButton, "Which one stands?: Yours").click()  # to compare it once more
    seat.go("needs", event=refused_id)
    seat.find(QPushButton, "Give it up").click()
    type_into(seat, "Why do you give it up?", "Written again.")
    kept = screen.typed_words()
    seat.go("needs", record=person_id)
    assert seat.find(QTextEdit, "Why").toPlainText() == "Spoken to each other."
    seat.find(QAbstractButton, "Which one stands?: Write it afresh").click()
    assert seat.find(QTextEdit, "Health and other needs").toPlainText() == f"Both. {THEIRS}"
    seat.go("needs", event=refused_id)
    assert seat.find(QTextEdit, "Why do you give it up?").toPlainText() == "Written again."
    assert kept[screen.list.rows.ids[0]]["reason"] == "Spoken to each other."  # and it is kept in the vault


def test_what_is_undone_stands_again_with_what_was_chosen(seat: Seat, person_id: str) -> None:
    other = seat.do(_another_person, person_id)
    seat.do(quarrels.both_change, other, {"needs": "Mine."}, {"needs": "Theirs."})
    screen = seat.go("needs", record=person_id)
    shown = screen.conflict.accessibleName()
    seat.find(QAbstractButton, "Which one stands?: Yours").click()
    type_into(seat, "Why", "I was there.")
    seat.find(QPushButton, "Settle").click()
    seat.settle()
    settled = next(each for each in screen.list.rows.ids if str(each).startswith("settled:"))
    screen.list.setCurrentIndex(screen.list.rows.index(screen.list.rows.place_of(settled), 0))
    seat.settle()
    seat.find(QPushButton, "Undo").click()
    seat.settle()
    assert screen.conflict.accessibleName() == shown
    assert seat.find(QAbstractButton, "Which one stands?: Yours").isChecked()
    assert seat.find(QTextEdit, "Why").toPlainText() == "I was there."


def _another_person(office: Office, person_id: str) -> str:
    people = records.of_kind(office.connection, "person")
    return next(each.id for each in people if each.body.get("given_name") and each.id != person_id)


def test_after_a_further_change_it_is_the_history_that_brings_back_what_was_not_chosen(
    seat: Seat, person_id: str
) -> None:
    """It said only that something else can be undone first, where there was nothing else to undo."""
    screen = seat.go("needs")
    seat.find(QAbstractButton, "Which one stands?: Yours").click()
    type_into(seat, "Why", "I was there.")
    seat.find(QPushButton, "Settle").click()
    seat.settle()
    body = records.get(seat.office.connection, person_id).body  # type: ignore[union-attr]
    seat.do(writing.change, person_id, {**body, "known_as": "Wren"})
    (row,) = seat.do(conflicts.settled_here)
    seat.go("today")
    seat.go("needs")
    screen.list.setCurrentIndex(screen.list.rows.index(screen.list.rows.place_of(f"settled:{row.event_id}"), 0))
    seat.settle()
    assert "After any other change, open the record: its history keeps both versions" in words(seat)
    seat.go("history", family=row.family_id, record=person_id)
    assert [each.text() for each in seat.all(DifferenceText)] == [THEIRS, MINE]
    seat.find(QPushButton, "Bring back what it was: Health and other needs")


def test_of_two_settled_on_one_record_the_later_is_undone_first_and_the_earlier_says_so(seat: Seat) -> None:
    person_id = seat.do(a_person)
    seat.do(
        quarrels.both_change, person_id, {"needs": MINE, "known_as": "Wren"}, {"needs": THEIRS, "known_as": "Robin"}
    )
    screen = seat.go("needs")
    for _ in range(2):
        seat.find(QAbstractButton, "Which one stands?: Yours").click()
        type_into(seat, "Why", "I was there.")
        seat.find(QPushButton, "Settle").click()
        seat.settle()
    later, earlier = seat.do(conflicts.settled_here)

    def look_at(row: conflicts.SettledRow) -> None:
        screen.list.setCurrentIndex(screen.list.rows.index(screen.list.rows.place_of(f"settled:{row.event_id}"), 0))
        seat.settle()

    look_at(earlier)
    assert "More was saved on the same record since, so it cannot be undone by itself." in words(seat)
    assert "may have left" not in words(seat)
    assert "Until then it can be undone." not in words(seat)
    assert not [each for each in seat.all(QPushButton) if each.text() == "Undo"]
    look_at(later)
    seat.find(QPushButton, "Undo").click()
    seat.settle()
    look_at(earlier)
    seat.find(QPushButton, "Undo").click()
    seat.settle()
    body = records.get(seat.office.connection, person_id).body  # type: ignore[union-attr]
    assert (body["needs"], body["known_as"]) == (THEIRS, "Robin")
    assert seat.do(status_counts).needs_you == 2


def test_of_an_answer_of_the_family_file_itself_its_name_is_said_once(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    name = seat.do(writing.found, family_id).body["name"]
    seat.do(quarrels.both_change, family_id, {"address": "1 Mock Lane"}, {"address": "2 Mock Lane"})
    screen = seat.go("needs")
    assert screen.conflict._title.text() == f"Address · {name}"
    assert name in str(screen.list.rows.index(0, 0).data())
    assert str(screen.list.rows.index(0, 0).data()).count(name) == 1


def test_an_answer_that_only_a_newer_program_asks_is_chosen_between_and_not_emptied_by_writing_it_afresh(
    seat: Seat,
) -> None:
    person_id = seat.do(a_person)
    person = seat.do(writing.found, person_id)
    beside = Conflict(
        id="their:of_a_newer_program", field="of_a_newer_program", mine="This.", theirs="That.", base=None,
        by=quarrels.COLLEAGUE, at=quarrels.AT, their_by=seat.office.me.worker.id, their_at=quarrels.AT,
    )  # fmt: skip
    body = {**person.body, "of_a_newer_program": "That."}
    seat.do(quarrels.council_holds, replace(person, seq=900, body=body, conflicts=(beside,)))
    seat.go("needs")
    assert {each.text() for each in seat.all(DifferenceText)} == {"This.", "That."}
    choices = [each.accessibleName() for each in seat.all(QAbstractButton) if "stands?" in each.accessibleName()]
    assert [each.removeprefix("Which one stands?: ") for each in choices][1:] == ["A colleague’s, as it stands"]
    seat.find(QAbstractButton, choices[0]).click()
    type_into(seat, "Why", "So it is.")
    seat.find(QPushButton, "Settle").click()
    seat.settle()
    assert records.get(seat.office.connection, person_id).body["of_a_newer_program"] == "This."  # type: ignore[union-attr]


def test_what_is_typed_is_kept_with_the_place(seat: Seat, person_id: str) -> None:
    seat.go("needs")
    seat.find(QAbstractButton, "Which one stands?: Yours").click()
    type_into(seat, "Why", "I was th")
    seat.lock_and_come_back()
    assert seat.find(QTextEdit, "Why").toPlainText() == "I was th"
    assert seat.find(QAbstractButton, "Which one stands?: Yours").isChecked()


@pytest.mark.parametrize("asked", ["the screen", "the other"])
def test_what_is_typed_is_there_after_a_lock_on_another_screen(
    seat: Seat, person_id: str, refused_id: str, asked: str
) -> None:
    seat.go("needs", record=person_id)
    type_into(seat, "Why", "I was th")
    for _ in range(KEPT_STEPS):
        seat.go("today")
        seat.go("families")
    seat.lock_and_come_back()
    if asked == "the other":
        seat.go("needs", event=refused_id)
        seat.go("today")
        seat.lock_and_come_back()
        seat.go("needs", record=person_id)
    else:
        seat.go("needs")
    assert seat.find(QTextEdit, "Why").toPlainText() == "I was th"


def test_what_is_settled_before_a_lock_is_not_typed_again_after_it(seat: Seat, person_id: str) -> None:
    seat.go("needs")
    type_into(seat, "Why", "I was th")
    seat.go("today")
    seat.go("needs")
    seat.find(QTextEdit, "Why").clear()
    seat.lock_and_come_back()
    seat.go("today")
    seat.go("needs")
    assert seat.find(QTextEdit, "Why").toPlainText() == ""


def test_a_round_that_comes_while_somebody_types_disturbs_nothing(seat: Seat, person_id: str) -> None:
    seat.go("needs")
    type_into(seat, "Why", "I was th")
    area = seat.find(QTextEdit, "Why")
    seat.desk.announce(seat.do(write_note, seat.family_ids()[0], {
        "type": "note", "happened_at": moment_text(NOW), "text": "Another.",
    }))  # fmt: skip
    seat.settle()
    assert seat.find(QTextEdit, "Why") is area
    assert area.toPlainText() == "I was th"


def test_what_a_colleague_settled_meanwhile_takes_nothing_away_that_is_typed(seat: Seat, person_id: str) -> None:
    seat.go("needs")
    seat.find(QAbstractButton, "Which one stands?: Yours").click()
    type_into(seat, "Why", "I was th")
    seat.do(_settled_by_a_colleague, person_id)
    seat.desk.announce(seat.do(write_note, seat.family_ids()[0], {
        "type": "note", "happened_at": moment_text(NOW), "text": "Another.",
    }))  # fmt: skip
    seat.settle()
    assert seat.find(QTextEdit, "Why").toPlainText() == "I was th"
    assert "This has been settled already" in words(seat)
    seat.find(QPushButton, "Open the record").click()  # as the message says
    seat.settle()
    assert seat.screen().name == "family"


NOT_SENT = "A reason that you typed and did not send"


def two_conflicts(seat: Seat, person_id: str) -> str:
    """Type about one of two, and return the record of the other."""
    other: str = seat.do(_another_person, person_id)
    seat.do(quarrels.both_change, other, {"needs": "Mine."}, {"needs": "Theirs."})
    seat.go("needs", record=person_id)
    type_into(seat, "Why", "I was th")
    seat.find(QAbstractButton, "Which one stands?: Write it afresh").click()
    third = seat.find(QTextEdit, "Health and other needs")
    third.setPlainText("Afraid of neither.")
    return other


def a_round_comes(seat: Seat) -> None:
    body = {"type": "note", "happened_at": moment_text(NOW), "text": "Another."}
    seat.desk.announce(seat.do(write_note, seat.family_ids()[0], body))
    seat.settle()


@pytest.mark.parametrize("way", ["locked there", "locked elsewhere", "another", "elsewhere"])
def test_what_was_typed_about_what_a_colleague_settled_is_said_and_put_beside_nothing_else(
    seat: Seat, person_id: str, way: str
) -> None:
    """It was put into the reason of the conflict that came first in the list."""
    other = two_conflicts(seat, person_id)
    if way == "another":
        seat.go("needs", record=other)
    elif way != "locked there":
        seat.go("today")
    seat.do(_settled_by_a_colleague, person_id)
    if way == "another":
        a_round_comes(seat)
    elif way == "elsewhere":
        a_round_comes(seat)
        seat.go("needs")
    else:
        seat.lock_and_come_back()
        seat.go("needs", record=other)
    if way == "elsewhere":
        assert seat.find(QTextEdit, "Why").toPlainText() == "I was th"
        assert "This has been settled already" in words(seat)
        seat.go("needs", record=other)
    assert seat.find(QTextEdit, "Why").toPlainText() == ""
    assert NOT_SENT in words(seat)
    assert "I was th" in words(seat)
    assert "Afraid of neither." in words(seat)
    seat.lock_and_come_back()
    seat.go("needs")
    assert "I was th" in words(seat)
    seat.find(QPushButton, "Put away the reason that you did not send").click()
    seat.lock_and_come_back()
    seat.go("needs")
    assert NOT_SENT not in words(seat)


def test_a_reason_that_was_sent_is_not_said_to_be_left(seat: Seat, person_id: str) -> None:
    other = two_conflicts(seat, person_id)
    seat.find(QPushButton, "Settle").click()
    seat.go("needs", record=other)
    assert NOT_SENT not in words(seat)
    seat.do(_settled_by_a_colleague, person_id)
    a_round_comes(seat)
    seat.lock_and_come_back()
    seat.go("needs")
    assert NOT_SENT not in words(seat)
    assert seat.find(QTextEdit, "Why").toPlainText() == ""


def test_why_something_is_given_up_is_said_where_it_is_not_to_be_given_up_any_more(
    seat: Seat, refused_id: str, person_id: str
) -> None:
    seat.go("needs", event=refused_id)
    seat.find(QPushButton, "Give it up").click()
    type_into(seat, "Why do you give it up?", "Written tw")
    seat.do(mending.give_up, refused_id, "Elsewhere.")
    a_round_comes(seat)
    assert NOT_SENT in words(seat)
    assert "Written tw" in words(seat)


def test_why_something_was_given_up_is_not_said_to_be_left(seat: Seat, refused_id: str, person_id: str) -> None:
    seat.go("needs", event=refused_id)
    seat.find(QPushButton, "Give it up").click()
    type_into(seat, "Why do you give it up?", "Written twice.")
    [each for each in seat.all(QPushButton) if each.accessibleName() == "Give it up"][-1].click()
    seat.settle()
    assert NOT_SENT not in words(seat)


def _settled_by_a_colleague(office: Office, person_id: str) -> None:
    shown = records.get(office.connection, person_id)
    assert shown is not None
    quarrels.council_holds(office, replace(shown, seq=900, conflicts=()))


def test_today_leads_to_it(seat: Seat, person_id: str, refused_id: str) -> None:
    seat.go("today")
    for event_id, shown in ((refused_id, "mend"), (seat.do(quarrels.latest, person_id).event.id, "conflict")):
        seat.window.stack.bring("today")._on_sending(event_id)  # type: ignore[attr-defined]
        seat.settle()
        assert seat.screen().panes.shown is getattr(seat.screen(), shown)  # type: ignore[attr-defined]


def test_the_family_file_says_that_something_has_two_versions(seat: Seat, person_id: str) -> None:
    family_id = records.get(seat.office.connection, person_id).family_id  # type: ignore[union-attr]
    seat.go("family", family=family_id)
    assert "One answer has two versions" in words(seat)


def test_what_was_refused_says_why_and_opens_to_be_mended(seat: Seat, refused_id: str) -> None:
    seat.go("needs")
    assert "Something in it needs mending" in words(seat)
    assert "To mend: When" in words(seat)
    assert "Words that were refused." in words(seat)
    seat.find(QPushButton, "Open and mend").click()
    seat.settle()
    assert seat.screen().name == "note"
    assert seat.do(mending.not_taken) == ()


def test_its_text_is_copied_into_a_new_note(seat: Seat, refused_id: str) -> None:
    seat.go("needs")
    seat.find(QPushButton, "Copy the text into a new note").click()
    seat.settle()
    assert seat.screen().name == "note"
    assert "Words that were refused." in [each.toPlainText() for each in seat.all(QTextEdit)]


def test_it_is_given_up_with_a_reason_that_stays_readable(seat: Seat, refused_id: str) -> None:
    seat.go("needs")
    seat.find(QPushButton, "Give it up").click()
    type_into(seat, "Why do you give it up?", "Written twice.")
    confirm = [each for each in seat.all(QPushButton) if each.accessibleName() == "Give it up"][-1]
    confirm.click()
    seat.settle()
    assert seat.do(status_counts).needs_you == 0
    seat.go("ledger")
    model = seat.screen().model  # type: ignore[attr-defined]
    assert "Given up: Written twice." in [model.index(0, at).data() for at in range(model.columnCount())]


def test_support_is_told_ids_and_nothing_else(seat: Seat, refused_id: str) -> None:
    seat.go("needs")
    seat.find(QPushButton, "Tell support").click()
    seat.find(QPushButton, "Copy what to tell support").click()
    told = QGuiApplication.clipboard().text()
    assert refused_id in told
    assert "Words" not in told
    assert "Pretend" not in told


def test_a_record_with_two_versions_leads_to_settling_it(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    body = {"type": "note", "happened_at": moment_text(NOW), "text": "As begun."}
    record_id = seat.do(_unsigned, family_id, body)
    seat.do(quarrels.both_change, record_id, {"text": "As I saw it."}, {"text": "As a colleague saw it."})
    seat.go("family", family=family_id, record=record_id)
    seat.find(QPushButton, "Settle it").click()
    seat.settle()
    assert seat.screen().name == "needs"
    assert {each.text() for each in seat.all(DifferenceText)} == {"As I saw it.", "As a colleague saw it."}


def _unsigned(office: Office, family_id: str, body: dict[str, str]) -> str:
    return write_note(office, family_id, body, sign=False).record_id


def test_a_look_at_one_is_noted_once_however_often_it_is_read_again(seat: Seat, person_id: str) -> None:
    looked: list[object] = seat.office.tx.looks  # type: ignore[attr-defined]
    before = len(looked)
    seat.go("needs")
    for _ in range(3):
        seat.screen()._ask()  # type: ignore[attr-defined]
        seat.settle()
    assert len(looked) == before + 1


def test_the_foot_leads_to_it(seat: Seat, refused_id: str) -> None:
    seat.go("today")
    seat.window.foot.say(StatusWords("Saved here.", "", (("Needs you", "1", ""),)))
    seat.settle()
    seat.find(QPushButton, "Needs you: 1. Look at it").click()
    seat.settle()
    assert seat.screen().name == "needs"


def test_of_a_signed_record_only_the_text_that_stands_can_stay(seat: Seat) -> None:
    body = {"type": "note", "happened_at": moment_text(NOW), "text": "As signed."}
    record_id = seat.do(write_note, seat.family_ids()[0], body).record_id
    seat.do(_colleague_edited_before_the_signature, record_id)
    seat.window.go(GoTo("needs", {"record": record_id}))
    seat.settle()
    assert "The record is signed, so its text stands." in words(seat)
    choices = [each.accessibleName() for each in seat.all(QAbstractButton) if "stands?" in each.accessibleName()]
    assert choices == ["Which one stands?: Leave it as it stands"]
    seat.find(QPushButton, "Add the other version as an amendment").click()
    seat.settle()
    assert seat.find(QTextEdit, "What you want to add").toPlainText() == "A colleague's words."


def test_the_other_version_can_still_be_carried_on_where_a_colleague_settled_it_meanwhile(seat: Seat) -> None:
    body = {"type": "note", "happened_at": moment_text(NOW), "text": "As signed."}
    record_id = seat.do(write_note, seat.family_ids()[0], body).record_id
    seat.do(_colleague_edited_before_the_signature, record_id)
    seat.window.go(GoTo("needs", {"record": record_id}))
    seat.settle()
    type_into(seat, "Why", "I was th")
    seat.do(_settled_by_a_colleague, record_id)
    seat.desk.announce(seat.do(write_note, seat.family_ids()[0], {**body, "text": "Another."}))
    seat.settle()
    assert "This has been settled already" in words(seat)
    seat.find(QPushButton, "Copy the other version into a new note").click()
    seat.settle()
    assert seat.screen().name == "note"
    assert seat.find(QTextEdit, "Note").toPlainText() == "A colleague's words."


def _colleague_edited_before_the_signature(office: Office, record_id: str) -> None:
    shown = records.get(office.connection, record_id)
    assert shown is not None
    entry = quarrels.latest(office, record_id)
    lost = Conflict(
        id=f"{quarrels.COLLEAGUE}:text", field="text", mine="A colleague's words.", theirs="As signed.", base=None,
        by=quarrels.COLLEAGUE, at=quarrels.AT, their_by=office.me.worker.id, their_at=quarrels.AT,
    )  # fmt: skip
    receipt = Receipt(family_id=shown.family_id, seq=801, at=quarrels.AT)
    said = Outcome(event_id=entry.event.id, result=Result.ACCEPTED, receipt=receipt)
    quarrels.council_holds(office, replace(shown, seq=802, conflicts=(lost,)), said)


@pytest.mark.parametrize(("role", "offered"), [(Role.PRACTITIONER, 0), (Role.SUPERVISOR, 1)])
def test_two_days_of_closing_are_settled_by_a_supervisor_only(seat: Seat, role: Role, offered: int) -> None:
    me = replace(seat.office.me, worker=replace(seat.office.me.worker, role=role))
    seat.office = seat.runner.office = replace(seat.office, me=me)
    family_id = seat.family_ids()[0]
    family = seat.do(writing.found, family_id)
    days = {"mine": "2026-11-20", "theirs": "2026-11-19", "base": None}
    beside = Conflict(
        id="their:closed_on", field="closed_on", by=quarrels.COLLEAGUE, at=quarrels.AT, their_by=quarrels.COLLEAGUE,
        their_at=quarrels.AT, **days,
    )  # fmt: skip
    body = {**family.body, "closed_on": "2026-11-19"}
    seat.do(quarrels.council_holds, replace(family, seq=900, body=body, conflicts=(beside,)))
    assert len(seat.do(conflicts.open_conflicts)) == seat.do(status_counts).needs_you == offered
    seat.go("family", family=family_id)
    ones_own, others = "One answer has two versions", "One answer has two versions, for your supervisor"
    assert (ones_own in shown_words(seat), others in shown_words(seat)) == (bool(offered), not offered)
    seat.go("family", family=family_id, record=family_id)
    said = [each.text() for each in seat.all(QPushButton) if each.isVisible()]
    assert ("Settle it" in said) == bool(offered)


def shown_words(seat: Seat) -> set[str]:
    return {each.text() for each in seat.all(QLabel)}
