"""A supervisor opens a group under Registers, changes it and closes it, at the window and with no signal."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from sf_desktop.ops.families import group_files
from sf_desktop.ops.office import Me, Office
from sf_desktop.ui.group.screen import GroupScreen
from sf_desktop.ui.kit.controls.marks import Tick
from sf_desktop.ui.kit.style.theme import ThemeChoice
from sf_record.configuration import WorkerName
from sf_record.description import Role
from tests.builders.offices import an_id
from tests.builders.walk import controls, fitting, listening, seeing, tabbing
from tests.ui.screens.conftest import Seat, dress, press, said, supervising

NAME = "Pretend Tuesday group"
KEEPERS = "Who keeps its register, or puts people on it"


def as_supervisor(office: Office, seed: random.Random) -> Office:
    """Return the office as a supervisor's, with somebody of a centre and a colleague of the team to choose from."""
    team = office.me.worker.team_id
    workers = (
        WorkerName(id=an_id(seed), name="K. Keeper", role="centre", team_id=None),
        WorkerName(id=an_id(seed), name="P. Colleague", role="practitioner", team_id=team),
    )
    me = Me(replace(office.me.worker, role=Role.SUPERVISOR), "S. Example", office.me.device_id)
    return replace(office, me=me, configuration=replace(office.configuration, workers=workers))


@pytest.fixture
def boss(qtbot: QtBot, qapp: QApplication, tmp_path: Path, seed: random.Random) -> Iterator[Seat]:
    dress(qapp, ThemeChoice.LIGHT, 100)
    with supervising(qtbot, tmp_path, seed, as_supervisor) as somebody:
        yield somebody


def begun(seat: Seat) -> GroupScreen:
    seat.go("register")
    press(seat, "Open a new group")
    screen = seat.screen()
    assert isinstance(screen, GroupScreen)
    return screen


def filled(seat: Seat, screen: GroupScreen) -> None:
    name = seat.find(QLineEdit, "Name of the group")
    name.setFocus()
    seat.qtbot.keyClicks(name, NAME)
    screen.activity.set_value("cooking")
    seat.find(Tick, f"{KEEPERS}: K. Keeper").click()


def test_a_group_is_opened_changed_closed_and_opened_again(boss: Seat) -> None:
    screen = begun(boss)
    press(boss, "Open the group")
    assert "Choose at least one person" in said(boss)
    assert boss.do(group_files.group_files).groups == ()
    filled(boss, screen)
    press(boss, "Open the group")
    assert "The group is open" in said(boss)
    (opened,) = boss.do(group_files.group_files).groups
    assert (opened.name, opened.activity, len(opened.keepers)) == (NAME, "cooking", 1)
    boss.find(Tick, f"{KEEPERS}: P. Colleague").click()
    press(boss, "Save")
    assert len(boss.do(group_files.group_files).groups[0].keepers) == 2
    boss.go("register")
    assert "Pretend cooking · with K. Keeper, P. Colleague" in said(boss)
    press(boss, f"Change: {NAME}")
    press(boss, "Close this group…")
    boss.qtbot.keyClick(boss.window, Qt.Key.Key_Escape)
    assert boss.screen().name == "group", "the question goes first, not the page"
    press(boss, "Close this group…")
    press(boss, "Yes, close it")
    assert "The group is closed" in said(boss)
    (closed,) = boss.do(group_files.group_files).groups
    assert closed.closed_on == "2026-11-23"
    assert len(closed.keepers) == 1
    boss.go("register")
    assert "Pretend cooking · closed on Monday 23 November · closed here, not sent yet" in said(boss)
    press(boss, f"Open again: {NAME}")
    assert "Until then K. Keeper kept it, and will not have it unless you choose them again." in said(boss)
    boss.find(Tick, f"{KEEPERS}: K. Keeper").click()
    press(boss, "Open it again")
    (again,) = boss.do(group_files.group_files).groups
    assert (again.closed_on, len(again.keepers)) == ("", 2)
    boss.go("register")
    assert "with K. Keeper, P. Colleague · opened again here, not sent yet" in said(boss)


def test_opening_it_twice_opens_one_and_what_was_typed_survives_a_restart(boss: Seat) -> None:
    screen = begun(boss)
    filled(boss, screen)
    words = screen.typed_words()
    assert boss.do(group_files.group_files).groups == ()
    boss.go("register")
    screen = begun(boss)
    screen._clear()
    screen.put_words(words)
    screen.show_subject({"group": ""})
    boss.settle()
    assert boss.find(QLineEdit, "Name of the group").text() == NAME
    screen._on_save()
    screen._on_save()
    boss.settle()
    assert len(boss.do(group_files.group_files).groups) == 1


def an_open_group(boss: Seat) -> str:
    group_id = boss.do(group_files.new_group_id)
    keepers = [each.id for each in boss.do(group_files.group_files).people]
    boss.do(group_files.open_group, group_id, {"name": NAME, "activity": "cooking"}, keepers)
    return group_id


