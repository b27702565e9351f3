"""The foot of the real window says "phone now" until the receipt; the supervisor finds the concern on Today."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sf_desktop.ops import concerns, drafting
from sf_desktop.ui.kit.stack import GoTo
from sf_desktop.ui.kit.theme import Theme
from tests.builders.towns import Town
from tests.builders.workplaces import a_workplace
from tests.fakes.clock import FrozenClock
from tests.ui.window.test_placing import Seat

NUMBER = "Emergency: 999"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with ExitStack() as stack:
        made = Town(tmp_path, FrozenClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)), stack)
        made.council.seed(2, records_per_family=12)
        yield made


@pytest.fixture
def seats(qtbot: QtBot, theme: Theme, qapp: QApplication, town: Town) -> Iterator[tuple[Seat, Seat]]:
    made = []
    for username in ("practitioner", "supervisor"):
        laptop = town.loaded(username)
        workplace, work = a_workplace(qapp, laptop)
        workplace.window.show()
        made.append(Seat(qtbot, laptop, workplace, work))
        made[-1].settle()
    yield made[0], made[1]
    for seat in made:
        seat.workplace.close()
        seat.window.hide()
        seat.window.deleteLater()
        seat.workplace.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def foot(seat: Seat) -> str:
    seat.settle()
    return seat.window.foot.words.spoken()


def shown(seat: Seat) -> str:
    return "\n".join(each.text() for each in seat.window.findChildren(QLabel) if each.isVisible())


def test_the_foot_says_it_until_the_receipt_and_the_supervisor_sees_it_open(
    seats: tuple[Seat, Seat], town: Town
) -> None:
    worker, supervisor = seats
    family_id = worker.laptop.families()[0]
    draft = worker.laptop.do(concerns.start, family_id)
    body = {**draft.body, "about_other": "The pretend child", "is_in_danger": True, "words": "“Help.”"}
    worker.laptop.do(drafting.save, draft.id, body)
    worker.workplace.desk.ask(concerns.sign, draft.id)
    assert foot(worker).startswith(f"Concern not sent: phone now. {NUMBER}")
    with town.network.offline():
        assert worker.laptop.try_round()
    worker.workplace.desk.ask(concerns.numbers)
    assert foot(worker).startswith("Concern not sent: phone now")
    worker.work.send_now()
    worker.settle()
    assert "phone now" not in foot(worker)
    supervisor.work.send_now()
    supervisor.window.go(GoTo("today", {}))
    supervisor.settle()
    assert "The pretend child, " in shown(supervisor)
    assert "Not yet agreed with a manager" in shown(supervisor)
