"""A supervisor sees whose each family is, gives one to somebody else of the team, and closes one, at the window."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from sf_desktop.ops import writing
from sf_desktop.ops.families import allocating
from sf_desktop.ops.families.families import Order, family_ids
from sf_desktop.ops.office import Me, Office
from sf_desktop.ops.worker.today import today
from sf_desktop.store.tables import families as standings
from sf_desktop.store.tables import records
from sf_desktop.ui.allocation.screen import AllocationScreen
from sf_desktop.ui.kit.controls.marks import Tick
from sf_desktop.ui.kit.style.theme import ThemeChoice
from sf_desktop.ui.today.words import today_words
from sf_record.configuration import WorkerName
from sf_record.description import Role
from sf_record.errors import InputError
from tests.builders.offices import an_id
from tests.builders.quarrels import council_holds
from tests.builders.walk import controls, fitting, listening, seeing, tabbing
from tests.ui.screens.conftest import Seat, cells, dress, press, row_of, said, supervising

COLLEAGUE = "P. Colleague"
COLLEAGUE_ID = "01900000-0000-7000-8000-00000000c011"
KEEPER = "K. Keeper"
ALSO = "Also working with the family"


def as_supervisor(office: Office, seed: random.Random) -> Office:
    """Return the office as the supervisor's of whoever works with these families, and of a colleague."""
    team = office.me.worker.team_id or an_id(seed)
    workers = (
        *(replace(each, team_id=team, role="practitioner") for each in office.configuration.workers),
        WorkerName(id=an_id(seed), name=COLLEAGUE, role="practitioner", team_id=team),
        WorkerName(id=an_id(seed), name=KEEPER, role="centre", team_id=team),
    )
    boss = replace(office.me.worker, id=an_id(seed), role=Role.SUPERVISOR, team_id=team)
    me = Me(boss, "S. Example", office.me.device_id)
    return replace(office, me=me, configuration=replace(office.configuration, workers=workers))


@pytest.fixture
def boss(qtbot: QtBot, qapp: QApplication, tmp_path: Path, seed: random.Random) -> Iterator[Seat]:
    dress(qapp, ThemeChoice.LIGHT, 100)
    with supervising(qtbot, tmp_path, seed, as_supervisor) as somebody:
        yield somebody


def opened(seat: Seat, family_id: str) -> AllocationScreen:
    seat.go("family", family=family_id, tab="overview")
    seat.settle()
    press(seat, "Change who works with the family")
    seat.settle()
    screen = seat.screen()
    assert isinstance(screen, AllocationScreen)
    return screen


def has_keyboard(seat: Seat) -> str:
    """What the keyboard stands on, as a screen reader calls it."""
    found: QWidget | None = seat.window.focusWidget()
    return "" if found is None else found.accessibleName()


def allocations(office: Office, family_id: str) -> list[tuple[str, str, bool]]:
    return [
        (office.configuration.worker_name(each.body["worker"]), str(each.body["role"]), bool(each.body.get("ended_on")))
        for each in records.of_family(office.connection, family_id, ("allocation",))
    ]


def test_a_family_is_given_to_somebody_else_and_whoever_had_it_is_let_go(boss: Seat) -> None:
    family_id = boss.do(family_ids)[0]
    ((before, _, _),) = boss.do(allocations, family_id)
    screen = opened(boss, family_id)
    offered = {each.name for each in boss.do(allocating.allocated, family_id).people}
    assert offered == {before, COLLEAGUE}, "a centre's staff see no family file"
    screen.lead.set_value(None)
    press(boss, "Save")
    assert "Lead practitioner: Choose one" in {each.text() for each in boss.all(QPushButton)}
    colleague = next(each.id for each in boss.office.configuration.workers if each.name == COLLEAGUE)
    screen.lead.set_value(colleague)
    press(boss, "Save")
    assert "It is decided who works with the family" in said(boss)
    assert f"Lead practitioner: {COLLEAGUE}. Saved on this laptop." in said(boss)
    assert has_keyboard(boss) == "Lead practitioner"
    press(boss, "Save")
    assert f"Lead practitioner: {COLLEAGUE}, as before." in said(boss)
    assert "It is decided who works with the family" not in said(boss)
    assert set(boss.do(allocations, family_id)) == {(before, "lead", True), (COLLEAGUE, "lead", False)}
    press(boss, "Back to the file")
    boss.settle()
    assert boss.do(allocating.worker_names, family_id) == (COLLEAGUE,)