def test_what_somebody_else_changed_meanwhile_stays(boss: Seat) -> None:
    group_id = an_open_group(boss)
    boss.go("group", group=group_id)
    boss.settle()
    boss.find(QLineEdit, "Name of the group").setText("Pretend baking")
    (seen,) = boss.do(group_files.group_files).groups
    boss.do(group_files.change_group, seen, {"name": NAME, "activity": "cooking", "about": "Hall 2"}, seen.keepers[:1])
    boss.go("register")
    boss.go("group", group=group_id)
    boss.settle()
    assert boss.find(QLineEdit, "Name of the group").text() == "Pretend baking"
    press(boss, "Save")
    (after,) = boss.do(group_files.group_files).groups
    assert (after.name, after.about, after.keepers) == ("Pretend baking", "Hall 2", seen.keepers[:1])


def test_what_somebody_else_changed_meanwhile_stays_after_a_lock_too(boss: Seat) -> None:
    group_id = an_open_group(boss)
    screen = boss.go("group", group=group_id)
    boss.settle()
    assert isinstance(screen, GroupScreen)
    boss.find(QLineEdit, "Name of the group").setText("Pretend baking")
    words = json.loads(json.dumps(screen.typed_words()))
    (seen,) = boss.do(group_files.group_files).groups
    boss.do(group_files.change_group, seen, {"name": NAME, "activity": "cooking", "about": "Hall 2"}, seen.keepers[:1])
    screen._clear()
    screen.put_words(words)
    screen.show_subject({"group": group_id})
    boss.settle()
    assert boss.find(QLineEdit, "Name of the group").text() == "Pretend baking"
    press(boss, "Save")
    (after,) = boss.do(group_files.group_files).groups
    assert (after.name, after.about, after.keepers) == ("Pretend baking", "Hall 2", seen.keepers[:1])


def test_a_group_that_somebody_closed_meanwhile_is_not_opened_again_by_saving_it(boss: Seat) -> None:
    group_id = an_open_group(boss)
    boss.go("group", group=group_id)
    boss.settle()
    boss.find(QLineEdit, "Name of the group").setText("Pretend baking")
    boss.do(group_files.close_group, group_id)
    press(boss, "Save")
    assert "Somebody closed this group while you were changing it" in said(boss)
    (group,) = boss.do(group_files.group_files).groups
    assert (group.name, bool(group.closed_on)) == (NAME, True)
    boss.go("register")
    press(boss, f"Open again: {NAME}")
    boss.settle()
    press(boss, "Open it again")
    (group,) = boss.do(group_files.group_files).groups
    assert (group.name, group.closed_on) == ("Pretend baking", "")


def test_a_practitioner_is_told_who_opens_one(seat: Seat) -> None:
    seat.go("register")
    assert "Open a new group" not in {each.text() for each in seat.all(QAbstractButton)}
    seat.go("group", group="")
    assert "A supervisor opens and changes groups" in said(seat)
    assert [each.label for each in seat.screen().top_actions()] == ["Back to Registers"]


def has_keyboard(seat: Seat) -> str:
    """What the keyboard stands on, as a screen reader calls it."""
    found: QWidget | None = seat.window.focusWidget()
    return "" if found is None else found.accessibleName()


def test_what_is_to_mend_is_named_once_and_is_gone_once_it_is_mended(boss: Seat, qapp: QApplication) -> None:
    dress(qapp, ThemeChoice.LIGHT, 200)
    boss.window.resize(1280, 720)
    screen = begun(boss)
    press(boss, "Open the group")
    listed = [each.accessibleName() for each in boss.all(QAbstractButton, screen.summary)]
    assert f"{KEEPERS}: Choose at least one person" in listed
    assert "Name of the group: Enter this" in listed
    assert screen.page.horizontalScrollBar().maximum() == 0, "nothing is pushed to the side"
    dress(qapp, ThemeChoice.LIGHT, 100)
    filled(boss, screen)
    press(boss, "Open the group")
    assert not [each.name for each in screen._fields() if each.problem]


def test_the_keyboard_stays_in_the_form_and_there_is_a_way_back(boss: Seat) -> None:
    boss.window.resize(1366, 768)
    screen = begun(boss)
    filled(boss, screen)
    press(boss, "Open the group")
    assert has_keyboard(boss) == "Name of the group"
    press(boss, "Close this group…")
    press(boss, "Yes, close it")
    assert has_keyboard(boss) == "Name of the group"
    assert screen.page.verticalScrollBar().value() == 0
    press(boss, "Back to Registers")
    assert boss.window.place()["screen"] == "register"


@pytest.mark.parametrize(("choice", "percent"), [(ThemeChoice.DARK, 100), (ThemeChoice.LIGHT, 200)])
def test_the_form_is_open_to_all(boss: Seat, qapp: QApplication, choice: ThemeChoice, percent: int) -> None:
    dress(qapp, choice, percent)
    boss.window.resize(1366, 768)
    group_id = boss.do(group_files.new_group_id)
    keepers = [each.id for each in boss.do(group_files.group_files).people]
    boss.do(group_files.open_group, group_id, {"name": NAME, "activity": "cooking"}, keepers)
    found = list[str]()
    for name, subject in (("register", {}), ("group", {"group": group_id})):
        screen = boss.go(name, **subject)
        for _ in range(4):
            QApplication.processEvents()
        boss.window.activateWindow()
        found += [*controls.faults(boss.window, screen, 1366), *listening.faults(screen), *fitting.faults(screen)]
        found += [*seeing.faults_of_contrast(boss.window), *seeing.faults_of_edges(boss.window)]
        found += tabbing.faults(boss.window, screen)
    dress(qapp, ThemeChoice.LIGHT, 100)
    assert not found, "\n".join(found)
