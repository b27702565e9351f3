"""Who is, and was, allocated to which family file: kept from the accepted allocation records."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, Text, and_, bindparam, cast, delete, or_, select

from sf_council.database.dialect import both, insert_into, joined, listed, texts
from sf_council.database.family import packs
from sf_council.database.spelt import Spelt
from sf_council.database.tables import allocation, event, family, past_team, visit_pack, worker
from sf_record.description import Role
from sf_record.record import Record
from sf_record.rules.permissions import Standing, Worker


class FamilyRow(NamedTuple):
    """A family file's counter row."""

    family_id: str
    seq: int
    record_count: int
    digest: str


def caseload(connection: Connection, council_id: str, person: Worker, today: str) -> tuple[FamilyRow, ...]:
    """Return the family files with an open allocation to the worker (or, for a supervisor, the team), by id."""
    asked = {"council": council_id, "worker": person.id, "today": today}
    if not _leads(person):
        return tuple(_OF_WORKER.rows(connection, **asked))
    return tuple(_OF_TEAM.rows(connection, **asked, team=person.team_id))


def caseload_lines(connection: Connection, council_id: str, person: Worker, today: str) -> str:
    """Return what a position is made of (``digest.position_of``), put together in the database from the same rows."""
    asked = {"council": council_id, "worker": person.id, "today": today}
    if _leads(person):
        found = _LINES_OF_TEAM.row(connection, **asked, team=person.team_id)
    else:
        found = _LINES_OF_WORKER.row(connection, **asked)
    assert found is not None
    return found.lines or ""


def standings(
    connection: Connection, council_id: str, person: Worker, family_ids: Collection[str], today: str
) -> Mapping[str, Standing]:
    """Return how a worker stands to each of these family files; a file without any allocation is left out."""
    asked = {"council": council_id, "worker": person.id, "families": listed(family_ids)}
    rows = _TEAMS.rows(connection, **asked, team=person.team_id) if _leads(person) else _OWN.rows(connection, **asked)
    found: dict[str, Standing] = {}
    for row in rows:
        is_open = row.began_on <= today and (row.ended_on is None or row.ended_on > today)
        here = _standing(is_own=row.worker_id == person.id, is_open=is_open)
        found[row.family_id] = min(here, found.get(row.family_id, Standing.NONE), key=_ORDER.index)
    for family_id, until in packs.until_of(connection, council_id, person.id, today, family_ids).items():
        here = Standing.COVER if until >= today else Standing.PAST
        found[family_id] = min(here, found.get(family_id, Standing.NONE), key=_ORDER.index)
    for family_id in _of_past_teams(connection, council_id, person, set(family_ids) - found.keys()):
        found[family_id] = Standing.PAST
    return found


def _of_past_teams(
    connection: Connection, council_id: str, person: Worker, family_ids: Collection[str]
) -> Sequence[str]:
    """Return which of these a supervisor had with a team that they led before."""
    if person.role is not Role.SUPERVISOR or not family_ids:
        return ()
    mine = (past_team.c.council_id == council_id) & (past_team.c.worker_id == person.id)
    theirs = select(worker.c.worker_id).where(
        worker.c.council_id == council_id, worker.c.team_id.in_(select(past_team.c.team_id).where(mine))
    )
    asked = select(allocation.c.family_id).where(
        allocation.c.council_id == council_id,
        allocation.c.family_id.in_(family_ids),
        allocation.c.worker_id.in_(theirs),
    )
    return connection.execute(asked.distinct()).scalars().all()


def keep(connection: Connection, council_id: str, record: Record, *, at_latest_from: str = "~") -> None:
    """Let the accepted allocation record count: one entered in error never was.

    One that opens its file counts from the day of that ``at_latest_from``: its laptop's clock may be a day ahead.
    """
    if record.in_error is not None:
        gone = (allocation.c.council_id == council_id) & (allocation.c.family_id == record.family_id)
        connection.execute(delete(allocation).where(gone & (allocation.c.allocation_id == record.id)))
        return
    began_on = record.body.get("began_on")
    values: dict[str, Any] = {
        "worker_id": record.body.get("worker"),
        "began_on": min(began_on, at_latest_from) if began_on else began_on,
        "ended_on": record.body.get("ended_on") or None,
    }
    kept = insert_into(connection, allocation).values(
        council_id=council_id, family_id=record.family_id, allocation_id=record.id, **values
    )
    connection.execute(
        kept.on_conflict_do_update(index_elements=["council_id", "family_id", "allocation_id"], set_=values)
    )


def open_of(connection: Connection, council_id: str, family_id: str, today: str) -> Sequence[Any]:
    """Return the open allocations of a family file."""
    asked = select(allocation).where(allocation.c.council_id == council_id, allocation.c.family_id == family_id)
    return connection.execute(asked.where(_open(today))).all()


_ORDER = (Standing.ALLOCATED, Standing.COVER, Standing.TEAM, Standing.PAST, Standing.NONE)


