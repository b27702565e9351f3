"""Support, referrals, services and what passes between agencies: what fits together, and the days that things wait."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sf_desktop.resources import code_sets
from sf_record import body as bodies
from sf_record.deadlines.waiting import days_waiting, days_words
from sf_record.kinds.support import long_words
from sf_record.rules.validation import Rules, problems

TODAY = date(2026, 11, 23)
SOMEBODY = "0193a3a1-8c4e-7000-8000-000000000001"
REFERRAL = {"to_whom": "Pretend advice", "what_for": "Rent", "about": [SOMEBODY], "sent_on": "2026-10-31"}
REQUEST = {"direction": "ours", "agency": "Pretend school", "what": "Attendance", "asked_on": "2026-11-02"}
SHARED = {
    "agency": "Pretend school", "what": "When visits are", "reason": "To plan together", "is_lawful": True,
    "power": "s10", "is_necessary": True, "sought": "given", "outcome": "shared", "decided_on": "2026-11-20",
    "way": "phone", "authorised_by": SOMEBODY,
}  # fmt: skip


def faults(kind: str, body: dict[str, Any], *, sign: bool = False) -> set[str]:
    return {each.field for each in problems(kind, body, Rules(code_sets(), TODAY, sign))}


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({}, set()),
        ({"answer": "accepted"}, {"answered_on"}),
        ({"answer": "waiting", "answered_on": "2026-11-01"}, {"answer"}),
        ({"answer": "declined", "answered_on": "2026-10-01"}, {"answered_on"}),
        ({"answer": "listed", "answered_on": "2026-11-10"}, set()),
    ],
)
def test_an_answer_has_its_day(more: dict[str, Any], fields: set[str]) -> None:
    assert faults("onward_referral", {**REFERRAL, **more}) == fields


@pytest.mark.parametrize(
    ("kind", "body", "days"),
    [
        ("onward_referral", REFERRAL, 23),
        ("onward_referral", {**REFERRAL, "answer": "declined", "answered_on": "2026-11-10"}, 10),
        ("information_request", REQUEST, 21),
        ("information_request", {**REQUEST, "answered_on": "2026-11-02"}, 0),
    ],
)
def test_days_are_counted_until_the_answer_or_until_today(kind: str, body: dict[str, Any], days: int) -> None:
    assert bodies.read(kind, body).waited(TODAY) == days


def test_days_that_cannot_be_read_are_not_counted() -> None:
    assert days_waiting("last week", None, TODAY) is None
    assert (days_words(None), days_words(1), days_words(1_200)) == ("", "1 day", "1,200 days")


def test_a_request_is_late_only_while_it_is_outstanding() -> None:
    late = {**REQUEST, "due_on": "2026-11-20"}
    assert bodies.read("information_request", late).is_late(TODAY)
    assert not bodies.read("information_request", {**late, "answered_on": "2026-11-21"}).is_late(TODAY)
    assert faults("information_request", {**REQUEST, "due_on": "2026-10-01"}) == {"due_on"}
    assert faults("information_request", {**REQUEST, "answer": "Never"}) == {"answered_on"}


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({}, set()),
        ({"is_lawful": False}, {"is_lawful"}),
        ({"is_necessary": False}, {"is_necessary"}),
        ({"power": ""}, {"power"}),
        ({"power": "other"}, {"other_power"}),
        ({"way": ""}, {"way"}),
        ({"sought": "refused"}, {"why_not"}),
        ({"sought": "not_sought"}, {"why_not"}),
        ({"sought": "refused", "why_not": "A child was at risk"}, set()),
        ({"power": "agreement", "sought": "refused", "why_not": "A child was at risk"}, {"power"}),
        ({"outcome": "refused", "is_lawful": False, "power": "", "way": "", "sought": "refused"}, set()),
        ({"outcome": "part", "is_necessary": False}, {"is_necessary"}),
        ({"is_lawful": None, "authorised_by": None}, {"is_lawful", "authorised_by"}),
    ],
)  # fmt: skip
def test_nothing_is_shared_without_both_tests(more: dict[str, Any], fields: set[str]) -> None:
    assert faults("information_shared", {**SHARED, **more}, sign=True) == fields


def test_information_received_names_its_power() -> None:
    told = {"agency": "Pretend police", "received_on": "2026-11-20", "reason": "A call", "what": "They were there"}
    assert faults("information_received", told) == {"power"}
    assert faults("information_received", {**told, "power": "other"}) == {"other_power"}
    assert faults("information_received", {**told, "power": "s47"}) == set()


def test_support_is_given_by_somebody_to_somebody() -> None:
    given = {"what": "Talked about sleep", "sort": "advice", "given_on": "2026-11-20"}
    assert faults("support", given) == {"for_whom"}
    assert faults("support", {**given, "for_whom": [SOMEBODY]}) == {"by"}
    assert faults("support", {**given, "for_whom": [SOMEBODY], "by": SOMEBODY, "minutes": 1_441}) == {"minutes"}
    assert faults("support", {**given, "for_whom": [SOMEBODY], "by_somebody_else": "Pretend volunteer"}) == set()


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(None, ""), (0, "0 minutes"), (60, "1 hour"), (135, "2 hours 15 minutes"), (90_000, "1,500 hours")],
)
def test_a_length_of_time_in_words(minutes: int | None, words: str) -> None:
    assert long_words(minutes) == words


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("service", {"what": "Pretend club", "who": [SOMEBODY]}),
        ("professional", {"name": "Pretend Nurse", "role": "Nurse", "agency": "Pretend clinic"}),
    ],
)
def test_what_ends_does_not_end_before_it_began(kind: str, body: dict[str, Any]) -> None:
    assert faults(kind, {**body, "since": "2026-11-20", "until": "2026-11-19"}) == {"until"}
    assert faults(kind, {**body, "since": "2026-11-20", "until": "2026-11-20"}) == set()
