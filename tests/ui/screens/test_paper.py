"""A paper is seen before it is taken, read as words, printed and saved; each copy is counted and noted."""

from __future__ import annotations

import io
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit

from sf_desktop.ops import left_behind
from sf_desktop.ops.looks import Look
from sf_desktop.ops.printing.papers import Wanted, take_to_save
from sf_desktop.ops.records import notes
from sf_desktop.store.folder.files import part_of
from sf_desktop.store.tables import meta
from sf_desktop.ui.kit.drawings.picture import PictureView
from sf_desktop.ui.kit.picker import FilePicker
from sf_desktop.ui.messages import Question
from sf_desktop.ui.paper.painting import paint
from sf_desktop.ui.paper.printing_process import environment, packed, print_beside, unpacked
from sf_desktop.ui.paper.saving import save_paper
from sf_desktop.ui.paper.screen import PaperScreen
from sf_record.errors import SfError
from tests.builders.papers import STAMP, a_paper, page_count, text_of
from tests.builders.written import write_note
from tests.fakes.little_room import little_room
from tests.fakes.printers import FakePrinters
from tests.ui.finding import answered
from tests.ui.screens.conftest import Seat

LINES = "\n".join(f"Pretend line {number}" for number in range(90))


@pytest.fixture
def printers() -> FakePrinters:
    return FakePrinters()


@pytest.fixture
def note(seat: Seat) -> tuple[str, str]:
    """A note that is longer than a page: its family file and its id."""
    family_id = seat.family_ids()[0]
    body = {"type": "note", "text": LINES, "subject": "Pretend secret", "happened_at": seat.office.now()}
    return family_id, seat.do(write_note, family_id, body).record_id


@pytest.fixture
def screen(seat: Seat, printers: FakePrinters, note: tuple[str, str]) -> Iterator[PaperScreen]:
    """The paper of that note, seen."""
    made = PaperScreen(seat.desk, printers)
    seat.qtbot.addWidget(made)
    made.resize(1100, 800)
    made.show()
    made.show_subject({"paper": "record", "family": note[0], "about": note[1]})
    ready(seat, made)
    yield made
    made.hide()


def ready(seat: Seat, screen: PaperScreen) -> None:
    seat.settle()
    answered(seat.qtbot, screen)
    seat.settle()
    answered(seat.qtbot, screen)


def press(seat: Seat, screen: PaperScreen, label: str) -> None:
    """Press a button of the top bar, or one on the screen."""
    for action in screen.top_actions():
        if action.label == label:
            action.slot()
            return
    seat.find(QAbstractButton, label, screen).click()


def copies(seat: Seat) -> list[tuple[str, str]]:
    taken = (Look.PRINTED, Look.EXPORTED)
    return [(each.what, each.code) for each in seat.office.tx.looks if each.what in taken]  # type: ignore[attr-defined]


def test_the_pages_are_seen_one_by_one(seat: Seat, screen: PaperScreen) -> None:
    picture = seat.all(PictureView, screen)[0]
    assert picture.accessibleName().startswith("Page 1 of 3")
    assert not seat.find(QAbstractButton, "Show the page before", screen).isEnabled()
    seat.find(QAbstractButton, "Show the next page", screen).click()
    assert screen.where.currentText() == "Page 2 of 3"
    pages = seat.find(QComboBox, "Which page", screen)  # to one far behind without all those between
    QTest.keyClick(pages, Qt.Key.Key_End)
    assert picture.accessibleName().startswith("Page 3 of 3")
    assert not seat.find(QAbstractButton, "Show the next page", screen).isEnabled()
    assert not copies(seat)


def test_the_same_can_be_read_as_words(seat: Seat, screen: PaperScreen) -> None:
    press(seat, screen, "Read it as words")
    words = seat.find(QPlainTextEdit, "This paper in words", screen)
    assert LINES in words.toPlainText()
    assert words.isReadOnly()
    press(seat, screen, "Show the pages")
    assert seat.all(PictureView, screen)


def test_large_print_makes_more_pages(seat: Seat, screen: PaperScreen) -> None:
    seat.find(QCheckBox, "Large print (18 point)", screen).click()
    ready(seat, screen)
    count = int(screen.where.currentText().rpartition(" ")[2])
    assert count > 3
    press(seat, screen, "Print")
    ready(seat, screen)
    assert len(screen._printers.printed[0][1]) == count  # type: ignore[attr-defined]


