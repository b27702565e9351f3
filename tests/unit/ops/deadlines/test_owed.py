"""What is owed besides visits shows in the file and on Today: meetings, reviews, agencies to tell, the notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import cast

import pytest

from sf_desktop.ops.deadlines import owed
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.firstrun.pretending import notice
from sf_desktop.ops.household.people import people_of
from sf_desktop.ops.office import Office
from sf_desktop.ops.sharing import agreements, notices
from sf_desktop.ops.worker.today import today
from sf_record.configuration import NoticeVersion
from sf_record.errors import InputError
from tests.builders.early_help import agree, assess, withdraw
from tests.builders.written import save_unsigned
from tests.fakes.clock import FrozenClock


def later(office: Office, days: int) -> None:
    cast("FrozenClock", office.clock).forward(timedelta(days=days).total_seconds())


def told(office: Office, family_id: str) -> list[tuple[str, bool]]:
    return [(each.what, each.is_late) for each in owed.of_family(office, family_id)]


def with_notices(office: Office, *known: NoticeVersion) -> Office:
    return replace(office, configuration=replace(office.configuration, version=0, notices=known))


def test_a_family_of_which_nothing_is_asked_is_owed_nothing(office: Office, family_id: str) -> None:
    assert told(office, family_id) == []


def test_the_team_must_meet_and_the_agreement_be_looked_at_again(office: Office, family_id: str) -> None:
    agree(office, family_id, review_on="2026-12-20")
    assess(office, family_id)
    found = owed.of_family(office, family_id)
    assert [(each.what, each.on, each.part, each.is_late) for each in found] == [
        ("Ask whether the agreement still stands", date(2026, 12, 20), "agreements", False),
        ("Team around the family meets", date(2027, 1, 4), "assessment", False),
    ]
    assert not [each for each in today(office).owed if each.family_id == family_id]  # not within ten working days
    later(office, 43)
    assert told(office, family_id) == [
        ("Ask whether the agreement still stands", True),
        ("Team around the family meets", True),
    ]
    mine = [each for each in today(office).owed if each.family_id == family_id]
    assert [each.what for each in mine] == ["Ask whether the agreement still stands", "Team around the family meets"]
    assert today(office).family_names[family_id]


def test_until_every_agency_is_told_of_a_withdrawal_that_is_late(office: Office, family_id: str) -> None:
    agreement_id = agree(office, family_id)
    later(office, 1)
    withdraw(office, agreement_id)
    what = "Tell Pretend Primary School, Pretend health visitors that the agreement was withdrawn"
    assert told(office, family_id) == [(what, True)]
    again = agreements.start_withdrawal(office, agreement_id)
    rows = [{**each, "told_on": "2026-11-24"} for each in again.body["told"]]
    drafting.save(office, again.id, {**again.body, "told": rows})
    save_unsigned(office, again.id)
    assert told(office, family_id) == []


def test_the_notice_is_owed_until_it_is_given_and_again_when_it_changes(office: Office, family_id: str) -> None:
    first = with_notices(office, notice())
    parents = [each for each in people_of(office, family_id) if each.role in {"parent", "carer", "parent_to_be"}]
    count = "one parent or carer" if len(parents) == 1 else f"{len(parents)} parents and carers"
    (found,) = owed.of_family(first, family_id)
    assert (found.what, found.why) == (f"Give the privacy notice to {count}", "They have not been given one")

    draft = notices.start_given(first, family_id)
    assert set(draft.body["people"]) == {each.id for each in parents}
    drafting.save(first, draft.id, {**draft.body, "how": ["read"], "understood": "yes"})
    save_unsigned(first, draft.id)
    assert told(first, family_id) == []
    assert notices.notice_of(first, family_id).owed == ()

    newer = replace(notice(), version="Pretend 2", effective_from="2026-12-01")
    second = with_notices(office, notice(), newer)
    assert told(second, family_id) == []
    later(office, 8)
    (found,) = owed.of_family(second, family_id)
    assert found.why == "Version Pretend 2 is in force"
    assert {each.had for each in notices.notice_of(second, family_id).owed} == {"Pretend 1"}
    assert notices.notice_text(second).versions == ("Pretend 2", "Pretend 1")
    assert notices.notice_text(second, "Pretend 1").effective_from == "2026-04-01"


def test_a_young_person_is_counted_where_the_council_has_set_an_age(office: Office, family_id: str) -> None:
    published = with_notices(office, notice())
    children = [each for each in people_of(office, family_id) if each.is_child and each.born_on]
    told_to = replace(published, configuration=replace(published.configuration, notice_from_age=1))
    young = [each for each in notices.notice_of(told_to, family_id).owed if each.is_young]
    assert {each.person_id for each in young} <= {each.id for each in children}
    assert young
    (found,) = owed.of_family(told_to, family_id)
    assert found.what.endswith("and one young person" if len(young) == 1 else f"and {len(young)} young people")
    assert not [each for each in notices.notice_of(published, family_id).owed if each.is_young]


def test_what_the_council_has_not_published_cannot_be_given(office: Office, family_id: str) -> None:
    with pytest.raises(InputError, match="notice_none"):
        notices.start_given(office, family_id)
    assert notices.notice_text(office).version == ""
