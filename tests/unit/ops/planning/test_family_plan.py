"""The family's plan as it is read: scores in order, bands said, looks left, and a review's first words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.household.people import people
from sf_desktop.ops.office import Office
from sf_desktop.ops.planning import early_help, family_plan
from sf_desktop.store.tables import records
from sf_record.errors import InputError
from sf_record.kinds.family_star import TOOL
from sf_record.wire.audit import Look
from tests.builders.offices import OpenWork


def test_the_latest_scores_about_somebodys_health_leave_a_look(office: Office, family_id: str) -> None:
    family_plan.family_plan(office, family_id)
    assert isinstance(office.tx, OpenWork)
    looked = {each.record_id for each in office.tx.looks if each.what is Look.RECORD_OPENED}
    latest = {records.of_family(office.connection, family_id, (kind,))[-1].id for kind in ("sdq_score", "family_star")}
    assert looked == latest


def test_each_latest_score_is_said_with_its_band(office: Office, family_id: str) -> None:
    (sdq,) = family_plan.family_plan(office, family_id).measures.sdqs
    assert [each.value for each in sdq.totals.points] == [21, 18, 15]
    assert "Total difficulties: 15, slightly raised (band not verified)" in sdq.latest


def test_a_form_that_never_came_says_why(office: Office, family_id: str) -> None:
    child = family_plan.family_plan(office, family_id).measures.sdqs[0].child
    child_id = next(each.id for each in people(office, family_id) if each.name == child)
    body = {"child": child_id, "measured_on": "2026-11-20", "reason": "SDQ2"}
    writing.create(office, "sdq_score", family_id, body)
    (missing,) = family_plan.family_plan(office, family_id).measures.no_forms
    assert (missing.child, missing.reason) == (child, "Carer(s) refused to complete and return")


def test_a_goals_first_score_is_the_one_at_the_start_and_its_owner_says_it(office: Office, family_id: str) -> None:
    goal = family_plan.family_plan(office, family_id).goals[0]
    draft = family_plan.start_score(office, goal.id)
    owner = records.of_family(office.connection, family_id, ("goal",))[0].body["whose"][0]
    assert (draft.body["occasion"], draft.body["who"], draft.body["goal"]) == ("review", owner, goal.id)
    for each in records.of_family(office.connection, family_id, ("goal_score",)):
        writing.enter_in_error(office, each.id, "Pretend slip")
    assert family_plan.start_score(office, goal.id).body["occasion"] == "start"


def test_a_star_needs_a_licence(office: Office, family_id: str) -> None:
    with pytest.raises(InputError) as refusal:
        family_plan.start_star(office, family_id)
    assert refusal.value.code == "not_licensed"
    licensed = replace(office, configuration=replace(office.configuration, licensed_tools=(TOOL,)))
    assert family_plan.start_star(licensed, family_id).kind == "family_star"


def test_what_is_late_comes_first_and_is_said_so(office: Office, family_id: str) -> None:
    body = {"what": "Pretend form", "who_else": "Pretend school", "agreed_on": "2026-11-01", "due_on": "2026-11-20"}
    writing.create(office, "plan_action", family_id, body)
    first, second, *_ = family_plan.family_plan(office, family_id).actions
    assert (first.what, first.is_late, second.is_late) == ("Pretend form", True, False)


def test_a_team_meeting_begins_with_how_the_plan_stands(office: Office, family_id: str) -> None:
    asked = {
        "people": [people(office, family_id)[-1].id], "agreed_at": office.now(), "answer": "agreed",
        "what_for": ["team"], "how": "paper",
    }  # fmt: skip
    writing.create(office, "agreement", family_id, asked, sign=True)
    body = early_help.start_meeting(office, family_id).body
    assert body["goals"].splitlines()[0] == (
        "Everybody gets a whole night's sleep: 6 out of 10 on 16 November 2026, 4 higher, which is better."
    )
    assert "Keep Thursday evening free" in [each["what"] for each in body["progress"]]
