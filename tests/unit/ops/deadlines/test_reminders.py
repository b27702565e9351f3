"""Reminders: what the records say is due, with why; what changed is said; what was done is not asked for again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.deadlines import reminders
from sf_desktop.ops.deadlines.reminders import Reminder
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.families.family import open_family
from sf_desktop.ops.household import people
from sf_desktop.ops.office import Office
from sf_desktop.ops.printing.home_visit_pack import home_visit_pack
from sf_desktop.ops.records import concerns, recording
from sf_desktop.ops.visiting import visits
from sf_desktop.ops.worker.today import today
from sf_desktop.store.tables import families
from sf_desktop.store.tables.lists import Lists
from sf_record.configuration import EscalationLevel, Interval
from sf_record.description import Role
from tests.builders.offices import NOW

TODAY = NOW.date()


def of(office: Office, family_id: str, words: str) -> list[Reminder]:
    return [each for each in reminders.of_family(office, family_id) if words in each.what]


def child_of(office: Office, family_id: str) -> str:
    return next(each.id for each in people.people(office, family_id) if each.is_child and each.statuses)


def held(office: Office, family_id: str, type_: str, day: date, *children: str) -> None:
    body = {
        "type": type_, "held_on": day.isoformat(), "outcome": "The plan goes on.",
        "children": [{"person": each} for each in children or (child_of(office, family_id),)],
    }  # fmt: skip
    writing.create(office, "review", family_id, body)


def test_one_by_one_and_all_at_once_say_the_same_and_everything_says_why(office: Office, family_id: str) -> None:
    whole, lists = families.complete(office.connection), Lists(office.connection)
    every = reminders.of_all(office, whole, concerns.open_concerns(office, lists), lists)
    assert sorted(map(str, every)) == sorted(str(each) for its in whole for each in reminders.of_family(office, its))
    assert [each.on for each in every] == sorted(each.on for each in every)
    assert all(each.why for each in every)
    assert open_family(office, family_id).reminders == reminders.of_family(office, family_id)


def test_a_meeting_that_was_held_moves_the_next_one(office: Office, family_id: str) -> None:
    before = of(office, family_id, "Core group")
    assert len(before) == 1
    held(office, family_id, "core_group", TODAY)
    after = of(office, family_id, "Core group")
    assert after[0].on == TODAY + timedelta(weeks=4)
    assert after[0].why.startswith("Core group: 4 weeks, this plan’s own (agreed by the core group:")
    assert after[0].change == "In place of 1 month, your council’s rule: 23 December 2026"
    held(office, family_id, "cp_review", TODAY)
    assert of(office, family_id, "Review conference")[0].on == date(2027, 5, 23)
    assert of(office, family_id, "Review conference")[0].why == "CP review: 6 months, statutory guidance"


def test_the_next_meeting_that_was_planned_is_due_on_its_day_until_it_was_held(office: Office, family_id: str) -> None:
    child = child_of(office, family_id)
    body = {
        "type": "core_group", "held_on": "2026-11-20", "outcome": "The plan goes on.", "next_on": "2026-12-01",
        "children": [{"person": child}],
    }  # fmt: skip
    writing.create(office, "review", family_id, body)

    def planned() -> list[Reminder]:
        return [each for each in of(office, family_id, "Core group for") if each.why.startswith("Planned")]

    (told,) = planned()
    assert (told.on, told.why, told.working_days) == (date(2026, 12, 1), "Planned when they met on 20 November 2026", 6)
    held(office, family_id, "core_group", TODAY)
    assert planned() == []


def test_a_meeting_entered_in_error_counts_for_nothing(office: Office, family_id: str) -> None:
    before = reminders.of_family(office, family_id)
    held(office, family_id, "core_group", TODAY)
    record = recording.listed(office, family_id, ("review",)).rows[0]
    writing.enter_in_error(office, record.id, "Another family's")
    assert reminders.of_family(office, family_id) == before


def test_siblings_on_one_plan_are_one_reminder(office: Office, family_id: str) -> None:
    first = child_of(office, family_id)
    second = next(each.id for each in people.people(office, family_id) if each.is_child and each.id != first)
    boss = replace(office.me.worker, role=Role.SUPERVISOR)
    supervising = replace(office, me=replace(office.me, worker=boss))
    began = next(each for each in people.people(office, family_id) if each.id == first).statuses[0].since
    episode = {"person": second, "status": "CP", "began_on": began}
    writing.create(supervising, "status_episode", family_id, episode)
    held(office, family_id, "core_group", TODAY, first, second)
    held(office, family_id, "cp_review", TODAY, first, second)
    found = of(office, family_id, "Review conference for ")
    assert len(found) == 1
    assert " and " in found[0].what


def test_a_limit_that_passed_on_a_weekend_is_overdue_on_monday(office: Office, family_id: str) -> None:
    child = child_of(office, family_id)
    interval = {"person": child, "key": "core_group_repeat", "limit": 1, "unit": "days", "since": "2026-11-20"}
    writing.create(office, "timescale_override", family_id, {**interval, "agreed_by": "Pretend", "reason": "Pretend"})
    held(office, family_id, "core_group", date(2026, 11, 20))
    found = of(office, family_id, "Core group")[0]
    assert found.on == date(2026, 11, 21)  # a Saturday; no working day lies between it and Monday
    assert found.is_overdue


def test_the_councils_rule_that_changed_says_so(office: Office, family_id: str) -> None:
    stricter = Interval(key="cp_visit", limit=5, unit="days", day_type="working", effective_from="2026-11-20")
    intervals = (*office.configuration.intervals, stricter)
    changed = replace(office, configuration=replace(office.configuration, intervals=intervals))
    visit = next(each for each in reminders.of_family(changed, family_id) if each.what.startswith("Visit"))
    assert visit.change.startswith("Changed on 20 November 2026 from 10 working days to 5 working days")


def test_a_visit_that_was_begun_is_to_be_signed_in_the_councils_time(office: Office, family_id: str) -> None:
    draft = visits.start_visit(office, family_id)
    found = of(office, family_id, "Sign the visit of 23 November")
    assert [(each.on, each.why) for each in found] == [
        (date(2026, 11, 25), "Recording a visit: 2 working days, your council’s rule")
    ]
    drafting.discard(office, draft.id)
    assert not of(office, family_id, "Sign the visit")


def signed_concern(office: Office, family_id: str) -> str:
    draft = concerns.start(office, family_id)
    body = {**draft.body, "about": [child_of(office, family_id)], "is_in_danger": False, "facts": "A mark."}
    drafting.save(office, draft.id, body)
    return concerns.sign(office, draft.id).record_id


def add_step(office: Office, concern_id: str, step: str, **more: str) -> None:
    draft = concerns.start_step(office, concern_id, step)
    drafting.save(office, draft.id, {**draft.body, **more})
    concerns.sign(office, draft.id)


def test_a_concerns_clocks_are_reminders_until_they_are_answered(office: Office, family_id: str) -> None:
    level = EscalationLevel(level=1, label="Hub manager", limit=24, unit="hours")
    office = replace(office, configuration=replace(office.configuration, escalations=(level,)))
    concern = signed_concern(office, family_id)
    assert not of(office, family_id, "Concern about")
    add_step(
        office, concern, "hub", with_whom="Hub", way="telephone", follow_up_on="2026-11-26", follow_up="Ring again"
    )
    found = of(office, family_id, "Concern about")
    assert [each.what.split(": ")[1] for each in found] == ["The hub’s decision", "Ring again"]
    assert found[0].why == "1 working day, statutory guidance"
    assert {each.tab for each in found} == {"safety"}
    assert any("The hub’s decision" in each.what for each in today(office).due)
    add_step(office, concern, "decision", decision="advice")
    add_step(office, concern, "escalated", with_whom="Manager", level="1")
    assert [each.what.split(": ")[1] for each in of(office, family_id, "Concern about")] == [
        "Answer to the escalation", "Ring again",
    ]  # fmt: skip
    add_step(office, concern, "closed", words="Taken on.")
    assert not of(office, family_id, "Concern about")


def test_an_open_concern_stands_first_on_the_pack_without_its_words(office: Office, family_id: str) -> None:
    signed_concern(office, family_id)
    mark = home_visit_pack(office, family_id, "").marks[0]
    assert mark.lead.startswith("Open safeguarding concern about ")
    assert mark.text.startswith("It is not with the council yet: ring. Recorded ")
    assert "Not yet agreed with a manager" in mark.text
    assert "A mark." not in mark.text


@pytest.mark.parametrize("ended", [None, "2026-11-23"])
def test_a_danger_statement_is_looked_at_again_while_it_holds(
    office: Office, family_id: str, ended: str | None
) -> None:
    body = {
        "about": [child_of(office, family_id)], "danger": "Left alone.", "written_on": "2026-11-20",
        "review_on": "2026-11-27", "ended_on": ended,
    }  # fmt: skip
    writing.create(office, "danger_statement", family_id, body)
    found = [each for each in of(office, family_id, "danger statement") if each.on == date(2026, 11, 27)]
    assert bool(found) is (ended is None)
