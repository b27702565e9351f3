"""What the foot of every screen says about saving and sending, counted from the ledger and from nothing else."""

from __future__ import annotations

from sf_desktop.ops.office import Office, reads
from sf_desktop.store import counts
from sf_desktop.store.counts import StatusCounts
from sf_record.permissions import kinds_to_settle

__all__ = ["StatusCounts", "status_counts"]


@reads
def status_counts(office: Office) -> StatusCounts:
    """Count what was saved, what the council has, what waits and what needs somebody."""
    return counts.status(office.connection, office.today_from(), kinds_to_settle(office.me.worker))
