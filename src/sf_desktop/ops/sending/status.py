"""What the foot of every screen says about saving and sending, counted from the ledger and from nothing else."""

from __future__ import annotations

from dataclasses import replace

from sf_desktop.ops.office import Office, reads
from sf_desktop.ops.sending.conflicts import others_to_settle
from sf_desktop.store.queries import counts
from sf_desktop.store.queries.counts import StatusCounts
from sf_desktop.store.tables import outbox, records
from sf_record.rules.permissions import kinds_to_settle

__all__ = ["StatusCounts", "status_counts"]


@reads
def status_counts(office: Office) -> StatusCounts:
    """Count what was saved, what the council has, what waits and what needs somebody."""
    counted = counts.status(office.connection, office.today_from(), kinds_to_settle(office.me.worker))
    if counted.needs_you:
        counted = replace(counted, needs_you=counted.needs_you - others_to_settle(office))
    waiting = outbox.phone_now(office.connection, "concern")
    if not waiting:
        return counted
    found = records.get_many(office.connection, tuple(each[0] for each in waiting))
    is_in_danger = any(each.body.get("is_in_danger") for each in found.values())
    number = office.configuration.phone_for(is_in_danger=is_in_danger)
    return replace(counted, concerns=len(waiting), phone=f"{number.label}: {number.number}")
