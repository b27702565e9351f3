"""Says how the lease stands while somebody works, and keeps what the clocks said."""

from __future__ import annotations

from dataclasses import dataclass

from sf_desktop.ops.office import Office
from sf_desktop.store.lease import tenures
from sf_record.dates import moment_text


@dataclass(frozen=True, slots=True)
class LeaseNow:
    """What the lease allows (a ``store.lease.reckoning.Term``) now, and when it locks and ends; moments as text."""

    term: str
    days_since: int
    now: str  # as the lease reckons it
    locks_at: str
    wipes_at: str


def lease_now(office: Office) -> LeaseNow | None:
    """Look at the clocks; None where the council has given no lease (a pretend vault, or one just set up)."""
    tenure = tenures.look(office.connection, office.clock)
    if tenure is None:
        return None
    lease = tenure.lease
    moments = (moment_text(each) for each in (tenure.highest, lease.locks_at, lease.wipes_at))
    return LeaseNow(tenure.term.value, tenure.days_since, *moments)
