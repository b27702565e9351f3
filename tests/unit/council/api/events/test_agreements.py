"""The council takes an assessment only with the family's agreement, by the rule that the laptop showed."""

from __future__ import annotations

from typing import Any

from sf_record.events import Action, Event
from sf_record.outcomes import Result
from tests.unit.council.conftest import Team

EARLY, GIVEN, BETWEEN, TAKEN, AFTER = (f"2026-11-20T{hour:02}:00:00.000000Z" for hour in (8, 9, 10, 11, 12))


def event(team: Team, kind: str, at: str, fields: dict[str, Any], **more: Any) -> Event:
    return team.practitioner.event(team.family, kind=kind, written_at=at, fields=fields, **more)


def agreement(team: Team) -> Event:
    person = team.practitioner.worker_id  # any id: whom it concerns is not judged
    said = {
        "people": [person], "agreed_at": GIVEN, "answer": "agreed", "what_for": ["assessment"], "how": "paper",
    }  # fmt: skip
    return event(team, "agreement", GIVEN, said, is_signing=True)


def withdrawal(team: Team, of: Event) -> Event:
    return event(team, "withdrawal", TAKEN, {"agreement": of.record_id, "withdrawn_at": TAKEN})


def assessment(team: Team, at: str, *, sign: bool = True) -> Event:
    said = {
        "started_at": at, "children": [{"person": team.practitioner.worker_id}], "reason": "Pretend",
        "worries": "Pretend", "strengths": "Pretend", "needed": "Pretend", "analysis": "Pretend", "decision": "team",
    }  # fmt: skip
    return event(team, "assessment", at, said, is_signing=sign)


def codes(team: Team, *events: Event) -> list[str]:
    return [each.code or each.result.value for each in team.practitioner.round(events=events).outcomes]


def test_without_an_agreement_it_is_refused_and_nothing_else_with_it(team: Team) -> None:
    note = team.practitioner.note(team.family)
    assert codes(team, assessment(team, BETWEEN), note) == ["agreement_missing", "accepted"]


def test_an_agreement_that_came_before_allows_it_in_the_same_page_and_later(team: Team) -> None:
    assert codes(team, agreement(team), assessment(team, BETWEEN)) == ["accepted", "accepted"]
    assert codes(team, assessment(team, AFTER)) == ["accepted"]


def test_an_agreement_that_comes_after_it_on_the_page_is_too_late(team: Team) -> None:
    first, second = assessment(team, BETWEEN), agreement(team)
    assert codes(team, first, second) == ["agreement_missing", "accepted"]


def test_a_withdrawal_stops_what_is_written_after_it_and_nothing_before(team: Team) -> None:
    given = agreement(team)
    assert codes(team, given, withdrawal(team, given)) == ["accepted", "accepted"]
    # Signed while it still stood, and sent late: it counts. Written after it was withdrawn: it does not.
    before, after, early = assessment(team, BETWEEN), assessment(team, AFTER), assessment(team, EARLY)
    assert codes(team, before, after, early) == ["accepted", "agreement_withdrawn", "agreement_missing"]
    amended = team.practitioner.event(
        team.family, kind="assessment", action=Action.AMEND, record_id=before.record_id, previous=before.id,
        text="Pretend", written_at=AFTER, base_seq=1,
    )  # fmt: skip
    assert codes(team, amended) == ["accepted"]


def test_what_was_begun_before_a_withdrawal_is_not_signed_after_it(team: Team) -> None:
    given, begun = agreement(team), assessment(team, BETWEEN, sign=False)
    assert codes(team, given, begun, withdrawal(team, given)) == ["accepted"] * 3
    signing = team.practitioner.event(
        team.family, kind="assessment", action=Action.SIGN, record_id=begun.record_id, previous=begun.id,
        written_at=AFTER,
    )  # fmt: skip
    assert codes(team, signing) == ["agreement_withdrawn"]


def test_the_agreement_of_another_family_allows_nothing_here(team: Team) -> None:
    said = agreement(team)
    other = team.practitioner.event(
        team.families[1], kind="agreement", written_at=GIVEN, fields=said.fields, is_signing=True
    )  # fmt: skip
    assert codes(team, other, assessment(team, BETWEEN)) == ["accepted", "agreement_missing"]


def test_a_refusal_gets_the_same_answer_again(team: Team) -> None:
    wanted = assessment(team, BETWEEN)
    first = team.practitioner.round(events=(wanted,)).outcomes
    assert first[0].result is Result.REFUSED
    assert codes(team, agreement(team)) == ["accepted"]
    assert team.practitioner.round(events=(wanted,)).outcomes == first


