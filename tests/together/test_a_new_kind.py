"""A new kind of record is one file: with nothing else changed it is written, stored, sent, merged, shown, exported."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import timedelta
from typing import Any, TypeVar, TypeVarTuple

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from sf_desktop.ops import writing
from sf_desktop.ops.bundle.shapes import schema
from sf_desktop.ops.office import Office
from sf_desktop.ops.printing import papers
from sf_desktop.ops.reading import history, timeline
from sf_desktop.ops.reading.finding import find_in_file
from sf_desktop.ops.records import recording
from sf_desktop.store.queries import search
from sf_desktop.store.tables import rows
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.opening import to_draft
from sf_desktop.ui.kit.window.stack import GoTo
from sf_desktop.ui.main_window import MainWindow
from sf_desktop.ui.person.screen import PersonScreen
from sf_record.errors import InputError
from sf_record.kinds import KINDS
from tests.builders.desks import a_window
from tests.builders.laptops import CODES, Laptop
from tests.builders.towns import Town

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
FILE = "tests.builders.pet"
BODY = {"name": "Pretend Biscuit", "sort": "dog", "came_on": "2026-03-01", "advice": "Ring first."}


@pytest.fixture(autouse=True)
def pet() -> Iterator[None]:
    """The one file is there; afterwards the program does not know it any more."""
    sys.modules.pop(FILE, None)
    importlib.import_module(FILE)
    rows._plan.cache_clear()
    yield
    del KINDS["pet"], sys.modules[FILE]
    rows._plan.cache_clear()


class AtLaptop:
    """Runs what a window asks on a laptop's own vault."""

    def __init__(self, laptop: Laptop) -> None:
        self._laptop = laptop

    def submit(self, verb: Callable[[Office, *Ts], T], /, *args: *Ts) -> Future[T]:
        found: Future[T] = self._laptop.vault.do(lambda tx: verb(self._laptop.office(tx), *args))
        return found


@pytest.fixture
def worker(town: Town) -> Laptop:
    return town.loaded("practitioner")


@pytest.fixture
def window(worker: Laptop, qtbot: QtBot) -> Iterator[MainWindow]:
    desk = Desk(AtLaptop(worker))
    made = a_window(desk)
    with qtbot.waitActive(made):  # else its shortcuts are not its own
        made.show()
    yield made
    desk.close()
    made.hide()
    made.deleteLater()
    QApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete.value)


def settle() -> None:
    for _ in range(3):
        QApplication.sendPostedEvents()


def written(laptop: Laptop, **more: Any) -> str:
    return laptop.do(writing.create, "pet", laptop.families()[0], {**BODY, **more}).record_id


def test_it_is_held_to_its_description(worker: Laptop) -> None:
    with pytest.raises(InputError) as told:
        worker.do(writing.create, "pet", worker.families()[0], {"name": "Pretend", "sort": "horse"})
    assert [each.field for each in told.value.fields] == ["sort", "came_on"]
    with pytest.raises(InputError) as told:
        written(worker, sort="cat", is_loud=True)
    assert [each.message for each in told.value.fields] == ["Barks: a cat does not"]


def test_the_council_judges_it_and_a_supervisor_has_it(town: Town, worker: Laptop) -> None:
    supervisor = town.loaded("supervisor")
    record_id = written(worker, habits=[{"what": "Jumps up"}], from_tomorrow="kept")
    worker.round()
    supervisor.round()
    there = supervisor.record(record_id)
    assert there.body == worker.record(record_id).body
    assert there.body["from_tomorrow"] == "kept"
    assert there.seq > 0
    assert not worker.waiting()


def test_two_people_change_it_and_nothing_is_lost(town: Town, worker: Laptop) -> None:
    supervisor = town.loaded("supervisor")
    record_id = written(worker)
    worker.round()
    supervisor.round()
    worker.change(record_id, is_loud=True, advice="Ring twice.")
    supervisor.change(record_id, habits=[{"what": "Sleeps"}], advice="Do not ring.")
    worker.round()
    supervisor.round()
    worker.round()
    merged = worker.record(record_id)
    assert merged.body["is_loud"] is True
    assert merged.body["habits"] == [{"what": "Sleeps"}]
    (conflict,) = merged.conflicts
    assert {merged.body["advice"], conflict.mine} == {"Ring twice.", "Do not ring."}
    assert supervisor.record(record_id).conflicts == merged.conflicts


