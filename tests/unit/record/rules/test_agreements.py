"""Which agreement allows something at a moment: the same answer for laptop and council, to the minute."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sf_record.events import Action, Event
from sf_record.kinds import KINDS
from sf_record.record import InError, Record, Signature
from sf_record.rules import agreements

BEFORE, GIVEN, BETWEEN, TAKEN, AFTER = (f"2026-11-{day:02}T09:00:00.000000Z" for day in (1, 3, 5, 7, 9))
SIGNED = Signature(by="me", at=GIVEN)


def agreement(id_: str = "a", at: str = GIVEN, *, signed: Signature | None = SIGNED, **body: Any) -> Record:
    said = {"answer": "agreed", "what_for": ["assessment"], "agreed_at": at, **body}
    return Record(
        id=id_, family_id="f", kind="agreement", author_id="me", written_at=at, body=said, signed=signed
    )  # fmt: skip


def withdrawal(of: str = "a", at: str = TAKEN, id_: str = "w", in_error: InError | None = None) -> Record:
    body = {
        "agreement": of,
        "withdrawn_at": at,
        "told": [{"agency": "School", "told_on": "2026-11-08"}, {"agency": "GP"}],
    }
    return Record(
        id=id_, family_id="f", kind="withdrawal", author_id="me", written_at=at, body=body, in_error=in_error
    )  # fmt: skip


def code(at: str, *records: Record, purpose: str = "assessment") -> str:
    return agreements.allowance(purpose, at, records).code


def test_it_counts_from_when_it_was_given_until_it_is_withdrawn() -> None:
    both = (agreement(), withdrawal())
    assert code(BEFORE, *both) == agreements.MISSING
    assert code(GIVEN, *both) == ""
    assert code(BETWEEN, *both) == ""
    assert code(TAKEN, *both) == agreements.WITHDRAWN
    assert code(AFTER, *both) == agreements.WITHDRAWN
    assert agreements.allowance("assessment", AFTER, both).withdrawal == both[1]


@pytest.mark.parametrize(
    "other",
    [
        agreement(signed=None),
        agreement(answer="refused"),
        agreement(what_for=["team"]),
        agreement(agreed_at="yesterday"),
        agreement(agreed_at=None),
        Record(id="a", family_id="f", kind="note", author_id="me", written_at=GIVEN, body={}, signed=SIGNED),
    ],
    ids=["not signed", "refused", "for something else", "no moment", "none at all", "another kind"],
)
def test_what_is_no_agreement_to_it_allows_nothing(other: Record) -> None:
    assert code(AFTER, other) == agreements.MISSING


def test_what_was_entered_in_error_counts_for_nothing() -> None:
    mark = InError(by="me", at=AFTER, reason="Another family")
    assert code(AFTER, agreement(), withdrawal(in_error=mark)) == ""
    gone = Record(
        id="a", family_id="f", kind="agreement", author_id="me", written_at=GIVEN,
        body=agreement().body, signed=SIGNED, in_error=mark,
    )  # fmt: skip
    assert code(AFTER, gone) == agreements.MISSING


def test_a_new_agreement_after_a_withdrawal_allows_it_again() -> None:
    again = agreement("b", AFTER)
    assert agreements.allowance("assessment", AFTER, (agreement(), withdrawal(), again)).agreement == again
    assert code(TAKEN, agreement(), withdrawal(), again) == agreements.WITHDRAWN


def test_a_later_no_ends_every_earlier_yes_until_somebody_says_yes_again() -> None:
    yes, no, again = agreement("a"), agreement("b", BETWEEN, answer="refused"), agreement("c", TAKEN)
    assert code(GIVEN, yes, no) == ""
    assert code(BETWEEN, yes, no) == agreements.MISSING
    assert code(AFTER, yes, no, agreement("d", BETWEEN, answer="refused", what_for=["team"])) == agreements.MISSING
    assert code(AFTER, no, again, yes) == ""


def test_the_first_of_two_withdrawals_counts() -> None:
    assert agreements.withdrawals([withdrawal(at=AFTER, id_="later"), withdrawal(at=TAKEN)])["a"].id == "w"


def event(action: Action, at: str = AFTER, kind: str = "assessment") -> Event:
    return Event(
        id="e", action=action, family_id="f", record_id="r", kind=kind, author_id="me", device_id="d", written_at=at
    )  # fmt: skip


@pytest.mark.parametrize("action", list(Action))
def test_a_withdrawal_stops_writing_and_signing_but_not_putting_right(action: Action) -> None:
    stopped = action in {Action.CREATE, Action.CHANGE, Action.SIGN}
    found = agreements.reason_against(event(action), {}, (agreement(), withdrawal()))
    assert found == (agreements.WITHDRAWN if stopped else None)
    assert agreements.reason_against(event(action, BETWEEN), {}, (agreement(), withdrawal())) is None
    assert agreements.reason_against(event(action, kind="visit"), {}, ()) is None


def test_the_kinds_that_need_one_name_a_purpose_that_one_can_be_asked_for() -> None:
    purposes = {code for code, _ in KINDS["agreement"].by_name["what_for"].choices}
    needed = {name: kind.needs_agreement for name, kind in KINDS.items() if kind.needs_agreement}
    assert set(needed.values()) <= purposes
    assert needed == {"assessment": "assessment", "team_meeting": "team"}


def test_who_may_share_and_who_must_be_told() -> None:
    rows = [{"agency": "School", "may_share": True}, {"agency": "Housing", "may_share": False}, {"agency": "Gym"}]
    given = agreement(agencies=rows)
    assert agreements.sharing_agencies(given) == ("School",)
    assert agreements.refused_agencies(given) == ("Housing",)
    assert agreements.still_to_tell(withdrawal()) == ("GP",)


def test_it_ends_with_the_day_that_the_family_set_and_not_on_the_day_of_a_review() -> None:
    until = agreement(ends_on="2026-11-05", review_on="2026-11-04")
    assert code(BETWEEN, until) == ""
    assert code(TAKEN, until) == agreements.ENDED
    assert code(AFTER, until, agreement("b", BETWEEN)) == ""  # they have said yes again
    assert code(AFTER, until, withdrawal()) == agreements.WITHDRAWN


SHARED = {"power": "agreement", "outcome": "shared", "agency": "School", "decided_on": "2026-11-05"}


def decided(at: str = BETWEEN, *records: Record, action: Action = Action.CREATE, **more: Any) -> str | None:
    event = Event(
        id="e", action=action, family_id="f", record_id="r", kind="information_shared", author_id="me", device_id="d",
        written_at=at, fields={**SHARED, **more}, is_signing=action is Action.CREATE,
    )  # fmt: skip
    return agreements.reason_against(event, {}, records)


def test_what_is_shared_because_the_family_agreed_is_held_against_it() -> None:
    agreed = agreement(what_for=["sharing"], agencies=[{"agency": "Housing", "may_share": False}])
    assert decided(BETWEEN) == agreements.MISSING
    assert decided(BETWEEN, agreed) is None
    assert decided(BETWEEN, agreed, agency=" housing ") == agreements.LEFT_OUT
    assert decided(BETWEEN, agreed, agency="Housing", power="s47") is None
    assert decided(BETWEEN, agreed, agency="Housing", outcome="refused") is None
    assert decided(AFTER, agreed, withdrawal(), decided_on="2026-11-09") == agreements.WITHDRAWN
    assert decided(AFTER, agreed, withdrawal(), decided_on="2026-11-06") is None  # it was shared before, written later
    assert decided(BETWEEN, action=Action.CHANGE) is None  # not signed: nobody has decided yet
    assert agreements.asks("information_shared")
    assert not agreements.asks("note")


@pytest.mark.parametrize(
    "named",
    [
        agreement(answer="refused"),
        agreement(signed=None),
        agreement(at=AFTER),
        replace(agreement(), in_error=InError(by="me", at=GIVEN, reason="Another family")),
    ],
    ids=["refused", "not signed", "later than the referral", "entered in error"],
)
def test_nobody_is_referred_under_what_is_no_agreement(named: Record) -> None:
    referral = {"agreement": "a", "sent_on": BETWEEN[:10]}
    assert agreements.not_referred_under(referral, {}, BETWEEN, (named,)) == agreements.MISSING
    # One that names it already is still answered and put right.
    answered = {**referral, "answer": "accepted"}
    assert agreements.not_referred_under(answered, referral, BETWEEN, (named,)) == ""
    assert agreements.not_referred_under(referral, {}, BETWEEN, (agreement(),)) == ""


def test_an_answer_that_counts_from_later_is_named_until_then() -> None:
    later = agreement("b", AFTER)
    assert agreements.allowance("assessment", BETWEEN, (later,)).ahead == later
    assert agreements.allowance("assessment", TAKEN, (agreement(), withdrawal(), later)).ahead == later
    assert agreements.allowance("assessment", BETWEEN, (agreement(), later)).ahead is None  # one stands already
    assert agreements.allowance("assessment", BETWEEN, (agreement("b", AFTER, answer="refused"),)).ahead is None
    assert agreements.allowance("team", BETWEEN, (later,)).ahead is None


def test_who_has_not_signed_is_told_where_each_signature_says_whose_it_is() -> None:
    def by(*people: str) -> dict[str, Any]:
        return {"sort": "signature", "about": list(people)}

    assert agreements.still_to_sign(("p", "q"), ()) == ("p", "q")
    assert agreements.still_to_sign(("p", "q"), (by("p"), {"sort": "photograph", "about": ["q"]})) == ("q",)
    assert agreements.still_to_sign(("p", "q"), (by("p"), by("q"))) == ()
    assert agreements.still_to_sign(("p", "q"), (by("p"), by())) == ()  # a typed name may be theirs
