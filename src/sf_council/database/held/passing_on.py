"""Passes on what supervisors returned: where the laptop that was to be told is gone, its worker's newest one is told.

What the gone laptop never heard is passed on whenever it was decided; what it may have heard, for thirty days, because
it may still have lain there: that somebody reads of it twice is better than that it is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select, update

from sf_council.database.held import tray
from sf_council.database.laptop import laptops
from sf_council.database.tables import decision, device, laptop
from sf_record.dates import read_moment
from sf_record.wire.tray import Decision

_STILL_LYING = timedelta(days=30)


def pass_on(connection: Connection, council_id: str, worker_id: str, now: datetime) -> int:
    """Tell a worker's newest laptop what those that are gone were to be told; return how much. Without one: nothing."""
    live = laptops.live(connection, council_id, worker_id)
    if not live:
        return 0
    rows = [row for row in _of_gone(connection, council_id, worker_id, live) if _is_wanted(row, now)]
    last = max(tray.last_number(connection, council_id, live[-1]), tray.number_at(now)) if rows else 0
    for number, row in enumerate(rows, start=last + 1):
        told = msgspec.json.decode(row.line, type=Decision)
        one = update(decision).where(decision.c.council_id == council_id, decision.c.event_id == row.event_id)
        line = msgspec.json.encode(replace(told, number=number))
        connection.execute(one.values(device_id=live[-1], number=number, line=line))
    return len(rows)


def _of_gone(connection: Connection, council_id: str, worker_id: str, live: Sequence[str]) -> Sequence[Any]:
    """Return what was returned to this worker's laptops that are gone, in order, with when each was heard of last."""
    theirs = (device.c.council_id == decision.c.council_id) & (device.c.device_id == decision.c.device_id)
    stands = (laptop.c.council_id == decision.c.council_id) & (laptop.c.device_id == decision.c.device_id)
    asked = (
        select(decision.c.event_id, decision.c.number, decision.c.line, laptop.c.round_at, laptop.c.lease_wipes_at)
        .select_from(decision.join(device, theirs).outerjoin(laptop, stands))
        .where(
            decision.c.council_id == council_id,
            decision.c.is_accepted.is_(False),
            device.c.worker_id == worker_id,
            device.c.device_id.not_in(live),
        )
    )
    return connection.execute(asked.order_by(decision.c.number, decision.c.event_id)).all()


def _is_wanted(row: Row[Any], now: datetime) -> bool:
    is_told = row.round_at is not None and row.lease_wipes_at  # a program that is given no lease is told nothing either
    heard_of = tray.number_at(read_moment(row.round_at)) if is_told else 0
    return bool(row.number > min(heard_of, tray.number_at(now - _STILL_LYING)))
