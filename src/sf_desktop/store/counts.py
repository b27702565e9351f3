"""Counts the ledger: what the foot of every screen says, one query, never more than is true."""

from __future__ import annotations

from dataclasses import dataclass

from sf_desktop.store.connection import Connection


@dataclass(frozen=True, slots=True)
class StatusCounts:
    """Today's events and everything older that is not settled.

    ``saved`` were saved today or still wait; ``with_council`` of them have a receipt; ``waiting`` have none, and nobody
    has to act; ``needs_you`` were refused or are in conflict.
    """

    saved: int
    with_council: int
    waiting: int
    needs_you: int
    unreceipted: int
    last_receipt_at: str | None

    @property
    def is_all_with_council(self) -> bool:
        """Say whether every event of this laptop has its receipt."""
        return self.unreceipted == 0


def status(connection: Connection, today_from: str) -> StatusCounts:
    """Count, today being everything saved since a moment."""
    open_or_today = "(state IN ('waiting', 'needs_you') OR saved_at >= ?1)"
    found = connection.execute(
        "SELECT coalesce(sum(1), 0), coalesce(sum(receipt_at IS NOT NULL AND state <> 'set_aside'), 0),"
        " coalesce(sum(state = 'waiting'), 0), coalesce(sum(state = 'needs_you'), 0),"
        " coalesce(sum(receipt_at IS NULL AND state <> 'set_aside'), 0),"
        " (SELECT max(receipt_at) FROM outbox WHERE number > (SELECT max(number) - 2000 FROM outbox))"
        f" FROM outbox WHERE {open_or_today}",
        (today_from,),
    ).fetchone()
    assert found is not None
    return StatusCounts(*found)
