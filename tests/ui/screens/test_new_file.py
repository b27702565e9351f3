"""A supervisor opens the file of one family in the window, with no signal: one form, kept as it is typed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from sf_desktop.ops import writing
from sf_desktop.ops.bringing_in.new_file import new_file
from sf_desktop.ops.drafts.unfinished import unfinished
from sf_desktop.ops.families.family import open_family
from sf_desktop.ops.household import people
from sf_desktop.ops.office import Me, Office
from sf_desktop.store.tables import records
from sf_desktop.ui.family.overview import LaptopCard
from sf_desktop.ui.kit.layout.surfaces import Card
from sf_desktop.ui.kit.style.theme import ThemeChoice
from sf_desktop.ui.newfile.screen import NewFileScreen
from sf_record.configuration import WorkerName
from sf_record.description import Role
from tests.builders.offices import an_id
from tests.builders.walk import controls, fitting, listening, seeing, tabbing
from tests.ui.screens.conftest import Seat, cells, dress, press, row_of, said, spoken, supervising

NAME, NEW = "Pretend family Sandpiper", "New here, not sent yet"
CHILD = {"role": "child", "given_name": "Kathryn", "family_name": "Pretend-Quillfeather", "born_on": "2019-04-03"}


def as_supervisor(office: Office, seed: random.Random) -> Office:
    """Return the office as a supervisor's, with two colleagues of the team to choose from."""
    team = office.me.worker.team_id
    named = [WorkerName(id=an_id(seed), name=name, role="practitioner", team_id=team) for name in ("P. One", "P. Two")]
    me = Me(replace(office.me.worker, role=Role.SUPERVISOR), "S. Example", office.me.device_id)
    return replace(office, me=me, configuration=replace(office.configuration, workers=tuple(named)))


@pytest.fixture
def boss(qtbot: QtBot, qapp: QApplication, tmp_path: Path, seed: random.Random) -> Iterator[Seat]:
    """A supervisor with somebody of their team to give a file to, before an open window."""
    dress(qapp, ThemeChoice.LIGHT, 100)
    with supervising(qtbot, tmp_path, seed, as_supervisor) as somebody:
        yield somebody


def begun(seat: Seat) -> NewFileScreen:
    seat.go("families")
    press(seat, "New family file")
    screen = seat.screen()
    assert isinstance(screen, NewFileScreen)
    return screen


def write(seat: Seat, screen: NewFileScreen, **answers: Any) -> None:
    """Answer some of the form as somebody does who goes from one field to the next."""
    for name, value in answers.items():
        form = next(each for each in screen.forms.values() if each.section_of(name) is not None)
        form.put_one(name, value)
        field = form.field(name)
        assert field is not None
        field.changed.emit()
        field.left.emit()
    seat.settle()


def written(seat: Seat, screen: NewFileScreen) -> None:
    colleague = seat.do(new_file).team[0].id
    write(seat, screen, name=NAME, address="1 Pretend Lane", **CHILD, worker=colleague)


def test_a_family_file_is_opened_with_its_first_person_and_opens_where_others_are_added(boss: Seat) -> None:
    known = boss.family_ids()
    written(boss, begun(boss))
    assert boss.family_ids() == known, "nothing is opened before it is saved"
    press(boss, "Save")
    (family_id,) = set(boss.family_ids()) - set(known)
    assert boss.window.place()["subject"] == {"family": family_id, "tab": "people"}
    assert NAME in said(boss)
    (person,) = boss.do(people.people, family_id)
    assert (person.name, person.role) == ("Kathryn Pretend-Quillfeather", "child")
    assert boss.do(open_family, family_id).waiting == 3, "what waits to be sent is counted under Overview"
    (allocated,) = records.of_family(boss.office.connection, family_id, ("allocation",))
    assert allocated.body == {
        "worker": boss.do(new_file).team[0].id, "role": "lead", "began_on": boss.office.today().isoformat(),
    }  # fmt: skip
    boss.qtbot.keyClick(boss.window, Qt.Key.Key_Escape)
    boss.settle()
    assert boss.window.place()["screen"] == "families"
    assert begun(boss).forms["family"].body() == {}, "the next form is empty"


