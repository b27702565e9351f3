"""A family file is exported through the window: warned, written where chosen, stopped, and nothing left behind."""

from __future__ import annotations

import io
import threading
import zipfile
from functools import partial
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from sf_desktop.ops import left_behind
from sf_desktop.ops.attaching import attachments, intake
from sf_desktop.ops.bundle.reading import read_bundle
from sf_desktop.ops.office import Done
from sf_desktop.store.tables import meta
from sf_desktop.ui.attach.reading import outside
from sf_desktop.ui.export.screen import ExportScreen
from sf_desktop.wording import error
from sf_record.wire.audit import Look
from tests.builders.offices import OpenWork
from tests.builders.pictures import png
from tests.ui.screens.conftest import Seat


@pytest.fixture
def family_id(seat: Seat) -> str:
    found = seat.family_ids()[0]
    held = seat.do(attachments.attach, attachments.Target(found), intake.take(png(), "kitchen.png")).record_id
    seat.do(attachments.add, held)
    return found


def opened(seat: Seat, family_id: str) -> ExportScreen:
    seat.go("family", family=family_id, tab="overview")
    seat.find(QAbstractButton, "Export this family file").click()
    seat.settle()
    screen = seat.screen()
    assert isinstance(screen, ExportScreen)
    return screen


def write(seat: Seat, screen: ExportScreen, path: Path) -> None:
    """Choose a place, as the dialogue does, and wait until it is written."""
    assert seat.find(QAbstractButton, "Choose where to save it").isEnabled()
    screen.picker.picked.emit((str(path),))
    seat.qtbot.waitUntil(lambda: not screen.writing.isVisible(), timeout=20_000)
    seat.settle()


def said(seat: Seat) -> str:
    return "\n".join(each.text() for each in seat.all(QLabel, seat.screen()))


def test_it_warns_and_writes_the_whole_file(seat: Seat, family_id: str, tmp_path: Path) -> None:
    screen = opened(seat, family_id)
    assert "It leaves the encrypted laptop" in said(seat)
    assert "its history is at the council" in said(seat)
    path = tmp_path / "out.zip"
    write(seat, screen, path)
    assert "The family file is exported" in said(seat)
    assert f"It is out.zip, in {tmp_path.name}." in said(seat), "one looks for the file that was written"
    assert screen.page.hasFocus(), "the arrows scroll what is read"
    assert read_bundle(str(path)).family_id == family_id
    with zipfile.ZipFile(path) as zipped, pikepdf.open(io.BytesIO(zipped.read("file.pdf"))) as paper:
        assert paper.Root.MarkInfo.Marked
    assert isinstance(seat.office.tx, OpenWork)
    exported = [each for each in seat.office.tx.looks if each.what is Look.EXPORTED]
    assert [each.family_id for each in exported] == [family_id] * 2
    assert not list(tmp_path.glob(".*.part"))


def test_the_suggested_name_names_nobody(seat: Seat, family_id: str) -> None:
    screen = opened(seat, family_id)
    screen._on_choose()
    dialog = screen.picker._dialog
    assert dialog is not None
    assert Path(dialog.selectedFiles()[0]).name == "family-file.zip"
    dialog.reject()


def test_what_failed_is_kept_in_mind_until_no_part_of_it_lies_there(seat: Seat, family_id: str, tmp_path: Path) -> None:
    screen = opened(seat, family_id)
    stick_answers = threading.Event()
    outside(stick_answers.wait)
    screen.picker.picked.emit((str(tmp_path / "out.zip"),))
    seat.settle()
    screen._on_failed(error("disk_failed"))
    seat.settle()
    known = partial(meta.read, seat.office.connection, left_behind.BEING_WRITTEN)
    assert known() is not None
    stick_answers.set()
    seat.qtbot.waitUntil(lambda: known() is None, timeout=20_000)
    assert not [*tmp_path.glob(".*.part"), *tmp_path.glob("*.zip")]


def test_stopped_it_says_so_and_leaves_nothing(seat: Seat, family_id: str, tmp_path: Path) -> None:
    screen = opened(seat, family_id)
    path = tmp_path / "out.zip"
    screen.picker.picked.emit((str(path),))
    seat.find(QAbstractButton, "Stop").click()
    seat.qtbot.waitUntil(lambda: not screen.writing.isVisible(), timeout=20_000)
    seat.settle()
    assert "Nothing was left behind where it was being written." in said(seat)
    assert not path.exists()
    assert not list(tmp_path.glob(".*.part"))


def test_a_place_that_takes_no_file_is_told_and_another_may_be_chosen(
    seat: Seat, family_id: str, tmp_path: Path
) -> None:
    screen = opened(seat, family_id)
    write(seat, screen, tmp_path / "no such folder" / "out.zip")
    assert "It could not be written there" in said(seat)
    write(seat, screen, tmp_path / "out.zip")
    assert (tmp_path / "out.zip").exists()


def test_what_is_missing_is_fetched_first(seat: Seat, family_id: str) -> None:
    seat.do(lambda office: office.connection.execute("UPDATE attachment SET is_here = 0, state = 'with_council'"))
    screen = opened(seat, family_id)
    assert not [each for each in seat.all(QAbstractButton) if each.text() == "Choose where to save it"]
    with seat.qtbot.waitSignal(screen.send_wanted):  # now, and not with the round that comes some time
        seat.find(QAbstractButton, "Fetch what is missing").click()
    seat.settle()
    assert "What is missing is on its way" in said(seat)
    assert seat.office.connection.execute("SELECT state FROM attachment").fetchone() == ("wanted",)
    seat.do(lambda office: office.connection.execute("UPDATE attachment SET is_here = 1, state = 'with_council'"))
    seat.desk.announce(Done(frozenset({"attachment"}), frozenset(), frozenset({family_id})))
    seat.settle()
    assert "What was missing is here" in said(seat)
    assert seat.find(QAbstractButton, "Choose where to save it").isVisible()