def test_a_second_worker_is_added_and_the_two_change_places(boss: Seat) -> None:
    family_id = boss.do(family_ids)[0]
    ((before, _, _),) = boss.do(allocations, family_id)
    screen = opened(boss, family_id)
    boss.find(Tick, f"{ALSO}: {COLLEAGUE}").click()
    press(boss, "Save")
    assert set(boss.do(allocations, family_id)) == {(before, "lead", False), (COLLEAGUE, "second", False)}
    first, second = screen.lead.value(), screen.seconds.value()
    screen.lead.set_value(second[0])
    press(boss, "Save")
    assert f"{ALSO}: The lead practitioner is named already" in {
        each.accessibleName() for each in boss.all(QPushButton)
    }
    screen.seconds.set_value((first,) if first else ())
    press(boss, "Save")
    assert not screen.seconds.problem
    assert set(boss.do(allocations, family_id)) == {(before, "second", False), (COLLEAGUE, "lead", False)}


def test_a_file_is_closed_once_that_is_asked_again(boss: Seat) -> None:
    family_id = boss.do(family_ids)[0]
    opened(boss, family_id)
    press(boss, "Close this file…")
    press(boss, "Keep it open")
    assert boss.do(allocating.worker_names, family_id)
    press(boss, "Close this file…")
    boss.qtbot.keyClick(boss.window, Qt.Key.Key_Escape)
    assert has_keyboard(boss) == "Close this file…", "the question goes first, not the page"
    assert boss.screen().name == "allocation"
    press(boss, "Close this file…")
    press(boss, "Yes, close it")
    assert "The family file is closed" in said(boss)
    assert boss.do(allocating.worker_names, family_id) == ()
    (root,) = boss.do(records_of_root, family_id)
    assert root == boss.office.clock.now().date().isoformat()
    assert has_keyboard(boss) == "Go to Families"
    press(boss, "Go to Families")
    assert boss.window.place()["screen"] == "families"


def test_before_a_file_is_closed_it_is_said_which_child_is_still_recorded_with_a_status(boss: Seat) -> None:
    family_id = boss.family_ids()[0]
    held = boss.do(lambda office: records.of_family(office.connection, family_id, ("status_episode",)))
    child = boss.do(writing.found, next(str(each.body["person"]) for each in held if not each.body.get("ended_on")))
    name = f"{child.body['given_name']} {child.body['family_name']}"
    opened(boss, family_id)
    assert f"{name} is still recorded: Protection plan." in said(boss)
    for each in held:
        boss.do(writing.enter_in_error, each.id, "Pretend reason.")
    boss.go("today")
    opened(boss, family_id)
    assert "still recorded" not in said(boss)


def test_a_file_that_is_closed_with_no_signal_says_so_wherever_its_state_stands(boss: Seat) -> None:
    family_id = boss.do(family_ids)[0]
    name = boss.do(allocating.allocated, family_id).name
    boss.do(allocating.close_file, family_id)
    boss.go("families")
    boss.settle()
    assert row_of(boss, "Families", name).startswith(f"{name} | Closed here, not sent yet | ")
    boss.go("laptop")
    boss.settle()
    assert f"{name} | Closed here, not sent yet | Until that is sent" in cells(boss, "Family files on this laptop")
    boss.go("family", family=family_id, tab="overview")
    boss.settle()
    assert said(boss).count("Closed here, not sent yet") == 2  # at the head, and where its copy is spoken of
    assert "Until then you can give it to somebody, and it is open again." in said(boss)


def test_a_file_that_was_closed_here_is_given_to_somebody_and_says_that_it_is_open_again(boss: Seat) -> None:
    family_id = boss.do(family_ids)[0]
    name = boss.do(allocating.allocated, family_id).name
    boss.do(allocating.close_file, family_id)
    screen = opened(boss, family_id)
    assert "Closed here, not sent yet" in said(boss)
    assert not screen.closing.isVisible()
    colleague = next(each.id for each in boss.office.configuration.workers if each.name == COLLEAGUE)
    screen.lead.set_value(colleague)
    press(boss, "Save")
    boss.settle()
    assert "The family file is open again" in said(boss)
    assert screen.closing.isVisible()
    assert boss.do(records_of_root, family_id) == ["None"]
    boss.go("families")
    boss.settle()
    assert row_of(boss, "Families", name).startswith(f"{name} | Opened again here, not sent yet | ")
    boss.go("family", family=family_id, tab="overview")
    boss.settle()
    assert "Opened again here, not sent yet" in said(boss)
    assert "still given to" not in said(boss)