def test_a_copy_is_printed_at_300_dots_counted_and_noted(
    seat: Seat, screen: PaperScreen, printers: FakePrinters
) -> None:
    press(seat, screen, "Print")
    ready(seat, screen)
    name, pages = printers.printed[0]
    assert name == "Pretend downstairs"
    assert len(pages) == 3
    assert QImage.fromData(pages[0]).size() == QSize(2480, 3508)
    assert copies(seat) == [(Look.PRINTED, "1")]
    assert screen.banner.title_label.text() == "Copy 1 was given to the printer"
    press(seat, screen, "Print")
    ready(seat, screen)
    assert copies(seat)[-1] == (Look.PRINTED, "2")


def test_two_presses_at_once_are_one_copy(seat: Seat, screen: PaperScreen, printers: FakePrinters) -> None:
    press(seat, screen, "Print")
    press(seat, screen, "Print")
    ready(seat, screen)
    assert len(printers.printed) == len(copies(seat)) == 1


def test_no_printer_is_said_and_costs_no_number(seat: Seat, screen: PaperScreen, printers: FakePrinters) -> None:
    printers.known = ()
    press(seat, screen, "Print")
    ready(seat, screen)
    assert screen.banner.title_label.text() == "No printer is set up on this computer"
    assert not copies(seat)
    printers.known = ("Pretend new one",)
    press(seat, screen, "Print")
    ready(seat, screen)
    assert printers.printed[0][0] == "Pretend new one"


def test_a_printer_that_refuses_is_said(seat: Seat, screen: PaperScreen, printers: FakePrinters) -> None:
    printers.is_refusing = True
    press(seat, screen, "Print")
    ready(seat, screen)
    assert screen.banner.title_label.text() == "The printer did not take it"
    assert copies(seat) == [(Look.PRINTED, "1")]


def test_it_is_saved_where_somebody_chose_after_a_warning(seat: Seat, screen: PaperScreen, tmp_path: Path) -> None:
    press(seat, screen, "Save as PDF")
    question = seat.all(Question, screen)[0]
    assert "no password" in question.accessibleDescription()
    seat.find(QAbstractButton, "Choose where to save it", question).click()
    dialog = next(each for each in QApplication.topLevelWidgets() if each.windowTitle() == "Save this copy as a PDF")
    suggested = [each.text() for each in dialog.findChildren(QLineEdit)]
    assert "Note.pdf" in suggested  # and nothing of whose it is
    dialog.reject()  # type: ignore[attr-defined]
    assert not copies(seat)
    path = tmp_path / "mine.pdf"
    screen.picker.picked.emit((str(path),))
    ready(seat, screen)
    assert copies(seat) == [(Look.EXPORTED, "1")]
    made = path.read_bytes()
    assert page_count(made) == 3
    assert "Copy 1" in text_of(made)
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert "secret" not in str(opened.docinfo)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*.part"))
    assert screen.banner.title_label.text() == "Copy 1 was saved as a PDF"


def test_a_place_that_takes_no_file_is_said(seat: Seat, screen: PaperScreen, tmp_path: Path) -> None:
    screen.picker.picked.emit((str(tmp_path / "no-such-folder" / "mine.pdf"),))
    ready(seat, screen)
    assert screen.banner.title_label.text() == "The PDF was not saved"
    seat.settle()
    assert meta.read(seat.office.connection, left_behind.BEING_WRITTEN) is None


