"""Words that have no draft are there again: wherever one was meanwhile, over a lock, and when another file leaves."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot

from sf_desktop.ops import writing
from sf_desktop.ops.attaching import attachments
from sf_desktop.ops.attaching.attachments import Target
from sf_desktop.ops.attaching.intake import take
from sf_desktop.ops.families import group_files
from sf_desktop.ops.visiting import plans
from sf_desktop.ops.worker.places import keep_place, last_place
from sf_desktop.store.tables import records
from sf_desktop.ui.kit.style.theme import ThemeChoice
from sf_desktop.ui.kit.window.steps import KEPT_STEPS
from sf_record.dates import moment_text
from tests.builders import quarrels
from tests.builders.offices import NOW
from tests.builders.pictures import png
from tests.ui.screens.conftest import Seat, dress, supervising
from tests.ui.screens.test_group import as_supervisor

WORDS = "Her mother sa"
Subject = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """A screen on which words are typed: what it is opened with, what else it may show, and how one types there."""

    screen: str
    subjects: Callable[[Seat], tuple[Subject, Subject]]
    type: Callable[[Seat], None]
    read: Callable[[Seat], str]


def people(seat: Seat) -> tuple[Any, Any]:
    """One of the first family, and one of the second, each with two answers that were different before."""
    found = []
    for family_id in seat.family_ids()[:2]:
        its = records.of_family(seat.office.connection, family_id, ("person",))
        one = next(each for each in its if each.body.get("given_name"))
        for known_as in ("Wren", "Robin"):
            seat.do(writing.change, one.id, {**seat.do(writing.found, one.id).body, "known_as": known_as})
        found.append(one)
    return found[0], found[1]


def of_people(seat: Seat) -> tuple[Subject, Subject]:
    one, other = people(seat)
    return {"family": one.family_id, "record": one.id}, {"family": other.family_id, "record": other.id}


def of_conflicts(seat: Seat) -> tuple[Subject, Subject]:
    one, other = people(seat)
    for each in (one, other):
        seat.do(quarrels.both_change, each.id, {"needs": "Mine."}, {"needs": "Theirs."})
    return {"record": one.id}, {"record": other.id}


def of_families(seat: Seat) -> tuple[Subject, Subject]:
    one, other, *_ = seat.family_ids()
    return {"family": one}, {"family": other}


def of_plans(seat: Seat) -> tuple[Subject, Subject]:
    found = []
    for family_id in seat.family_ids()[:2]:
        tomorrow = moment_text(NOW + timedelta(days=1))
        planned = seat.do(plans.plan_visit, family_id, tomorrow, "Talk about school", "").record_id
        found.append({"family": family_id, "planned": planned})
    return found[0], found[1]


def of_pictures(seat: Seat) -> tuple[Subject, Subject]:
    found = []
    for family_id in seat.family_ids()[:2]:
        held = seat.do(attachments.attach, Target(family_id), take(png(), "kitchen.png")).record_id
        seat.do(attachments.add, held)
        found.append({"attachment": held})
    return found[0], found[1]


def of_groups(seat: Seat) -> tuple[Subject, Subject]:
    keepers = [each.id for each in seat.do(group_files.group_files).people]
    group_id = seat.do(group_files.new_group_id)
    seat.do(group_files.open_group, group_id, {"name": "Pretend group", "activity": "cooking"}, keepers)
    return {"group": group_id}, {"group": ""}


def into_line(name: str) -> Callable[[Seat], None]:
    return lambda seat: seat.qtbot.keyClicks(seat.find(QLineEdit, name), WORDS)


def line(name: str) -> Callable[[Seat], str]:
    return lambda seat: seat.find(QLineEdit, name).text()


def into_area(name: str) -> Callable[[Seat], None]:
    return lambda seat: seat.qtbot.keyClicks(seat.find(QTextEdit, name), WORDS)


def area(name: str) -> Callable[[Seat], str]:
    return lambda seat: seat.find(QTextEdit, name).toPlainText()


def bring_back(seat: Seat) -> None:
    button = next(each for each in seat.all(QAbstractButton) if each.accessibleName().startswith("Bring back what it"))
    button.click()
    into_area("Why is it brought back?")(seat)


def other_time(seat: Seat) -> None:
    time = seat.find(QLineEdit, "New day and time: time")
    time.selectAll()
    seat.qtbot.keyClicks(time, "14:47")


PLACES = {
    each.screen: each
    for each in (
        Place("history", of_people, bring_back, area("Why is it brought back?")),
        Place("needs", of_conflicts, into_area("Why"), area("Why")),
        Place("plan", of_families, into_line("What for"), line("What for")),
        Place("move", of_plans, other_time, line("New day and time: time")),
        Place("attachment", of_pictures, into_line("Where it came from"), line("Where it came from")),
        Place("signature", of_families, into_line("Their name"), line("Their name")),
        Place("group", of_groups, into_line("Where and when"), line("Where and when")),
        Place("phrases", lambda _: ({}, {}), into_area("Words"), area("Words")),
    )
}


@pytest.fixture
def boss(qtbot: QtBot, qapp: QApplication, tmp_path: Path, seed: random.Random) -> Iterator[Seat]:
    dress(qapp, ThemeChoice.LIGHT, 100)
    with supervising(qtbot, tmp_path, seed, as_supervisor) as somebody:
        yield somebody


def begin(seat: Seat, place: Place) -> tuple[Subject, Subject, str]:
    """Type there; return what it was about, what else there is, and what stands there then."""
    one, other = place.subjects(seat)
    seat.go(place.screen, **one)
    place.type(seat)
    typed = place.read(seat)
    assert typed in (WORDS, "14:47")
    return one, other, typed


def open_again(seat: Seat) -> None:
    """Open another window on what the vault has, as after a kill or a lock."""
    seat.window.hide()
    seat.window = seat.made(seat.desk)
    seat.window.show()
    seat.window.restore(seat.do(last_place))
    seat.settle()


def wander(seat: Seat) -> None:
    for _ in range(KEPT_STEPS):
        seat.go("today")
        seat.go("families")


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("way", ["elsewhere", "another", "locked there", "locked elsewhere", "killed", "killed later"])
def test_words_that_have_no_draft_are_there_again(boss: Seat, name: str, way: str) -> None:
    place = PLACES[name]
    one, other, typed = begin(boss, place)
    if way == "another":
        boss.go(name, **other)
        wander(boss)
        boss.lock_and_come_back()
    elif way == "killed":
        boss.qtbot.waitUntil(lambda: typed in str(boss.do(last_place)), timeout=5_000)
        open_again(boss)
    else:
        if way != "locked there":
            wander(boss)
        if way == "killed later":
            open_again(boss)
        elif way != "elsewhere":
            boss.lock_and_come_back()
    if way not in ("killed", "locked there"):
        boss.go(name, **one)
    assert place.read(boss) == typed


@pytest.mark.parametrize("name", PLACES)
def test_words_are_there_when_another_family_file_has_left_meanwhile(boss: Seat, name: str) -> None:
    place = PLACES[name]
    one, _, typed = begin(boss, place)
    boss.go("today")
    boss.do(keep_place, boss.window.place())
    boss.let_go(boss.family_ids()[2])
    open_again(boss)
    boss.go(name, **one)
    assert place.read(boss) == typed


@pytest.mark.parametrize("name", sorted(set(PLACES) - {"group", "phrases"}))
def test_of_a_family_file_that_has_left_no_words_stay_in_the_vault(boss: Seat, name: str) -> None:
    place = PLACES[name]
    _, _, typed = begin(boss, place)
    boss.go("today")
    window = boss.window.place()
    boss.do(keep_place, window)
    assert typed in str(boss.do(last_place))
    boss.let_go(boss.family_ids()[0])
    assert typed not in str(boss.do(last_place))
    boss.do(keep_place, window)
    assert typed not in str(boss.do(last_place)["words"]), "a window that is still open does not put them back"


@pytest.mark.parametrize("name", PLACES)
def test_words_that_were_typed_later_are_not_written_over_by_going_back(boss: Seat, name: str) -> None:
    place = PLACES[name]
    one, _, _ = begin(boss, place)
    boss.go("today")
    boss.go(name, **one)
    if name == "move":
        later = "15:05"
        time = boss.find(QLineEdit, "New day and time: time")
        time.selectAll()
        boss.qtbot.keyClicks(time, later)
    else:
        areas = [each for each in boss.all(QTextEdit) if each.toPlainText() == WORDS]
        box = next(iter(areas), None) or next(each for each in boss.all(QLineEdit) if each.text() == WORDS)
        boss.qtbot.keyClicks(box, "ys so.")
        later = place.read(boss)
        assert later != WORDS
    boss.go("today")
    boss.window._on_back()
    boss.window._on_back()
    boss.window._on_back()
    boss.settle()
    assert boss.screen().name == name
    assert place.read(boss) == later