def test_the_file_that_is_closed_is_the_one_that_is_shown(boss: Seat) -> None:
    first, second = boss.do(family_ids)[:2]
    screen = opened(boss, second)
    screen.show_subject({"family": first})
    screen.show_subject({"family": second})
    boss.settle()
    assert boss.do(allocating.allocated, second).name in said(boss)
    press(boss, "Close this file…")
    press(boss, "Yes, close it")
    assert boss.do(allocating.worker_names, second) == ()
    assert boss.do(allocating.worker_names, first)


def test_what_somebody_else_decided_meanwhile_stays(boss: Seat) -> None:
    family_id = boss.do(family_ids)[0]
    ((before, _, _),) = boss.do(allocations, family_id)
    seen = boss.do(allocating.allocated, family_id)
    colleague = next(each.id for each in seen.people if each.id != seen.lead)
    boss.do(allocating.allocate, seen, colleague, ())
    boss.do(allocating.allocate, seen, seen.lead, (colleague,))
    assert set(boss.do(allocations, family_id)) == {(before, "lead", True), (COLLEAGUE, "lead", False)}


def test_whoever_comes_back_sees_who_works_with_the_family_by_then(boss: Seat) -> None:
    family_id = boss.do(family_ids)[0]
    screen = opened(boss, family_id)
    seen = boss.do(allocating.allocated, family_id)
    colleague = next(each.id for each in seen.people if each.id != seen.lead)
    boss.go("families")
    boss.do(allocating.allocate, seen, colleague, ())
    boss.go("allocation", family=family_id)
    boss.settle()
    assert screen.lead.value() == colleague


def test_what_nobody_chose_is_not_put_over_what_stands_after_a_restart(boss: Seat) -> None:
    family_id, another = boss.do(family_ids)[:2]
    screen = opened(boss, family_id)
    place = screen.place()
    seen = boss.do(allocating.allocated, family_id)
    colleague = next(each.id for each in seen.people if each.id != seen.lead)
    boss.do(allocating.allocate, seen, colleague, ())
    boss.go("allocation", family=another)
    boss.go("allocation", family=family_id)
    screen.restore(place)
    boss.settle()
    assert screen.lead.value() == colleague
    screen.lead.set_value(seen.lead)
    place = screen.place()
    boss.go("allocation", family=another)
    boss.go("allocation", family=family_id)
    screen.restore(place)
    boss.settle()
    assert screen.lead.value() == seen.lead, "what was chosen is still chosen"


def newcomer(boss: Seat, seed: random.Random) -> str:
    """One more of the team comes to the council."""
    made = WorkerName(id=an_id(seed), name="N. Newcomer", role="practitioner", team_id=boss.office.me.worker.team_id)
    told = replace(boss.office.configuration, workers=(*boss.office.configuration.workers, made))
    boss.office = boss.runner.office = replace(boss.office, configuration=told)
    return made.id


def after_a_lock(boss: Seat, family_id: str, place: Mapping[str, Any]) -> AllocationScreen:
    """Begin with nothing on the screen, and put back where one was."""
    boss.go("allocation", family=boss.do(family_ids)[1])
    boss.go("allocation", family=family_id)
    screen = boss.screen()
    assert isinstance(screen, AllocationScreen)
    screen.restore(place)
    boss.settle()
    return screen


def test_what_was_chosen_before_a_lock_leaves_what_another_decided_meanwhile(boss: Seat, seed: random.Random) -> None:
    added = newcomer(boss, seed)
    family_id = boss.do(family_ids)[0]
    ((before, _, _),) = boss.do(allocations, family_id)
    screen = opened(boss, family_id)
    colleague = next(each.id for each in boss.office.configuration.workers if each.name == COLLEAGUE)
    screen.lead.set_value(colleague)
    place = json.loads(json.dumps(screen.place()))
    boss.do(writing.create, "allocation", family_id, {"worker": added, "role": "second", "began_on": "2026-11-23"})
    screen = after_a_lock(boss, family_id, place)
    assert screen.lead.value() == colleague
    press(boss, "Save")
    assert set(boss.do(allocations, family_id)) == {
        (before, "lead", True),
        (COLLEAGUE, "lead", False),
        ("N. Newcomer", "second", False),
    }


