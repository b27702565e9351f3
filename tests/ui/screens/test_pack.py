"""The pack is reached from Today and from the family file, and leads to the visit, the file and the paper."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QFrame, QTabBar

from sf_desktop.ops.visiting import plans
from sf_desktop.ui.family.screen import FamilyScreen
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.pack.screen import PackScreen
from sf_desktop.ui.paper.screen import PaperScreen
from sf_desktop.ui.visit.screen import VisitScreen
from tests.ui.finding import answered
from tests.ui.screens.conftest import Seat, spoken


def top(seat: Seat, label: str) -> None:
    next(each for each in seat.screen().top_actions() if each.label == label).slot()
    seat.settle()


def pack(seat: Seat) -> PackScreen:
    found = seat.screen()
    assert isinstance(found, PackScreen)
    return found


def test_today_leads_to_the_pack_and_the_pack_to_the_visit(seat: Seat) -> None:
    seat.go("today")
    read = next(each for each in seat.all(QAbstractButton) if spoken(each).startswith("Read first"))
    read.click()
    seat.settle()
    view = pack(seat).view
    assert view is not None
    assert view.planned_id
    cards = {spoken(each) for each in seat.all(QFrame)}
    assert {"Who lives there", "Last visit", "What is due, and why", "To sign", "Numbers"} <= cards
    top(seat, "Start visit")
    visit = seat.screen()
    assert isinstance(visit, VisitScreen)
    seat.go("pack", family=view.family_id, planned=view.planned_id)
    assert [each.label for each in pack(seat).top_actions()] == ["Open the family file", "Print", "Continue"]
    top(seat, "Continue")
    assert isinstance(seat.screen(), VisitScreen)


def test_the_family_file_leads_to_it_and_back(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    seat.go("family", family=family_id)
    top(seat, "Read first")
    assert pack(seat).view is not None
    warned = [spoken(each) for each in seat.all(Banner)]
    assert any("No unsupervised contact" in each for each in warned)
    top(seat, "Open the family file")
    assert isinstance(seat.screen(), FamilyScreen)


def test_a_planned_visit_of_the_file_leads_to_its_pack(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    planned = seat.do(plans.plan_visit, family_id, "2026-11-24T10:30:00.000000Z", "Talk about school")
    seat.go("family", family=family_id, tab="planned")
    assert seat.all(QTabBar)[0].currentIndex() > 0
    read = next(each for each in seat.all(QAbstractButton) if spoken(each).startswith("Read first: "))
    read.click()
    seat.settle()
    view = pack(seat).view
    assert view is not None
    assert view.planned_id == planned.record_id


def test_it_is_printed(seat: Seat) -> None:
    seat.go("pack", family=seat.family_ids()[0])
    top(seat, "Print")
    paper = seat.screen()
    assert isinstance(paper, PaperScreen)
    answered(seat.qtbot, paper)
    assert "Who lives there" in paper.words.toPlainText()


def test_what_changes_in_the_file_changes_the_pack(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    planned = seat.do(plans.plan_visit, family_id, "2026-11-24T10:30:00.000000Z", "Talk about school")
    seat.go("pack", family=family_id, planned=planned.record_id)
    seat.desk.announce(seat.do(plans.move_visit, planned.record_id, "2026-11-25T10:30:00.000000Z"))
    seat.settle()
    view = pack(seat).view
    assert view is not None
    assert "Wednesday 25 November 2026" in view.paper.under[0]


def test_a_file_that_left_is_said(seat: Seat) -> None:
    seat.go("pack", family="01900000-0000-7000-8000-000000000000")
    assert pack(seat).gone.title_label.text() == "This family file is not on this laptop"
    assert pack(seat).top_actions() == ()
