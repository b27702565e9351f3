"""Story 1 through the window: a file moves while its worker writes; a supervisor decides; the worker sees which."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from sf_council.cli import main
from sf_desktop.ops.attaching import attachments
from sf_desktop.ops.attaching.attachments import Target
from sf_desktop.ops.attaching.intake import take
from sf_desktop.ops.bringing_in.new_file import keep_begun, new_file
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.records import mending, notes
from sf_desktop.ops.worker import phrases
from sf_desktop.ui.holding.screen import HoldingScreen
from sf_record.wire.tray import Decide
from tests.builders.laptops import Laptop
from tests.builders.pictures import png
from tests.builders.towns import Town
from tests.builders.vaulted import vaulted
from tests.ui.finding import named
from tests.ui.window.seats import Seat, Sit

TEXT = "Pretend words, written when the file had moved."
COMMENT = "Please write this to the family file of the sister."


def moved(town: Town) -> tuple[Laptop, Laptop, str]:
    """A worker who writes in a family file that moves meanwhile; and the supervisor."""
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    family_id = worker.families()[0]
    town.council.allocate(family_id, "colleague")
    record_id = worker.note(TEXT, family_id)
    return worker, supervisor, record_id


def about(supervisor: Laptop, record_id: str) -> str:
    family_id = next(each for each in supervisor.session.holding() if each.record_id == record_id).family_id
    return f"Note written, {supervisor.record(family_id).body['name']}"


def test_story_1_accepted_into_the_file(town: Town, sit: Sit) -> None:
    worker, supervisor, record_id = moved(town)
    author = sit(worker)
    author.send()
    author.send()  # a file that leaves asks once more for its receipts
    assert not worker.waiting()
    desk = sit(supervisor)
    desk.send()
    assert desk.window.rail.buttons["holding"].accessibleName().startswith("To place, 1")
    screen = desk.go("holding")
    assert isinstance(screen, HoldingScreen)
    words = about(supervisor, record_id)
    card = screen.cards()[0]
    assert TEXT in {label.text() for label in card.findChildren(type(screen._title))}
    desk.press(f"Put it into the family file: {words}")
    assert screen.cards() == []
    assert named(screen, "Nothing waits for you to place").isVisible()
    assert supervisor.record(record_id).body["text"] == TEXT
    author.send()
    ledger = author.go("ledger")
    assert "Put into the file" in told(ledger)
    ledger.table.opened.emit(ledger.model.ids[0])
    assert ledger.banner.title_label.text() == "Put into the family file"
    assert ledger.banner.advice_label.text() == "Pretend supervisor, 23 Nov, 09:00:00."


def test_a_copy_of_what_is_to_be_placed_is_of_the_record_that_the_keyboard_is_in(town: Town, sit: Sit) -> None:
    worker, supervisor, record_id = moved(town)
    other = worker.note("Other pretend words.", worker.families()[0])
    worker.round()
    desk = sit(supervisor)
    screen = desk.go("holding")
    family_id = worker.record(record_id).family_id
    assert len(screen.cards()) == 2
    for each in screen.cards():
        each.take_focus()
        assert desk.window.in_hand() == (family_id, each.view.record_id)
    assert {each.view.record_id for each in screen.cards()} == {record_id, other}


def test_a_key_that_is_pressed_by_the_way_decides_nothing(town: Town, sit: Sit) -> None:
    """The keyboard stood on "Put it into the family file", and the first Space did that."""
    worker, supervisor, record_id = moved(town)
    worker.round()
    desk = sit(supervisor)
    screen = desk.go("holding")
    (card,) = screen.cards()
    at = desk.window.focusWidget()
    assert at is not None
    assert card.isAncestorOf(at), "what is to be decided is read from here"
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        QTest.keyClick(at, key)
    assert card.accept_button.isEnabled()
    assert [each.record_id for each in supervisor.session.holding()] == [record_id]
    QTest.keyClick(at, Qt.Key.Key_Tab)
    assert desk.window.focusWidget() is card.accept_button


def test_story_1_returned_to_its_author(town: Town, sit: Sit) -> None:
    worker, supervisor, record_id = moved(town)
    author = sit(worker)
    author.send()
    supervisor.do(phrases.keep, "Wrong file", "Please write this to the family file of [whom].")
    desk = sit(supervisor)
    screen = desk.go("holding")
    words = about(supervisor, record_id)
    desk.press(f"Return it to its author: {words}")
    desk.press(f"Return it with this comment: {words}")
    card = screen.cards()[0]
    assert [each.label for each in card.comment.area.phrases] == ["Wrong file"]
    assert card.comment.problem
    card.comment.set_value(COMMENT)
    card.comment.changed.emit()
    desk.press(f"Return it with this comment: {words}")
    assert screen.cards() == []
    author.send()
    needs = author.go("needs")
    shown = "\n".join(label.text() for label in needs.findChildren(type(screen._title)) if label.isVisibleTo(needs))
    assert "Your supervisor returned this" in shown
    assert COMMENT in shown
    assert TEXT in shown
    author.press("Copy the text")
    assert QApplication.clipboard().text() == TEXT
    assert supervisor.find(record_id) is None


def test_what_stood_in_a_form_of_a_new_family_file_is_read_and_returned_and_put_into_no_file(
    town: Town, sit: Sit
) -> None:
    lost = vaulted(town, "supervisor")
    lost.seal_to(town.council)
    family = {"name": "Pretend family Sandpiper", "address": "1 Pretend Lane"}
    lost.do(keep_begun, lost.do(new_file).family_id, {"family": family, "person": {"role": "child"}})
    lost.vault.seal_drafts().result()
    town.council.revoke(lost.identity.device_id)
    settings = town.council.settings
    where = ("--database", settings.database, "--data", str(settings.data))
    assert main(["import-sealed", str(lost.built.home.sealed_outbox), *where]) == 0
    desk = sit(town.loaded("supervisor"))
    screen = desk.go("holding")
    (card,) = screen.cards()
    assert {"New family file begun and not finished", "A family file that was not opened"} <= set(
        shown(desk).split("\n")
    )
    assert "1 Pretend Lane" in shown(desk)
    assert not card.accept_button.isVisible(), "there is no file to put it into"
    about = "New family file begun and not finished, A family file that was not opened"
    desk.press(f"Return it to its author: {about}")
    card.comment.set_value("Opened by hand")
    card.comment.changed.emit()
    desk.press(f"Return it with this comment: {about}")
    desk.send()
    desk.go("needs")
    assert "1 Pretend Lane" in shown(desk)
    desk.press("Copy the text")
    assert "Pretend family Sandpiper" in QApplication.clipboard().text()


def test_a_photograph_is_told_in_the_tray_in_needs_you_and_in_its_history_without_ids_and_proofs(
    town: Town, sit: Sit
) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    draft = worker.do(notes.start_note, worker.families()[0], text=TEXT)
    picture = take(png(40, 40, 1), "Kitchen.png")
    held = worker.do(attachments.attach, Target(draft.family_id, draft.id), picture).record_id
    town.council.allocate(draft.family_id, "colleague")
    worker.do(notes.sign_note, draft.id)
    author, desk = sit(worker), sit(supervisor)
    author.go("history", family=draft.family_id, record=held)
    told = shown(author)
    author.send()
    desk.go("holding")
    told += shown(desk)
    for each in supervisor.session.holding():
        supervisor.session.decide(each.event_id, Decide(is_accepted=False, comment=COMMENT))
    author.send()
    author.go("needs", record=held)
    told += shown(author)
    (copied,) = (
        worker.do(mending.text_of, each.event_id) for each in worker.do(mending.not_taken) if each.kind == "attachment"
    )
    told += copied
    assert told.count("Kitchen") >= 4
    assert "Returned, its picture or document stays at the council" in told
    assert "The picture or document itself stays at the council, in no family file." in told
    for proof in (draft.id, "SHA-256", "Belongs to", "Bytes"):
        assert proof not in told


def shown(seat: Seat) -> str:
    return "\n".join(each.text() for each in seat.window.findChildren(QLabel) if each.isVisibleTo(seat.window))


def test_without_a_connection_it_says_so_and_nothing_is_decided(town: Town, sit: Sit) -> None:
    worker, supervisor, record_id = moved(town)
    worker.round()
    desk = sit(supervisor)
    with town.network.offline():
        screen = desk.go("holding")
        assert screen.cards() == []
        assert named(screen, "The council cannot answer at the moment").isVisible()
    supervisor.connect()
    desk.press("Try again")
    words = about(supervisor, record_id)
    with town.network.offline():
        desk.press(f"Put it into the family file: {words}")
        card = screen.cards()[0]
        assert card.banner.isVisible()
        assert card.accept_button.isEnabled()
    supervisor.connect()
    assert len(supervisor.session.holding()) == 1


def test_what_does_not_fit_stays_and_says_why(town: Town, sit: Sit) -> None:
    worker, supervisor, record_id = moved(town)
    worker.round()
    family_id = worker.read(lambda c: c.execute("SELECT family_id FROM outbox").fetchone())[0]
    owner = town.loaded("colleague")
    other = owner.note("Takes the id.", next(each for each in owner.families() if each == family_id))
    owner.round()
    town.council.do(
        lambda c: c.exec_driver_sql(
            f"UPDATE holding SET line = CAST(replace(CAST(line AS TEXT), '{record_id}', '{other}') AS BLOB)"
        )
    )
    desk = sit(supervisor)
    screen = desk.go("holding")
    card = screen.cards()[0]
    card.accept_button.click()
    desk.settle()
    assert card.banner.isVisible()
    assert card.banner.title_label.text() == "It does not fit the family file any more"
    assert card.return_button.isEnabled()


def commenting(town: Town, sit: Sit) -> tuple[Seat, Laptop]:
    """A supervisor in the middle of a comment on work that came to the tray, and their laptop."""
    worker, supervisor, _ = moved(town)
    worker.round()
    desk = sit(supervisor)
    (card,) = desk.go("holding").cards()
    card.return_button.click()
    card.comment.set_value(COMMENT)
    return desk, supervisor


def test_a_comment_that_is_being_typed_is_kept_with_the_place(town: Town, sit: Sit) -> None:
    desk, supervisor = commenting(town, sit)
    place = desk.window.place()
    again = sit(supervisor)
    again.window.restore(place)
    again.settle()
    shown = again.window.stack.bring("holding")
    assert isinstance(shown, HoldingScreen)
    fresh = shown.cards()[0]
    assert (fresh.comment.value(), fresh.asking.isVisible()) == (COMMENT, True)


def test_a_comment_is_there_after_a_lock_on_another_screen(town: Town, sit: Sit) -> None:
    desk, supervisor = commenting(town, sit)
    desk.go("today")
    place = desk.window.place()
    again = sit(supervisor)
    again.window.restore(place)
    again.settle()
    shown = again.go("holding")
    assert shown.cards()[0].comment.value() == COMMENT


def test_a_practitioner_has_no_such_screen(town: Town, sit: Sit) -> None:
    author = sit(town.loaded("practitioner"))
    assert not author.window.stack.has("holding")
    assert "holding" not in author.window.rail.buttons


def told(ledger: Any) -> str:
    model = ledger.model
    return "\n".join(
        str(model.index(row, column).data()) for row in range(model.rowCount()) for column in range(model.columnCount())
    )


def test_a_comment_stays_where_more_comes_to_the_same_work(town: Town, sit: Sit) -> None:
    worker, supervisor, record_id = moved(town)
    worker.round()
    desk = sit(supervisor)
    screen = desk.go("holding")
    screen.cards()[0].return_button.click()
    screen.cards()[0].comment.set_value(COMMENT)
    worker.change(record_id, text=f"{TEXT} And more.")
    worker.round()
    desk.press("Look again")
    (card,) = screen.cards()
    assert "And more." in shown(desk)
    assert (card.comment.value(), card.asking.isVisible()) == (COMMENT, True)


def test_a_comment_outlives_a_lock_where_there_is_no_signal_afterwards(town: Town, sit: Sit) -> None:
    desk, supervisor = commenting(town, sit)
    place = desk.window.place()
    with town.network.offline():
        second = sit(supervisor)
        second.window.restore(place)
        second.settle()
        place = second.window.place()
    supervisor.connect()
    third = sit(supervisor)
    third.window.restore(place)
    third.settle()
    again = third.window.stack.bring("holding")
    assert isinstance(again, HoldingScreen)
    assert again.cards()[0].comment.value() == COMMENT


def test_a_comment_can_still_be_copied_where_somebody_else_decided_meanwhile(town: Town, sit: Sit) -> None:
    desk, supervisor = commenting(town, sit)
    (chain,) = supervisor.session.holding()
    supervisor.session.decide(chain.event_id, Decide(is_accepted=True, comment=""))
    desk.press("Look again")
    tray = desk.window.stack.bring("holding")
    assert isinstance(tray, HoldingScreen)
    assert tray.cards() == []
    assert COMMENT in shown(desk)
    assert "did not send" in shown(desk)
    later = sit(supervisor)
    later.window.restore(desk.window.place())
    later.settle()
    assert COMMENT in shown(later), "a lock does not take it away"
    later.press("Put away the comment that you did not send")
    assert COMMENT not in shown(later)
    assert "words" not in later.window.place()


def test_what_came_since_it_was_read_is_read_before_it_is_decided(town: Town, sit: Sit) -> None:
    worker, supervisor, record_id = moved(town)
    worker.round()
    desk = sit(supervisor)
    screen = desk.go("holding")
    worker.change(record_id, text=f"{TEXT} And more.")
    worker.round()
    screen.cards()[0].accept_button.click()
    desk.settle()
    (card,) = screen.cards()
    assert "Its author has written more since you looked" in shown(desk)
    assert "And more." in shown(desk)
    assert supervisor.find(record_id) is None
    card.accept_button.click()
    desk.settle()
    assert screen.cards() == []
    assert supervisor.record(record_id).body["text"] == f"{TEXT} And more."


def test_who_goes_on_writing_in_a_file_that_has_moved_is_told_before_they_sign(town: Town, sit: Sit) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    family_id = worker.families()[0]
    seat = sit(worker)
    draft = worker.do(notes.start_note, family_id)
    worker.do(drafting.save, draft.id, {**draft.body, "text": TEXT}, {})
    seat.go("note", draft=draft.id)
    seat.press("Check and sign")
    assert "no longer on your caseload" not in shown(seat)
    seat.press("Change: Note")
    town.council.allocate(family_id, "colleague")
    seat.send()
    seat.press("Check and sign")
    assert "This family file is no longer on your caseload. What you sign goes to a supervisor" in shown(seat)
    seat.press("Sign")
    seat.send()
    assert [each.family_id for each in supervisor.session.holding()] == [family_id]
