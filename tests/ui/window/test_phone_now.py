"""The foot of the real window says "phone now" until the receipt; the supervisor finds the concern on Today."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.records import concerns
from sf_desktop.ui.kit.window.stack import GoTo
from tests.builders.towns import Town
from tests.ui.window.seats import Seat, Sit

NUMBER = "Emergency: 999"


@pytest.fixture
def seats(sit: Sit, town: Town) -> tuple[Seat, Seat]:
    return sit(town.loaded("practitioner")), sit(town.loaded("supervisor"))


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