def shared(team: Team, at: str, **more: Any) -> Event:
    said = {
        "agency": "Pretend School", "what": "Pretend", "reason": "Pretend", "is_lawful": True, "is_necessary": True,
        "power": "agreement", "sought": "given", "outcome": "shared", "way": "phone", "decided_on": "2026-11-20",
        "authorised_by": team.practitioner.worker_id, **more,
    }  # fmt: skip
    return event(team, "information_shared", at, said, is_signing=True)


def to_sharing(team: Team, **more: Any) -> Event:
    said = {
        **agreement(team).fields, "what_for": ["sharing"],
        "agencies": [
            {"agency": "Pretend School", "may_share": True},
            {"agency": "Pretend Housing", "may_share": False},
        ],
        **more,
    }  # fmt: skip
    return event(team, "agreement", GIVEN, said, is_signing=True)


def test_what_is_shared_because_the_family_agreed_needs_that_agreement_here_too(team: Team) -> None:
    unagreed, by_law = shared(team, BETWEEN), shared(team, BETWEEN, power="s47")
    assert codes(team, unagreed, by_law) == ["agreement_missing", "accepted"]
    given = to_sharing(team, agreed_at="2026-11-19T09:00:00.000000Z")
    assert codes(team, given, shared(team, BETWEEN)) == ["accepted", "accepted"]
    assert codes(team, shared(team, BETWEEN, agency="Pretend housing")) == ["agency_left_out"]
    next_day = "2026-11-21T12:00:00.000000Z"
    assert codes(team, withdrawal(team, given), shared(team, AFTER)) == ["accepted", "accepted"]  # it was that morning
    assert codes(team, shared(team, next_day, decided_on="2026-11-21")) == ["agreement_withdrawn"]


def test_an_agreement_until_a_day_allows_nothing_after_it(team: Team) -> None:
    assert codes(team, to_sharing(team, ends_on="2026-11-20"), shared(team, BETWEEN)) == ["accepted", "accepted"]
    later = "2026-11-22T12:00:00.000000Z"
    assert codes(team, shared(team, later, decided_on="2026-11-22")) == ["agreement_ended"]


def referral(team: Team, at: str, of: Event | None = None, **more: Any) -> Event:
    said = {"to_whom": "Pretend debt advice", "what_for": "Pretend", "about": [team.practitioner.worker_id], **more}
    named = {"agreement": of.record_id} if of is not None else {}
    return event(team, "onward_referral", at, {"sent_on": "2026-11-20", **said, **named})


def changed(team: Team, of: Event, at: str, **fields: Any) -> Event:
    return team.practitioner.event(
        team.family, kind="onward_referral", action=Action.CHANGE, record_id=of.record_id, previous=of.id,
        written_at=at, base_seq=2, fields=fields, was={each: of.fields.get(each) for each in fields},
    )  # fmt: skip


def test_nobody_is_referred_under_a_withdrawn_agreement_and_what_was_sent_before_is_answered(team: Team) -> None:
    given = agreement(team)
    sent, other = referral(team, BETWEEN, given), referral(team, BETWEEN)
    assert codes(team, given, sent, other, withdrawal(team, given)) == ["accepted"] * 4
    assert codes(team, referral(team, AFTER, given), referral(team, AFTER)) == ["agreement_withdrawn", "accepted"]
    assert codes(team, referral(team, BETWEEN, given)) == ["accepted"]  # written while it stood, and sent late
    assert codes(team, changed(team, other, AFTER, agreement=given.record_id)) == ["agreement_withdrawn"]
    later = "2026-11-22T12:00:00.000000Z"
    assert codes(team, changed(team, sent, later, sent_on="2026-11-21")) == ["agreement_withdrawn"]
    answer = changed(team, sent, later, answer="accepted", answered_on="2026-11-21", words="Pretend")
    assert codes(team, answer) == ["merged"]  # with what the council took of it before


def test_nobody_is_referred_under_an_agreement_after_its_last_day(team: Team) -> None:
    given, later = to_sharing(team, ends_on="2026-11-20"), "2026-11-22T12:00:00.000000Z"
    assert codes(team, given, referral(team, later, given)) == ["accepted", "accepted"]
    assert codes(team, referral(team, later, given, sent_on="2026-11-21")) == ["agreement_ended"]


def test_nobody_is_referred_under_an_answer_that_is_no_agreement(team: Team) -> None:
    said_no = event(team, "agreement", GIVEN, {**agreement(team).fields, "answer": "refused"}, is_signing=True)
    unsigned = event(team, "agreement", GIVEN, dict(agreement(team).fields))
    assert codes(team, said_no, unsigned) == ["accepted", "accepted"]
    assert codes(team, referral(team, BETWEEN, said_no), referral(team, BETWEEN, unsigned)) == ["agreement_missing"] * 2
    given = agreement(team)
    assert codes(team, given, referral(team, EARLY, given)) == ["accepted", "agreement_missing"]
