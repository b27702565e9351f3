"""Attaching at the window: chosen, dropped and pasted files, small pictures, the viewer, the pad, and a full disk."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QSettings, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit, QListView, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from sf_desktop.ops.attaching import attachments
from sf_desktop.ops.attaching.attachments import AttachmentView, Target
from sf_desktop.ops.attaching.intake import take
from sf_desktop.ops.visiting import visits
from sf_desktop.store.queries import entries
from sf_desktop.store.tables import outbox
from sf_desktop.store.tables.attachments import State
from sf_desktop.ui.attach.card import AttachmentsCard
from sf_desktop.ui.attach.reading import png_of
from sf_desktop.ui.attach.row import AttachmentRow
from sf_desktop.ui.kit.picker import FilePicker
from sf_desktop.ui.kit.text.labels import Label
from sf_desktop.ui.signature.pad import SignaturePad
from sf_desktop.wording import error
from sf_record.outcomes import Outcome, Receipt, Result
from tests.builders.photographs import jpeg_of
from tests.builders.pictures import exif, png, with_exif
from tests.ui.screens.conftest import Seat, begin_note, choose_part, press, said


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


def test_files_dropped_on_a_note_are_held_shown_and_signed_with_it(seat: Seat, tmp_path: Path) -> None:
    draft = begin_note(seat)
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


def begin_visit(seat: Seat) -> str:
    """Begin a visit in the first family file, and show its part for what was seen."""
    family_id = seat.family_ids()[0]
    draft = seat.do(lambda office: visits.start_visit(office, family_id))
    seat.go("visit", draft=draft.id)
    choose_part(seat, "What you saw")
    return str(draft.id)


def let_go_over(where: QWidget, paths: list[str]) -> None:
    """Drag files from another program over this and let them go, as Qt does where a display tells it of a drag."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(each) for each in paths])
    left, none, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    middle = where.rect().center()
    entering = QDragEnterEvent(middle, copy, data, left, none)
    QApplication.sendEvent(where, entering)
    if entering.isAccepted():
        QApplication.sendEvent(where, QDropEvent(QPointF(middle), copy, data, left, none))


def test_a_photograph_dropped_where_one_writes_is_attached_and_shown(seat: Seat, tmp_path: Path) -> None:
    """Its path was written into the visit; and what was attached lay below the edge of the window."""
    draft_id = begin_visit(seat)
    seen = seat.find(QTextEdit, "What you saw and heard")
    let_go_over(seen.viewport(), files(tmp_path, kitchen_png=png(60, 40, 1)))
    arrive(seat, 1)
    assert ([each.title for each in views(seat, draft_id)], seen.toPlainText()) == (["kitchen"], "")
    seat.qtbot.waitUntil(lambda: not rows(seat)[0].visibleRegion().isEmpty())
    choose_part(seat, "Next visit")
    line = seat.find(QLineEdit, "What for")
    let_go_over(line, files(tmp_path, stairs_png=png(60, 40, 2)))
    arrive(seat, 2)
    assert ({each.title for each in views(seat, draft_id)}, line.text()) == ({"kitchen", "stairs"}, "")


