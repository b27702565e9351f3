"""What a supervisor decided of this laptop's work in the holding tray: into the family file, or back with a comment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sf_desktop.store.coding import event_text
from sf_desktop.store.connection import Connection
from sf_desktop.store.sql import marks
from sf_desktop.store.tables import meta, outbox
from sf_record.wire.tray import Decision

_KNOWN = "decisions"
_TO_PLACE = "to_place"


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided of one event, by whom (a worker's id), when, and what they wrote to its author."""

    is_accepted: bool
    by: str
    at: str
    comment: str


def known(connection: Connection) -> int:
    """Return the number of the last decision that this laptop was told."""
    return int(meta.read(connection, _KNOWN) or 0)


def apply(connection: Connection, told: Sequence[Decision], at: str) -> set[str]:
    """Note decisions; return the ids of the records that they are about. Noting one again changes nothing."""
    touched: set[str] = set()
    for each in told:
        if each.event is not None:
            outbox.adopt(connection, each.event)  # it may have been written on a laptop that was wiped
        record_id = outbox.answered(connection, each.outcome, at)
        if record_id is None:
            continue  # accepted, and written on another laptop: it comes with its family file
        touched.add(record_id)
        is_accepted = each.event is None
        connection.execute(
            "INSERT OR REPLACE INTO decision (event_id, is_accepted, by_id, at, comment) VALUES (?, ?, ?, ?, ?)",
            (each.outcome.event_id, int(is_accepted), each.by, each.at, each.comment),
        )
        if each.event is not None:
            outbox.give_back(connection, each.outcome.event_id, event_text(each.event))
    if told:
        meta.write(connection, _KNOWN, str(told[-1].number))
    return touched


def of_events(connection: Connection, event_ids: Collection[str]) -> dict[str, Decided]:
    """Return what was decided of these events."""
    rows = connection.execute(
        f"SELECT event_id, is_accepted, by_id, at, comment FROM decision WHERE event_id IN ({marks(len(event_ids))})",
        tuple(event_ids),
    )
    return {str(row[0]): Decided(bool(row[1]), str(row[2]), str(row[3]), str(row[4])) for row in rows}


def blank(connection: Connection) -> None:
    """Destroy the comments on events whose own text is destroyed; what was decided, by whom and when stays."""
    connection.execute(
        "UPDATE decision SET comment = '' WHERE comment <> '' AND event_id IN (SELECT id FROM outbox WHERE event = '')"
    )


def to_place(connection: Connection) -> int:
    """Return how much waits in the holding tray for this worker to decide, as the council last said."""
    return int(meta.read(connection, _TO_PLACE) or 0)


def keep_to_place(connection: Connection, count: int) -> bool:
    """Keep that number; say whether it is another than before."""
    if count == to_place(connection):
        return False
    meta.write(connection, _TO_PLACE, str(count))
    return True
