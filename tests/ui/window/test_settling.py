"""Story 2 through two windows: both see both versions, one settles and takes it back, and each reads the history."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTextEdit, QWidget

from sf_desktop.ops import writing
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.drafts.finishing import finish
from sf_desktop.ops.sending.conflicts import title_of
from sf_desktop.ui.kit.text.difference import DifferenceText
from tests.builders.towns import Town
from tests.together.test_stories import kept
from tests.ui.finding import named, press
from tests.ui.window.seats import Seat, Sit

MINE, THEIRS = "Afraid of dogs since the summer.", "Afraid of dogs and of the dark."


@pytest.fixture
def seats(sit: Sit, town: Town) -> tuple[Seat, Seat, str]:
    """A practitioner and a supervisor who changed the same answer of a person while neither had a signal."""
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    person = kept(worker, "person")[0]
    worker.change(person, needs=MINE)
    supervisor.change(person, needs=THEIRS)
    supervisor.round()
    worker.round()
    supervisor.round()
    return sit(worker), sit(supervisor), person


def shown(seat: Seat) -> str:
    """Everything that can be read in the window."""
    texts = [each.text() for each in seat.window.findChildren(QLabel) if each.isVisible()]
    return "\n".join(texts + [each.toPlainText() for each in seat.window.findChildren(QTextEdit) if each.isVisible()])


def choose(seat: Seat, which: str, why: str) -> None:
    press(seat.window, f"Which one stands?: {which}")
    seat.qtbot.keyClicks(named(seat.window, "Why", QTextEdit), why)
    seat.press("Settle")


def test_both_windows_show_both_versions_and_count_it_on_the_rail(seats: tuple[Seat, Seat, str]) -> None:
    for seat in seats[:2]:
        seat.go("needs")
        texts = [each for each in seat.window.findChildren(DifferenceText) if each.isVisible()]
        assert {each.text() for each in texts} == {MINE, THEIRS}
        for name in ("Needs you, 1 thing", "Needs you: 1. Look at it"):
            assert named(seat.window, name, QAbstractButton).isEnabled()


def test_a_copy_of_either_version_is_of_the_record_that_is_before_one(seats: tuple[Seat, Seat, str]) -> None:
    worker, _, person = seats
    worker.go("needs")
    assert worker.window.in_hand() == (worker.laptop.record(person).family_id, person)


def test_it_is_settled_once_for_both(seats: tuple[Seat, Seat, str]) -> None:
    worker, supervisor, person = seats
    supervisor.go("needs")
    choose(supervisor, "Yours, as it stands", "Spoken to the school.")
    worker.go("needs")
    choose(worker, "Yours", "I was there.")
    supervisor.send()
    worker.send()
    assert worker.laptop.record(person).body["needs"] == THEIRS
    assert "This has been settled already" in shown(worker)
    assert "I was there." in shown(worker)
    assert "Nothing needs you" in shown(supervisor)


def test_what_was_sent_is_not_said_to_wait_until_the_council_is_reached(seats: tuple[Seat, Seat, str]) -> None:
    worker, _, _ = seats
    worker.go("needs")
    choose(worker, "Yours", "I was there.")
    assert "It goes when this laptop next reaches the council." in shown(worker)
    worker.send()
    assert "It has been sent. Both versions stay in the record’s history." in shown(worker)
    assert "next reaches the council" not in shown(worker)


def test_what_was_settled_in_a_family_file_that_moved_is_said_to_be_with_the_supervisor(
    town: Town, seats: tuple[Seat, Seat, str]
) -> None:
    worker, _, person = seats
    worker.go("needs")
    with town.network.offline():
        choose(worker, "Yours", "I was there.")
    town.council.allocate(worker.laptop.record(person).family_id, "colleague")
    worker.laptop.connect()
    worker.send()
    assert "It has been sent" not in shown(worker)
    assert "What you settled is kept for the supervisor, who decides where it belongs." in shown(worker)


def test_it_is_undone_without_a_signal(town: Town, seats: tuple[Seat, Seat, str]) -> None:
    worker, _, person = seats
    worker.go("needs")
    with town.network.offline():
        choose(worker, "Yours", "I was there.")
        assert worker.laptop.try_round()
        assert worker.laptop.record(person).body["needs"] == MINE
        about = f"Health and other needs · {title_of(worker.laptop.record(person))}"
        assert about in shown(worker)  # whose it is, not that it is a person
        assert f"It says now: {MINE}" in shown(worker)
        worker.press("Undo")
        assert "Both versions wait to be settled again." in shown(worker)
        ledger = worker.go("ledger")
        newest = [str(ledger.model.index(0, at).data()) for at in range(ledger.model.columnCount())]
        assert newest[0] == "Person settled: Health and other needs"
        assert (newest[2], newest[4], newest[5]) == ("Taken back", "Never", "Never")
    assert worker.laptop.record(person).body["needs"] == THEIRS


def test_its_history_is_the_councils_with_a_signal_and_this_laptops_without(
    town: Town, seats: tuple[Seat, Seat, str]
) -> None:
    worker, _, person = seats
    worker.go("needs")
    with town.network.offline():
        worker.press("History")
        told = shown(worker)
        assert "The whole history is kept at the council. What is on this laptop is shown." in told
        assert MINE in told
        assert THEIRS in told
    worker.laptop.connect()
    worker.press("Ask the council again")
    told = shown(worker)
    assert "The whole history" not in told
    assert "Written" in told
    assert "Kept beside it" in told
    assert "With the council" in told
    button = next(
        each for each in worker.window.findChildren(QAbstractButton)
        if each.isVisible() and each.accessibleName().startswith("Bring back the version kept beside")
    )  # fmt: skip
    button.click()
    worker.qtbot.keyClicks(named(worker.window, "Why is it brought back?", QTextEdit), "The doctor says so.")
    worker.press("Save as a new version")
    assert worker.laptop.record(person).body["needs"] == MINE
    worker.send()
    newest = worker.laptop.session.history(worker.laptop.record(person).family_id, person)[-1]
    assert (newest.event.reason, newest.event.fields["needs"]) == ("The doctor says so.", MINE)
    worker.go("needs")
    assert "Nothing needs you" in shown(worker), "what was kept beside stands now: there is nothing left to choose"


def test_what_its_author_signed_while_a_colleague_changed_it_is_told_as_not_signed(sit: Sit, town: Town) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    note = worker.note("As it was.", sign=False)
    worker.round()
    supervisor.round()
    supervisor.change(note, text="As a colleague saw it.")
    supervisor.round()
    worker.do(writing.change, note, {**worker.record(note).body, "text": "As I saw it."}, sign=True)
    worker.round()
    supervisor.round()
    mine, theirs = sit(worker), sit(supervisor)
    mine.go("needs")
    assert "It is not signed: once it is settled, you sign what stands." in shown(mine)
    theirs.go("needs")
    assert "It is not signed: once it is settled, its author signs what stands." in shown(theirs)
    mine.press("History")
    assert "Changed, but not signed" in shown(mine)
    ledger = mine.go("ledger")
    assert ledger.model.index(0, 0).data() == "Note changed, but not signed"


def test_what_a_colleague_changed_while_a_form_was_open_is_read_before_it_is_signed(sit: Sit, town: Town) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    note = worker.note("As it was.", sign=False)
    worker.round()
    supervisor.round()
    draft = worker.do(drafting.begin_change, note)
    worker.do(drafting.save, draft.id, {**draft.body, "text": "As I saw it."})
    mine = sit(worker)
    mine.go("note", draft=draft.id)
    supervisor.change(note, subject="What a colleague calls it.")
    supervisor.round()
    mine.send()
    mine.press("Check and sign")
    mine.press("Sign")
    assert "The note is saved, and not signed" in shown(mine)
    mine.send()
    mine.go("needs")
    assert "Somebody else changed this before you signed it" in shown(mine)
    assert "Changed by somebody else: Subject" in shown(mine)
    mine.press("Open and mend")
    assert named(mine.window, "Subject", QLineEdit).text() == "What a colleague calls it."
    mine.press("Check and sign")
    mine.press("Sign")
    assert "The note is signed" in shown(mine)
    mine.send()
    mine.go("needs")
    assert "Nothing needs you" in shown(mine)


def test_what_came_since_it_was_chosen_is_looked_at_before_it_is_settled(
    town: Town, sit: Sit, seats: tuple[Seat, Seat, str]
) -> None:
    """A third version came with a round, or over a lock: nobody had seen it, and Settle put the choice over it."""
    worker, supervisor, person = seats
    third = "Afraid of dogs, of the dark, and of the stairs."
    worker.go("needs")
    press(worker.window, "Which one stands?: Yours")
    worker.qtbot.keyClicks(named(worker.window, "Why", QTextEdit), "I was there.")
    place = worker.window.place()
    supervisor.laptop.change(person, needs=third)
    supervisor.send()
    worker.send()
    again = sit(worker.laptop)
    again.window.restore(place)
    again.settle()
    for seat in (worker, again):
        assert "Something else stands there by now" in shown(seat)
        seat.press("Settle")
        assert "Choose which one stands, or write it afresh" in shown(seat)
        assert "I was there." in shown(seat)
    worker.send()
    assert worker.laptop.record(person).body["needs"] == third
    press(worker.window, "Which one stands?: Yours")
    worker.press("Settle")
    assert worker.laptop.record(person).body["needs"] == MINE, "now that both were looked at"


def test_what_came_since_it_was_asked_for_is_looked_at_before_an_earlier_version_is_brought_back(
    town: Town, sit: Sit
) -> None:
    """A colleague's version came with a round, or over a lock, and what was asked for before was put over it."""
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    person = kept(worker, "person")[0]
    for needs in (MINE, THEIRS):
        worker.change(person, needs=needs)
    worker.round()
    supervisor.round()
    mine = sit(worker)
    mine.go("history", family=worker.record(person).family_id, record=person)
    press(mine.window, "Bring back what it was: Health and other needs")
    mine.qtbot.keyClicks(named(mine.window, "Why is it brought back?", QTextEdit), "The doctor says so.")
    place = mine.window.place()
    third = "Afraid of dogs, of the dark, and of the stairs."
    supervisor.change(person, needs=third)
    supervisor.round()
    mine.send()
    again = sit(worker)
    again.window.restore(place)
    again.settle()
    for seat in (mine, again):
        seat.press("Save as a new version")
        assert "Something else stands there by now" in shown(seat)
        assert "The doctor says so." in shown(seat)
        assert third in shown(seat)
        assert worker.record(person).body["needs"] == third
    again.press("Save as a new version")
    assert worker.record(person).body["needs"] == MINE, "now that it was looked at"


