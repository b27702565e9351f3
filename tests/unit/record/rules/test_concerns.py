"""How far a concern is, from its steps, and which clocks run until when."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from sf_desktop.ops.office import day_of
from sf_desktop.resources import code_sets, usual_intervals, working_days
from sf_record.configuration import Configuration, ContactNumber, EscalationLevel, Interval
from sf_record.kinds.concern_step import ConcernStep
from sf_record.rules import validation
from sf_record.rules.concerns import Facts, Standing, standing
from sf_record.rules.validation import Rules

WRITTEN = "2026-11-20T15:00:00.000000Z"  # a Friday
LEVELS = (
    EscalationLevel(level=1, label="Team manager", limit=24, unit="hours"),
    EscalationLevel(level=2, label="Service manager", limit=2, unit="days", day_type="working"),
    EscalationLevel(
        level=2, label="Head of service", limit=1, unit="days", day_type="working", effective_from="2026-12-01"
    ),
)


def facts(now: str = "2026-11-23T09:00:00+00:00", *more: Interval) -> Facts:
    configuration = Configuration(intervals=(*usual_intervals(), *more), escalations=LEVELS)
    return Facts(configuration, working_days(), datetime.fromisoformat(now), day_of)


def step(code: str, at: str, **more: str) -> ConcernStep:
    return ConcernStep(concern="c", step=code, done_at=at, **more)


def stand(*steps: ConcernStep, by: Facts | None = None) -> Standing:
    return standing(WRITTEN, steps, by or facts())


def test_a_new_concern_says_what_is_lacking_and_runs_no_clock_that_nobody_set() -> None:
    found = stand()
    assert found.is_open
    assert found.lacks == (
        "Not yet agreed with a manager", "The safeguarding hub is not told yet", "The hub’s decision is not known yet",
    )  # fmt: skip
    assert found.clocks == ()


def test_a_council_that_set_a_limit_for_telling_the_hub_has_it_counted() -> None:
    rule = Interval(key="concern_hub", limit=1, unit="days", day_type="working", effective_from="2026-04-01")
    clock = stand(by=facts("2026-11-24T09:00:00+00:00", rule)).clocks[0]
    assert (clock.what, clock.on, clock.is_overdue) == ("Tell the safeguarding hub", date(2026, 11, 23), True)
    assert clock.why == "1 working day, your council’s rule"


def test_the_hub_has_a_working_day_to_decide_by_statutory_guidance() -> None:
    told = step("hub", "2026-11-20T16:00:00.000000Z", with_whom="Hub", way="telephone", reference="R-7")
    found = stand(told)
    assert (found.hub_at, found.reference) == (told.done_at, "R-7")
    assert [(each.what, each.on, each.why) for each in found.clocks] == [
        ("The hub’s decision", date(2026, 11, 23), "1 working day, statutory guidance")
    ]
    decided = stand(told, step("decision", "2026-11-23T08:00:00.000000Z", decision="assessment"))
    assert decided.decision == "Assessment under section 17"
    assert decided.clocks == ()
    assert decided.lacks == ("Not yet agreed with a manager",)


def test_a_strategy_discussion_is_awaited_by_the_hour_until_it_is_held_or_something_else_is_decided() -> None:
    decided = step("decision", "2026-11-22T10:00:00.000000Z", decision="strategy")
    (clock,) = stand(decided).clocks
    assert (clock.what, clock.at, clock.is_overdue) == (
        "The strategy discussion", "2026-11-23T10:00:00.000000Z", False,
    )  # fmt: skip
    assert clock.why == "24 hours, your council’s rule"
    assert stand(decided, by=facts("2026-11-23T10:00:01+00:00")).clocks[0].is_overdue
    before = step("discussed", "2026-11-21T10:00:00.000000Z", with_whom="Hub and police")
    assert stand(before, decided).clocks == (clock,)
    assert stand(decided, step("discussed", "2026-11-23T08:00:00.000000Z", with_whom="Hub and police")).clocks == ()
    assert stand(decided, step("decision", "2026-11-23T08:00:00.000000Z", decision="enquiry")).clocks == ()
    councils = Interval(
        key="strategy_discussion", limit=72, unit="hours", day_type="calendar", effective_from="2026-11-01"
    )
    assert stand(decided, by=facts("2026-11-23T09:00:00+00:00", councils)).clocks[0].at == "2026-11-25T10:00:00.000000Z"


def test_the_conference_is_counted_from_the_strategy_discussion_that_began_the_enquiry() -> None:
    """The day of ``date_test_vectors.csv``: a discussion on 20 March 2026 has until 14 April."""
    discussed = step("discussed", "2026-03-20T10:00:00.000000Z", with_whom="Hub and police")
    enquiry = step("decision", "2026-03-20T11:00:00.000000Z", decision="enquiry")
    now = facts("2026-04-15T09:00:00+00:00")
    (clock,) = stand(discussed, enquiry, by=now).clocks
    assert (clock.what, clock.on, clock.is_overdue) == (
        "The initial conference, if one is called", date(2026, 4, 14), True,
    )  # fmt: skip
    assert clock.why == "15 working days, statutory guidance"
    assert stand(enquiry, by=now).clocks == (), "nobody knows when it was discussed"
    none = step("decision", "2026-04-01T11:00:00.000000Z", decision="nothing")
    assert stand(discussed, enquiry, none, by=now).clocks == ()
    steps = (discussed, enquiry)
    assert standing(WRITTEN, steps, now, ("2026-04-10",)).clocks == ()
    assert standing(WRITTEN, steps, now, ("2026-03-02",)).clocks == (clock,), "that was an earlier one"


def test_an_escalation_runs_by_the_hour_and_ends_with_its_answer() -> None:
    first = step("escalated", "2026-11-22T10:00:00.000000Z", level="1", with_whom="T. Manager")
    clock = stand(first).clocks[0]
    assert (clock.at, clock.is_overdue) == ("2026-11-23T10:00:00.000000Z", False)
    assert clock.why == "level 1, Team manager: 24 hours, your council’s rule"
    late = stand(first, by=facts("2026-11-23T10:00:01+00:00"))
    assert late.clocks[0].is_overdue
    second = step("escalated", "2026-11-23T11:00:00.000000Z", level="2", with_whom="S. Manager")
    assert stand(second, first).level == 2
    assert stand(second, first).clocks[0].on == date(2026, 11, 25)
    assert stand(second, first, step("answered", "2026-11-23T12:00:00.000000Z", with_whom="S")).clocks == ()


def test_a_level_holds_from_its_day_on() -> None:
    step2 = step("escalated", "2026-12-01T09:00:00.000000Z", level="2", with_whom="X")
    assert "Head of service" in stand(step2, by=facts("2026-12-01T10:00:00+00:00")).clocks[0].why
    unknown = step("escalated", "2026-12-01T09:00:00.000000Z", level="5", with_whom="X")
    assert stand(unknown).clocks == ()


def test_a_follow_up_stands_until_somebody_says_that_it_was_done() -> None:
    hub = step("hub", "2026-11-20T16:00:00.000000Z", follow_up_on="2026-11-22", follow_up="Ring the hub again")
    clocks = stand(hub, step("decision", "2026-11-20T17:00:00.000000Z", decision="advice")).clocks
    assert [(each.what, each.on, each.is_overdue) for each in clocks] == [
        ("Ring the hub again", date(2026, 11, 22), True)
    ]
    again = step("followed_up", "2026-11-23T08:00:00.000000Z", follow_up_on="2026-11-30")
    assert [each.on for each in stand(hub, again).clocks if "Follow" in each.what] == [date(2026, 11, 30)]
    assert not [each for each in stand(hub, again).clocks if each.what == "Ring the hub again"]


def test_a_closed_concern_has_no_clock() -> None:
    found = stand(step("closed", "2026-11-23T08:00:00.000000Z", words="x"), step("hub", "2026-11-20T16:00:00.000000Z"))
    assert not found.is_open
    assert found.clocks == ()
    assert found.lacks == ()


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"step": "hub"}, {"with_whom", "way"}),
        ({"step": "escalated", "with_whom": "X"}, {"level"}),
        ({"step": "closed"}, {"words"}),
        ({"step": "decision"}, {"decision"}),
        ({"step": "decision", "words": "They will see the child tomorrow."}, set()),
    ],
)
def test_a_step_is_not_signed_without_what_it_is_for(body: dict[str, str], fields: set[str]) -> None:
    whole = {"concern": "01935808-ec00-71d7-b636-d85099090016", "done_at": WRITTEN, **body}
    found = validation.problems("concern_step", whole, Rules(code_sets(), date(2026, 11, 23), is_signing=True))
    assert {each.field for each in found} == fields


def test_a_concern_needs_a_child_danger_and_what_was_said_or_seen() -> None:
    rules = Rules(code_sets(), date(2026, 11, 23), is_signing=True)
    first = validation.problems("concern", {"happened_at": WRITTEN}, rules)
    assert [each.field for each in first] == ["is_in_danger"]
    then = validation.problems("concern", {"happened_at": WRITTEN, "is_in_danger": False}, rules)
    assert [each.field for each in then] == ["about", "words"]
    body = {"happened_at": WRITTEN, "is_in_danger": True, "about_other": "The girl next door", "facts": "A bruise."}
    assert validation.problems("concern", body, rules) == ()
    mark = {"place": "Face, front", "side": "front", "x": 250, "y": 1001}
    off = validation.problems("concern", {**body, "marks": [mark]}, rules)
    assert [each.field for each in off] == ["marks.0.place"]


def test_the_number_to_ring_is_the_councils_and_999_while_a_child_is_in_danger() -> None:
    hub = ContactNumber(label="Hub", number="01632 960001")
    council = Configuration(contacts=(hub, ContactNumber(label="Emergency", number="999")))
    assert council.phone_for(is_in_danger=False) == hub
    assert council.phone_for(is_in_danger=True).number == "999"
    assert [each.number for each in council.numbers] == ["999", "01632 960001"]
    assert Configuration().phone_for(is_in_danger=False).number == "999"
