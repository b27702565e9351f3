"""What is on this laptop, and ready for tomorrow, through the window, before a real council."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from sf_council.database.family import stream
from sf_desktop.ops import writing
from sf_desktop.ops.attaching import attachments
from sf_desktop.ops.attaching.attachments import Target
from sf_desktop.ops.attaching.intake import take
from sf_desktop.ops.records import notes
from sf_desktop.store.rounds import release
from sf_desktop.store.tables import families
from sf_desktop.sync.load import Progress
from sf_desktop.sync.scheduler import Wire
from sf_desktop.ui.kit.style.theme import Theme
from sf_desktop.ui.kit.window.stack import GoTo
from sf_desktop.ui.laptop.screen import LaptopScreen
from sf_desktop.ui.ready.card import ReadyCard
from sf_desktop.ui.ready.screen import ReadyScreen
from sf_desktop.wording import error
from sf_record.dates import moment_text
from tests.builders.laptops import Laptop
from tests.builders.pictures import png
from tests.builders.towns import Town
from tests.fakes.clock import FrozenClock
from tests.together.test_attachments import carry
from tests.ui.finding import named, press, write
from tests.ui.window import seats

Sit = Callable[[Laptop], "Seat"]
S = TypeVar("S")


class Seat(seats.Seat):
    """Somebody before the screens of what is on a laptop and what leaves it."""

    def title(self) -> str:
        shown = self.window.stack.current()
        assert shown is not None
        return str(shown.title())

    def laptop_screen(self) -> LaptopScreen:
        return self._go("laptop", LaptopScreen)

    def ready_screen(self) -> ReadyScreen:
        return self._go("ready", ReadyScreen)

    def _go(self, name: str, kind: type[S]) -> S:
        screen = self.go(name)
        assert isinstance(screen, kind)
        self.picture(name)
        return screen

    def picture(self, name: str) -> None:
        """Leave a picture where somebody wants to look at it."""
        if folder := os.environ.get("SF_PICTURES"):
            self.window.grab().save(f"{folder}/{name}.png")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with ExitStack() as stack:
        made = Town(tmp_path, FrozenClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)), stack)
        made.council.seed(3, records_per_family=12)
        yield made


@pytest.fixture
def sit(qtbot: QtBot, qapp: QApplication, theme: Theme) -> Iterator[Sit]:
    with seats.sitting(qtbot, qapp, Seat, QSize(1280, 800)) as down:
        yield down


def plan(laptop: Laptop, family_id: str, days: int = 1) -> None:
    at = moment_text(laptop.clock.now() + timedelta(days=days, hours=2))
    body = {"worker": laptop.me.worker.id, "planned_at": at, "purpose": "Pretend purpose"}
    laptop.do(writing.create, "planned_visit", family_id, body)


def cards(screen: ReadyScreen) -> dict[str, str]:
    shown = [each for each in screen.findChildren(ReadyCard) if each.isVisibleTo(screen)]
    return {each.accessibleName(): each.accessibleDescription() for each in shown}


def name_of(laptop: Laptop, family_id: str) -> str:
    return str(laptop.record(family_id).body["name"])


def close(town: Town, family_id: str) -> None:
    council_id = town.council.council.id
    town.council.do(lambda c: stream.close(c, council_id, family_id, town.clock.now(), by=council_id))


def test_every_family_file_says_why_it_is_here_until_when_and_what_it_waits_for(town: Town, sit: Sit) -> None:
    worker = town.loaded()
    one, two, _ = worker.families()
    close(town, one)
    worker.round()
    worker.note("Waits.", one)
    worker.do(notes.start_note, one, text="Begun.")
    worker.note("Waits too.", two)
    worker.ledger.heard(moment_text(worker.clock.now()))
    seat = sit(worker)
    screen = seat.laptop_screen()
    rows = {screen.model.id_at(screen.model.index(n, 0)): n for n in range(3)}
    texts = {key: [screen.model.index(n, column).data() for column in range(6)] for key, n in rows.items()}
    assert texts[one][1:3] == ["Leaves: closed", "Something is waited for"]
    assert texts[two][1:3] == ["Your caseload", "As long as it is yours"]
    assert texts[two][5] == "1"
    assert screen.leaving.accessibleName() == "One family file leaves this laptop"
    waits = f"{name_of(worker, one)} leaves once one change is sent and what you have begun is finished."
    assert screen.leaving.accessibleDescription() == waits
    said = " ".join(each.text() for each in screen.findChildren(type(screen._title)))
    assert "Two changes are not with the council yet." in said
    assert "copies leave from" in said


def test_a_family_file_that_leaves_while_it_is_shown_says_so_and_nothing_breaks(town: Town, sit: Sit) -> None:
    worker = town.loaded()
    family_id = worker.families()[0]
    name = name_of(worker, family_id)
    seat = sit(worker)
    seat.window.go(GoTo("family", {"family": family_id}))
    seat.settle()
    close(town, family_id)
    worker.round()
    is_more = True
    while is_more:
        step = worker.vault.do(lambda tx: release.step(tx.connection, "2026-11-23", "2026-11-23")).result()
        is_more = step.is_more
        seat.work.news.on_changes(step.changes)
        seat.settle()
    seat.picture("left")
    shown = " ".join(each.text() for each in seat.window.findChildren(QLabel) if each.isVisibleTo(seat.window))
    assert name not in shown


def test_the_vault_written_anew_shows_how_far_it_is(town: Town, sit: Sit) -> None:
    seat = sit(town.loaded())
    screen = seat.laptop_screen()
    seat.work.news.on_part(0.4)
    seat.settle()
    assert screen.bar.isVisibleTo(screen)
    assert screen.bar.accessibleDescription() == "40 per cent"
    seat.work.news.on_part(None)
    seat.settle()
    assert not screen.bar.isVisibleTo(screen)


def test_a_planned_visit_s_family_is_ready_or_red_with_the_reason(town: Town, sit: Sit) -> None:
    worker = town.loaded()
    one, two, three = worker.families()
    for each in (one, two, three):
        plan(worker, each)
    worker.round()
    close(town, three)
    worker.round()
    worker.vault.do(lambda tx: families.reopen(tx.connection, (two,))).result()
    seat = sit(worker)
    screen = seat.ready_screen()
    found = cards(screen)
    assert found[f"{name_of(worker, one)}: ready"].startswith("On this laptop, complete, as of ")
    assert found[f"{name_of(worker, two)}: Not ready"].startswith("Not complete")
    assert "leaves this laptop" in found[f"{name_of(worker, three)}: Not ready"]
    press(seat.window, "Fetch now")
    seat.settle()
    seat.work.news.on_wire(Wire())
    seat.settle()
    assert f"{name_of(worker, two)}: ready" in cards(screen)
    assert not screen.fetching.isVisibleTo(screen)


def put_on_the_list(seat: Seat, days_on: int) -> dict[str, str]:
    """Put the first of the families on the list of a day so many after tomorrow, and return what its card says."""
    screen = seat.ready_screen()
    for _ in range(days_on):
        press(seat.window, "Day after")
        seat.settle()
    press(seat.window, "Put on the list")
    seat.settle()
    return cards(screen)


def test_a_lease_that_ends_before_the_day_is_over_makes_it_red(town: Town, sit: Sit) -> None:
    town.council.configure(lease_warn_hours=24, lease_lock_days=3)
    seat = sit(town.loaded())
    (said,) = put_on_the_list(seat, 2).values()
    assert said == (
        "This program works without the council only until Thu 26 Nov, 09:00."
        " Fetch once more before then, nearer the day."
    )
    seat.picture("lease")
    press(seat.window, "Day before")
    seat.settle()
    (said,) = put_on_the_list(seat, 0).values()
    assert said.startswith("On this laptop, complete, as of ")


def test_a_copy_that_leaves_unheard_before_the_day_is_over_makes_it_red(town: Town, sit: Sit) -> None:
    town.council.configure(copies_leave_after_days=3)
    worker = town.loaded()
    worker.ledger.heard(moment_text(worker.clock.now()))
    (said,) = put_on_the_list(sit(worker), 2).values()
    assert said == (
        "Its copy leaves this laptop from Thu 26 Nov, 09:00, if the council is not heard of by then."
        " Fetch once more before then, nearer the day."
    )


def test_documents_that_only_the_council_has_are_told_fetched_and_red_until_they_are_here(town: Town, sit: Sit) -> None:
    worker, supervisor = town.loaded(), town.loaded("supervisor")
    family_id = worker.families()[0]
    draft = worker.do(notes.start_note, family_id, text="Pretend words.")
    for number in range(2):
        picture = take(png(40, 40, number), f"Letter {number}.png")
        worker.do(attachments.attach, Target(family_id, draft.id), picture)
    worker.do(notes.sign_note, draft.id)
    worker.round()
    assert not carry(worker)
    supervisor.round()
    seat = sit(supervisor)
    screen = seat.ready_screen()
    combo = named(seat.window, "Put another of your families on the list", QComboBox)
    combo.setCurrentIndex(combo.findData(family_id))
    press(seat.window, "Put on the list")
    seat.settle()
    name = name_of(supervisor, family_id)
    assert f"{name}: ready" in cards(screen)
    assert "Two attachments are with the council only, and cannot be opened without a signal." in shown(screen)
    seat.picture("documents")
    press(seat.window, f"Fetch its attachments, {name}")
    seat.settle()
    assert cards(screen)[f"{name}: Not ready"] == "Two attachments that were asked for have not come yet."
    assert not carry(supervisor)
    seat.go("today")
    assert f"{name}: ready" in cards(seat.ready_screen())
    assert "with the council only" not in shown(screen)
    carried = supervisor.do(attachments.of_family, family_id)
    assert all(each.is_here for each in carried if each.title.startswith("Letter"))


def test_what_of_a_family_is_not_with_the_council_yet_is_said_beside_it(town: Town, sit: Sit) -> None:
    worker = town.loaded()
    family_id = worker.families()[0]
    plan(worker, family_id)
    worker.round()
    worker.note("Waits.", family_id)
    screen = sit(worker).ready_screen()
    assert list(cards(screen)) == [f"{name_of(worker, family_id)}: ready"]
    assert "One change of yours is not with the council yet. It is kept here." in shown(screen)


def shown(screen: QWidget) -> str:
    return "\n".join(each.text() for each in screen.findChildren(QLabel) if each.isVisibleTo(screen))


def test_both_screens_are_reached_by_their_keys_and_from_today_and_sending(town: Town, sit: Sit) -> None:
    seat = sit(town.loaded())
    for key, title in ((Qt.Key.Key_6, "Ready for tomorrow"), (Qt.Key.Key_8, "What is on this laptop")):
        seat.qtbot.keyClick(seat.window, key, Qt.KeyboardModifier.ControlModifier)
        seat.settle()
        assert seat.title() == title
    for screen, name, title in (
        ("today", "Ready for tomorrow", "Ready for tomorrow"),
        ("ledger", "On this laptop", "What is on this laptop"),
    ):
        seat.window.go(GoTo(screen, {}))
        seat.settle()
        press(seat.window, name)
        seat.settle()
        assert seat.title() == title


def test_a_day_later_without_a_signal_it_is_red(town: Town, sit: Sit) -> None:
    worker = town.loaded()
    town.clock.forward(timedelta(days=1).total_seconds())
    plan(worker, worker.families()[0])
    screen = sit(worker).ready_screen()
    (said,) = cards(screen).values()
    assert said.startswith("No signal since Yesterday")


def test_families_are_put_on_the_list_of_any_day_and_taken_off(town: Town, sit: Sit) -> None:
    worker = town.loaded()
    seat = sit(worker)
    screen = seat.ready_screen()
    assert not cards(screen)
    press(seat.window, "Day after")
    seat.settle()
    press(seat.window, "Put on the list")
    seat.settle()
    ((name, _),) = cards(screen).items()
    press(seat.window, f"Take off the list, {name.removesuffix(': ready')}")
    seat.settle()
    assert not cards(screen)


def test_a_family_of_the_team_is_taken_along_with_a_reason_and_leaves_by_itself(town: Town, sit: Sit) -> None:
    colleague = town.loaded("colleague")
    family_id = town.loaded().families()[0]
    assert not colleague.families()
    seat = sit(colleague)
    screen = seat.ready_screen()
    write(seat.window, "Part of the family’s name", "Pretend")
    seat.window.activateWindow()
    named(seat.window, "Look for it at the council", QAbstractButton).setFocus()
    press(seat.window, "Look for it at the council")
    seat.settle()
    combo = named(seat.window, "Family found", QComboBox)
    assert combo.hasFocus()  # the keyboard goes on where the answer stands
    combo.setCurrentIndex(combo.findData(family_id))
    seat.picture("cover")
    press(seat.window, "Take it along")
    seat.settle()
    seat.work.news.on_wire(Wire())
    seat.settle()
    assert colleague.families() == (family_id,)
    ((name, said),) = cards(screen).items()
    assert name.endswith(": ready"), said
    rows = seat.laptop_screen().model
    assert [rows.index(0, column).data() for column in (1, 2)] == ["Visit pack", "Tomorrow"]
    assert town.council.do(
        lambda c: c.exec_driver_sql("SELECT count(*) FROM audit WHERE what = 'pack_taken' AND code = 'duty'").scalar()
    )
    town.clock.forward(timedelta(days=2).total_seconds())
    colleague.round()
    assert not colleague.families()
    assert "pack ended" in str(seat.laptop_screen().model.index(0, 1).data())


def test_a_fetch_shows_how_far_can_be_stopped_and_says_what_went_wrong(town: Town, sit: Sit) -> None:
    seat = sit(town.loaded())
    screen = seat.ready_screen()
    seat.work.is_slow = True
    press(seat.window, "Fetch now")
    seat.work.news.on_wire(Wire(is_busy=True, progress=Progress(1, 3, 40, 4_000)))
    seat.settle()
    assert screen.fetching.far_label.text() == "1 family file, 40 records"
    with seat.qtbot.waitSignal(screen.stop_wanted):
        press(seat.window, "Stop")
    seat.work.news.on_wire(Wire(error=error("council_away")))
    seat.settle()
    assert screen.banner.isVisibleTo(screen)
