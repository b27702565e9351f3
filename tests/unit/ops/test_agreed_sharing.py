"""What is shared because the family agreed needs that agreement on the day, for that agency; another power does not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

import pytest

from sf_desktop.ops import drafting, recording
from sf_desktop.ops.office import Office
from sf_record.errors import InputError
from tests.builders.early_help import agree, withdraw
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
