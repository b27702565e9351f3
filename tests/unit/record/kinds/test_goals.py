"""Goals: at most three open at once, each said whole, and a score that somebody stands behind."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sf_desktop.resources import code_sets
from sf_record.rules.validation import Rules, problems, problems_among

RULES = Rules(code_sets(), date(2026, 11, 23))
PERSON = "0193a3a1-8c4e-7000-8000-000000000001"


def goal(want: str, **more: Any) -> dict[str, Any]:
    return {"want": want, "started_on": "2026-09-01", **more}


def ended(want: str) -> dict[str, Any]:
    return goal(want, ended_on="2026-10-01", how="reached")


def faults(kind: str, body: dict[str, Any]) -> set[str]:
    return {each.field for each in problems(kind, body, RULES)}


def test_a_fourth_open_goal_is_told_in_plain_words() -> None:
    three = [goal("Sleep"), goal("School"), goal("Play outside")]
    (problem,) = problems_among("goal", goal("Garden"), three)
    assert problem.field == "want"
    assert "three goals are open" in problem.message


@pytest.mark.parametrize(
    ("new", "others"),
    [
        (goal("Garden"), [goal("Sleep"), goal("School")]),
        (goal("Garden"), [goal("Sleep"), goal("School"), ended("Play outside")]),
        (ended("Garden"), [goal("Sleep"), goal("School"), goal("Play outside")]),
    ],
)
def test_goals_that_ended_do_not_count(new: dict[str, Any], others: list[dict[str, Any]]) -> None:
    assert problems_among("goal", new, others) == ()


def test_other_kinds_are_not_held_against_one_another() -> None:
    assert problems_among("note", {"type": "note"}, [{"type": "note"}]) == ()
    assert problems_among("kind of a newer program", {}, [{}]) == ()


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (goal("Sleep"), set()),
        (ended("Sleep"), set()),
        (goal("Sleep", ended_on="2026-08-01", how="reached"), {"ended_on"}),
        (goal("Sleep", ended_on="2026-10-01"), {"how"}),
        (goal("Sleep", how="dropped"), {"ended_on"}),
    ],
)
def test_an_ended_goal_says_when_and_how(body: dict[str, Any], fields: set[str]) -> None:
    assert faults("goal", body) == fields


def test_a_score_is_a_whole_number_from_0_to_10_that_somebody_gave() -> None:
    score = {"goal": PERSON, "scored_on": "2026-09-01", "occasion": "start"}
    assert faults("goal_score", {**score, "score": 0, "who": PERSON}) == set()
    assert faults("goal_score", {**score, "score": 10, "somebody_else": "Pretend grandmother"}) == set()
    assert faults("goal_score", {**score, "score": 4}) == {"who"}
    for wrong in (11, -1, 4.5, True, "4"):
        assert faults("goal_score", {**score, "score": wrong, "who": PERSON}) == {"score"}


def test_an_action_has_somebody_who_does_it() -> None:
    action = {"what": "Read before bed", "agreed_on": "2026-09-01"}
    assert faults("plan_action", action) == {"who"}
    assert faults("plan_action", {**action, "who_else": "Pretend school"}) == set()
    assert faults("plan_action", {**action, "who": [PERSON], "due_on": "2026-08-01"}) == {"due_on"}


def test_each_number_of_a_scaling_question_belongs_to_somebody() -> None:
    asked: dict[str, Any] = {"question": "safety", "asked_on": "2026-09-01"}
    answers = [{"person": PERSON, "score": 3}, {"score": 7}]
    assert faults("scaling", {**asked, "answers": answers}) == {"answers.1.person"}
    assert faults("scaling", asked) == {"answers"}
    assert faults("scaling", {**asked, "answers": [{"person": PERSON, "score": 12}]}) == {"answers.0.score"}
