"""Families are brought in through the window: the template, what is wrong by its cell, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from sf_desktop.ops.caseload.grids import read_grids
from sf_desktop.ops.families import families
from sf_desktop.ops.office import Me
from sf_desktop.store.tables import outbox
from sf_desktop.ui.bringin.screen import BringInScreen
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.kit.style.theme import ThemeChoice
from sf_record.configuration import WorkerName
from sf_record.description import Role
from sf_record.rules.permissions import Worker
from tests.builders.desks import RunsAtOnce, a_window, seeded
from tests.builders.offices import an_id, an_office, open_vault
from tests.builders.workbooks import GOOD, saved, with_cell, workbook
from tests.ui.finding import answered
from tests.ui.screens.conftest import Seat, dress


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
    qtbot.addWidget(window)
    window.show()
    yield Seat(qtbot, office, runner, desk, window)
    desk.close()
    window.hide()
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


def test_a_practitioner_may_check_and_is_told_who_brings_it_in(seat: Seat, tmp_path: Path) -> None:
    screen = opened(seat)
    assert "Your supervisor brings families in" in said(seat)
    chosen(seat, screen, saved(tmp_path, workbook(GOOD)))
    assert "Pretend family Alder" in said(seat, screen.coming)
    assert "Bring in" not in pressable(seat)


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
