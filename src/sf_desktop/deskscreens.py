"""The screens that need nothing but the desk, and the parts of the family file: each built when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sf_desktop.ui.desk import Desk
from sf_desktop.ui.kit.window.filetab import FileTab, FileTabPlan
from sf_desktop.ui.kit.window.stack import Screen, ScreenPlan

OF_CENTRE = ("register", "needs", "ledger", "laptop", "settings", "looks", "help")
HELP_OF_CENTRE = ("registers", "sending", "needs", "laptop", "looks", "sealed", "sharing", "unlocking")


def plans(desk: Desk) -> list[ScreenPlan]:
    """Return their plans; those on the rail in its order."""

    def made(make: Callable[[Desk], Screen]) -> Callable[[], Screen]:
        return lambda: make(desk)

    return [
        ScreenPlan("today", "Today", "today", made(_today), "top", "screen_1"),
        ScreenPlan("families", "Families", "families", made(_families), "top", "screen_2"),
        ScreenPlan("needs", "Needs you", "needs_you", made(_needs), "top", "screen_3"),
        ScreenPlan("drafts", "Drafts", "note", made(_drafts), "top", "drafts"),
        ScreenPlan("register", "Registers", "check", made(_register), "", "register", "today"),
        ScreenPlan("group", "Group", "check", made(_group), belongs_to="today"),
        ScreenPlan("phrases", "Templates and phrases", "settings", made(_phrases), "", "phrases", "settings"),
        ScreenPlan("looks", "What I have looked at", "settings", made(_looks), "", "looks", "settings"),
        ScreenPlan("family", "Family file", "families", made(_family), belongs_to="families"),
        ScreenPlan("visit", "Visit", "visit", made(_visit), belongs_to="families"),
        ScreenPlan("note", "Note", "note", made(_note), belongs_to="families"),
        ScreenPlan("concern", "Safeguarding concern", "needs_you", made(_concern), belongs_to="families"),
        ScreenPlan("person", "Person", "families", made(_person), belongs_to="families"),
        ScreenPlan("record", "Record", "note", made(_record), belongs_to="families"),
        ScreenPlan("signature", "Signature", "note", made(_signature), belongs_to="families"),
        ScreenPlan("notice", "Privacy notice", "information", made(_notice), belongs_to="families"),
        ScreenPlan("map", "Family tree", "families", made(_map), belongs_to="families"),
        ScreenPlan("plan", "Plan a visit", "today", made(_plan), belongs_to="today"),
        ScreenPlan("move", "Move a visit", "today", made(_move), belongs_to="today"),
        ScreenPlan("paper", "Paper", "note", made(_paper), belongs_to="families"),
        ScreenPlan("allocation", "Who works with the family", "families", made(_allocation), belongs_to="families"),
        ScreenPlan("new_file", "New family file", "families", made(_new_file), belongs_to="families"),
        ScreenPlan("bring_in", "Bring in", "families", made(_bring_in), belongs_to="families"),
        ScreenPlan("pack", "Home visit pack", "today", made(_pack), belongs_to="today"),
        ScreenPlan("search", "Search", "search", made(_search)),
    ]


def of_centre(plans: Sequence[ScreenPlan]) -> list[ScreenPlan]:
    """Return what is in the window of somebody who keeps registers at a centre: nothing of a family."""
    kept = [each for each in plans if each.name in OF_CENTRE]
    return sorted((_first(each) if each.name == "register" else each for each in kept), key=_centre_order)


def _first(plan: ScreenPlan) -> ScreenPlan:
    return replace(plan, rail="top", belongs_to="")


def _centre_order(plan: ScreenPlan) -> int:
    return OF_CENTRE.index(plan.name)


def parts(desk: Desk) -> tuple[FileTabPlan, ...]:
    """Return the parts of the family file between its timeline and the visits planned, in order."""

    def made(make: Callable[[Desk], FileTab]) -> Callable[[], FileTab]:
        return lambda: make(desk)

    return (
        FileTabPlan("people", "People", made(_people_tab)),
        FileTabPlan("chronology", "Chronology", made(_chronology)),
        FileTabPlan("safety", "Safety", made(_safety)),
        FileTabPlan("agreements", "Agreements", made(_agreements_tab)),
        FileTabPlan("assessment", "Assessment", made(_assessment_tab)),
        FileTabPlan("plan", "Plan", made(_plan_tab)),
        FileTabPlan("support", "Support", made(_support_tab)),
        FileTabPlan("agencies", "Agencies", made(_agencies_tab)),
    )


def _people_tab(desk: Desk) -> FileTab:
    from sf_desktop.ui.people.tab import PeopleTab

    return PeopleTab(desk)


def _chronology(desk: Desk) -> FileTab:
    from sf_desktop.ui.chronology.tab import ChronologyTab

    return ChronologyTab(desk)


def _agreements_tab(desk: Desk) -> FileTab:
    from sf_desktop.ui.agreements.tab import AgreementsTab

    return AgreementsTab(desk)


def _assessment_tab(desk: Desk) -> FileTab:
    from sf_desktop.ui.assessment.tab import AssessmentTab

    return AssessmentTab(desk)


def _plan_tab(desk: Desk) -> FileTab:
    from sf_desktop.ui.goals.tab import PlanTab

    return PlanTab(desk)


def _safety(desk: Desk) -> FileTab:
    from sf_desktop.ui.safety.tab import SafetyTab

    return SafetyTab(desk)


def _support_tab(desk: Desk) -> FileTab:
    from sf_desktop.ui.support.tab import SupportTab

    return SupportTab(desk)


def _agencies_tab(desk: Desk) -> FileTab:
    from sf_desktop.ui.agencies.tab import AgenciesTab

    return AgenciesTab(desk)


def _today(desk: Desk) -> Screen:
    from sf_desktop.ui.today.screen import TodayScreen

    return TodayScreen(desk)


def _families(desk: Desk) -> Screen:
    from sf_desktop.ui.families.screen import FamiliesScreen

    return FamiliesScreen(desk)


def _needs(desk: Desk) -> Screen:
    from sf_desktop.ui.needs.screen import NeedsScreen

    return NeedsScreen(desk)


def _drafts(desk: Desk) -> Screen:
    from sf_desktop.ui.drafts.screen import DraftsScreen

    return DraftsScreen(desk)


def _phrases(desk: Desk) -> Screen:
    from sf_desktop.ui.phrases.screen import PhrasesScreen

    return PhrasesScreen(desk)


def _looks(desk: Desk) -> Screen:
    from sf_desktop.ui.looks.screen import LooksScreen

    return LooksScreen(desk)


def _family(desk: Desk) -> Screen:
    from sf_desktop.ui.family.screen import FamilyScreen

    return FamilyScreen(desk, parts(desk))


def _register(desk: Desk) -> Screen:
    from sf_desktop.ui.register.screen import RegisterScreen

    return RegisterScreen(desk)


def _group(desk: Desk) -> Screen:
    from sf_desktop.ui.group.screen import GroupScreen

    return GroupScreen(desk)


def _visit(desk: Desk) -> Screen:
    from sf_desktop.ui.visit.screen import VisitScreen

    return VisitScreen(desk)


def _note(desk: Desk) -> Screen:
    from sf_desktop.ui.note.screen import NoteScreen

    return NoteScreen(desk)


def _concern(desk: Desk) -> Screen:
    from sf_desktop.ui.concern.screen import ConcernScreen

    return ConcernScreen(desk)


def _person(desk: Desk) -> Screen:
    from sf_desktop.ui.person.screen import PersonScreen

    return PersonScreen(desk)


def _record(desk: Desk) -> Screen:
    from sf_desktop.ui.record.screen import RecordScreen

    return RecordScreen(desk)


def _signature(desk: Desk) -> Screen:
    from sf_desktop.ui.signature.screen import SignatureScreen

    return SignatureScreen(desk)


def _notice(desk: Desk) -> Screen:
    from sf_desktop.ui.notice.screen import NoticeScreen

    return NoticeScreen(desk)


def _plan(desk: Desk) -> Screen:
    from sf_desktop.ui.plan.screen import PlanScreen

    return PlanScreen(desk)


def _move(desk: Desk) -> Screen:
    from sf_desktop.ui.plan.moving import MoveScreen

    return MoveScreen(desk)


def _paper(desk: Desk) -> Screen:
    from sf_desktop.ui.paper.screen import PaperScreen

    return PaperScreen(desk)


def _allocation(desk: Desk) -> Screen:
    from sf_desktop.ui.allocation.screen import AllocationScreen

    return AllocationScreen(desk)


def _new_file(desk: Desk) -> Screen:
    from sf_desktop.ui.newfile.screen import NewFileScreen

    return NewFileScreen(desk)


def _bring_in(desk: Desk) -> Screen:
    from sf_desktop.ui.bringin.screen import BringInScreen

    return BringInScreen(desk)


def _pack(desk: Desk) -> Screen:
    from sf_desktop.ui.pack.screen import PackScreen

    return PackScreen(desk)


def _map(desk: Desk) -> Screen:
    from sf_desktop.ui.maps.screen import MapScreen

    return MapScreen(desk)


def _search(desk: Desk) -> Screen:
    from sf_desktop.ui.search.screen import SearchScreen

    return SearchScreen(desk)
