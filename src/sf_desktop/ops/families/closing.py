"""Says whether a family file or a group is new or closed, and whether that has been sent."""

from __future__ import annotations

from enum import StrEnum

from sf_desktop.ops.writing import CLOSED_ON
from sf_desktop.store.connection import Connection
from sf_desktop.store.queries import entries
from sf_record.record import Record


class Closing(StrEnum):
    """How closed a file is. ``HERE``: by something written on this laptop that the council does not have yet."""

    OPEN = "open"
    CLOSED = "closed"
    CLOSED_HERE = "closed_here"
    OPENED_HERE = "opened_here"  # again, after it was closed
    NEW_HERE = "new_here"  # the council knows of no such file

    @property
    def is_here(self) -> bool:
        """Say whether only this laptop knows of it."""
        return self in {Closing.CLOSED_HERE, Closing.OPENED_HERE, Closing.NEW_HERE}


def closing_of(connection: Connection, record: Record) -> Closing:
    """Return how closed the file is whose own record this is."""
    is_here = _is_unsent(connection, record)
    if record.body.get(CLOSED_ON):
        return Closing.CLOSED_HERE if is_here else Closing.CLOSED
    if is_here:
        return Closing.OPENED_HERE
    return Closing.OPEN if record.seq else Closing.NEW_HERE


def _is_unsent(connection: Connection, record: Record) -> bool:
    """Say whether the day of closing stands as something says here that has no receipt yet."""
    change = record.changes.get(CLOSED_ON)
    if change is None or change.seq:
        return False
    said = (each for each in entries.of_record(connection, record.id) if CLOSED_ON in each.event.fields)
    return any(each.receipt_at is None for each in said)