def test_a_new_file_says_that_it_is_not_sent_yet_wherever_its_state_stands(boss: Seat) -> None:
    known = boss.family_ids()
    written(boss, begun(boss))
    press(boss, "Save")
    (family_id,) = set(boss.family_ids()) - set(known)
    boss.go("family", family=family_id, tab="overview")
    boss.settle()
    assert said(boss).count(NEW) == 2  # at the head, and where its copy is spoken of
    assert "Only this laptop knows of this file." in said(boss)
    assert "Complete" not in said(boss, boss.screen().findChild(LaptopCard)), "as of what: the council never saw it"
    boss.go("families")
    boss.settle()
    assert row_of(boss, "Families", NAME).startswith(f"{NAME} | {NEW} | ")
    boss.go("laptop")
    boss.settle()
    assert f"{NAME} | {NEW} | As long as it is yours" in cells(boss, "Family files on this laptop")
    boss.go("family", family=known[0], tab="overview")
    boss.settle()
    assert NEW not in said(boss), "the council knows of the others"


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_opened(boss: Seat) -> None:
    known, screen = boss.family_ids(), begun(boss)
    write(boss, screen, postcode="no postcode", began_on="2099-01-01")
    press(boss, "Save")
    sections = [each for form in screen.forms.values() for each in form.sections.values()]
    wrong = {each.name for section in sections for each in section.fields() if each.problem}
    assert wrong == {"name", "role", "worker", "began_on", "postcode"}
    listed = [spoken(each) for each in boss.all(QAbstractButton, screen.summary)]
    assert "What the file is called: Enter this" in listed
    assert "Lead practitioner: Choose somebody of your team" in listed
    colleague = boss.do(new_file).team[0].id
    write(boss, screen, name=NAME, role="unborn", worker=colleague)
    press(boss, "Save")
    assert [spoken(each) for each in boss.all(QAbstractButton, screen.summary)] == [
        "Postcode: Enter a UK postcode, such as CA1 1AA",
        "Expected date of birth: Enter it for an unborn child",
        "From: Today, or a day before",
    ]  # fmt: skip
    assert boss.family_ids() == known


def test_whoever_is_known_already_is_shown_and_what_was_written_is_there_afterwards(boss: Seat) -> None:
    elsewhere = boss.family_ids()[0]
    boss.do(writing.create, "person", elsewhere, CHILD)
    screen = begun(boss)
    assert "Perhaps known already" not in {spoken(each) for each in boss.all(Card)}
    write(boss, screen, role="child", given_name="Catherine", family_name=CHILD["family_name"])
    card = boss.find(Card, "Perhaps known already")
    assert any("a name that sounds the same" in each.text() for each in card.findChildren(QLabel))
    press(boss, "Open the file: Kathryn Pretend-Quillfeather, born 3 April 2019")
    assert boss.screen().family_id() == elsewhere
    boss.lock_and_come_back()
    screen = begun(boss)
    assert screen.forms["person"].body()["given_name"] == "Catherine"