def test_a_file_pasted_where_one_writes_is_attached(seat: Seat, tmp_path: Path) -> None:
    draft_id = begin_visit(seat)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(each) for each in files(tmp_path, kitchen_png=png(60, 40, 1))])
    QGuiApplication.clipboard().setMimeData(data)
    seen = seat.find(QTextEdit, "What you saw and heard")
    QTest.keyClick(seen, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    arrive(seat, 1)
    assert seen.toPlainText() == ""
    choose_part(seat, "Next visit")
    line = seat.find(QLineEdit, "What for")
    QTest.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    arrive(seat, 2)
    assert ([each.title for each in views(seat, draft_id)], line.text()) == (["kitchen", "kitchen"], "")
    QGuiApplication.clipboard().clear()


def test_what_was_said_of_a_file_goes_when_the_next_is_taken(seat: Seat, tmp_path: Path) -> None:
    draft = begin_note(seat)
    seat.go("note", draft=draft.id)
    drop(card(seat), files(tmp_path, page_html=b"<html><script>x</script></html>"))
    seat.qtbot.waitUntil(card(seat).banner.isVisible, timeout=5_000)
    drop(card(seat), files(tmp_path, right_png=png(30, 30, 3)))
    arrive(seat, 1)
    assert not card(seat).banner.isVisible()


def test_what_is_taken_out_can_be_put_back_until_it_is_signed(seat: Seat, tmp_path: Path) -> None:
    draft = begin_note(seat)
    seat.do(attachments.attach, Target(draft.family_id, draft.id), take(png(), "wrong.png"))
    seat.go("note", draft=draft.id)
    arrive(seat, 1)
    seat.find(QAbstractButton, "Take out, wrong").setFocus()
    press(seat, "Take out, wrong")
    assert seat.window.focusWidget() is seat.find(QAbstractButton, "Put back, wrong")
    assert views(seat, draft.id)[0].is_taken_out
    press(seat, "Put back, wrong")
    assert not views(seat, draft.id)[0].is_taken_out


def test_the_same_file_attached_twice_is_noticed_until_one_of_them_is_taken_out(seat: Seat, tmp_path: Path) -> None:
    draft = begin_note(seat)
    for name, picture in (("first.png", png()), ("other.png", png(30, 30, 3)), ("again.png", png())):
        seat.do(attachments.attach, Target(draft.family_id, draft.id), take(picture, name))
    seat.go("note", draft=draft.id)
    arrive(seat, 3)
    again = "The same file is attached here already"
    assert [again in each.accessibleName() for each in rows(seat)] == [False, False, True]
    assert said(seat).count(again) == 1
    press(seat, "Take out, first")
    assert again not in said(seat)
    press(seat, "Put back, first")
    assert said(seat).count(again) == 1


def test_a_hostile_file_is_refused_in_words_and_the_next_is_taken(seat: Seat, tmp_path: Path) -> None:
    draft = begin_note(seat)
    seat.go("note", draft=draft.id)
    drop(card(seat), files(tmp_path, page_html=b"<html><script>x</script></html>", right_png=png(30, 30, 3)))
    arrive(seat, 1)
    shown = card(seat).banner
    assert shown.isVisible()
    assert shown.accessibleName() == "page.html: Web pages are not taken"
    assert [each.title for each in views(seat, draft.id)] == ["right"]


def test_a_pipe_or_a_folder_is_not_waited_for(seat: Seat, tmp_path: Path) -> None:
    draft = begin_note(seat)
    seat.go("note", draft=draft.id)
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)
    drop(card(seat), [str(pipe)])
    seat.qtbot.waitUntil(card(seat).banner.isVisible, timeout=5_000)
    assert "could not be read" in card(seat).banner.accessibleName()


def test_a_copied_picture_is_pasted(seat: Seat) -> None:
    draft = begin_note(seat)
    seat.go("note", draft=draft.id)
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    press(seat, "Paste a picture")
    arrive(seat, 1)
    assert views(seat, draft.id)[0].title == "Pasted picture"
    QGuiApplication.clipboard().clear()


def test_a_full_disk_leaves_the_photograph_in_hand(seat: Seat, tmp_path: Path) -> None:
    draft = begin_note(seat)
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


def test_the_place_is_told_and_can_be_taken_out(seat: Seat) -> None:
    draft = begin_note(seat)
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


def draw(pad: SignaturePad, *points: tuple[int, int]) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(pad, QPoint(*point))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(*points[-1]))


def test_somebody_signs_on_the_pad(seat: Seat) -> None:
    draft = begin_note(seat)
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
    draft = begin_note(seat)
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
    draft = begin_note(seat)
    seat.go("signature", family=draft.family_id, draft=draft.id)
    (pad,) = seat.all(SignaturePad)
    draw(pad, (20, 40), (60, 60), (90, 30))
    strokes = pad.strokes
    seat.lock_and_come_back()
    (pad,) = seat.all(SignaturePad)
    assert pad.strokes == strokes
    assert png_of(pad.image()).startswith(b"\x89PNG")


