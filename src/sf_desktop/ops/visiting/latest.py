"""Finds the latest visits of a family file, and when each child was last seen."""

from __future__ import annotations

from collections.abc import Iterable

from sf_desktop.store.connection import Connection
from sf_desktop.store.tables import records
from sf_record.record import Record

LAST = 1
FEW = 3
ENOUGH = 12
ALL = -1


def visits_of(connection: Connection, family_id: str, limit: int = ENOUGH) -> list[Record]:
    """Return the latest visits, newest first, without those entered in error; ``ALL`` of them."""
    return records.latest_of(connection, family_id, "visit", limit)


def happened_at(visit: Record) -> str:
    """Return when a visit began."""
    return str(visit.body.get("started_at") or visit.written_at)


def last_seen(visits: Iterable[Record], child_id: str, *, alone: bool = False) -> str | None:
    """Return when a child was last seen at these visits (newest first); None where at none of them."""
    wanted = "seen_alone" if alone else "seen"
    for visit in visits:
        for row in visit.body.get("children") or ():
            if row.get("person") == child_id and row.get(wanted):
                return happened_at(visit)
    return None
