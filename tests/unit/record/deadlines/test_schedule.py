"""What is due for a child at each status: by the facts of the law and the council, exact to the day, each with why."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from sf_desktop.resources import usual_intervals, working_days
from sf_record.configuration import Configuration, Interval
from sf_record.deadlines.schedule import (
    CARE_ORDER_HOME,
    CIN_REVIEW,
    CLA_REVIEW,
    CORE_GROUP,
    CP_REVIEW,
    PARENT_BEFORE_ASSESSMENT,
    TEMPORARY_OR_INTERIM_HOME,
    VISIT,
    Known,
    Placed,
    expected,
)
from sf_record.deadlines.timescales import Due, Override, Rules
from sf_record.kinds import KINDS
from sf_record.kinds.timescale_override import TimescaleOverride
from tests.unit.record.test_dates import vectors

DAYS, USUAL = working_days(), usual_intervals()
TODAY = date(2026, 11, 23)
LONG_AGO = date(2024, 1, 10)


def rules(*more: Interval, today: date = TODAY) -> Rules:
    return Rules(Configuration(intervals=(*USUAL, *more)), DAYS, today)


def due(known: Known, task: str, by: Rules | None = None) -> Due:
    found = [each.due for each in expected(known, by or rules()) if each.task == task]
    assert len(found) == 1
    return found[0]


def vector(rule: str) -> list[tuple[date, date]]:
    return [(start, end) for name, start, end in vectors() if name == rule]


@pytest.mark.parametrize(("start", "end"), vector("cp_visit_10wd"))
def test_a_child_on_a_protection_plan_is_visited_within_ten_working_days(start: date, end: date) -> None:
    found = due(Known("CP", LONG_AGO, last_seen=start), VISIT)
    assert (found.on, found.why) == (end, "CP visit: 10 working days, your council’s rule")


@pytest.mark.parametrize(("start", "end"), vector("cp_review_first_3m"))
def test_the_first_review_of_a_plan_does_not_roll_past_its_day(start: date, end: date) -> None:
    found = due(Known("CP", start), CP_REVIEW)
    assert (found.on, found.why) == (end, "First CP review: 3 months, statutory guidance")


@pytest.mark.parametrize(("start", "end"), vector("cla_visit_first_1wk"))
def test_the_first_week_of_a_placement_is_a_calendar_week(start: date, end: date) -> None:
    found = due(Known("CLA", LONG_AGO, placed=Placed(start)), VISIT)
    assert (found.on, found.why) == (end, "First CLA visit of the placement: 1 week, statutory")


@pytest.mark.parametrize(("start", "end"), vector("cla_visit_6wk"))
def test_six_weeks_are_calendar_weeks_too(start: date, end: date) -> None:
    found = due(Known("CLA", LONG_AGO, last_seen=start, placed=Placed(date(2026, 6, 1))), VISIT)
    assert (found.on, found.why) == (end, "CLA visit in the first year: 6 weeks, statutory")


@pytest.mark.parametrize(("start", "end"), vector("cla_review_first_20wd"))
def test_a_looked_after_child_is_first_reviewed_within_twenty_working_days(start: date, end: date) -> None:
    assert due(Known("CLA", start), CLA_REVIEW).on == end


def test_core_groups_and_reviews_are_counted_from_the_last_one_of_this_plan() -> None:
    began = date(2026, 5, 1)
    plan = Known("CP", began, held={CORE_GROUP: [date(2026, 4, 1)], CP_REVIEW: [date(2026, 4, 20)]})
    assert due(plan, CORE_GROUP) == Due(date(2026, 5, 18), "First core group: 10 working days, statutory guidance")
    later = Known(
        "CP", began, held={CORE_GROUP: [date(2026, 10, 30), date(2026, 5, 11)], CP_REVIEW: [date(2026, 7, 30)]}
    )
    assert due(later, CORE_GROUP) == Due(date(2026, 11, 30), "Core group: 1 month, your council’s rule")
    assert due(later, CP_REVIEW) == Due(date(2027, 1, 30), "CP review: 6 months, statutory guidance")


def test_a_child_born_on_a_plan_is_reviewed_by_whichever_limit_is_first() -> None:
    soon = Known("CP", date(2026, 9, 1), born_on=date(2026, 11, 10))
    assert due(soon, CP_REVIEW).on == date(2026, 11, 24)
    late = Known("CP", date(2026, 9, 1), born_on=date(2026, 11, 30))
    assert due(late, CP_REVIEW).on == date(2026, 12, 1)
    assert due(Known("CP", date(2026, 9, 1), born_on=date(2020, 1, 1)), CP_REVIEW).on == date(2026, 12, 1)


def test_a_child_in_need_is_visited_and_reviewed_by_the_councils_rules() -> None:
    known = Known("CIN", date(2026, 8, 3), last_seen=date(2026, 11, 2), held={CIN_REVIEW: [date(2026, 9, 30)]})
    assert due(known, VISIT) == Due(date(2026, 11, 30), "CIN visit: 20 working days, your council’s rule")
    assert due(known, CIN_REVIEW) == Due(date(2026, 12, 30), "CIN plan review: 3 months, your council’s rule")


@pytest.mark.parametrize(
    ("placed", "seen", "reviews", "on"),
    [
        (Placed(date(2025, 11, 1)), date(2026, 10, 30), 2, date(2026, 12, 11)),  # seen within the first year: 6 weeks
        (Placed(date(2025, 11, 1)), date(2026, 11, 2), 2, date(2026, 12, 14)),  # after it, other: 6 weeks
        (Placed(date(2025, 11, 1), is_long_term=True), date(2026, 11, 2), 2, date(2027, 2, 2)),  # long term: 3 months
        (Placed(date(2026, 11, 2), PARENT_BEFORE_ASSESSMENT), date(2026, 11, 18), 0, date(2026, 11, 25)),
        (Placed(date(2026, 11, 2), PARENT_BEFORE_ASSESSMENT), date(2026, 11, 18), 1, date(2026, 12, 30)),
        (Placed(date(2026, 11, 2), TEMPORARY_OR_INTERIM_HOME), date(2026, 11, 18), 0, date(2026, 11, 25)),
        (Placed(date(2026, 11, 2), TEMPORARY_OR_INTERIM_HOME), date(2026, 11, 18), 1, date(2026, 12, 16)),
        (Placed(date(2026, 11, 18), CARE_ORDER_HOME), date(2026, 11, 10), 1, date(2026, 11, 25)),
        (Placed(date(2026, 11, 2), CARE_ORDER_HOME), date(2026, 11, 18), 1, date(2026, 12, 30)),
        # with a parent it stays six weeks after the first year, also where it is to last until the child is 18
        (Placed(date(2025, 11, 1), CARE_ORDER_HOME, is_long_term=True), date(2026, 11, 18), 2, date(2026, 12, 30)),
        (
            Placed(date(2025, 11, 1), PARENT_BEFORE_ASSESSMENT, is_long_term=True),
            date(2026, 11, 18),
            2,
            date(2026, 12, 30),
        ),
    ],
)
def test_where_a_child_lives_says_how_often_the_law_has_it_visited(
    placed: Placed, seen: date, reviews: int, on: date
) -> None:
    held = {CLA_REVIEW: [date(2026, 11, 20)] * reviews}
    found = due(Known("CLA", date(2025, 10, 1), last_seen=seen, held=held, placed=placed), VISIT)
    assert found.on == on
    assert found.why.endswith(", statutory")


def test_looked_after_reviews_are_three_months_after_the_first_and_then_six() -> None:
    one = Known("CLA", date(2026, 1, 5), held={CLA_REVIEW: [date(2026, 1, 30)]})
    assert due(one, CLA_REVIEW).on == date(2026, 4, 30)
    two = Known("CLA", date(2026, 1, 5), held={CLA_REVIEW: [date(2026, 4, 30), date(2026, 1, 30)]})
    assert due(two, CLA_REVIEW).on == date(2026, 10, 30)


def test_a_rule_of_the_council_that_changes_says_from_what_to_what() -> None:
    stricter = Interval(key="cp_visit", limit=5, unit="days", day_type="working", effective_from="2026-12-01")
    known = Known("CP", LONG_AGO, last_seen=date(2026, 11, 20))
    before = due(known, VISIT, rules(stricter))
    assert (before.on, before.change) == (date(2026, 12, 4), "")
    after = due(known, VISIT, rules(stricter, today=date(2026, 12, 1)))
    assert after.on == date(2026, 11, 27)
    assert after.change == (
        "Changed on 1 December 2026 from 10 working days to 5 working days,"
        " so 27 November 2026 in place of 4 December 2026"
    )
    since = Known("CP", LONG_AGO, last_seen=date(2026, 12, 2))
    assert due(since, VISIT, rules(stricter, today=date(2026, 12, 3))).change == ""


def test_a_plans_own_interval_says_who_agreed_it_why_and_what_it_replaces() -> None:
    mine = Override(5, "days", "working", date(2026, 11, 1), "Baby under one", "core group")
    known = Known("CP", LONG_AGO, last_seen=date(2026, 11, 20), overrides={"cp_visit": mine})
    found = due(known, VISIT)
    assert found.on == date(2026, 11, 27)
    assert found.why == "CP visit: 5 working days, this plan’s own (agreed by core group: Baby under one)"
    assert found.change == "In place of 10 working days, your council’s rule: 4 December 2026"


def test_no_plan_sets_aside_what_the_law_fixes() -> None:
    mine = Override(12, "months", "calendar", date(2026, 1, 1), "Convenient", "nobody")
    keys = ("cp_review_first", "cla_visit_first", "cla_review_first", "core_group_first")
    for status in ("CP", "CLA"):
        with_it = Known(status, date(2026, 11, 2), overrides=dict.fromkeys(keys, mine))
        assert expected(with_it, rules()) == expected(Known(status, date(2026, 11, 2)), rules())


def test_only_what_the_council_may_decide_can_be_set_by_a_plan() -> None:
    statutory = {each.key for each in USUAL if each.is_statutory}
    offered = {code for code, _ in KINDS["timescale_override"].by_name["key"].choices}
    assert offered
    assert not offered & statutory
    assert offered <= {each.key for each in USUAL}
    assert TimescaleOverride(limit=2, unit="weeks", since="2026-11-01").interval == Override(
        2, "weeks", "calendar", date(2026, 11, 1), "", ""
    )


def test_a_status_without_timescales_has_nothing_due() -> None:
    assert expected(Known("", TODAY), rules()) == ()
    assert expected(Known("CP", TODAY), Rules(Configuration(), DAYS, TODAY)) == ()


def test_every_interval_says_by_whose_rule_as_its_source_does() -> None:
    from sf_desktop.paths import resources

    text = (resources() / "facts" / "timescales.csv").read_text(encoding="utf-8")
    kinds = {row["key"]: row["kind"] for row in csv.DictReader(text.splitlines())}
    for each in USUAL:
        assert each.is_guidance == kinds[each.key].startswith("statutory guidance")
        assert each.is_statutory == kinds[each.key].startswith("statutory")
