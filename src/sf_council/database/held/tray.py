"""The holding tray: what was written to a family file that had moved, or begun and never finished, until a supervisor
decides; and what was decided.

What one person wrote to one record is decided together, in the order in which it came: a *chain*. It is named by the
first of its events. What was decided is kept in an order for each laptop, so that a round can ask for what is newer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, delete, func, insert, or_, select

from sf_council.database.spelt import Spelt
from sf_council.database.tables import allocation, decision, device, holding, worker
from sf_record.outcomes import Outcome
from sf_record.rules.permissions import Worker
from sf_record.wire.tray import Decision

CHAINS = 200  # listed at a time, the oldest first
_TOLD = 100  # decisions in one answer
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Lying:
    """One event in the tray, as it was sent."""

    event_id: str
    family_id: str
    record_id: str
    author_id: str
    at: str
    line: bytes
    code: str


@dataclass(frozen=True, slots=True)
class Past:
    """One event that was decided, with what its author's laptop is told."""

    by_id: str
    is_accepted: bool
    line: bytes


def of_supervisor(
    connection: Connection, council_id: str, person: Worker, today: str, most: int
) -> list[tuple[Lying, ...]]:
    """Return the chains that a supervisor may decide, the one that came first first."""
    asked = select(holding).where(holding.c.council_id == bindparam("council"), _CONCERNS)
    found: dict[tuple[str, str, str], list[Lying]] = {}
    for row in connection.execute(asked.order_by(holding.c.at, holding.c.place), _asked(council_id, person, today)):
        found.setdefault((row.family_id, row.record_id, row.author_id), []).append(_lying(row))
    return [tuple(each) for each in list(found.values())[:most]]


def count(connection: Connection, council_id: str, person: Worker, today: str) -> int:
    """Return how many chains a supervisor may decide."""
    found = _COUNT.row(connection, **_asked(council_id, person, today))
    assert found is not None
    return int(found.chains)


def chain(connection: Connection, council_id: str, event_id: str) -> tuple[Lying, ...]:
    """Return the chain that an event is the first of, locked until commit; none if it is not, or lies there no more."""
    mine = holding.c.council_id == council_id
    first = connection.execute(select(holding).where(mine, holding.c.event_id == event_id).with_for_update()).first()
    if first is None:
        return ()
    same = and_(mine, *(holding.c[name] == getattr(first, name) for name in ("family_id", "record_id", "author_id")))
    rows = connection.execute(select(holding).where(same).order_by(holding.c.at, holding.c.place))
    found = tuple(_lying(row) for row in rows)
    return found if found[0].event_id == event_id else ()


def of_record(
    connection: Connection, council_id: str, family_id: str, record_id: str, author_id: str
) -> tuple[Lying, ...]:
    """Return what somebody wrote to one record and lies in the tray, whether it is the first of a chain or not."""
    asked = select(holding).where(
        holding.c.council_id == council_id,
        holding.c.family_id == family_id,
        holding.c.record_id == record_id,
        holding.c.author_id == author_id,
    )
    return tuple(_lying(row) for row in connection.execute(asked.order_by(holding.c.place)))


def take_out(connection: Connection, council_id: str, lying: Sequence[Lying]) -> None:
    """Remove what was decided from the tray."""
    ids = [each.event_id for each in lying]
    connection.execute(delete(holding).where(holding.c.council_id == council_id, holding.c.event_id.in_(ids)))


def past(connection: Connection, council_id: str, event_id: str) -> tuple[Past, ...]:
    """Return what was decided of the chain that this event was the first of, in its order."""
    asked = select(decision).where(decision.c.council_id == council_id, decision.c.chain_id == event_id)
    rows = connection.execute(asked.order_by(decision.c.number))
    return tuple(Past(row.by_id, row.is_accepted, bytes(row.line)) for row in rows)


def decide(
    connection: Connection, council_id: str, made: Mapping[str, Sequence[Decision]], chain_id: str, *, accepted: bool
) -> None:
    """Keep decisions by the laptop that is told, each under that laptop's next number, in the order given.

    Numbers are microseconds of the council's clock, so that after an older backup was put back they do not begin again
    below what a laptop knows. The laptop's row is locked until commit: number order is commit order.
    """
    for device_id in sorted(made):
        last = last_number(connection, council_id, device_id)
        rows = []
        for each in made[device_id]:
            last = max(last + 1, each.number)
            rows.append(
                {
                    "council_id": council_id,
                    "device_id": device_id,
                    "number": last,
                    "event_id": each.outcome.event_id,
                    "chain_id": chain_id,
                    "by_id": each.by,
                    "is_accepted": accepted,
                    "line": msgspec.json.encode(replace(each, number=last)),
                }
            )
        connection.execute(insert(decision), rows)


def newer(connection: Connection, council_id: str, device_id: str, number: int, most_bytes: int) -> list[bytes]:
    """Return the decisions for a laptop after the last one it knows, in order, as they are sent."""
    found: list[bytes] = []
    size = 0
    for row in connection.execute(_NEWER, {"council": council_id, "device": device_id, "number": number}):
        size += len(row.line)
        if found and size > most_bytes:
            break
        found.append(bytes(row.line))
    return found


def number_at(at: datetime) -> int:
    """Return the number that a decision of this moment has, unless the laptop's last one is higher already."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def outcome_of(told: Past) -> Outcome:
    """Return what became of an event that was decided."""
    return msgspec.json.decode(told.line, type=Decision).outcome


def last_number(connection: Connection, council_id: str, device_id: str) -> int:
    """Return the number of the newest decision for a laptop (0: none), whose row is locked until commit."""
    mine = (device.c.council_id == council_id) & (device.c.device_id == device_id)
    connection.execute(select(device.c.device_id).where(mine).with_for_update())
    asked = select(func.max(decision.c.number)).where(
        decision.c.council_id == council_id, decision.c.device_id == device_id
    )
    return connection.execute(asked).scalar_one() or 0


def _lying(row: Row[Any]) -> Lying:
    return Lying(row.event_id, row.family_id, row.record_id, row.author_id, row.at, bytes(row.line), row.code)


def _asked(council_id: str, person: Worker, today: str) -> dict[str, Any]:
    return {"council": council_id, "team": person.team_id, "worker": person.id, "today": today}


def _concerns() -> ColumnElement[bool]:
    """Say in SQL that a family file is the team's today, or that somebody of the team wrote it."""
    team = select(worker.c.worker_id).where(
        worker.c.council_id == bindparam("council"),
        or_(worker.c.worker_id == bindparam("worker"), worker.c.team_id == bindparam("team")),
    )
    until = or_(allocation.c.ended_on.is_(None), allocation.c.ended_on > bindparam("today"))
    theirs = select(allocation.c.family_id).where(
        allocation.c.council_id == bindparam("council"),
        allocation.c.worker_id.in_(team),
        allocation.c.began_on <= bindparam("today"),
        until,
    )
    return or_(holding.c.author_id.in_(team), holding.c.family_id.in_(theirs))


_CONCERNS = _concerns()

# Made once: every round asks.
_COUNT = Spelt(
    select(func.count().label("chains")).select_from(
        select(holding.c.family_id, holding.c.record_id, holding.c.author_id)
        .where(holding.c.council_id == bindparam("council"), _CONCERNS)
        .distinct()
        .subquery()
    )
)
_NEWER = (
    select(decision.c.line)
    .where(
        decision.c.council_id == bindparam("council"),
        decision.c.device_id == bindparam("device"),
        decision.c.number > bindparam("number"),
    )
    .order_by(decision.c.number)
    .limit(_TOLD)
)