def test_every_target_is_large_enough_and_named(seats: tuple[Seat, Seat, str]) -> None:
    worker = seats[0]
    for screen in ("needs", "history"):
        subject = {} if screen == "needs" else {
            "family": worker.laptop.record(seats[2]).family_id, "record": seats[2],
        }  # fmt: skip
        shown_screen: QWidget = worker.go(screen, **subject)
        for each in shown_screen.findChildren(QAbstractButton):
            if each.isVisible():
                assert each.accessibleName(), screen
                assert min(each.width(), each.height()) >= 24, each.accessibleName()


def test_what_was_taken_back_is_not_above_what_stands(town: Town, seats: tuple[Seat, Seat, str]) -> None:
    worker, _, person = seats
    worker.go("needs")
    choose(worker, "Yours", "I was there.")
    worker.press("Undo")
    worker.laptop.clock.forward(60)
    worker.press("Which one stands?: Pretend supervisor’s, as it stands")
    named(worker.window, "Why", QTextEdit).clear()
    choose(worker, "Pretend supervisor’s, as it stands", "Spoken to the school.")
    worker.send()
    family_id = worker.laptop.record(person).family_id
    screen = worker.go("history", family=family_id, record=person)
    told = [each.text() for each in screen.findChildren(QLabel) if each.isVisible()]
    assert told.index("Spoken to the school.") < told.index("I was there.")


def test_safeguarding_answers_are_read_together_though_a_round_brought_one_while_a_form_was_open(
    sit: Sit, town: Town
) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    person = kept(worker, "person")[0]
    draft = worker.do(drafting.begin_change, person)
    supervisor.change(person, restriction="Not with the neighbour.")
    supervisor.round()
    worker.round()
    worker.do(drafting.save, draft.id, {**draft.body, "restriction_reason": "As I was told."})
    worker.do(finish, draft.id, sign=False)
    worker.round()
    (conflict,) = worker.record(person).conflicts
    assert (conflict.field, conflict.mine) == ("restriction_reason", "As I was told.")
    mine = sit(worker)
    mine.go("needs")
    assert "As I was told." in shown(mine)