def ended_since(connection: Connection, council_id: str, person: Worker, since: str, today: str) -> Mapping[str, str]:
    """Return the family files that the worker (or, of a supervisor, the team) had on or after a day and has not today.

    With each the first day on which it was theirs no more, or the moment of that day or a later one at which that was
    said: what had left before came back and left again. The last where there are several; of a pack see ``packs.over``.
    """
    own = worker.c.worker_id == person.id
    whose = or_(own, worker.c.team_id == person.team_id) if _leads(person) else own
    theirs = (
        select(allocation.c.family_id, allocation.c.allocation_id, allocation.c.ended_on)
        .join(worker, (worker.c.council_id == allocation.c.council_id) & (worker.c.worker_id == allocation.c.worker_id))
        .where(allocation.c.council_id == council_id, whose)
        .where(allocation.c.ended_on >= since, allocation.c.ended_on <= today)
    ).subquery()
    is_of_it = (event.c.family_id == theirs.c.family_id) & (event.c.record_id == theirs.c.allocation_id)
    asked = (
        select(theirs.c.family_id, theirs.c.ended_on, event.c.at, event.c.line)
        .join(event, is_of_it)
        .where(event.c.council_id == council_id, event.c.seq.is_not(None))
    )
    found: dict[str, str] = {}
    ended = [
        (row.family_id, max(row.ended_on, row.at) if _says_the_end(row.line) else row.ended_on)
        for row in connection.execute(asked)
    ]
    for family_id, day in (*ended, *packs.over(connection, council_id, person.id, since, today).items()):
        found[family_id] = max(day, found.get(family_id, ""))
    here = {each.family_id for each in caseload(connection, council_id, person, today)}
    return {family_id: day for family_id, day in found.items() if family_id not in here}


def _says_the_end(line: bytes) -> bool:
    """Say whether an event of an allocation gave it a day on which it ends."""
    return bool(msgspec.json.decode(line).get("fields", {}).get("ended_on"))


def _standing(*, is_own: bool, is_open: bool) -> Standing:
    if not is_open:
        return Standing.PAST
    return Standing.ALLOCATED if is_own else Standing.TEAM


def _open(today: str) -> ColumnElement[bool]:
    """Say in SQL that an allocation holds today; its last day is the one before ``ended_on``."""
    until = or_(allocation.c.ended_on.is_(None), allocation.c.ended_on > today)
    return and_(allocation.c.began_on <= today, until)


def _leads(person: Worker) -> bool:
    return person.role is Role.SUPERVISOR and person.team_id is not None


def _caseload(whose: ColumnElement[bool]) -> Select[Any]:
    until = or_(allocation.c.ended_on.is_(None), allocation.c.ended_on > bindparam("today"))
    mine = select(allocation.c.family_id).where(
        allocation.c.council_id == bindparam("council"), whose, allocation.c.began_on <= bindparam("today"), until
    )
    taken = select(visit_pack.c.family_id).where(
        visit_pack.c.council_id == bindparam("council"),
        visit_pack.c.worker_id == bindparam("worker"),
        visit_pack.c.until >= bindparam("today"),
        packs.is_of_takers_team(bindparam("today")),
    )
    return (
        select(family.c.family_id, family.c.seq, family.c.record_count, family.c.digest)
        .where(family.c.council_id == bindparam("council"), family.c.family_id.in_(mine.union_all(taken)))
        .order_by(family.c.family_id)
    )


def _allocations(whose: ColumnElement[bool]) -> Spelt:
    asked = select(allocation.c.family_id, allocation.c.worker_id, allocation.c.began_on, allocation.c.ended_on)
    mine = asked.where(allocation.c.council_id == bindparam("council"), whose)
    return Spelt(both(lambda database: mine.where(allocation.c.family_id.in_(texts("families", database)))))


# Whose allocations count for a worker: their own, and for a supervisor those of the team.
_BY_WORKER = allocation.c.worker_id == bindparam("worker")
_BY_TEAM = allocation.c.worker_id.in_(
    select(worker.c.worker_id).where(
        worker.c.council_id == bindparam("council"),
        or_(worker.c.worker_id == bindparam("worker"), worker.c.team_id == bindparam("team")),
    )
)


def _lines(whose: ColumnElement[bool]) -> Spelt:
    of = _caseload(whose).subquery().c
    line = of.family_id + ":" + cast(of.seq, Text) + ":" + of.digest
    return Spelt(both(lambda database: select(joined(line, database).label("lines"))))


# Made once: every round asks.
_OF_WORKER = Spelt(_caseload(_BY_WORKER), row=FamilyRow)
_OF_TEAM = Spelt(_caseload(_BY_TEAM), row=FamilyRow)
_LINES_OF_WORKER, _LINES_OF_TEAM = _lines(_BY_WORKER), _lines(_BY_TEAM)
_OWN, _TEAMS = _allocations(_BY_WORKER), _allocations(_BY_TEAM)
