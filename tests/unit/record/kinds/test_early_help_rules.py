"""What does not fit together in an agreement, an assessment, a team meeting, a step and a notice given."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sf_desktop.resources import code_sets
from sf_record.rules.validation import Rules, problems

CODES, TODAY = code_sets(), date(2026, 11, 23)
PERSON = "01890000-0000-7000-8000-000000000001"
AT = "2026-11-23T09:00:00.000000Z"


def wrong(kind: str, body: dict[str, Any], *, sign: bool = True) -> set[str]:
    return {each.field for each in problems(kind, body, Rules(CODES, TODAY, sign))}


AGREEMENT = {
    "people": [PERSON], "agreed_at": AT, "answer": "agreed", "what_for": ["assessment"], "how": "paper",
}  # fmt: skip
ASSESSMENT = {
    "started_at": AT, "children": [{"person": PERSON}], "reason": "Pretend", "worries": "Pretend",
    "strengths": "Pretend", "needed": "Pretend", "analysis": "Pretend", "decision": "team",
}  # fmt: skip
MEETING = {"sort": "first", "met_at": AT, "family_view": "Pretend", "is_still_needed": False}
STEP = {
    "type": "closure", "decided_on": "2026-11-23", "children": [PERSON], "why": "Pretend", "where_to": "nobody",
    "closure_reason": "RC9",
}  # fmt: skip
GIVEN = {"version": "1", "people": [PERSON], "given_at": AT, "how": ["read"], "understood": "yes"}
ALL: dict[str, dict[str, Any]] = {
    "agreement": AGREEMENT,
    "assessment": ASSESSMENT,
    "team_meeting": MEETING,
    "step": STEP,
    "notice_given": GIVEN,
}


@pytest.mark.parametrize("kind", sorted(ALL))
def test_the_least_that_may_be_signed(kind: str) -> None:
    assert wrong(kind, ALL[kind]) == set()


@pytest.mark.parametrize(
    ("kind", "more", "at"),
    [
        ("agreement", {"how": "spoken"}, {"witness"}),
        ("agreement", {"what_for": ["sharing"]}, {"agencies"}),
        ("agreement", {"agencies": [{"agency": "School"}]}, {"agencies.0.may_share"}),
        ("agreement", {"people": []}, {"people"}),
        ("assessment", {"scales": [{"person": PERSON, "score": 11}]}, {"scales.0.score"}),
        ("assessment", {"scales": [{"score": 4}]}, {"scales.0.who"}),
        ("assessment", {"voices": [{"person": PERSON}]}, {"voices.0.words"}),
        ("assessment", {"factors": ["21", "1A"]}, {"factors"}),
        ("assessment", {"factors": ["ZZ"]}, {"factors"}),
        ("assessment", {"children": []}, {"children"}),
        ("team_meeting", {"is_still_needed": True}, {"next_on"}),
        ("team_meeting", {"actions": [{"what": "Pretend"}]}, {"actions.0.who", "actions.0.due_on"}),
        ("step", {"closure_reason": ""}, {"closure_reason"}),
        ("step", {"where_to": "social_care"}, {"handed_to"}),
        ("notice_given", {"people": []}, {"people"}),
        ("notice_given", {"understood": "no"}, {"why_not"}),
        ("notice_given", {"how": ["telepathy"]}, {"how"}),
    ],
)
def test_what_does_not_fit_is_named(kind: str, more: dict[str, Any], at: set[str]) -> None:
    assert wrong(kind, {**ALL[kind], **more}) == at


def test_a_closure_code_is_that_of_its_day() -> None:
    found = problems("step", STEP, Rules(CODES, date(2020, 1, 1), is_signing=True))  # RC9 is of 2022-23
    assert [each.field for each in found] == ["closure_reason"]


def test_no_special_category_answer_is_asked_for_before_signing() -> None:
    assert not wrong("assessment", ASSESSMENT) & {"health", "factors"}
