"""What is shared because the family agreed needs that agreement on the day, for that agency; another power does not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.deadlines import owed
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.household.people import people_of
from sf_desktop.ops.office import Office
from sf_desktop.ops.reading.linked import linked_records
from sf_desktop.ops.records import notes, recording
from sf_desktop.ops.sharing import agreements
from sf_desktop.ops.worker import phrases
from sf_desktop.ops.worker.cautions import cautions
from sf_record.errors import InputError
from tests.builders.early_help import agree, withdraw
from tests.builders.written import save_unsigned
from tests.fakes.clock import FrozenClock

SHARED = {
    "agency": "Pretend Primary School", "what": "Pretend", "reason": "Pretend", "is_lawful": True, "is_necessary": True,
    "power": "agreement", "sought": "given", "outcome": "shared", "way": "phone", "decided_on": "2026-11-23",
}  # fmt: skip


def faults(office: Office, family_id: str, **more: Any) -> list[str]:
    draft = recording.start(office, "information_shared", family_id)
    drafting.save(office, draft.id, {**SHARED, "authorised_by": office.me.worker.id, **more})
    found = [each.field for each in recording.check(office, draft.id)]
    if found:
        with pytest.raises(InputError) as told:
            recording.sign(office, draft.id)
        assert [each.field for each in told.value.fields] == found
    return found


def later(office: Office, **more: int) -> None:
    cast("FrozenClock", office.clock).forward(timedelta(**more).total_seconds())


def test_it_is_not_shared_on_an_agreement_that_nobody_gave(office: Office, family_id: str) -> None:
    assert faults(office, family_id) == ["power"]
    agree(office, family_id, "assessment")
    assert faults(office, family_id) == ["power"]
    assert faults(office, family_id, power="s17") == []
    assert faults(office, family_id, outcome="refused") == []
    agree(office, family_id, "sharing")
    assert faults(office, family_id) == []


def test_an_agency_that_the_family_said_no_to_is_left_out(office: Office, family_id: str) -> None:
    agree(office, family_id, "sharing")
    assert faults(office, family_id, agency=" pretend housing") == ["power"]
    assert faults(office, family_id, agency="Pretend Housing", power="s47") == []


def test_a_withdrawal_stops_it_from_the_next_day_and_what_was_shared_before_can_be_written(
    office: Office, family_id: str
) -> None:
    agreement_id = agree(office, family_id, "sharing")
    later(office, days=1)
    withdraw(office, agreement_id)
    later(office, hours=1)
    assert faults(office, family_id, decided_on="2026-11-24") == []  # it still stood that morning
    later(office, days=1)
    assert faults(office, family_id, decided_on="2026-11-25") == ["power"]
    assert faults(office, family_id, decided_on="2026-11-23") == []


def test_past_the_day_of_its_review_the_family_is_asked_again_before_anything_new_is_shared(
    office: Office, family_id: str
) -> None:
    agreement_id = agree(office, family_id, "sharing", review_on="2026-11-24")
    later(office, days=1)
    assert faults(office, family_id, decided_on="2026-11-24") == []
    later(office, days=1)
    assert faults(office, family_id, decided_on="2026-11-25") == ["power"]
    assert faults(office, family_id, decided_on="2026-11-25", power="s47") == []
    (view,) = agreements.agreements(office, family_id).rows
    assert (view.stands, view.is_review_due) == (True, True)  # silence takes nothing back
    again = agreements.ask_again(office, agreement_id)
    before = writing.found(office, agreement_id).body
    assert {name: again.body[name] for name in ("people", "what_for", "agencies")} == {
        name: before[name] for name in ("people", "what_for", "agencies")
    }
    drafting.save(office, again.id, {**again.body, "answer": "agreed", "how": "paper"})
    recording.sign(office, again.id)
    assert faults(office, family_id, decided_on="2026-11-25") == []
    assert [each.is_review_due for each in agreements.agreements(office, family_id).rows] == [False, False]
    assert not [each for each in owed.of_family(office, family_id) if "agreement" in each.what]


def test_an_agreement_until_a_day_ends_with_it(office: Office, family_id: str) -> None:
    agree(office, family_id, "sharing", ends_on="2026-11-24")
    later(office, days=1)
    assert faults(office, family_id, decided_on="2026-11-24") == []
    later(office, days=1)
    assert faults(office, family_id, decided_on="2026-11-25") == ["power"]
    (view,) = agreements.agreements(office, family_id).rows
    assert (view.stands, view.has_ended) == (False, True)
    (told,) = [each for each in owed.of_family(office, family_id) if "agreement" in each.what]
    assert told.is_late


def refer(office: Office, family_id: str, **more: Any) -> str:
    draft = recording.start(office, "onward_referral", family_id)
    about = [each.id for each in people_of(office, family_id)][:1]
    said = {"to_whom": "Pretend debt advice", "what_for": "Pretend", "about": about, **more}
    drafting.save(office, draft.id, {**draft.body, **said})
    return save_unsigned(office, draft.id).record_id


def change(office: Office, record_id: str, **more: Any) -> None:
    draft = drafting.begin_change(office, record_id)
    drafting.save(office, draft.id, {**draft.body, **more})
    save_unsigned(office, draft.id)


def test_nobody_is_referred_under_a_withdrawn_agreement_and_an_answer_is_still_recorded(
    office: Office, family_id: str
) -> None:
    agreement_id = agree(office, family_id, "sharing")
    sent, other = refer(office, family_id, agreement=agreement_id), refer(office, family_id)
    later(office, hours=1)
    withdraw(office, agreement_id)
    later(office, days=1)
    for refused in (
        lambda: refer(office, family_id, agreement=agreement_id),
        lambda: change(office, other, agreement=agreement_id),
    ):
        with pytest.raises(InputError) as told:
            refused()
        (problem,) = told.value.fields
        assert problem.field == "agreement"
        assert "the family has withdrawn this one" in problem.message
    with pytest.raises(InputError, match="agreement_withdrawn"):
        writing.change(office, other, {**writing.found(office, other).body, "agreement": agreement_id})
    change(office, sent, answer="accepted", answered_on="2026-11-24")
    assert writing.found(office, sent).body["answer"] == "accepted"


def test_a_withdrawn_agreement_says_so_where_one_is_chosen(office: Office, family_id: str) -> None:
    agreement_id, stands = agree(office, family_id, "sharing"), agree(office, family_id, "team")
    withdraw(office, agreement_id)
    offered = {each.id: each.name for each in linked_records(office, family_id, "onward_referral")["agreement"]}
    assert offered[agreement_id].endswith(", withdrawn on 23 November 2026")
    assert "withdrawn" not in offered[stands]


def test_nobody_is_referred_under_a_no_or_under_what_counts_only_from_later(office: Office, family_id: str) -> None:
    said_no = agree(office, family_id, "support", answer="refused")
    from_later = agree(office, family_id, "support", agreed_at="2026-11-23T23:30:00.000000Z")
    for named, words in ((said_no, "the family said no"), (from_later, "it counts only from")):
        with pytest.raises(InputError) as told:
            refer(office, family_id, agreement=named)
        (problem,) = told.value.fields
        assert problem.field == "agreement"
        assert words in problem.message


def test_an_agreement_is_offered_with_its_day_and_one_they_said_no_to_only_where_it_stands(
    office: Office, family_id: str
) -> None:
    said_no, given = agree(office, family_id, "support", answer="refused"), agree(office, family_id, "support")
    offered = {each.id: each.name for each in linked_records(office, family_id, "onward_referral")["agreement"]}
    assert offered[given] == "23 November 2026: support"
    assert offered[said_no] == "23 November 2026: Agreement refused: support"


def test_what_counts_only_from_later_does_not_stand_yet(office: Office, family_id: str) -> None:
    agree(office, family_id, "assessment", agreed_at="2026-11-23T23:30:00.000000Z")
    (view,) = agreements.agreements(office, family_id).rows
    assert (view.is_ahead, view.stands) == (True, False)
    later(office, days=1)
    (view,) = agreements.agreements(office, family_id).rows
    assert (view.is_ahead, view.stands) == (False, True)


def test_sharing_on_the_day_of_a_withdrawal_says_when_it_was_withdrawn_before_one_signs(
    office: Office, family_id: str
) -> None:
    agreement_id = agree(office, family_id, "sharing")
    later(office, days=1)
    draft = recording.start(office, "information_shared", family_id)
    said = {**SHARED, "authorised_by": office.me.worker.id, "decided_on": "2026-11-24"}
    drafting.save(office, draft.id, said)
    assert cautions(office, draft.id) == ()
    withdraw(office, agreement_id)
    later(office, hours=1)
    (caution,) = cautions(office, draft.id)
    assert "withdrew its agreement to sharing today at " in caution
    assert "only if it was shared before then" in caution
    drafting.save(office, draft.id, {**said, "power": "s47"})
    assert cautions(office, draft.id) == ()


def test_a_place_of_a_phrase_that_nobody_filled_in_is_said_before_signing(office: Office, family_id: str) -> None:
    phrases.keep(office, "Home", "The home was [warm or cold].")
    draft = notes.start_note(office, family_id, text="The home was [warm or cold]. They said [sic] it is theirs.")
    assert cautions(office, draft.id) == ("[warm or cold] still stands in Note: a phrase was not filled in.",)
    drafting.save(office, draft.id, {**draft.body, "text": "The home was warm. They said [sic] it is theirs."})
    assert cautions(office, draft.id) == ()
