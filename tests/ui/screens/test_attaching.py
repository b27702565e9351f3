"""Attaching at the window: chosen, dropped and pasted files, small pictures, the viewer, the pad, and a full disk."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMimeData, QObject, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from sf_desktop.ops import attachments, notes
from sf_desktop.ops.attachments import AttachmentView, Target
from sf_desktop.ops.intake import take
from sf_desktop.store.attachments import State
from sf_desktop.ui.attach.card import AttachmentsCard
from sf_desktop.ui.attach.reading import aside, png_of
from sf_desktop.ui.attach.row import AttachmentRow
from sf_desktop.ui.attachment.leaves import Leaf, Leaves
from sf_desktop.ui.kit.picker import FilePicker
from sf_desktop.ui.kit.picture import PictureView
from sf_desktop.ui.signature.pad import SignaturePad
from sf_desktop.wording import error
from tests.builders.pdfs import pdf, said
from tests.builders.pictures import exif, png, with_exif
from tests.ui.screens.conftest import Seat


def family(seat: Seat) -> str:
    return seat.family_ids()[0]


def note(seat: Seat) -> Any:
    family_id = family(seat)
    return seat.do(lambda office: notes.start_note(office, family_id, text="Pretend words."))


def card(seat: Seat) -> AttachmentsCard:
    (found,) = seat.all(AttachmentsCard)
    return found


def views(seat: Seat, draft_id: str) -> tuple[AttachmentView, ...]:
    found: tuple[AttachmentView, ...] = seat.do(attachments.of_draft, draft_id)
    return found


def rows(seat: Seat) -> list[AttachmentRow]:
    return seat.all(AttachmentRow)


def arrive(seat: Seat, count: int) -> None:
    """Wait until so many rows are shown, with whatever was decoded aside."""
    seat.qtbot.waitUntil(lambda: seat.desk.is_quiet and len(rows(seat)) == count, timeout=5_000)


def files(folder: Path, **named: bytes) -> list[str]:
    made = []
    for name, content in named.items():
        path = folder / name.replace("_", ".", 1)
        path.write_bytes(content)
        made.append(str(path))
    return made


def drop(where: AttachmentsCard, paths: list[str]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(each) for each in paths])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        QEvent.Type.Drop,
    )  # fmt: skip
    where.dropEvent(event)


def press(seat: Seat, name: str) -> None:
    seat.find(QAbstractButton, name).click()
    seat.settle()


def jpeg_of(width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "JPG")  # type: ignore[call-overload]  # the stubs of 6.11 want bytes and refuse text
    return bytes(buffer.data().data())


def test_files_dropped_on_a_note_are_held_shown_and_signed_with_it(seat: Seat, tmp_path: Path) -> None:
    draft = note(seat)
    seat.go("note", draft=draft.id)
    drop(card(seat), files(tmp_path, kitchen_png=png(60, 40, 1), bedroom_png=png(50, 40, 2)))
    arrive(seat, 2)
    assert {each.title for each in views(seat, draft.id)} == {"kitchen", "bedroom"}
    seat.qtbot.waitUntil(lambda: all(each.picture._pixmap is not None for each in rows(seat)), timeout=5_000)
    assert {each.accessibleName() for each in rows(seat)} >= {
        "kitchen, Photograph · PNG picture · 7 KB, Saved on this laptop"
    }
    press(seat, "Check and sign")
    press(seat, "Sign")
    recorded = seat.do(attachments.of_record, draft.family_id, draft.id)
    assert {(each.title, each.state) for each in recorded} == {("kitchen", State.WAITING), ("bedroom", State.WAITING)}


def test_what_is_taken_out_can_be_put_back_until_it_is_signed(seat: Seat, tmp_path: Path) -> None:
    draft = note(seat)
    seat.do(attachments.attach, Target(draft.family_id, draft.id), take(png(), "wrong.png"))
    seat.go("note", draft=draft.id)
    arrive(seat, 1)
    press(seat, "Take out, wrong")
    assert views(seat, draft.id)[0].is_taken_out
    press(seat, "Put back, wrong")
    assert not views(seat, draft.id)[0].is_taken_out


def test_a_hostile_file_is_refused_in_words_and_the_next_is_taken(seat: Seat, tmp_path: Path) -> None:
    draft = note(seat)
    seat.go("note", draft=draft.id)
    drop(card(seat), files(tmp_path, page_html=b"<html><script>x</script></html>", right_png=png(30, 30, 3)))
    arrive(seat, 1)
    shown = card(seat).banner
    assert shown.isVisible()
    assert shown.accessibleName() == "page.html: Web pages are not taken"
    assert [each.title for each in views(seat, draft.id)] == ["right"]


def test_a_pipe_or_a_folder_is_not_waited_for(seat: Seat, tmp_path: Path) -> None:
    draft = note(seat)
    seat.go("note", draft=draft.id)
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)
    drop(card(seat), [str(pipe)])
    seat.qtbot.waitUntil(card(seat).banner.isVisible, timeout=5_000)
    assert "could not be read" in card(seat).banner.accessibleName()


def test_a_copied_picture_is_pasted(seat: Seat) -> None:
    draft = note(seat)
    seat.go("note", draft=draft.id)
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    press(seat, "Paste a picture")
    arrive(seat, 1)
    assert views(seat, draft.id)[0].title == "Pasted picture"
    QGuiApplication.clipboard().clear()


def test_a_full_disk_leaves_the_photograph_in_hand(seat: Seat, tmp_path: Path) -> None:
    draft = note(seat)
    seat.go("note", draft=draft.id)
    seat.runner.error = error("disk_full")
    drop(card(seat), files(tmp_path, kitchen_png=png(60, 40, 1)))
    seat.qtbot.waitUntil(card(seat).banner.isVisible, timeout=5_000)
    said = card(seat).banner
    assert (said.accessibleName(), said.button.isVisible()) == ("kitchen.png: The disk is full", True)
    assert "The picture is still here" in said.accessibleDescription()
    (tmp_path / "kitchen.png").unlink()
    seat.runner.error = None
    said.button.click()
    arrive(seat, 1)
    assert [each.title for each in views(seat, draft.id)] == ["kitchen"]


def test_a_picture_is_looked_at_in_memory_brought_nearer_and_turned(seat: Seat, tmp_path: Path) -> None:
    draft = note(seat)
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


def test_the_place_is_told_and_can_be_taken_out(seat: Seat) -> None:
    draft = note(seat)
    held = seat.do(
        attachments.attach, Target(draft.family_id, draft.id), take(with_exif(jpeg_of(40, 30), exif()), "a.jpg")
    )
    seat.go("attachment", attachment=held.record_id)
    press(seat, "Take the place out")
    (view,) = views(seat, draft.id)
    assert not view.body.get("has_place")
    opened = seat.do(attachments.glimpse, held.record_id)
    assert take(opened.content, "a.jpg").has_place is False
    assert opened.view.body["size"] == len(opened.content)


def test_a_pdf_is_shown_page_by_page_and_in_memory_only(seat: Seat, tmp_path: Path) -> None:
    draft = note(seat)
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


def test_a_pdf_that_is_none_is_kept_and_says_so(seat: Seat) -> None:
    draft = note(seat)
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
    draft = note(seat)
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


def test_plain_text_is_shown_literally(seat: Seat) -> None:
    text = "Pretend letter. <b>not bold</b> \u202eturned"
    draft = note(seat)
    held = seat.do(attachments.attach, Target(draft.family_id, draft.id), take(text.encode(), "letter.txt"))
    seat.go("attachment", attachment=held.record_id)
    (shown,) = seat.all(QPlainTextEdit)
    assert shown.toPlainText() == text


def test_what_lies_at_the_council_is_fetched_on_demand(seat: Seat) -> None:
    draft = note(seat)
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
    draft = note(seat)
    held = seat.do(attachments.attach, Target(draft.family_id, draft.id), take(png(), "a.png")).record_id
    (file,) = (tmp_path / "attachments").iterdir()
    whole = bytearray(file.read_bytes())
    whole[200] ^= 4
    file.write_bytes(whole)
    screen = seat.go("attachment", attachment=held)
    assert screen.viewing.nothing.accessibleName() == "This file is damaged on this laptop"
    assert screen.viewing.picture._image.isNull()


def draw(pad: SignaturePad, *points: tuple[int, int]) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(pad, QPoint(*point))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(*points[-1]))


def test_somebody_signs_on_the_pad(seat: Seat) -> None:
    draft = note(seat)
    seat.go("signature", family=draft.family_id, draft=draft.id)
    (pad,) = seat.all(SignaturePad)
    draw(pad, (20, 40), (60, 60), (90, 30))
    draw(pad, (120, 40), (160, 60))
    assert len(pad.strokes) == 2
    pad.setFocus()
    QTest.keyClick(pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(pad.strokes) == 1
    press(seat, "Clear")
    assert pad.is_empty
    press(seat, "Bring back what was cleared")
    seat.find(QLineEdit, "Their name").setText("A. Pretend")
    seat.find(QLineEdit, "What for").setText("the plan of today")
    press(seat, "Save the signature")
    seat.qtbot.waitUntil(lambda: len(views(seat, draft.id)) == 1, timeout=5_000)
    (signed,) = views(seat, draft.id)
    assert (signed.body["signed_by"], signed.body["signed_how"], signed.size > 0) == ("A. Pretend", "drawn", True)
    drawn = QImage.fromData(seat.do(attachments.glimpse, signed.id).content)
    assert drawn.size() == pad.image().size()


def test_without_a_pen_it_is_agreed_aloud_before_a_witness(seat: Seat) -> None:
    draft = note(seat)
    screen = seat.go("signature", family=draft.family_id, draft=draft.id)
    assert screen.what_for.value().startswith("Note of ")  # what the signature goes with stands there already
    screen.other.line.setText("A. Pretend")
    screen.what_for.line.setText("the plan of today")
    screen.how.set_value("spoken")
    screen._on_changed()
    press(seat, "Save the signature")
    assert screen.summary.isVisible()
    screen.witness.line.setText("P. Example")
    press(seat, "Save the signature")
    (signed,) = views(seat, draft.id)
    assert (signed.has_content, signed.body["witness"]) == (False, "P. Example")


def test_what_is_drawn_survives_a_lock(seat: Seat) -> None:
    draft = note(seat)
    seat.go("signature", family=draft.family_id, draft=draft.id)
    (pad,) = seat.all(SignaturePad)
    draw(pad, (20, 40), (60, 60), (90, 30))
    place = seat.window.place()
    pad.clear()
    seat.window.restore(place)
    seat.settle()
    assert pad.strokes == place["place"]["strokes"]
    assert png_of(pad.image()).startswith(b"\x89PNG")


def test_a_file_for_the_family_file_itself_is_added_there(seat: Seat, tmp_path: Path) -> None:
    seat.go("family", family=family(seat), tab="files")
    drop(card(seat), files(tmp_path, certificate_png=png(40, 40, 5)))
    arrive(seat, 1)
    press(seat, "Add to the family file, certificate")
    (added,) = seat.do(attachments.of_family, family(seat))
    assert (added.state, added.title) == (State.WAITING, "certificate")


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.png", "C:\\x\\NUL.png", "a\u202egnp.exe", "\0", "x" * 1_000_000 + ".png"]
)
def test_a_name_shows_no_folder_and_no_turned_writing(name: str) -> None:
    title = take(png(), name).title
    assert len(title) <= 120
    assert not set(title) & {"/", "\\", "\u202e", "\0"}
    assert title.upper() != "NUL"


def test_choosing_a_file_leaves_no_trace_of_where_it_lay(qtbot: QtBot, tmp_path: Path) -> None:
    settings, photographs = tmp_path / "settings", tmp_path / "Pretend family Alder"
    settings.mkdir()
    photographs.mkdir()
    (chosen,) = files(photographs, kitchen_png=png())
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(settings))
    owner = QWidget()
    qtbot.addWidget(owner)
    picker = FilePicker(owner)
    picked: list[Any] = []
    picker.picked.connect(picked.append)
    picker.open()
    (dialog,) = owner.findChildren(QFileDialog)
    dialog.setDirectory(str(photographs))
    dialog.selectFile(chosen)
    dialog.accept()
    qtbot.waitUntil(lambda: bool(picked), timeout=5_000)
    assert picked == [(chosen,)]
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qtbot.waitUntil(lambda: not owner.findChildren(QFileDialog), timeout=5_000)
    written = b"".join(each.read_bytes() for each in settings.rglob("*") if each.is_file())
    assert b"Alder" not in written
    assert b"kitchen" not in written