def test_whoever_was_chosen_before_a_lock_is_shown_by_name_though_they_have_left_the_team(boss: Seat) -> None:
    family_id = boss.do(family_ids)[0]
    screen = opened(boss, family_id)
    before = screen.lead.value()
    colleague = next(each for each in boss.office.configuration.workers if each.name == COLLEAGUE)
    screen.lead.set_value(colleague.id)
    place = json.loads(json.dumps(screen.place()))
    moved = tuple(
        replace(each, team_id="01900000-0000-7000-8000-0000000000aa") if each == colleague else each
        for each in boss.office.configuration.workers
    )
    told = replace(boss.office.configuration, workers=moved)
    boss.office = boss.runner.office = replace(boss.office, configuration=told)
    screen = after_a_lock(boss, family_id, place)
    assert screen.lead.combo.currentText() == COLLEAGUE
    press(boss, "Save")
    assert "Lead practitioner: Choose somebody of your team" in {each.text() for each in boss.all(QPushButton)}
    assert {worker for worker, _, ended in boss.do(allocations, family_id) if not ended} == {
        boss.office.configuration.worker_name(before)
    }


def test_two_leads_chosen_far_from_each_other_are_one_again(boss: Seat) -> None:
    family_id = boss.do(family_ids)[0]
    seen = boss.do(allocating.allocated, family_id)
    (colleague,) = (each.id for each in seen.people if each.id != seen.lead)
    boss.do(writing.create, "allocation", family_id, {"worker": colleague, "role": "lead", "began_on": "2026-11-23"})
    both = boss.do(allocating.allocated, family_id)
    assert {both.lead, *both.seconds} == {seen.lead, colleague}
    boss.do(allocating.allocate, both, both.lead, both.seconds)
    assert sorted(role for _, role, _ in boss.do(allocations, family_id)) == ["lead", "second"]


def test_a_file_that_is_not_whole_here_is_neither_given_nor_closed(boss: Seat) -> None:
    family_id = boss.do(family_ids)[0]
    standing = boss.do(allocations, family_id)
    screen = opened(boss, family_id)
    boss.do(forgotten, family_id)
    screen.lead.set_value(next(each.id for each in boss.office.configuration.workers if each.name == COLLEAGUE))
    press(boss, "Save")
    assert "This family file is not complete on this laptop yet" in said(boss)
    with pytest.raises(InputError, match="allocations_not_here"):
        boss.do(allocating.close_file, family_id)
    assert boss.do(allocations, family_id) == standing


def forgotten(office: Office, family_id: str) -> None:
    """Forget how far the file is here, as a laptop does that is to pull it whole once more."""
    standings.reopen(office.connection, (family_id,))


def test_nobody_is_asked_for_the_day_of_closing_where_the_address_is_changed(seat: Seat) -> None:
    seat.go("family", family=seat.do(family_ids)[0], tab="overview")
    press(seat, "Change address or warnings")
    seat.settle()
    assert "Postcode" in said(seat)
    assert "Closed on" not in said(seat)


def records_of_root(office: Office, family_id: str) -> list[str]:
    return [str(each.body.get("closed_on")) for each in records.of_family(office.connection, family_id, ("family",))]


def test_whoever_leads_no_team_is_offered_nothing_of_it(seat: Seat) -> None:
    family_id = seat.do(family_ids)[0]
    seat.go("family", family=family_id, tab="overview")
    seat.settle()
    assert "Change who works with the family" not in {each.accessibleName() for each in seat.all(QPushButton)}
    seen = seat.do(allocating.allocated, family_id)
    with pytest.raises(InputError):
        seat.do(allocating.allocate, seen, seen.lead, ())
    with pytest.raises(InputError):
        seat.do(allocating.close_file, family_id)


def headings(seat: Seat) -> list[str]:
    seat.go("families")
    seat.settle()
    table = seat.find(QTableView, "Families")
    shown = [each for each in range(table.model().columnCount()) if not table.isColumnHidden(each)]
    return [str(table.model().headerData(each, Qt.Orientation.Horizontal)) for each in shown]


def test_the_list_says_to_a_supervisor_whose_each_family_is_and_sorts_by_it(boss: Seat) -> None:
    first, second = boss.do(family_ids)[:2]
    colleague = next(each.id for each in boss.office.configuration.workers if each.name == COLLEAGUE)
    boss.do(allocating.allocate, boss.do(allocating.allocated, first), colleague, ())
    assert "Worker" in headings(boss)
    table = boss.find(QTableView, "Families")
    names = {table.model().index(row, 6).data() for row in range(table.model().rowCount())}
    assert COLLEAGUE in names
    others = [each for each in boss.do(family_ids, "", Order.WORKER) if each != first]
    assert len({boss.do(allocating.worker_names, each) for each in others}) == 1
    by_worker = boss.do(family_ids, "", Order.WORKER)
    assert (by_worker[0] == first) is (boss.do(allocating.worker_names, second)[0] > COLLEAGUE)