def test_what_a_kill_leaves_of_a_copy_is_removed_by_the_next_run(seat: Seat, tmp_path: Path) -> None:
    folder = tmp_path / "chosen"
    folder.mkdir()
    path = folder / "mine.pdf"
    part = part_of(path)
    wanted = Wanted("plan", seat.family_ids()[0])
    sheet = seat.do(take_to_save, wanted, str(part))
    killed = subprocess.run([sys.executable, "-c", KILLED_WHILE_SAVING, str(path), str(part)], check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert list(folder.iterdir()) == [part]
    seat.do(left_behind.clear)
    assert part.exists()  # this run may still be writing it
    seat.do(left_behind.clear, "the next run")
    assert not list(folder.iterdir())
    assert sheet.stamp.copy == 1


KILLED_WHILE_SAVING = """
import os, signal, sys
from pathlib import Path
from sf_desktop.ui.paper.saving import save_paper
from tests.builders.papers import STAMP, a_paper
os.fsync = lambda _handle: os.kill(os.getpid(), signal.SIGKILL)
save_paper(sys.argv[1], Path(sys.argv[2]), a_paper(), STAMP)
"""


def test_a_copy_that_cannot_be_whole_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "mine.pdf"
    path.write_bytes(b"before")
    with little_room(10), pytest.raises(SfError, match="paper_not_saved"):
        save_paper(str(path), part_of(path), a_paper(), STAMP)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_copy_writes_over_no_file_that_lies_beside_it(tmp_path: Path) -> None:
    path, other = tmp_path / "mine.pdf", tmp_path / "mine.pdf.part"
    other.write_bytes(b"somebody's own")
    save_paper(str(path), part_of(path), a_paper(), STAMP)
    assert other.read_bytes() == b"somebody's own"
    assert path.read_bytes().startswith(b"%PDF")


def test_leaving_keeps_no_page(seat: Seat, screen: PaperScreen) -> None:
    screen.leave()
    assert not screen.words.toPlainText()
    assert [each.label for each in screen.top_actions()] == ["Back"]


def test_a_record_is_printed_from_where_it_is_read(seat: Seat, note: tuple[str, str]) -> None:
    family = seat.go("family", family=note[0], record=note[1])
    seat.find(QAbstractButton, "Print this record, or save it as a PDF", family).click()
    seat.settle()
    shown = seat.screen()
    assert isinstance(shown, PaperScreen)
    ready(seat, shown)
    assert shown.where.currentText() == "Page 1 of 3"
    assert seat.window.windowTitle() == "Paper - Strengthening Families"
    seat.find(QAbstractButton, "Back").click()
    seat.settle()
    assert seat.screen() is family


def test_what_is_not_signed_yet_is_printed_as_a_draft_before_it_is_signed(seat: Seat) -> None:
    draft = seat.do(notes.start_note, seat.family_ids()[0], "note", "Pretend half a thought")
    writing = seat.go("note", draft=draft.id)
    writing.on_finish()
    seat.settle()
    assert [each.label for each in writing.top_actions()] == ["Read back", "Print draft", "Back to writing"]
    writing.top_actions()[1].slot()
    seat.settle()
    shown = seat.screen()
    assert isinstance(shown, PaperScreen)
    ready(seat, shown)
    assert "Pretend half a thought" in shown.words.toPlainText()
    assert shown._sheet is not None
    assert shown._sheet.paper.is_draft


def test_what_has_left_the_laptop_is_said(seat: Seat) -> None:
    seat.go("today")
    shown = seat.go("paper", paper="record", family=seat.family_ids()[0], about="gone")
    assert shown.gone.title_label.text() == "This record is no longer on this laptop"
    press(seat, shown, "Back")
    seat.settle()
    assert seat.screen() is not shown


def test_pages_are_painted_as_large_as_the_sheet(qapp: QApplication, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    page = QImage(248, 351, QImage.Format.Format_RGB32)
    page.fill(0xFF0000)
    paint(printer, [_png(page), _png(page)])
    with pikepdf.open(tmp_path / "out.pdf") as opened:
        assert len(opened.pages) == 2
        assert [round(float(each)) for each in opened.pages[0].mediabox] == [0, 0, 595, 842]
        assert opened.docinfo["/Title"] == "Strengthening Families"


def test_what_the_printing_system_makes_on_the_way_lies_in_memory_and_this_process_is_left_alone() -> None:
    before = dict(os.environ)
    told = environment({"TMPDIR": "/somewhere/on/a/disk", "LANG": "C"})
    assert told["TMPDIR"] in {os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm"}
    assert told["LANG"] == "C"
    with pytest.raises(SfError, match="printer_refused"):
        print_beside("a printer that nobody has", [_png(QImage(8, 8, QImage.Format.Format_RGB32))])
    assert dict(os.environ) == before


def test_the_process_that_prints_leaves_no_core_dump_and_nobody_looks_in() -> None:
    asked = packed("a printer that nobody has", [_png(QImage(8, 8, QImage.Format.Format_RGB32))])
    program = (
        "from sf_desktop.store.hygiene import is_hardened\n"
        "from sf_desktop.ui.paper.printing_process import main\n"
        "main()\n"
        "print(is_hardened())"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], input=asked, env=environment(), stdout=subprocess.PIPE, timeout=60, check=True
    )
    assert told.stdout.decode().split() == ["True"]


def test_pages_reach_the_process_that_prints_as_they_are() -> None:
    pages = (b"one", b"", b"three" * 9)
    assert unpacked(packed("Büro, oben", pages)) == ("Büro, oben", pages)


def _png(image: QImage) -> bytes:
    from sf_desktop.ui.attach.reading import png_of

    return png_of(image)


def test_a_file_dialog_for_saving_suggests_a_name(qtbot, qapp: QApplication) -> None:
    owner = PictureView()
    qtbot.addWidget(owner)
    picker = FilePicker(owner, "Save", "PDF (*.pdf)", saves="pdf")
    picked: list[object] = []
    picker.picked.connect(picked.append)
    picker.open("Visit record.pdf")
    dialog = next(each for each in QApplication.topLevelWidgets() if each.windowTitle() == "Save")
    assert "Visit record.pdf" in [each.text() for each in dialog.findChildren(QLineEdit)]
    dialog.reject()  # type: ignore[attr-defined]
    assert not picked
