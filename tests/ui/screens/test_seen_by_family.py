"""What a family looks at with the worker is shown alone: no rail, no foot, no search, and one way back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QCheckBox

from sf_desktop.ops.firstrun.pretending import notice
from sf_desktop.ops.lease.standing import LeaseNow
from sf_desktop.store.tables import records
from sf_desktop.ui.paper.screen import PaperScreen
from sf_desktop.wording.status import StatusWords
from tests.ui.finding import answered
from tests.ui.screens.conftest import Seat

PHONE_NOW = StatusWords(lead="Not sent: phone now", rest="Pretend family of somebody else")


@pytest.fixture
def seat_with_notice(seat: Seat) -> Seat:
    known = replace(seat.office.configuration, version=2, notices=(notice(),))
    seat.runner.office = seat.office = replace(seat.office, configuration=known)
    seat.desk.status_changed.emit(PHONE_NOW)
    seat.window.lease.warn(LeaseNow("warn", 5, "2026-11-28T09:00:00Z", "2026-11-30T09:00:00Z", "2026-12-20T09:00:00Z"))
    return seat


def is_alone(seat: Seat) -> bool:
    window = seat.window
    shown = {each.isVisible() for each in (window.rail, window.foot, window.lease, window.top.search)} | {
        not window.top.back_button.isVisible()
    }
    assert len(shown) == 1, "all of it or nothing"
    return not shown.pop()


def subjects(seat: Seat) -> dict[str, tuple[str, dict[str, Any]]]:
    family_id = seat.family_ids()[0]
    visit = next(each for each in records.of_kind(seat.office.connection, "visit") if each.family_id == family_id)
    about = {"family": family_id, "about": visit.id}
    return {
        "the notice": ("notice", {"family": family_id}),
        "a signature": ("signature", {"family": family_id}),
        "the notice on paper": ("paper", {"paper": "notice", "family": family_id}),
        "what was written": ("paper", {"paper": "read_back", **about}),
        "their plan": ("paper", {"paper": "plan", "family": family_id}),
        "large print": ("paper", {"paper": "record", **about, "large": True}),
    }


@pytest.mark.parametrize("what", ["the notice", "a signature", "their plan"])
def test_back_leads_out_of_it_where_the_program_began_on_it(seat_with_notice: Seat, what: str) -> None:
    seat = seat_with_notice
    screen, subject = subjects(seat)[what]
    seat.window.restore({"screen": screen, "subject": subject})
    seat.settle()
    assert is_alone(seat)
    seat.window.top.back_button.click()
    seat.settle()
    assert not is_alone(seat)
    assert seat.screen().name == "family"


@pytest.mark.parametrize(
    "what", ["the notice", "a signature", "the notice on paper", "what was written", "their plan", "large print"]
)
def test_it_is_shown_alone_and_back_shows_everything_again(seat_with_notice: Seat, what: str) -> None:
    seat = seat_with_notice
    seat.go("family", family=seat.family_ids()[0])
    assert not is_alone(seat)
    screen, subject = subjects(seat)[what]
    seat.go(screen, **subject)
    assert is_alone(seat)
    assert seat.window.foot.words.lead == PHONE_NOW.lead  # nothing is forgotten, only not shown to them
    seat.find(QAbstractButton, "Back to where you were").click()
    seat.settle()
    assert not is_alone(seat)
    assert seat.window.stack.current() is seat.window.stack.bring("family")


def test_a_paper_for_the_worker_is_alone_in_large_print_only(seat_with_notice: Seat) -> None:
    seat = seat_with_notice
    _, subject = subjects(seat)["large print"]
    paper = seat.go("paper", **{**subject, "large": False})
    assert isinstance(paper, PaperScreen)
    answered(seat.qtbot, paper)
    assert not is_alone(seat)
    tick = seat.find(QCheckBox, "Large print (18 point)")
    tick.click()
    assert is_alone(seat)
    tick.click()
    assert not is_alone(seat)


def test_going_elsewhere_by_a_key_shows_everything_again(seat_with_notice: Seat) -> None:
    seat = seat_with_notice
    seat.go("notice", family=seat.family_ids()[0])
    seat.go("today")
    assert not is_alone(seat)
