"""A group comes to a register that is being looked at, and leaves it, without anybody going away and back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from sf_desktop.ops.families import group_files
from sf_desktop.store.rounds import release
from sf_record.configuration import Offered
from sf_record.description import Role
from tests.builders.towns import Town
from tests.together.test_opening_groups import BODY, opened
from tests.ui.window.seats import Seat, Sit


@pytest.fixture
def keeper(town: Town, sit: Sit) -> Seat:
    """Somebody at a centre, before the registers of a laptop on which there is none yet."""
    town.council.add_worker("keeper", Role.CENTRE, team="Pretend centre")
    town.council.configure(activities=(Offered(code="play", label="Pretend stay and play"),))
    laptop = town.laptop("keeper")
    laptop.round()
    made = sit(laptop)
    made.go("register")
    return made


def told(seat: Seat) -> str:
    return "\n".join(each.text() for each in seat.window.findChildren(QLabel) if each.isVisible())


def left(seat: Seat) -> None:
    """Let what is to leave the laptop be destroyed, and tell the window, as its session does."""
    is_more = True
    while is_more:
        step = seat.laptop.vault.do(lambda tx: release.step(tx.connection, "2026-11-23", "2026-11-23")).result()
        seat.work.news.on_changes(step.changes)
        is_more = step.is_more
    seat.settle()


def test_a_group_comes_to_the_register_that_is_open_and_leaves_it(town: Town, keeper: Seat) -> None:
    supervisor = town.loaded("supervisor")
    screen = keeper.go("register")
    assert "once a supervisor has chosen you" in told(keeper)
    group_id = opened(supervisor, keeper.laptop)
    supervisor.round()
    keeper.send()
    assert "There is no register to keep" not in told(keeper)
    screen.activity.set_value(group_id)
    screen.activity.changed.emit()
    keeper.settle()
    assert screen.shown.activity == group_id
    supervisor.do(group_files.close_group, group_id)
    supervisor.round()
    keeper.send()
    keeper.send()  # a file that leaves asks once more for its receipts
    left(keeper)
    assert keeper.laptop.families() == ()
    assert screen.shown is None
    assert "This register is no longer kept here" in told(keeper)
    assert "There is no register to keep" in told(keeper)


def test_another_name_of_a_group_is_read_at_once(town: Town, keeper: Seat) -> None:
    supervisor = town.loaded("supervisor")
    group_id = opened(supervisor, keeper.laptop)
    supervisor.round()
    keeper.send()
    supervisor.change(group_id, **{**BODY, "name": "Wednesday group"})
    supervisor.round()
    keeper.send()
    screen = keeper.go("register")
    assert screen.activity.combo.itemText(1) == "Wednesday group"
