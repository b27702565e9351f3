"""Looking at an attachment: its picture, its pages or its text, in memory only, or what is said instead."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from sf_desktop.ops.attaching import attachments
from sf_desktop.ops.attaching.attachments import Target
from sf_desktop.ops.attaching.intake import take
from sf_desktop.ops.records import notes
from sf_desktop.store.changes import ChangeSet
from sf_desktop.store.tables import records
from sf_desktop.store.tables.attachments import State
from sf_desktop.ui.attach.reading import aside, outside, printing
from sf_desktop.ui.attachment.leaves import Leaf, Leaves
from sf_desktop.ui.kit.drawings.picture import PictureView
from tests.builders import quarrels
from tests.builders.pdfs import pdf, said
from tests.builders.photographs import jpeg_of
from tests.builders.pictures import exif, png, with_exif
from tests.ui.screens.conftest import Seat, begin_note, press


def test_a_picture_is_looked_at_in_memory_brought_nearer_and_turned(seat: Seat, tmp_path: Path) -> None:
    draft = begin_note(seat)
    held = seat.do(
        attachments.attach,
        Target(draft.family_id, draft.id),
        take(with_exif(jpeg_of(400, 300), exif(turned=6)), "a.jpg"),
    )
    before = {each for each in tmp_path.rglob("*") if each.is_file()}
    seat.go("attachment", attachment=held.record_id)
    view = seat.screen().viewing.picture  # type: ignore[attr-defined]
    assert isinstance(view, PictureView)
    seat.qtbot.waitUntil(lambda: not view._image.isNull(), timeout=5_000)
    assert (view._image.width(), view._image.height()) == (300, 400), "upright, as the camera was held"
    assert view.accessibleName() == "Picture: a"
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_R, Qt.Key.Key_0):
        QTest.keyClick(view, key)
    for name in ("Bring the picture nearer", "Show more of the picture", "Show the whole picture"):
        press(seat, name)
    assert {each for each in tmp_path.rglob("*") if each.is_file()} == before, "nothing was written to look at it"
    assert [each.what.value for each in seat.office.tx.looks][-1] == "attachment_viewed"  # type: ignore[attr-defined]
    seat.go("today")
    assert view._image.isNull(), "the picture is let go when one leaves"


def a_recorded_picture(seat: Seat) -> str:
    held: str = seat.do(attachments.attach, Target(seat.family_ids()[0]), take(png(), "kitchen.png")).record_id
    seat.do(attachments.add, held)
    return held


def test_what_a_colleague_said_of_a_picture_meanwhile_is_not_written_over(seat: Seat) -> None:
    held = a_recorded_picture(seat)
    seat.go("attachment", attachment=held)
    seat.qtbot.keyClicks(seat.find(QLineEdit, "Where it came from"), "The school")
    before = records.get(seat.office.connection, held)
    assert before is not None
    theirs = quarrels.changed_by_a_colleague(before, caption="The kitchen, seen from the door")
    seat.do(quarrels.council_holds, theirs)
    seat.desk.announce(ChangeSet(frozenset({"attachment"}), frozenset({held}), frozenset({before.family_id})))
    seat.settle()
    press(seat, "Save")
    after = records.get(seat.office.connection, held)
    assert after is not None
    assert (after.body["caption"], after.body["source"]) == ("The kitchen, seen from the door", "The school")


def test_what_is_typed_of_a_picture_that_is_recorded_is_there_after_a_lock(seat: Seat) -> None:
    held = a_recorded_picture(seat)
    assert seat.go("attachment", attachment=held).typed_words() == {}, "nothing is typed yet"
    seat.qtbot.keyClicks(seat.find(QLineEdit, "Where it came from"), "The sch")
    seat.lock_and_come_back()
    assert seat.find(QLineEdit, "Where it came from").text() == "The sch"
    assert records.get(seat.office.connection, held).body.get("source") is None  # type: ignore[union-attr]
    press(seat, "Save")
    assert records.get(seat.office.connection, held).body["source"] == "The sch"  # type: ignore[union-attr]


def test_a_pdf_is_shown_page_by_page_and_in_memory_only(seat: Seat, tmp_path: Path) -> None:
    draft = begin_note(seat)
    letter = pdf(said("Pretend letter"), said("and its second page"))
    held = seat.do(attachments.attach, Target(draft.family_id, draft.id), take(letter, "letter.pdf"))
    before = {each for each in tmp_path.rglob("*") if each.is_file()}
    seat.go("attachment", attachment=held.record_id)

    def shows(page: str) -> bool:
        return [each.accessibleName() for each in seat.all(PictureView)] == [f"{page} of letter"]

    seat.qtbot.waitUntil(lambda: shows("Page 1 of 2"), timeout=30_000)
    (view,) = seat.all(PictureView)
    assert view.accessibleDescription() == "Pretend letter"
    press(seat, "Show the next page")
    seat.qtbot.waitUntil(lambda: shows("Page 2 of 2"), timeout=30_000)
    assert [
        each.isEnabled() for each in seat.all(QAbstractButton) if each.accessibleName() == "Show the next page"
    ] == [False]
    press(seat, "Show the page before")
    seat.qtbot.waitUntil(lambda: shows("Page 1 of 2"), timeout=30_000)
    assert {each for each in tmp_path.rglob("*") if each.is_file()} == before
    assert [each.what.value for each in seat.office.tx.looks][-1] == "attachment_viewed"  # type: ignore[attr-defined]
    seat.go("today")
    assert view._image.isNull()


def test_page_down_and_page_up_turn_the_pages_and_unlocking_leads_back_to_the_page(seat: Seat) -> None:
    draft = begin_note(seat)
    letter = pdf(*(said(f"Pretend page {number}") for number in (1, 2, 3)))
    held = seat.do(attachments.attach, Target(draft.family_id, draft.id), take(letter, "letter.pdf"))

    def turns_to(page: str) -> PictureView:
        shown = f"{page} of letter"
        seat.qtbot.waitUntil(
            lambda: [each.accessibleName() for each in seat.all(PictureView)] == [shown], timeout=30_000
        )
        (view,) = seat.all(PictureView)
        return view

    seat.go("attachment", attachment=held.record_id)
    QTest.keyClick(turns_to("Page 1 of 3"), Qt.Key.Key_PageDown)
    QTest.keyClick(turns_to("Page 2 of 3"), Qt.Key.Key_PageDown)
    view = turns_to("Page 3 of 3")
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    turns_to("Page 2 of 3")
    seat.lock_and_come_back()
    turns_to("Page 2 of 3")
    press(seat, "Show the page before")
    turns_to("Page 1 of 3")
    another = seat.do(attachments.attach, Target(draft.family_id, draft.id), take(letter + b"%", "another.pdf"))
    press(seat, "Show the next page")
    turns_to("Page 2 of 3")
    seat.go("attachment", attachment=another.record_id)
    seat.qtbot.waitUntil(
        lambda: [each.accessibleName() for each in seat.all(PictureView)] == ["Page 1 of 3 of another"], timeout=30_000
    )


def test_after_unlocking_in_the_viewer_escape_leads_to_the_note_and_from_there_to_where_one_was(
    seat: Seat,
) -> None:
    draft = begin_note(seat)
    held = seat.do(attachments.attach, Target(draft.family_id, draft.id), take(png(), "picture.png"))
    seat.go("family", family=draft.family_id)
    seat.go("note", draft=draft.id)
    seat.go("attachment", attachment=held.record_id)
    seat.lock_and_come_back()
    QTest.keyClick(seat.window, Qt.Key.Key_Escape)
    seat.settle()
    assert (seat.window.place()["screen"], seat.window.place()["subject"]) == ("note", {"draft": draft.id})
    QTest.keyClick(seat.window, Qt.Key.Key_Escape)
    seat.settle()
    assert seat.window.place()["screen"] == "family"


def test_a_pdf_that_is_none_is_kept_and_says_so(seat: Seat) -> None:
    draft = begin_note(seat)
    held = seat.do(attachments.attach, Target(draft.family_id, draft.id), take(b"%PDF-1.4 pretend %%EOF", "letter.pdf"))
    screen = seat.go("attachment", attachment=held.record_id)
    seat.qtbot.waitUntil(lambda: screen.viewing.nothing.accessibleName() == "This page cannot be shown", timeout=30_000)


def test_a_page_of_the_file_before_is_never_shown_as_one_of_the_next(qtbot: QtBot) -> None:
    owner = QObject()
    leaves = Leaves(owner)
    seen: list[Leaf] = []
    leaves.drawn.connect(seen.append)
    leaves.open(pdf(said("Pretend letter of one family")))
    leaves.open(pdf(said("Pretend letter of another")))
    qtbot.waitUntil(lambda: "Pretend letter of another" in {each.letters for each in seen}, timeout=30_000)
    assert {each.letters for each in seen} == {"Pretend letter of another"}
    leaves.bar.deleteLater()


def test_a_picture_that_was_left_while_it_was_decoded_does_not_cover_what_is_open_now(seat: Seat) -> None:
    draft = begin_note(seat)
    target = Target(draft.family_id, draft.id)
    picture = seat.do(attachments.attach, target, take(png(), "picture.png"))
    letter = seat.do(attachments.attach, target, take(b"Pretend letter", "letter.txt"))
    go_on = Event()
    aside(go_on.wait, 10)  # the picture is decoded after this
    screen = seat.go("attachment", attachment=picture.record_id)
    viewing = screen.viewing
    seat.qtbot.waitUntil(lambda: viewing.is_busy)
    seat.go("attachment", attachment=letter.record_id)
    go_on.set()
    seat.qtbot.waitUntil(lambda: not viewing.is_busy)
    assert viewing.pages.currentWidget() is viewing.text
    assert viewing.text.toPlainText() == "Pretend letter"


def test_a_printer_or_a_stick_that_does_not_answer_keeps_no_picture_from_being_shown(seat: Seat) -> None:
    draft = begin_note(seat)
    picture = seat.do(attachments.attach, Target(draft.family_id, draft.id), take(png(), "picture.png"))
    answers = Event()
    stuck = [hand(answers.wait, 30) for hand in (outside, printing)]
    screen = seat.go("attachment", attachment=picture.record_id)
    seat.qtbot.waitUntil(lambda: screen.viewing.pages.currentWidget() is screen.viewing.picture)
    assert not any(each.done() for each in stuck)
    answers.set()


def test_plain_text_is_shown_literally(seat: Seat) -> None:
    text = "Pretend letter. <b>not bold</b> \u202eturned"
    draft = begin_note(seat)
    held = seat.do(attachments.attach, Target(draft.family_id, draft.id), take(text.encode(), "letter.txt"))
    seat.go("attachment", attachment=held.record_id)
    (shown,) = seat.all(QPlainTextEdit)
    assert shown.toPlainText() == text


def test_what_lies_at_the_council_is_fetched_on_demand(seat: Seat) -> None:
    draft = begin_note(seat)
    held = seat.do(attachments.attach, Target(draft.family_id, draft.id), take(png(), "a.png")).record_id
    seat.do(notes.sign_note, draft.id)
    seat.do(
        lambda office: office.connection.execute(
            "UPDATE attachment SET is_here = 0, key = NULL, state = 'with_council'"
        )
    )
    screen = seat.go("attachment", attachment=held)
    asked = []
    screen.send_wanted.connect(lambda: asked.append(True))
    assert screen.viewing.nothing.accessibleName() == "This file is at the council"
    press(seat, "Fetch it")
    assert asked
    assert seat.do(attachments.one, held).state is State.WANTED
    press(seat, "Stop fetching")
    assert seat.do(attachments.one, held).state is State.WITH_COUNCIL


def test_a_damaged_copy_is_named_and_nothing_of_it_is_shown(seat: Seat, tmp_path: Path) -> None:
    draft = begin_note(seat)
    held = seat.do(attachments.attach, Target(draft.family_id, draft.id), take(png(), "a.png")).record_id
    (file,) = (tmp_path / "attachments").iterdir()
    whole = bytearray(file.read_bytes())
    whole[200] ^= 4
    file.write_bytes(whole)
    screen = seat.go("attachment", attachment=held)
    assert screen.viewing.nothing.accessibleName() == "This file is damaged on this laptop"
    assert screen.viewing.picture._image.isNull()