def test_it_is_on_the_timeline_in_the_history_found_printed_and_described(town: Town, worker: Laptop) -> None:
    family_id, record_id = worker.families()[0], written(worker)
    town.clock.set(town.clock.now() + timedelta(minutes=5))
    worker.change(record_id, advice="Ring twice.")
    worker.round()
    ids = worker.do(timeline.timeline_ids, family_id)
    entry = next(each for each in worker.do(timeline.timeline_rows, ids) if each.record_id == record_id)
    assert (entry.title, entry.happened_at[:10]) == ("Dog called Pretend Biscuit", "2026-03-01")
    sheet = worker.do(history.history_sheet, record_id)
    told = history.whole(worker.session.history(family_id, record_id), sheet)
    changed = [(each.field, each.was, each.became) for version in told for each in version.changes]
    assert ("advice", "Ring first.", "Ring twice.") in changed
    assert dict(history.fields_of("pet", told))["advice"] == "What to do"
    assert [each.question for each in worker.do(find_in_file, family_id, "ring twice").places] == ["What to do"]
    assert record_id in {each.record_id for each in worker.read(search.find, "Biscuit", 20).notes}
    words = worker.do(papers.preview, papers.Wanted("record", family_id, record_id)).paper.words()
    assert "What it is: Dog" in words
    assert schema(CODES)["kinds"]["pet"]["fields"]["habits"]["rows"]["what"]["label"] == "What it does"


def test_it_has_its_form_and_is_written_by_keyboard_alone(worker: Laptop, window: MainWindow) -> None:
    family_id = worker.families()[0]
    window.go(to_draft(worker.do(recording.start, "pet", family_id, {})))
    settle()
    screen = window.stack.current()
    assert isinstance(screen, PersonScreen)
    assert "New pet" in [each.text() for each in screen.findChildren(QLabel)]
    save(window)
    assert not worker.events(), "nothing is saved while something is to be mended"
    told = {each.text() for each in screen.findChildren(QLabel)} | {
        each.text() for each in screen.findChildren(QAbstractButton)
    }
    assert any("enter this" in each.lower() for each in told), told
    assert screen.form is not None
    first = screen.form.section_of("name")
    assert first is not None
    first.fields()[0].take_focus()
    write(window, "Pretend Biscuit")
    tab_to(window, "What it is: Dog")
    press(window, Qt.Key.Key_Space)
    tab_to(window, "With the family since")
    write(window, "1/3/2026")
    tab_to(window, "Barks: Yes")
    press(window, Qt.Key.Key_Space)
    tab_to(window, "What to do")
    write(window, "Ring first.")
    save(window)
    (saved,) = worker.events()
    assert worker.record(saved.event.record_id).body == {**BODY, "is_loud": True}
    window.go(GoTo("family", {"family": family_id, "record": saved.event.record_id}))
    settle()
    shown = [each.text() for each in window.findChildren(QLabel)]
    assert {"Dog called Pretend Biscuit", "Ring first."} <= set(shown)


def focused(window: MainWindow) -> QWidget:
    found = window.focusWidget()
    assert found is not None
    return found


def press(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focused(window), key, modifiers)
    settle()


def save(window: MainWindow) -> None:
    """Ctrl+Enter, which belongs to the window."""
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()


def write(window: MainWindow, text: str) -> None:
    QTest.keyClicks(focused(window), text)
    settle()


def tab_to(window: MainWindow, name: str) -> None:
    """Go on with Tab, as far as the question."""
    met = []
    for _ in range(40):
        at = focused(window)
        said = at.text() if isinstance(at, QAbstractButton) and not at.accessibleName() else at.accessibleName()
        met.append(said)
        if said == name:
            return
        press(window, Qt.Key.Key_Tab)
    raise AssertionError(f"{name} was not met: {met}")
