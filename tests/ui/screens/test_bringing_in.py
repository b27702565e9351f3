"""Families are brought in through the window: the template, what is wrong by its cell, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from sf_desktop.ops.caseload.grids import read_grids
from sf_desktop.ops.families import families
from sf_desktop.ops.office import Me
from sf_desktop.ops.worker.phrases import keep
from sf_desktop.store.tables import outbox
from sf_desktop.ui.bringin.screen import BringInScreen
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.kit.style.theme import ThemeChoice
from sf_desktop.ui.kit.window.stack import GoTo
from sf_desktop.wording import error
from sf_record.configuration import WorkerName
from sf_record.description import Role
from sf_record.rules.permissions import Worker
from tests.builders.desks import RunsAtOnce, a_window, seeded
from tests.builders.offices import an_id, an_office, open_vault
from tests.builders.workbooks import GOOD, saved, with_cell, workbook
from tests.ui.finding import answered
from tests.ui.screens.conftest import Seat, dress, leave


@pytest.fixture
def boss(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Seat]:
    """A supervisor of a team of two, before an open window with no families."""
    dress(qapp, ThemeChoice.LIGHT, 100)
    seed = seeded()
    (tmp_path / "boss").mkdir()
    connection = open_vault(tmp_path / "boss")
    office = an_office(connection, seed, attachments=tmp_path / "boss" / "attachments")
    team = office.me.worker.team_id
    worker = WorkerName(id=an_id(seed), name="P. Colleague", role="practitioner", team_id=team)
    me = Me(Worker(office.me.worker.id, Role.SUPERVISOR, team), "S. Example", office.me.device_id)
    named = (worker, *(replace(each, team_id=team) for each in office.configuration.workers))
    office = replace(office, me=me, configuration=replace(office.configuration, workers=named))
    runner = RunsAtOnce(office)
    desk = Desk(runner)
    window = a_window(desk)
    window.show()
    somebody = Seat(qtbot, office, runner, desk, window)
    yield somebody
    desk.close()
    leave(somebody.window)
    connection.close()


def opened(seat: Seat) -> BringInScreen:
    seat.go("families")
    seat.find(QAbstractButton, "Bring in").click()
    seat.settle()
    screen = seat.screen()
    assert isinstance(screen, BringInScreen)
    return screen


def chosen(seat: Seat, screen: BringInScreen, path: str) -> None:
    screen.picker.picked.emit((path,))
    answered(seat.qtbot, screen)
    seat.settle()


def said(seat: Seat, within: QWidget | None = None) -> str:
    return "\n".join(each.text() for each in seat.all(QLabel, within or seat.screen()))


def all_in(seat: Seat) -> None:
    """Wait until all that is brought in is there."""
    seat.qtbot.waitUntil(lambda: "are saved on this laptop" in said(seat), timeout=60_000)
    seat.settle()


def pressable(seat: Seat) -> set[str]:
    return {each.text() for each in seat.all(QAbstractButton) if each.isEnabled()}


def test_a_caseload_is_checked_and_brought_in(boss: Seat, tmp_path: Path) -> None:
    screen = opened(boss)
    chosen(boss, screen, saved(tmp_path, workbook()))
    assert "Pretend family Alder" in said(boss, screen.coming)
    assert "Pretend Robin Alder, Pretend Wren Alder" in said(boss, screen.coming)
    assert outbox.is_empty(boss.office.connection)
    boss.find(QAbstractButton, "Bring in").click()
    assert "Choose who works with them" in said(boss)
    screen.worker.set_value(boss.office.configuration.workers[0].id)
    boss.find(QAbstractButton, "Bring in").click()
    boss.settle()
    assert "Two family files are saved on this laptop" in said(boss)
    assert len(boss.do(families.family_ids)) == 2
    boss.find(QAbstractButton, "Go to Families").click()
    boss.settle()
    assert boss.window.place()["screen"] == "families"


def test_who_works_with_many_families_is_asked_before_their_names_and_shown_where_it_was_forgotten(
    boss: Seat, tmp_path: Path
) -> None:
    """It stood beneath all of them, and "Bring in" seemed to do nothing."""
    screen = opened(boss)
    boss.window.resize(1024, 600)
    chosen(boss, screen, saved(tmp_path, workbook()))
    assert screen.allocate.y() < screen.coming.y()
    assert "2 family files" in said(boss, screen.allocate)
    bar = screen.page.verticalScrollBar()
    screen.page.layout_.addSpacing(2_000)  # as many names would take
    boss.qtbot.waitUntil(lambda: bar.maximum() > 1_000)
    bar.setValue(bar.maximum())
    boss.settle()
    assert screen.worker.visibleRegion().isEmpty()
    boss.find(QAbstractButton, "Bring in").click()
    assert not screen.worker.visibleRegion().isEmpty()


def test_a_lock_before_anything_was_brought_in_says_so_and_only_then(boss: Seat, tmp_path: Path) -> None:
    opened(boss)
    boss.lock_and_come_back()
    assert "The window locked" not in said(boss)
    chosen(boss, opened(boss), saved(tmp_path, workbook()))
    boss.window.go(GoTo("families"))
    boss.settle()
    QTest.keyClick(boss.window, Qt.Key.Key_Escape)
    boss.settle()
    assert "The window locked" not in said(boss)
    boss.lock_and_come_back()
    screen = boss.screen()
    assert "The window locked before anything was brought in" in said(boss)
    assert "Choose a file" in pressable(boss)
    assert isinstance(screen, BringInScreen)
    chosen(boss, screen, saved(tmp_path, workbook()))
    assert "The window locked" not in said(boss)


def test_all_problems_are_listed_by_cell_and_nothing_can_be_brought_in(boss: Seat, tmp_path: Path) -> None:
    screen = opened(boss)
    chosen(boss, screen, saved(tmp_path, workbook(with_cell("People", (1, 5), "31/2/2019"))))
    assert "People!F2" in said(boss, screen.problems)
    assert "One thing to mend before it can be brought in" in said(boss)
    assert "Bring in" not in pressable(boss)
    chosen(boss, screen, saved(tmp_path, workbook()))
    assert not screen.problems.isVisible()
    assert "Bring in" in pressable(boss)


def test_what_is_no_spreadsheet_is_told(boss: Seat, tmp_path: Path) -> None:
    screen = opened(boss)
    chosen(boss, screen, saved(tmp_path, b"\xd0\xcf\x11\xe0" + bytes(900), "old.xls"))
    assert "This workbook is locked, or in the old form (.xls)" in said(boss)
    assert "Choose a file" in pressable(boss)


def test_the_template_is_saved(boss: Seat, tmp_path: Path) -> None:
    screen = opened(boss)
    screen.saver.picked.emit((str(tmp_path / "template.xlsx"),))
    answered(boss.qtbot, screen)
    assert "The template is saved" in said(boss)
    assert {"Families", "People"} <= {each.title for each in read_grids(str(tmp_path / "template.xlsx"))}


def test_a_practitioner_is_told_before_and_hands_over_the_file_with_what_was_found(seat: Seat, tmp_path: Path) -> None:
    screen = opened(seat)
    assert "Your supervisor brings families in: you can check the file for them" in said(seat)
    assert "Choose a file" not in pressable(seat)
    assert "Check a file" in pressable(seat)
    chosen(seat, screen, saved(tmp_path, workbook(with_cell("People", (1, 5), "31/2/2019"))))
    assert "Hand it to your supervisor" in said(seat)
    screen.found_saver.picked.emit((str(tmp_path / "found.txt"),))
    answered(seat.qtbot, screen)
    assert "What was found is saved" in said(seat)
    found = (tmp_path / "found.txt").read_text()
    assert "To mend: 1\nPeople!F2: Date of birth: " in found
    assert "Alder" not in found
    chosen(seat, screen, saved(tmp_path, workbook(GOOD)))
    assert seat.window.focusWidget() is screen.found_button, "the keyboard stays on the screen"
    assert "Pretend family Alder" in said(seat, screen.coming)
    assert "Nothing is in the way. Your supervisor chooses Bring in" in said(seat)
    assert "Bring in" not in pressable(seat)


def test_what_is_handed_over_names_nobody_where_a_name_stands_in_place_of_a_heading_or_a_sheet(
    seat: Seat, tmp_path: Path
) -> None:
    screen = opened(seat)
    named = {**with_cell("People", (0, 3), "Pretend Robin"), "Pretend family Alder": (("Hello",),)}
    chosen(seat, screen, saved(tmp_path, workbook(named)))
    assert "Pretend family Alder" in said(seat)
    screen.found_saver.picked.emit((str(tmp_path / "found.txt"),))
    answered(seat.qtbot, screen)
    found = (tmp_path / "found.txt").read_text()
    assert "People!D1: this heading is not known" in found
    assert "A sheet of another name: this sheet is not known" in found
    assert "Robin" not in found
    assert "Alder" not in found


def many(count: int) -> bytes:
    people = [("Family", "Person", "In this family", "First names")]
    people += [(str(n), "a", "Child", f"Pretend {n}") for n in range(count)]
    return workbook({
        "Families": [("Family", "Family name"), *((str(n), f"Pretend family {n}") for n in range(count))],
        "People": people,
    })  # fmt: skip


def test_a_save_elsewhere_is_served_between_two_pieces_of_a_long_check(boss: Seat, tmp_path: Path) -> None:
    screen = opened(boss)
    screen.picker.picked.emit((saved(tmp_path, many(900)),))
    boss.qtbot.waitUntil(lambda: "go_on" in boss.runner.asked, timeout=20_000)
    assert screen.working.isVisible()
    boss.desk.ask(keep, "Pretend", "Words")
    answered(boss.qtbot, screen)
    boss.settle()
    asked = boss.runner.asked
    assert asked.index("go_on") < asked.index("keep") < len(asked) - 1 - asked[::-1].index("go_on")
    assert "900 family files" in said(boss)


def test_a_long_check_and_a_bringing_in_are_stopped_and_nothing_is_there(boss: Seat, tmp_path: Path) -> None:
    screen = opened(boss)
    path = saved(tmp_path, many(300))
    screen.picker.picked.emit((path,))
    boss.qtbot.waitUntil(lambda: "go_on" in boss.runner.asked, timeout=20_000)
    boss.find(QAbstractButton, "Stop").click()
    boss.settle()
    assert "Nothing was brought in." in said(boss)
    assert not screen.working.isVisible()
    chosen(boss, screen, path)
    screen.worker.set_value(boss.office.configuration.workers[0].id)
    boss.find(QAbstractButton, "Bring in").click()
    boss.find(QAbstractButton, "Stop").click()
    boss.settle()
    assert "Nothing was brought in." in said(boss)
    assert outbox.is_empty(boss.office.connection)
    boss.find(QAbstractButton, "Bring in").click()
    all_in(boss)
    assert len(boss.do(families.family_ids)) == 300


def test_a_late_error_of_what_was_stopped_leaves_what_was_begun_since(boss: Seat, tmp_path: Path) -> None:
    screen = opened(boss)
    chosen(boss, screen, saved(tmp_path, many(300)))
    screen.worker.set_value(boss.office.configuration.workers[0].id)
    boss.runner.error = error("vault_busy")
    boss.find(QAbstractButton, "Bring in").click()  # its answer is on its way
    boss.runner.error = None
    boss.find(QAbstractButton, "Stop").click()
    boss.find(QAbstractButton, "Bring in").click()
    all_in(boss)
    assert len(boss.do(families.family_ids)) == 300
    assert "Nothing was brought in." not in said(boss)


def test_a_file_that_was_exported_comes_in(seat: Seat, boss: Seat, tmp_path: Path) -> None:
    family_id = seat.family_ids()[0]
    seat.go("export", family=family_id)
    export = seat.screen()
    export.picker.picked.emit((str(tmp_path / "out.zip"),))  # type: ignore[attr-defined]
    seat.qtbot.waitUntil((tmp_path / "out.zip").exists, timeout=20_000)
    seat.settle()
    screen = opened(boss)
    chosen(boss, screen, str(tmp_path / "out.zip"))
    assert "Who wrote and signed each record" in said(boss, screen.coming)
    screen.worker.set_value(boss.office.configuration.workers[0].id)
    boss.find(QAbstractButton, "Bring in").click()
    boss.settle()
    assert boss.do(families.family_ids) == (family_id,)


def brings(seat: Seat, tmp_path: Path, count: int) -> BringInScreen:
    """Have everything chosen, and press Bring in."""
    screen = opened(seat)
    chosen(seat, screen, saved(tmp_path, many(count)))
    screen.worker.set_value(seat.office.configuration.workers[0].id)
    seat.find(QAbstractButton, "Bring in").click()
    return screen


def test_a_save_elsewhere_is_served_between_two_pieces_of_the_writing(boss: Seat, tmp_path: Path) -> None:
    screen = brings(boss, tmp_path, 300)
    boss.qtbot.waitUntil(lambda: "move_in" in boss.runner.asked, timeout=20_000)
    assert screen.working.isVisible()
    assert boss.window.focusWidget() is screen, "Stop had the keyboard, and is gone: Space must not lock the window"
    boss.desk.ask(keep, "Pretend", "Words")
    all_in(boss)
    asked = boss.runner.asked
    assert asked.index("move_in") < asked.index("keep") < len(asked) - 1 - asked[::-1].index("move_in")
    assert "300 family files are saved on this laptop" in said(boss)


def test_what_cannot_be_written_to_its_end_follows_and_is_not_brought_in_twice(boss: Seat, tmp_path: Path) -> None:
    brings(boss, tmp_path, 300)
    boss.qtbot.waitUntil(lambda: "move_in" in boss.runner.asked, timeout=20_000)
    boss.runner.error = error("disk_full")
    boss.qtbot.waitUntil(lambda: "Not all family files are in yet" in said(boss), timeout=20_000)
    boss.settle()
    boss.runner.error = None
    assert "Not all family files are in yet" in said(boss)
    assert "Do not bring the file in again: the rest follows when you next unlock." in said(boss)
    assert "Bring in" not in pressable(boss)
    assert 0 < len(boss.do(families.family_ids)) < 300