def test_a_signature_that_was_locked_in_the_middle_is_saved_and_leads_back_to_the_note(seat: Seat) -> None:
    draft = begin_note(seat)
    seat.go("note", draft=draft.id)
    press(seat, "Take a signature")
    (pad,) = seat.all(SignaturePad)
    draw(pad, (20, 40), (60, 60), (90, 30))
    seat.lock_and_come_back()
    seat.find(QLineEdit, "Their name").setText("A. Pretend")
    press(seat, "Save the signature")
    seat.qtbot.waitUntil(lambda: len(views(seat, draft.id)) == 1, timeout=5_000)
    seat.settle()
    assert (seat.window.place()["screen"], seat.window.place()["subject"]) == ("note", {"draft": draft.id})


def told(seat: Seat) -> list[str]:
    seat.settle()
    return [each.text() for each in seat.all(Label)]


def test_sending_says_that_files_are_on_the_way_when_nothing_needs_anybody(seat: Seat) -> None:
    draft = begin_note(seat)
    held = seat.do(attachments.attach, Target(draft.family_id), take(png(), "picture.png"))
    seat.do(attachments.add, held.record_id)
    seat.go("ledger")
    assert "One change waits to be sent, and goes by itself as soon as there is a connection." in told(seat)
    office = seat.office
    (entry,) = entries.chosen(office.connection, entries.numbers(office.connection))
    receipt = Receipt(family_id=draft.family_id, seq=900, at=office.now())
    outcome = Outcome(event_id=entry.event.id, result=Result.ACCEPTED, receipt=receipt)
    seat.do(lambda office: outbox.answered(office.connection, outcome, office.now()))
    seat.go("ledger")
    assert "The council has every change. One file is still on the way." in told(seat)


def test_a_file_for_the_family_file_itself_is_added_there(seat: Seat, tmp_path: Path) -> None:
    seat.go("family", family=seat.family_ids()[0], tab="files")
    drop(card(seat), files(tmp_path, certificate_png=png(40, 40, 5)))
    arrive(seat, 1)
    press(seat, "Add to the family file, certificate")
    (added,) = seat.do(attachments.of_family, seat.family_ids()[0])
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
    owner = QWidget()
    qtbot.addWidget(owner)
    picker = FilePicker(owner)
    picked: list[Any] = []
    picker.picked.connect(picked.append)
    picker.open()
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(settings))  # where it could not lie
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


@pytest.mark.parametrize("saves", ["", "pdf"])
def test_a_screen_that_goes_while_a_file_is_chosen_leaves_no_trace_of_where(
    qtbot: QtBot, tmp_path: Path, saves: str
) -> None:
    """Its family file left meanwhile, or the program ended: Qt wrote down the folder that was open."""
    settings, photographs = tmp_path / "settings", tmp_path / "Pretend family Alder"
    settings.mkdir()
    photographs.mkdir()
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(settings))
    owner = QWidget()
    FilePicker(owner, saves=saves).open("Copy 1")
    (dialog,) = owner.findChildren(QFileDialog)
    dialog.setDirectory(str(photographs))
    with qtbot.waitSignal(dialog.destroyed):
        owner.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    written = b"".join(each.read_bytes() for each in settings.rglob("*") if each.is_file())
    assert b"Alder" not in written


def test_the_choice_of_files_leads_at_once_to_where_photographs_lie(qtbot: QtBot) -> None:
    pictures = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
    pictures.mkdir(exist_ok=True)
    owner = QWidget()
    owner.resize(1366, 768)
    qtbot.addWidget(owner)
    FilePicker(owner).open()
    (dialog,) = owner.findChildren(QFileDialog)
    assert QUrl.fromLocalFile(str(pictures)) in dialog.sidebarUrls()
    (places,) = (each for each in dialog.findChildren(QListView) if each.objectName() == "sidebar")
    qtbot.waitUntil(lambda: places.viewport().width() >= places.sizeHintForColumn(0))  # none of their names is cut
    dialog.reject()
