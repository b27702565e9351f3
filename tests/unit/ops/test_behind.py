"""A clock that is behind: what has happened by the council's time is taken, what has not is still refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.office import Office
from sf_desktop.store.lease import tenures
from sf_desktop.store.lease.beside import reading
from sf_desktop.store.lease.reckoning import begun
from sf_record.dates import moment_text
from sf_record.errors import InputError
from tests.builders.clocks import LEASE
from tests.builders.offices import NOW
from tests.fakes.clock import FrozenClock


def note(days: int) -> dict[str, str]:
    return {"type": "note", "happened_at": moment_text(NOW + timedelta(days=days)), "text": "Pretend words."}


def test_the_true_day_is_taken_by_a_laptop_whose_clock_was_put_back(office: Office, family_id: str) -> None:
    clock = FrozenClock(NOW)
    tenures.keep(office.connection, begun(replace(LEASE, at=moment_text(NOW)), reading(clock)))
    clock.forward(86_400)
    clock.set(NOW - timedelta(days=30))
    behind = replace(office, clock=clock)
    assert writing.create(behind, "note", family_id, note(1)).record_id
    with pytest.raises(InputError):
        writing.create(behind, "note", family_id, note(2))


def test_a_laptop_without_a_lease_goes_by_its_clock(office: Office, family_id: str) -> None:
    with pytest.raises(InputError):
        writing.create(office, "note", family_id, note(1))
