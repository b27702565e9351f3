"""The window of a centre's staff, and a group's register told from a family file and kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from sf_desktop import deskscreens
from sf_desktop.ops import writing
from sf_desktop.ops.activities import groups, registers
from sf_desktop.ops.office import Me, Office
from sf_desktop.store.rounds import inbox
from sf_desktop.store.tables import audit, records
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.help.screen import HelpScreen
from sf_desktop.ui.kit.window.stack import GoTo
from sf_desktop.ui.main_window import MainWindow, WindowWords
from sf_desktop.ui.needs.screen import NeedsScreen
from sf_desktop.ui.shortcuts.sheet import ShortcutSheet
from sf_record.description import Role
from sf_record.record import Conflict, Record
from sf_record.rules.permissions import Worker
from sf_record.wire.audit import Look, Looked
from tests.builders import quarrels
from tests.builders.desks import plans
from tests.builders.groups import a_group
from tests.builders.offices import answer
from tests.ui.screens.conftest import Seat, press

NAME = "Pretend Friday group"
LEADS_INTO_A_FILE = {
    "Open the record", "History", "Copy the other version into a new note", "Open and mend",
    "Copy the text into a new note",
}  # fmt: skip


def texts(seat: Seat) -> str:
    return "\n".join(each.text() for each in seat.all(QLabel, seat.screen()))


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


def test_a_groups_register_stands_on_the_laptop_by_its_own_name_and_opens_as_one(seat: Seat) -> None:
    group_id = seat.do(a_group, "cooking", NAME)
    seat.go("laptop")
    seat.settle()
    assert "and one group’s register, " in texts(seat)
    table = seat.find(QAbstractItemView, "Family files on this laptop")
    rows = [table.model().index(row, 0) for row in range(table.model().rowCount())]
    (row,) = [each for each in rows if each.data() == f"{NAME} (a group’s register)"]
    table.setCurrentIndex(row)
    QTest.keyClick(table, Qt.Key.Key_Return)
    seat.settle()
    assert seat.screen().place()["activity"] == group_id


def of_kind(office: Office, kind: str) -> list[Record]:
    return list(records.of_kind(office.connection, kind))


def two_marked(office: Office, group_id: str, keeper_id: str) -> None:
    """Bring in a register of which the keeper's marks wait beside a colleague's."""
    member, at = office.new_id(), office.now()
    mine, theirs = ([{"member": member, "came": came}] for came in (True, False))
    quarrel = Conflict(
        id=f"{office.new_id()}:marks", field="marks", mine=mine, theirs=theirs, base=[], by=keeper_id, at=at,
        their_by=office.new_id(), their_at=at,
    )  # fmt: skip
    told = {"called": "Pretend Robin", "since": "2026-11-01"}
    session = {"held_on": "2026-11-23", "marks": theirs}
    held = [
        replace(each, body=body, id=id_, kind=kind, seq=seq, conflicts=disputed)
        for each in records.of_kind(office.connection, "group")
        for id_, kind, seq, body, disputed in (
            (member, "group_member", 2, told, ()), (office.new_id(), "group_session", 3, session, (quarrel,)),
        )
    ]  # fmt: skip
    assert {each.family_id for each in held} == {group_id}
    inbox.apply(office.connection, answer((*records.of_kind(office.connection, "group"), *held), office.clock.now()))


@pytest.fixture
def keepers(seat: Seat, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window of a keeper whose group is called NAME."""
    group_id, office = seat.do(a_group, "cooking", NAME), seat.office
    keeper = Me(Worker(office.new_id(), Role.CENTRE, None), "Pretend keeper", office.me.device_id)
    seat.do(two_marked, group_id, keeper.worker.id)
    seat.runner.office = replace(office, me=keeper)
    desk = Desk(seat.runner)
    words = WindowWords(council="Pretend council", is_pretend=True)
    window = MainWindow(desk, deskscreens.of_centre(plans(desk)), words)
    qtbot.addWidget(window)
    window.show()
    yield window
    desk.close()


def offered(panel: QWidget) -> set[str]:
    return {each.text() for each in panel.findChildren(QPushButton) if each.isVisible()}


def test_a_keeper_settles_a_register_that_two_marked_and_no_way_on_leads_nowhere(
    keepers: MainWindow, qtbot: QtBot
) -> None:
    keepers.foot.needs_wanted.emit()
    screen = keepers.stack.current()
    assert isinstance(screen, NeedsScreen)
    qtbot.waitUntil(screen.conflict.isVisible)
    assert "Settle" in offered(screen.conflict)
    assert not offered(screen.conflict) & LEADS_INTO_A_FILE
    screen.conflict.choice.set_value("kept")
    screen.conflict.reason.set_value("Pretend Robin came late")
    screen.conflict.settle_button.click()
    qtbot.waitUntil(screen.settled.isVisible)
    assert not offered(screen.settled) & LEADS_INTO_A_FILE