def test_it_is_written_and_saved_with_the_keyboard_alone_and_goes_on_after_a_lock(boss: Seat) -> None:
    known, screen = boss.family_ids(), begun(boss)
    assert boss.window.focusWidget() is boss.find(QLineEdit, "What the file is called")
    boss.qtbot.keyClicks(boss.window.focusWidget(), NAME)
    boss.find(QLineEdit, "First names").setFocus()
    boss.qtbot.keyClicks(boss.window.focusWidget(), "Pretend Robin")
    screen.leave()
    boss.settle()
    boss.lock_and_come_back()
    assert boss.find(QLineEdit, "What the file is called").text() == NAME
    assert boss.window.focusWidget() is boss.find(QLineEdit, "First names"), "where one was"
    again = boss.screen()
    assert isinstance(again, NewFileScreen)
    write(boss, again, role="child", worker=boss.do(new_file).team[1].id)
    boss.qtbot.keyClick(boss.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    boss.settle()
    (family_id,) = set(boss.family_ids()) - set(known)
    assert [each.name for each in boss.do(people.people, family_id)] == ["Pretend Robin"]
    assert boss.do(new_file).begun == {}


def test_the_foot_hears_of_what_is_begun_and_of_what_is_emptied_again(boss: Seat) -> None:
    screen = begun(boss)
    with boss.qtbot.waitSignal(boss.desk.begun, timeout=5_000):
        write(boss, screen, name=NAME)
    with boss.qtbot.waitSignal(boss.desk.begun, timeout=5_000):
        write(boss, screen, name="")


def test_escape_on_an_untouched_form_leaves_nothing_begun(boss: Seat) -> None:
    begun(boss)
    boss.qtbot.keyClick(boss.window, Qt.Key.Key_Escape)
    boss.settle()
    assert boss.window.place()["screen"] == "families"
    assert boss.do(new_file).begun == {}


def test_what_was_begun_is_thrown_away_and_taken_back(boss: Seat) -> None:
    screen = begun(boss)
    write(boss, screen, name=NAME)
    assert boss.do(new_file).begun["family"] == {"name": NAME}
    press(boss, "Throw away")
    assert boss.do(new_file).begun == {}
    press(boss, "Take it back")
    assert screen.forms["family"].body() == {"name": NAME}
    press(boss, "Throw away")
    press(boss, "Finish later")
    assert begun(boss).forms["family"].body() == {}


def test_what_is_begun_stands_under_drafts_and_on_today_and_is_gone_on_with_from_there(boss: Seat) -> None:
    screen = begun(boss)
    write(boss, screen, name=NAME)
    boss.qtbot.keyClick(boss.window, Qt.Key.Key_Escape)
    boss.settle()
    boss.go("today")
    assert f"New family file, {NAME}" in said(boss)
    boss.go("drafts")
    assert f"New family file · {NAME}" in said(boss)
    press(boss, f"Continue: New family file, {NAME}")
    assert boss.find(QLineEdit, "What the file is called").text() == NAME
    boss.lock_and_come_back()
    assert boss.find(QLineEdit, "What the file is called").text() == NAME, "the same draft, after a lock"


@pytest.mark.parametrize("end", ["lock", "hide_at_once", "close"])
def test_what_is_being_typed_is_a_draft_when_the_window_locks_hides_or_closes(boss: Seat, end: str) -> None:
    begun(boss)
    boss.qtbot.keyClicks(boss.find(QLineEdit, "What the file is called"), NAME)
    getattr(boss.window, end)()
    boss.settle()
    assert [each.family for each in boss.do(unfinished).begun] == [NAME]


def test_what_was_thrown_away_before_a_lock_is_taken_back_under_drafts_and_costs_nothing_newer(boss: Seat) -> None:
    screen = begun(boss)
    write(boss, screen, name=NAME)
    press(boss, "Throw away")
    write(boss, screen, name="Pretend family Dunlin")
    boss.lock_and_come_back()
    boss.go("drafts")
    press(boss, f"Take back: New family file, {NAME}")
    press(boss, f"Continue: New family file, {NAME}")
    assert boss.find(QLineEdit, "What the file is called").text() == NAME
    boss.go("drafts")
    press(boss, f"Throw away: New family file, {NAME}")
    press(boss, "Continue: New family file, Pretend family Dunlin")
    assert boss.find(QLineEdit, "What the file is called").text() == "Pretend family Dunlin"
    screen = begun(boss)
    assert screen.forms["family"].body() == {"name": "Pretend family Dunlin"}, "what was thrown away is not shown"


def test_escape_leaves_the_form_from_any_field_and_loses_nothing(boss: Seat) -> None:
    for name, kind, field in (
        ("What the file is called", "family", "name"), ("First names", "person", "given_name"),
        ("Date of birth: day", "person", "born_on"), ("From", "allocation", "began_on"),
    ):  # fmt: skip
        screen = begun(boss)
        line = boss.find(QLineEdit, name)
        line.setFocus()
        line.clear()
        boss.qtbot.keyClicks(line, "2")
        boss.qtbot.keyClick(line, Qt.Key.Key_Escape)
        boss.settle()
        assert boss.window.place()["screen"] == "families"
        assert "2" in str(boss.do(new_file).begun[kind][field])
    assert set(begun(boss).forms["person"].body()) == {"given_name", "born_on"}
    del screen


def test_what_cannot_be_kept_is_told_and_stays_on_the_screen(boss: Seat) -> None:
    screen = begun(boss)
    boss.runner.error = OSError(28, "No space left on device")
    write(boss, screen, name=NAME)
    assert "Not saved" in said(boss)
    assert screen.forms["family"].body() == {"name": NAME}
    boss.runner.error = None
    press(boss, "Finish later")
    assert boss.do(new_file).begun["family"] == {"name": NAME}


def test_a_practitioner_is_told_whom_to_ask(seat: Seat) -> None:
    screen = begun(seat)
    assert "Your supervisor opens new family files" in said(seat)
    assert [each.label for each in screen.top_actions()] == ["Back to Families"]
    press(seat, "Back to Families")
    assert seat.window.place()["screen"] == "families"


@pytest.mark.parametrize(("choice", "percent"), [(ThemeChoice.DARK, 100), (ThemeChoice.LIGHT, 200)])
def test_the_form_is_open_to_all(boss: Seat, qapp: QApplication, choice: ThemeChoice, percent: int) -> None:
    dress(qapp, choice, percent)
    boss.window.resize(1366, 768)
    boss.do(writing.create, "person", boss.family_ids()[0], CHILD)
    found = list[str]()
    screen = begun(boss)
    for at in ("before", "known", "mend"):
        if at == "known":
            write(boss, screen, name=NAME, **CHILD)
        if at == "mend":
            press(boss, "Save")
        for _ in range(4):
            QApplication.processEvents()
        boss.window.activateWindow()
        found += [*controls.faults(boss.window, screen, 1366), *listening.faults(screen), *fitting.faults(screen)]
        found += [*seeing.faults_of_contrast(boss.window), *seeing.faults_of_edges(boss.window)]
        found += tabbing.faults(boss.window, screen)
    dress(qapp, ThemeChoice.LIGHT, 100)
    assert not found, "\n".join(found)
