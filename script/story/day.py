"""A day with no signal, through the real window: five visits, a concern, an assessment that is signed, a meeting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import hands
from hands import Missed, Story, Until, find, reads, said, sees, shown
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QTabBar, QTextEdit, QWidget
from typist import Typist

from sf_desktop.ui.form.rows import RowBox
from sf_record.dates import moment_text

TODAY = datetime.now(UTC).astimezone().date()
SEEN = "It was calm. Quillberry showed me the reading chart, and the kitchen was warm."
PRESENT = "Who was present: "


def at(hour: int, minute: int = 0) -> str:
    """A moment of today."""
    return moment_text(datetime.combine(TODAY, time(hour, minute)).astimezone(UTC))


def ago(minutes: int) -> str:
    """A moment that has passed whatever the hour: an agreement stands from then on, and no sooner."""
    return moment_text(datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=minutes))


def in_days(days: int) -> str:
    """A day from today."""
    return (TODAY + timedelta(days=days)).isoformat()


def day(typist: Typist, snap: Callable[[str], None], told: Callable[[str], None]) -> Story:
    """Play the day, from the unlocked window on. What was typed, and how much, stands in the typist."""
    for number in range(4):
        yield from _planned_visit(typist, number)
    yield from _unplanned_visit(typist)
    told(f"five visits signed: {_spent(typist)}")
    yield from _concern(typist, snap)
    told(f"a concern signed: {_spent(typist)}; until the council has it the screen says: phone now")
    yield from _assessment(typist, snap)
    told(f"an agreement and an Early Help Assessment signed by the family: {_spent(typist)}")
    yield from _meeting(typist, snap)
    told(f"a team meeting signed: {_spent(typist)}")
    yield from _register(typist, snap)
    told(f"a register kept, {len(typist.came)} came: {_spent(typist)}")


_BEFORE: dict[int, tuple[int, int]] = {}


def _spent(typist: Typist) -> str:
    keys, clicks = _BEFORE.get(id(typist), (0, 0))
    _BEFORE[id(typist)] = typist.keys, typist.clicks
    return f"{typist.keys - keys:,} keys, {typist.clicks - clicks} clicks"


# --- visits -----------------------------------------------------------------------------------------------------------


def _planned_visit(typist: Typist, number: int) -> Story:
    typist.press("Ctrl+1")
    yield sees("Start visit")
    typist.click("Start visit")
    yield from _visit(typist, number)


def _unplanned_visit(typist: Typist) -> Story:
    yield from _opened(typist, 2)
    typist.click("Start visit")
    yield from _visit(typist, 4)


def _visit(typist: Typist, number: int) -> Story:
    yield sees("Place: Family home")
    family = _after("Visit to ")
    people = [said(each).removeprefix(PRESENT) for each in shown(QAbstractButton) if said(each).startswith(PRESENT)]
    children = [each.split(" (")[0] for each in people if " (child" in each]
    adults = [each.split(" (")[0] for each in people if " (child" not in each and " (unborn" not in each]
    typist.fill("visit", _visit_answers(number, children, adults), in_parts=True, family=family)
    yield from _signed(typist, "visit")


def _visit_answers(number: int, children: list[str], adults: list[str]) -> dict[str, Any]:
    answers: dict[str, Any] = {
        "type": ("planned", "unannounced")[number % 2],
        "place": ("home", "placement", "home", "school", "centre")[number],
        "started_at": at(9 + number, 5),
        "ended_at": at(9 + number, 50),
        "present": [*children, *adults[:1]],
        "others_present": "A pretend neighbour" if number == 0 else "Gran, who had come to help",
        "children": [
            {"person": child, "seen": True, "seen_alone": place == 0, "why_not": "Wanted Mum there",
             "bedroom_seen": number in {0, 2}}
            for place, child in enumerate(children)
        ],
        "observed": f"{SEEN} This is visit number {number + 1} of the day.",
        "voice": "I like it when we all have tea together.",
        "worries": "The damp beside the window has come back.",
        "strengths": "Both parents were at the school meeting.",
        "agreed": [{"what": "Ring the landlord", "who": "Mum", "due_on": in_days(7), "is_done": False}],
        "next_visit_on": in_days(10),
        "next_visit_for": "To see how the mornings go",
    }  # fmt: skip
    return answers


# --- a concern --------------------------------------------------------------------------------------------------------


def _concern(typist: Typist, snap: Callable[[str], None]) -> Story:
    yield from _opened(typist, 0)
    typist.press("Ctrl+Shift+C")
    yield sees("Their exact words", QTextEdit)
    family = _after("Concern in ")
    which = "Which child: "
    child = next(said(each) for each in shown(QAbstractButton) if said(each).startswith(which))
    answers: dict[str, Any] = {
        "about": [child.removeprefix(which).split(" (")[0]],
        "is_in_danger": False,
        "words": "He said: I was by myself again and it was dark.",
        "facts": "The child was quiet and held my sleeve.",
        "opinion": "I think that nobody was at home on Tuesday night.",
        "done": "I rang the manager from the car.",
        "parents_told": "Mum was told at the door.",
        "happened_at": at(14, 20),
        "place": "At the front door",
        "others_present": "Nobody else",
    }
    typist.fill("concern", answers, in_parts=False, family=family)
    snap("day-concern")
    typist.click("Check and sign")
    yield sees("Sign", QAbstractButton)
    typist.click("Sign")
    yield reads("Not sent: phone now")
    snap("day-phone-now")


# --- early help -------------------------------------------------------------------------------------------------------


def _assessment(typist: Typist, snap: Callable[[str], None]) -> Story:
    yield from _opened(typist, 3)
    yield from _tab(typist, "Assessment")
    yield sees("Record the agreement")
    typist.click("Record the agreement")
    yield sees("Their answer: They agree")
    family = _family_named()
    who = "Who was asked: "
    people = [said(each).removeprefix(who) for each in shown(QAbstractButton) if said(each).startswith(who)]
    children = [each.split(" (")[0] for each in people if " (child" in each]
    adults = [each.split(" (")[0] for each in people if " (child" not in each and " (unborn" not in each]
    typist.fill("agreement", _agreement_answers(adults), in_parts=True, family=family)
    yield from _signed(typist, "agreement")
    yield from _opened(typist, 3)
    yield from _tab(typist, "Assessment")
    yield sees("Begin an assessment")
    typist.click("Begin an assessment")
    yield sees("Parental responsibility", QAbstractButton)
    typist.fill("assessment", _assessment_answers(children, adults), in_parts=True, family=family)
    snap("day-assessment")
    yield from _family_signs(typist, adults[0])
    yield from _signed(typist, "early help assessment")


def _agreement_answers(adults: list[str]) -> dict[str, Any]:
    return {
        "people": adults[:1],
        "agreed_at": ago(30),
        "answer": "agreed",
        "what_for": ["assessment", "team", "sharing"],
        "explained": "We read the notice together. She said it makes sense to ask the school.",
        "agencies": [
            {"agency": "Pretend primary school", "may_share": True, "limits": "Attendance and how lessons go"},
            {"agency": "Pretend housing office", "may_share": False, "limits": "Not yet"},
        ],
        "how": "spoken",
        "witness": "A pretend health visitor",
        "review_on": in_days(90),
    }


def _assessment_answers(children: list[str], adults: list[str]) -> dict[str, Any]:
    child, adult = children[0], adults[0]
    return {
        "started_at": ago(20),
        "children": [{"person": child, "setting": "Pretend primary school", "note": "Sits at the front to see well"}],
        "household": [child, adult],
        "household_note": "Gran comes on Sundays and is the one they ring.",
        "responsible": [{"person": adult, "known_from": "Birth certificate seen", "took_part": True}],
        "professionals": [
            {"name": "Pretend teacher", "role": "Class teacher", "agency": "Pretend primary school",
             "contact": "01632 960002", "took_part": True}
        ],
        "reason": "The school asked for help with mornings, and the family agreed.",
        "tried": "A breakfast club. It helped until the bus changed.",
        "voices": [{"person": child, "words": "I want to be on time.", "day": "Up at seven, school, tea, bed."}],
        "views": [{"person": adult, "view": "It is the mornings. After school we are fine."}],
        "worries": "Being late each week, and a damp bedroom.",
        "strengths": "They laugh together and Gran helps.",
        "needed": "A calmer morning and a dry room.",
        "scales": [{"person": adult, "score": 4, "why": "Some days go well"},
                   {"who": "Pretend teacher", "score": 6, "why": "Joins in once there"}],
        "health": "Wears glasses for reading.",
        "learning": "Reads well and likes to explain.",
        "feelings": "Settles after ten minutes.",
        "friends": "Two good friends.",
        "self_care": "Dresses alone, forgets teeth.",
        "care": "Meals are regular.",
        "warmth": "Much closeness.",
        "guidance": "Bedtimes slip at weekends.",
        "family_history": "Moved here two years ago.",
        "home": "The rent is paid; the window lets water in.",
        "community": "The library on Saturdays.",
        "analysis": "With help in the mornings things can be good enough within a term.",
        "plan": [{"what": "Walk with the neighbour", "who": adult, "by_on": in_days(14),
                  "difference": "On time four days of five"}],
        "meet_on": in_days(42),
        "decision": "team",
        "decided_why": "Three agencies are needed for a while.",
        "lead": "Pat Pretend, family service",
        "comments": "It says what we said.",
        "copies": [{"to": adult, "given_on": TODAY.isoformat(), "how": "paper"}],
    }  # fmt: skip


def _family_signs(typist: Typist, who: str) -> Story:
    typist.click("Take a signature")
    yield sees("Pad to sign on", QWidget)
    yield Until(lambda: hands.the(QComboBox, "Who signs").count() > 1, "the people of whom one may sign")
    typist.choose("Who signs", who)
    if not hands.written("What for").startswith("Early Help Assessment of "):
        raise Missed("what is signed stands there already")
    pad = hands.the(QWidget, "Pad to sign on")
    typist.clicks += 1
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(30, 30))
    for step in range(1, 12):
        QTest.mouseMove(pad, QPoint(30 + 12 * step, 30 + 9 * (step % 3)))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(170, 40))
    typist.click("Save the signature")
    yield sees("Parental responsibility", QAbstractButton)


def _meeting(typist: Typist, snap: Callable[[str], None]) -> Story:
    yield from _opened(typist, 3)
    yield from _tab(typist, "Assessment")
    yield sees("Record a team meeting")
    family = _family_named()
    typist.click("Record a team meeting")
    yield sees("Which meeting: First meeting")
    answers: dict[str, Any] = {
        "sort": "first",
        "met_at": at(16, 30),
        "place": "Pretend primary school",
        "chaired_by": "Pretend teacher",
        "team": [{"came": "came"}, *({"came": "apologies"} for _ in range(_of_the_team(typist) - 1))],
        "apologies": [{"name": "Pretend housing officer", "agency": "Housing"}],
        "family_view": "It is good that everybody is in one room.",
        "child_view": "I drew a bus.",
        "progress": [{"progress": "begun", "difference": "A little"}, {"progress": "not_begun"}],
        "worries": "The window again.",
        "actions": [{"what": "Write to the landlord together", "who": "Pretend teacher", "due_on": in_days(14)}],
        "is_still_needed": True,
        "next_on": in_days(42),
    }
    typist.fill("team_meeting", answers, in_parts=True, family=family)
    snap("day-meeting")
    typist.click("Check and sign")
    yield sees("Sign", QAbstractButton)
    snap("day-meeting-check")
    typist.click("Sign")
    yield reads("is signed")


def _of_the_team(typist: Typist) -> int:
    """Count those of whom a team meeting asks whether they came."""
    typist.click("Who came")
    return sum(said(each).startswith("Team professional ") for each in shown(RowBox))


def _register(typist: Typist, snap: Callable[[str], None]) -> Story:
    typist.press("Ctrl+1")
    yield sees("Registers", QAbstractButton)
    typist.click("Registers")
    yield Until(lambda: find(QComboBox, "Activity") is not None, "the list of activities")
    yield Until(lambda: hands.the(QComboBox, "Activity").count() > 1, "activities")
    typist.choose("Activity", "Cook together")
    yield Until(
        lambda: any(said(each).endswith(": Came") for each in shown(QAbstractButton)), "somebody on the register"
    )
    for number, each in enumerate([each for each in shown(QAbstractButton) if said(each).endswith(": Came")]):
        if number % 3 == 2:
            typist.click(said(each).replace(": Came", ": Did not come"))
        else:
            typist.came.append(said(each).removesuffix(": Came"))
            typist.click_on(each)
    snap("day-register")
    typist.click("Save the register")
    yield reads("The register is saved on this laptop")


# --- moving about -----------------------------------------------------------------------------------------------------


def _signed(typist: Typist, what: str) -> Story:
    typist.click("Check and sign")
    yield sees("Sign", QAbstractButton)
    typist.click("Sign")
    yield reads(f"The {what} is signed")


def _opened(typist: Typist, row: int) -> Story:
    """Open a family file from the list, by the keyboard."""
    typist.press("Ctrl+2")
    yield sees("Families", QAbstractItemView)
    yield Until(lambda: _rows() > row, "rows in the list of families")
    table = find(QAbstractItemView, "Families")
    assert table is not None
    table.setFocus()
    table.setCurrentIndex(table.model().index(row, 0))
    typist.press("Return")
    yield Until(lambda: _tabs() is not None, "a family file")
    yield sees("New note", QAbstractButton)


def _rows() -> int:
    table = find(QAbstractItemView, "Families")
    return table.model().rowCount() if table is not None else 0


def _tabs() -> QTabBar | None:
    return next(iter(shown(QTabBar)), None)


def _tab(typist: Typist, label: str) -> Story:
    tabs = _tabs()
    assert tabs is not None
    names = [tabs.tabText(each) for each in range(tabs.count())]
    typist.clicks += 1
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(names.index(label)).center())
    yield Until(lambda: tabs.tabText(tabs.currentIndex()) == label, f"the part {label!r}")


def _after(words: str) -> str:
    """The family's name in the heading of a form."""
    return next(text.removeprefix(words) for text in hands.texts() if text.startswith(words))


def _family_named() -> str:
    """The family's name as it stands on the screen, at the begin of a line."""
    found = next((text for text in hands.texts() if text.startswith("Pretend family ")), "")
    return found.split(" · ")[0]