def test_today_says_to_a_supervisor_whose_visit_is_late(boss: Seat) -> None:
    boss.go("today")
    boss.settle()
    whose = set(boss.do(allocating.worker_names, boss.do(family_ids)[0]))
    due = [each.text() for each in boss.all(QLabel) if each.text().startswith(f"{min(whose)}. CP visit:")]
    assert due


def test_today_says_that_files_have_left(boss: Seat) -> None:
    view = boss.do(today)
    assert "left this laptop" not in today_words(view).sentence
    assert today_words(replace(view, left=3)).sentence.endswith(" Three files left this laptop today.")


def test_the_list_says_nothing_of_it_to_anybody_else(seat: Seat) -> None:
    assert "Worker" not in headings(seat)
    assert "File" not in headings(seat), "nothing is unusual about any"


@pytest.mark.parametrize(("choice", "percent"), [(ThemeChoice.DARK, 100), (ThemeChoice.LIGHT, 200)])
def test_the_form_is_open_to_all(boss: Seat, qapp: QApplication, choice: ThemeChoice, percent: int) -> None:
    dress(qapp, choice, percent)
    boss.window.resize(1366, 768)
    screen = boss.go("allocation", family=boss.do(family_ids)[0])
    for _ in range(4):
        QApplication.processEvents()
    boss.window.activateWindow()
    found = [*controls.faults(boss.window, screen, 1366), *listening.faults(screen), *fitting.faults(screen)]
    found += [*seeing.faults_of_contrast(boss.window), *seeing.faults_of_edges(boss.window)]
    found += tabbing.faults(boss.window, screen)
    dress(qapp, ThemeChoice.LIGHT, 100)
    assert not found, "\n".join(found)


def test_a_file_that_was_closed_while_it_was_given_to_somebody_is_said_and_closed_again(boss: Seat) -> None:
    family_id = boss.do(family_ids)[0]
    whose = boss.do(allocating.worker_names, family_id)[0]
    family = boss.do(writing.found, family_id)
    boss.do(writing.change, family_id, {**family.body, "closed_on": "2026-11-20"})
    boss.go("today")
    boss.settle()
    assert f"Closed, and still given to {whose}" in said(boss)
    press(boss, next(each for each in names_of_buttons(boss) if f"Closed, and still given to {whose}" in each))
    boss.settle()
    assert f"Closed, and still given to {whose}" in said(boss)
    press(boss, "Change who works with the family")
    boss.settle()
    press(boss, "Close this file…")
    press(boss, "Yes, close it")
    assert boss.do(allocating.worker_names, family_id) == ()
    assert boss.do(records_of_root, family_id) == ["2026-11-20"]
    boss.go("today")
    boss.settle()
    assert "still given to" not in said(boss)


def names_of_buttons(seat: Seat) -> list[str]:
    return [each.accessibleName() or each.text() for each in seat.all(QAbstractButton)]


def test_a_worker_is_told_that_their_file_was_closed_and_not_what_a_supervisor_must_do(seat: Seat) -> None:
    family_id, another = seat.do(family_ids)[:2]
    for each in (family_id, another):
        family = seat.do(writing.found, each)
        seat.do(council_holds, replace(family, seq=900, body={**family.body, "closed_on": "2026-11-20"}))
    (held,) = seat.do(lambda office: records.of_family(office.connection, another, ("allocation",)))
    seat.do(council_holds, replace(held, seq=901, body={**held.body, "worker": COLLEAGUE_ID}))
    seat.go("today")
    seat.settle()
    name = seat.do(allocating.allocated, family_id).name
    told = "Closed on Friday 20 November, and still given to you"
    assert said(seat).count(told) == 1, "of a file that is another's nothing is said"
    assert "Close it again under" not in said(seat)
    press(seat, next(each for each in names_of_buttons(seat) if told in each))
    seat.settle()
    assert seat.window.place()["subject"]["family"] == family_id
    assert told in said(seat)
    assert "Ask your supervisor" in said(seat)
    assert "Closed" in {each.text() for each in seat.all(QLabel)}
    seat.go("laptop")
    seat.settle()
    assert f"{name} | Closed, and still given | Until it is closed again" in cells(seat, "Family files on this laptop")
    seat.go("families")
    seat.settle()
    assert row_of(seat, "Families", name).startswith(f"{name} | Closed | ")