def test_a_keeper_finds_a_register_that_was_not_taken_and_may_copy_it_or_give_it_up(
    seat: Seat, keepers: MainWindow, qtbot: QtBot
) -> None:
    (member,) = seat.do(of_kind, "group_member")
    group_id = member.family_id
    seat.do(groups.keep_group_register, group_id, "2026-11-20", {member.id: True})
    (session,) = (each for each in seat.do(of_kind, "group_session") if each.body["held_on"] == "2026-11-20")
    event_id = seat.do(quarrels.latest, session.id).event.id
    seat.do(quarrels.refuse, event_id, "invalid", "held_on")
    keepers.go(GoTo("needs", {"event": event_id}))
    screen = keepers.stack.current()
    assert isinstance(screen, NeedsScreen)
    qtbot.waitUntil(screen.mend.isVisible)
    assert offered(screen.mend) == {"Copy the text", "Tell support", "Give it up…"}


def test_a_row_of_a_register_leads_a_keeper_to_the_register_and_nowhere_else(
    seat: Seat, keepers: MainWindow, qtbot: QtBot
) -> None:
    (member,) = seat.do(of_kind, "group_member")
    seat.do(groups.keep_group_register, member.family_id, "2026-11-20", {member.id: True})
    looked = Looked(seat.office.now(), Look.RECORD_OPENED, member.family_id, member.id, code="register")
    seat.do(lambda office: audit.append(office.connection, (looked,)))

    def open_first(name: str) -> None:
        keepers.go(GoTo(name))
        screen = keepers.stack.bring(name)

        def is_here() -> bool:
            first = screen.model.index(0, 0)  # type: ignore[attr-defined]
            return bool(first.data())

        qtbot.waitUntil(is_here)
        screen.table.opened.emit(screen.model.ids[0])  # type: ignore[attr-defined]
        shown = keepers.stack.current()
        assert shown is not None
        assert shown.name == "register", name
        qtbot.waitUntil(lambda: shown.activity.value() == member.family_id)  # type: ignore[attr-defined]

    open_first("ledger")
    open_first("looks")


def test_a_practitioner_says_that_they_run_the_session_before_they_see_what_it_must_know(seat: Seat) -> None:
    group_id = seat.do(a_group, "cooking", NAME)
    stranger = {"called": "Pretend Wren", "since": "2026-11-01", "must_know": "Pretend: carries an inhaler"}
    seat.do(writing.create, "group_member", group_id, stranger)
    seat.go("register", activity=group_id)
    seat.settle()
    assert "there is something to know" in texts(seat)
    assert "inhaler" not in texts(seat)
    press(seat, "I run this session: show what the group must know")
    assert "Pretend: carries an inhaler" in texts(seat)


def test_a_keepers_window_begins_with_registers_and_has_nothing_of_a_family(seat: Seat, qtbot: QtBot) -> None:
    group_id = seat.do(a_group, "cooking", NAME)
    office = seat.office
    keeper = Me(Worker(office.new_id(), Role.CENTRE, None), "Pretend keeper", office.me.device_id)
    seat.runner.office = replace(office, me=keeper)
    desk = Desk(seat.runner)
    words = WindowWords(council="Pretend council", is_pretend=True, has_families=False)
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
    assert not window.top.search.isVisible()
    for wish in ("new_note", "start_visit", "concern"):
        window.findChild(QAction, f"action-{wish}").trigger()  # type: ignore[union-attr]
        assert not window.banner.isVisible(), wish
        assert window.stack.current() is screen
    window.show_shortcuts()
    (sheet,) = window.findChildren(ShortcutSheet)
    told = {each.text() for each in sheet.findChildren(QLabel)}
    assert {"Lock this program", "Registers of activities"} <= told
    assert not told & {"Today", "Families", "New note", "Search families, people and notes"}


def test_the_help_of_a_keeper_begins_with_registers_and_has_no_page_of_a_family(qtbot: QtBot, seat: Seat) -> None:
    pages = HelpScreen(deskscreens.HELP_OF_CENTRE)
    qtbot.addWidget(pages)
    assert pages.place() == {"page": "registers"}
    assert tuple(pages.list.buttons) == deskscreens.HELP_OF_CENTRE
