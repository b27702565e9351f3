"""Agreements, what they allow, and early help from the first assessment to its closure, as the verbs do it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.attaching import attachments
from sf_desktop.ops.attaching.attachments import Signed, Target
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.household.people import people_of
from sf_desktop.ops.office import Office
from sf_desktop.ops.planning import early_help
from sf_desktop.ops.reading.timeline import timeline_rows
from sf_desktop.ops.records import recording
from sf_desktop.ops.sharing import agreements
from sf_desktop.store.tables import records
from sf_record.description import Role
from sf_record.errors import InputError
from sf_record.rules import sameness
from tests.builders.early_help import AGENCIES, agree, assess, assessment_body, meet, sign, withdraw
from tests.builders.pictures import png
from tests.builders.written import drafts_begun, save_unsigned
from tests.fakes.clock import FrozenClock

OF_THE_PLAN = "Keep Thursday evening free"  # the one action of the family's own plan that is still to be done


def later(office: Office, **more: int) -> None:
    cast("FrozenClock", office.clock).forward(timedelta(**more).total_seconds())


def refused(office: Office, family_id: str) -> str:
    with pytest.raises(InputError) as told:
        early_help.start_assessment(office, family_id)
    return told.value.code


def test_nothing_is_begun_without_the_familys_agreement(office: Office, family_id: str) -> None:
    assert refused(office, family_id) == "agreement_missing"
    with pytest.raises(InputError, match="agreement_missing"):
        early_help.start_meeting(office, family_id)
    agree(office, family_id, "team")
    assert refused(office, family_id) == "agreement_missing"
    agree(office, family_id, "assessment")
    assert early_help.start_assessment(office, family_id).kind == "assessment"


def test_a_refusal_is_kept_and_allows_nothing(office: Office, family_id: str) -> None:
    agree(office, family_id, answer="refused")
    assert refused(office, family_id) == "agreement_missing"
    (shown,) = agreements.agreements(office, family_id).rows
    (row,) = timeline_rows(office, (shown.id,))
    assert row.title == "Agreement refused: assessment, team meetings, sharing"
    assert not shown.is_agreed
    assert not shown.stands


def test_no_other_way_of_writing_goes_round_it(office: Office, family_id: str) -> None:
    draft = recording.start(office, "assessment", family_id, assessment_body())
    children = [{"person": each.id} for each in people_of(office, family_id) if each.is_child]
    with pytest.raises(InputError, match="agreement_missing"):
        sign(office, draft, {**draft.body, "children": children})
    with pytest.raises(InputError, match="agreement_missing"):
        writing.create(office, "assessment", family_id, {**draft.body, "children": children})
    assert drafting.get(office, draft.id).body["reason"] == "Pretend: mornings are hard."


def test_a_withdrawal_stops_it_and_says_who_must_be_told(office: Office, family_id: str) -> None:
    agreement_id = agree(office, family_id)
    draft = early_help.start_assessment(office, family_id)
    later(office, hours=2)
    withdraw(office, agreement_id)
    later(office, minutes=1)
    with pytest.raises(InputError) as told:
        sign(office, draft, {**draft.body, **assessment_body()})
    assert told.value.code == "agreement_withdrawn"
    assert drafting.get(office, draft.id).body["worries"] == "Pretend: late every day."
    assert refused(office, family_id) == "agreement_withdrawn"
    (shown,) = agreements.agreements(office, family_id).rows
    assert shown.withdrawn_at
    assert shown.still_to_tell == ("Pretend Primary School", "Pretend health visitors")
    assert shown.refused == ("Pretend Housing",)

    # One of them is told; the withdrawal is the same record.
    again = agreements.start_withdrawal(office, agreement_id)
    told_rows = [{**again.body["told"][0], "told_on": "2026-11-23"}, again.body["told"][1]]
    drafting.save(office, again.id, {**again.body, "told": told_rows})
    save_unsigned(office, again.id)
    (shown,) = agreements.agreements(office, family_id).rows
    assert shown.still_to_tell == ("Pretend health visitors",)


def test_what_was_signed_before_stays_and_can_be_put_right(office: Office, family_id: str) -> None:
    agreement_id = agree(office, family_id)
    assessment_id = assess(office, family_id)
    later(office, hours=2)
    withdraw(office, agreement_id)
    later(office, minutes=1)
    writing.amend(office, assessment_id, "Pretend: the street is another one.")
    record = records.get(office.connection, assessment_id)
    assert record is not None
    assert record.signed is not None
    assert len(record.amendments) == 1


def test_an_agreement_begins_with_the_adults_and_the_agencies_of_the_last(office: Office, family_id: str) -> None:
    agree(office, family_id)
    draft = agreements.start_agreement(office, family_id, ("team",))
    adults = {each.id for each in people_of(office, family_id) if not each.is_child}
    assert set(draft.body["people"]) <= adults
    assert draft.body["agencies"] == AGENCIES
    assert draft.body["what_for"] == ["team"]
    assert agreements.start_agreement(office, family_id).id == draft.id


def test_what_was_signed_on_this_screen_has_its_signature_with_it(office: Office, family_id: str) -> None:
    draft = agreements.start_agreement(office, family_id, ("assessment",))
    body = {**draft.body, "people": [people_of(office, family_id)[-1].id], "answer": "agreed", "how": "drawn"}
    drafting.save(office, draft.id, body)
    assert [each.field for each in recording.check(office, draft.id)] == ["how"]
    with pytest.raises(InputError) as told:
        recording.sign(office, draft.id)
    assert [each.field for each in told.value.fields] == ["how"]

    spoken = Signed("Pretend mother", "This agreement", "spoken", "Pretend health visitor")
    attachments.sign(office, Target(family_id, draft.id), spoken)
    assert recording.check(office, draft.id)  # agreed aloud is another way
    drawn = attachments.sign(
        office, Target(family_id, draft.id), replace(spoken, how="drawn", witness="", drawing=png())
    )
    assert recording.check(office, draft.id) == ()
    attachments.take_out(office, drawn.record_id)
    assert recording.check(office, draft.id)
    attachments.put_back(office, drawn.record_id)
    agreement_id = recording.sign(office, draft.id).record_id
    signatures = attachments.of_record(office, family_id, agreement_id)
    assert {each.body["signed_how"] for each in signatures} == {"spoken", "drawn"}
    assert agreements.agreements(office, family_id).rows[0].stands


def test_it_is_looked_at_again_on_its_day(office: Office, family_id: str) -> None:
    agree(office, family_id, review_on="2026-11-24")
    assert not agreements.agreements(office, family_id).rows[0].is_review_due
    later(office, days=1)
    assert agreements.agreements(office, family_id).rows[0].is_review_due


def test_an_assessment_begins_with_what_the_file_says(office: Office, family_id: str) -> None:
    agree(office, family_id)
    draft = early_help.start_assessment(office, family_id)
    people = people_of(office, family_id)
    children = [each.id for each in people if each.is_child]
    assert [each["person"] for each in draft.body["children"]] == children
    assert {each["person"] for each in draft.body["responsible"]} == {
        each.id for each in people if each.has_parental_responsibility
    }
    assert set(draft.body["household"]) == {each.id for each in people if each.lives_here}
    assert {each["person"] for each in draft.body["views"]} == {each.id for each in people if each.role == "parent"}
    assert early_help.start_assessment(office, family_id).id == draft.id


def test_who_helps_the_family_already_is_not_typed_twice(office: Office, family_id: str) -> None:
    around = [each for each in records.of_family(office.connection, family_id, ("professional",)) if not each.in_error]
    writing.create(
        office, "professional", family_id,
        {"name": "Pretend nurse", "role": "School nurse", "agency": "Pretend School", "phone": "01632 960009"},
    )  # fmt: skip
    left = {"name": "Pretend leaver", "role": "Teacher", "agency": "Pretend School", "until": "2026-01-01"}
    writing.create(office, "professional", family_id, left)
    agree(office, family_id)
    first = early_help.start_assessment(office, family_id).body["professionals"]
    assert len(first) == len([each for each in around if not each.body.get("until")]) + 1
    nurse = {"name": "Pretend nurse", "role": "School nurse", "agency": "Pretend School", "contact": "01632 960009"}
    assert first[-1] == nurse
    drafting.discard(office, drafts_begun(office, family_id, "assessment")[0].id)
    assess(office, family_id, professionals=[{"name": "pretend NURSE", "agency": "Moved", "took_part": True}])
    team = early_help.start_meeting(office, family_id).body["team"]
    assert team[0] == {"name": "pretend NURSE", "agency": "Moved"}
    assert len(team) == len(first)
    later(office, days=30)
    again = early_help.start_assessment(office, family_id).body["professionals"]
    assert again[0] == {"name": "pretend NURSE", "agency": "Moved"}
    assert nurse not in again


def test_who_lives_where_is_asked_of_the_file_each_time(office: Office, family_id: str) -> None:
    agree(office, family_id)
    known = [{"person": each.id, "known_from": "Pretend certificate"} for each in people_of(office, family_id)]
    assess(office, family_id, household=[], responsible=known)
    later(office, days=30)
    body = early_help.start_assessment(office, family_id).body
    assert set(body["household"]) == {each.id for each in people_of(office, family_id) if each.lives_here}
    assert {each["known_from"] for each in body["responsible"]} == {"Pretend certificate"}
    assert all(each["children"] for each in body["responsible"])


def test_the_next_one_carries_forward_what_lasts_and_asks_anew_what_does_not(office: Office, family_id: str) -> None:
    agree(office, family_id)
    team = [{"name": "Pretend teacher", "agency": "Pretend Primary School"}]
    assess(office, family_id, professionals=team, home="Pretend: damp.", scales=[{"who": "Gran", "score": 3}])
    later(office, days=90)
    body = early_help.start_assessment(office, family_id).body
    assert body["professionals"][: len(team)] == team
    assert body["home"] == "Pretend: damp."
    assert not {"reason", "worries", "analysis", "decision", "scales", "copies"} & set(body)


def test_the_team_meets_when_the_interval_says_and_takes_its_actions_along(office: Office, family_id: str) -> None:
    agree(office, family_id)
    plan = [{"what": "Pretend: same bedtime", "who": "Mother", "by_on": "2026-12-01"}]
    assess(office, family_id, plan=plan, meet_on="2026-12-07")
    view = early_help.early_help(office, family_id)
    assert view.next_on == "2026-12-07"
    assert view.due is not None
    assert (view.due.on, view.is_due_past) == (date(2027, 1, 4), False)
    assert view.due.why == "Team around the family: 6 weeks, your council’s rule"

    later(office, days=14)
    first = early_help.start_meeting(office, family_id)
    assert first.body["sort"] == "first"
    expected = {"what": "Pretend: same bedtime", "who": "Mother", "due_on": "2026-12-01"}
    assert first.body["progress"][0] == expected
    assert [each["what"] for each in first.body["progress"][1:]] == [OF_THE_PLAN]
    drafting.discard(office, first.id)
    meet(
        office,
        family_id,
        progress=[{**first.body["progress"][0], "progress": "begun"}, {"what": "Pretend: done", "progress": "done"}],
        actions=[{"what": "Pretend: bags", "who": "Father", "due_on": "2026-12-20"}],
        is_still_needed=True,
        next_on="2027-01-18",
        team_came=[{"name": "Pretend teacher"}],
    )
    view = early_help.early_help(office, family_id)
    assert (view.next_on, view.due and view.due.on) == ("2027-01-18", date(2027, 1, 18))
    second = early_help.start_meeting(office, family_id)
    assert [each["what"] for each in second.body["progress"]] == ["Pretend: same bedtime", "Pretend: bags", OF_THE_PLAN]
    assert second.body["team"][0] == {"name": "Pretend teacher"}
    later(office, days=60)
    assert early_help.early_help(office, family_id).is_due_past


def test_nobody_stands_as_having_come_to_a_meeting_before_the_worker_says_so(office: Office, family_id: str) -> None:
    agree(office, family_id)
    visitor = {"name": "Pretend visitor", "agency": "Pretend health", "role": "Health visitor"}
    writing.create(office, "professional", family_id, visitor)
    came = {"name": "Pretend teacher", "came": "came"}
    meet(office, family_id, family_came=[people_of(office, family_id)[0].id], team=[came])
    later(office, days=30)
    draft = early_help.start_meeting(office, family_id)
    assert draft.body["team"][0] == {"name": "Pretend teacher"}
    assert {"name": "Pretend visitor", "agency": "Pretend health"} in draft.body["team"]
    assert not {"family_came", "team_came", "apologies"} & set(draft.body)
    with pytest.raises(InputError) as refusal:
        sign(office, draft, {**draft.body, "family_view": "Pretend", "is_still_needed": False})
    assert "team.0.came" in {each.field for each in refusal.value.fields}


def test_a_closure_ends_what_is_due_and_a_new_assessment_begins_it_again(office: Office, family_id: str) -> None:
    agree(office, family_id)
    assess(office, family_id)
    later(office, days=7)
    draft = early_help.start_step(office, family_id, "closure")
    assert early_help.start_step(office, family_id, "closure").id == draft.id
    said = {"why": "Pretend: mornings are calm.", "where_to": "universal", "closure_reason": "RC7"}
    sign(office, draft, {**draft.body, **said})
    view = early_help.early_help(office, family_id)
    assert (view.closed_on, view.due) == ("2026-11-30", None)
    later(office, days=30)
    assess(office, family_id)
    assert early_help.early_help(office, family_id).closed_on == ""


def test_a_child_who_was_recorded_twice_has_one_row_in_the_next_assessment(office: Office, family_id: str) -> None:
    agree(office, family_id)
    child = next(each.id for each in people_of(office, family_id) if each.is_child)
    mother = next(each.id for each in people_of(office, family_id) if not each.is_child)
    other = writing.create(office, "person", family_id, {"role": "child", "given_name": "Pretend-other"}).record_id
    for each in (child, other):
        body = {"person": mother, "type": "mother", "to_person": each, "has_parental_responsibility": True}
        writing.create(office, "relationship", family_id, body, stood_before=True)
    rows = [{"person": child, "setting": "Pretend school"}, {"person": other, "setting": "None", "note": "Shy"}]
    assess(office, family_id, children=rows)
    boss = replace(office, me=replace(office.me, worker=replace(office.me.worker, role=Role.SUPERVISOR)))
    writing.create(boss, sameness.KIND, family_id, {"duplicate": other, "kept": child, "reason": "Same NHS number"})
    begun: dict[str, Any] = dict(early_help.start_assessment(office, family_id).body)
    mine = [each for each in begun["children"] if each["person"] in (child, other)]
    assert mine == [{"person": child, "setting": "Pretend school", "note": "Shy"}]
    (of_mother,) = [each for each in begun["responsible"] if each["person"] == mother]
    assert len(of_mother["children"]) == len(set(of_mother["children"]))
