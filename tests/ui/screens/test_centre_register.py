"""The window of a centre's staff, and a group's register told from a family file and kept."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from sf_desktop import deskscreens
from sf_desktop.ops import groups, registers
from sf_desktop.ops.office import Me
from sf_desktop.store import records
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.main_window import MainWindow, WindowWords
from sf_record.description import Role
from sf_record.permissions import Worker
from tests.builders.desks import plans
from tests.builders.groups import a_group
from tests.ui.screens.conftest import Seat

NAME = "Pretend Friday group"


def texts(seat: Seat) -> str:
    return "\n".join(each.text() for each in seat.all(QLabel, seat.screen()))


def press(seat: Seat, name: str) -> None:
    seat.find(QPushButton, name).click()
    seat.settle()


def test_a_group_is_told_of_a_child_and_its_register_is_read_in_the_family_file(seat: Seat) -> None:
    group_id = seat.do(a_group, "cooking", NAME)
    row = seat.do(registers.register, "cooking", "2026-11-23").rows[0]
    (link,) = seat.do(groups.links, row.family_id)
    seat.go("family", family=row.family_id, tab="support")
    seat.settle()
    press(seat, f"Put on the register: {link.person}: {NAME}")
    assert "not marked yet" in texts(seat)
    screen = seat.go("register")
    screen.activity.set_value(group_id)
    screen.activity.changed.emit()
    seat.settle()
    assert "1 person belongs to this group" in texts(seat)
    seat.find(QRadioButton, f"{row.name}: Came").click()
    press(seat, "Save the register")
    seat.go("family", family=row.family_id, tab="support")
    seat.settle()
    assert "came 1 of 1 times, last Today" in texts(seat)


def test_without_a_group_the_family_file_does_not_speak_of_one(seat: Seat) -> None:
    row = seat.do(registers.register, "cooking", "2026-11-23").rows[0]
    seat.go("family", family=row.family_id, tab="support")
    seat.settle()
    assert "Registers of groups" not in texts(seat)


def test_a_keepers_window_begins_with_registers_and_has_nothing_of_a_family(seat: Seat, qtbot: QtBot) -> None:
    group_id = seat.do(a_group, "cooking", NAME)
    office = seat.office
    keeper = Me(Worker(office.new_id(), Role.CENTRE, None), "Pretend keeper", office.me.device_id)
    seat.runner.office = replace(office, me=keeper)
    desk = Desk(seat.runner)
    words = WindowWords(council="Pretend council", is_pretend=True)
    window = MainWindow(desk, deskscreens.of_centre(plans(desk)), words)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: desk.is_quiet)
    QApplication.sendPostedEvents()
    assert [each for each in deskscreens.OF_CENTRE if window.stack.has(each)][:1] == ["register"]
    assert not any(window.stack.has(each) for each in ("today", "families", "family", "search", "note", "person"))
    assert next(iter(window.rail.buttons)) == "register"
    window.restore({})
    screen = window.stack.current()
    assert screen is not None
    assert screen.name == "register"
    qtbot.waitUntil(lambda: desk.is_quiet)
    assert [screen.activity.combo.itemText(at) for at in range(1, screen.activity.combo.count())] == [NAME]  # type: ignore[attr-defined]
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_N, Qt.Key.Key_K):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert window.stack.current() is screen
    assert records.of_kind(office.connection, "group")[0].id == group_id
    desk.close()
