"""Visit packs: which worker has taken a family file of the team along, until the end of which day, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

import msgspec
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    exists,
    func,
    or_,
    select,
    update,
)

from sf_council.database.dialect import insert_into
from sf_council.database.spelt import Spelt
from sf_council.database.tables import allocation, record, visit_pack, worker
from sf_record.rules.permissions import Worker
from sf_record.wire.packs import TeamFamily


def is_of_takers_team(today: str | BindParameter[str]) -> ColumnElement[bool]:
    """Say in SQL that a pack's family file is of its taker's team still, or nobody's: with another team it is theirs.

    A pack is of the team, and taken with a reason; who takes the file over decides who else has it.
    """
    until = or_(allocation.c.ended_on.is_(None), allocation.c.ended_on > today)
    anybody = (
        select(allocation.c.family_id)
        .where(allocation.c.council_id == visit_pack.c.council_id, allocation.c.family_id == visit_pack.c.family_id)
        .where(allocation.c.began_on <= today, until)
        .correlate(visit_pack)
    )
    taker = worker.alias()
    theirs = (
        anybody.join(
            worker, (worker.c.council_id == allocation.c.council_id) & (worker.c.worker_id == allocation.c.worker_id)
        )
        .join(taker, (taker.c.council_id == worker.c.council_id) & (taker.c.team_id == worker.c.team_id))
        .where(taker.c.worker_id == visit_pack.c.worker_id)
    )
    return or_(exists(theirs), ~exists(anybody))


# Made once: every page of events asks.
_TAKEN = Spelt(
    select(visit_pack.c.family_id, visit_pack.c.until, is_of_takers_team(bindparam("today")).label("is_of_team")).where(
        visit_pack.c.council_id == bindparam("council"), visit_pack.c.worker_id == bindparam("worker")
    )
)


def take(
    connection: Connection, council_id: str, worker_id: str, family_id: str, *, until: str, reason: str, at: str
) -> None:
    """Let a worker have a family file until the end of a day; a second time counts in place of the first."""
    values = {"until": until, "reason": reason, "taken_at": at}
    taken = insert_into(connection, visit_pack).values(
        council_id=council_id, worker_id=worker_id, family_id=family_id, **values
    )
    connection.execute(
        taken.on_conflict_do_update(index_elements=["council_id", "worker_id", "family_id"], set_=values)
    )


def end(connection: Connection, council_id: str, worker_id: str, today: date) -> int:
    """Let everything that a worker has taken along be past its last day; return how many family files that were.

    Who works in another team has no family file of the old one along: a pack is of the team, and taken with a reason.
    """
    mine = (visit_pack.c.council_id == council_id) & (visit_pack.c.worker_id == worker_id)
    held = update(visit_pack).where(mine, visit_pack.c.until >= today.isoformat())
    return connection.execute(held.values(until=(today - timedelta(days=1)).isoformat())).rowcount


def until_of(
    connection: Connection, council_id: str, worker_id: str, today: str, family_ids: Collection[str] | None = None
) -> Mapping[str, str]:
    """Return until the end of which day the worker has, or had, these family files (all, where none are named).

    Empty for one that is of another team by now: a pack ends with that.
    """
    rows = _TAKEN.rows(connection, council=council_id, worker=worker_id, today=today)
    return {
        row.family_id: row.until if row.is_of_team else ""
        for row in rows
        if family_ids is None or row.family_id in family_ids
    }


def over(connection: Connection, council_id: str, worker_id: str, since: str, today: str) -> Mapping[str, str]:
    """Return the packs of a worker that were over on or after a day and are not held today.

    With each its last day, or the moment at which it was taken on that day or before the file went to another team:
    what left before was taken again.
    """
    mine = (visit_pack.c.council_id == council_id) & (visit_pack.c.worker_id == worker_id)
    is_over = or_(visit_pack.c.until < today, ~is_of_takers_team(today))
    asked = select(visit_pack).where(mine, visit_pack.c.until >= since, is_over)
    return {
        row.family_id: max(row.until if row.until < today else "", row.taken_at) for row in connection.execute(asked)
    }


def of_family(connection: Connection, council_id: str, family_id: str, today: str) -> Mapping[str, str]:
    """Return who has taken a family file along and holds it today, each with the last day."""
    mine = (visit_pack.c.council_id == council_id) & (visit_pack.c.family_id == family_id)
    asked = select(visit_pack.c.worker_id, visit_pack.c.until).where(mine, visit_pack.c.until >= today)
    return {row.worker_id: row.until for row in connection.execute(asked.where(is_of_takers_team(today)))}


def is_of_team(connection: Connection, council_id: str, person: Worker, family_id: str, today: str) -> bool:
    """Say whether somebody of the worker's team is allocated to a family file today."""
    if person.team_id is None:
        return False
    asked = _of_team(council_id, person, today).where(allocation.c.family_id == family_id).limit(1)
    return connection.execute(asked).first() is not None


def of_team(
    connection: Connection, council_id: str, person: Worker, today: str, words: str, most: int
) -> list[TeamFamily]:
    """Return family files of the worker's team, not their own, whose name holds all the words, by name."""
    wanted = words.casefold().split()
    if person.team_id is None or not wanted:
        return []
    allocated = {
        row.family_id: row.worker_id
        for row in connection.execute(_of_team(council_id, person, today))
        if row.worker_id != person.id
    }
    lines = select(record.c.family_id, record.c.line).where(
        record.c.council_id == council_id,
        record.c.family_id.in_(allocated),
        record.c.record_id == record.c.family_id,
        record.c.kind == "family",  # a group's register is for whoever is on the group
    )
    named = ((row.family_id, _name(row.line)) for row in connection.execute(lines))
    found = [
        TeamFamily(family_id=family_id, name=name, worker_id=allocated[family_id])
        for family_id, name in named
        if all(word in name.casefold() for word in wanted)
    ]
    return sorted(found, key=lambda each: each.name.casefold())[:most]


def is_anybody_allocated(
    connection: Connection, council_id: str, family_ids: Collection[str], today: str
) -> frozenset[str]:
    """Return those of these family files with which anybody works today."""
    until = or_(allocation.c.ended_on.is_(None), allocation.c.ended_on > today)
    asked = (
        select(allocation.c.family_id)
        .where(allocation.c.council_id == council_id, allocation.c.family_id.in_(family_ids))
        .where(allocation.c.began_on <= today, until)
        .group_by(allocation.c.family_id)
        .having(func.count() > 0)
    )
    return frozenset(connection.execute(asked).scalars())


def _of_team(council_id: str, person: Worker, today: str) -> Select[Any]:
    until = or_(allocation.c.ended_on.is_(None), allocation.c.ended_on > today)
    return (
        select(allocation.c.family_id, allocation.c.worker_id)
        .join(worker, (worker.c.council_id == allocation.c.council_id) & (worker.c.worker_id == allocation.c.worker_id))
        .where(allocation.c.council_id == council_id, worker.c.team_id == person.team_id)
        .where(allocation.c.began_on <= today, until)
    )


def _name(line: bytes) -> str:
    body = msgspec.json.decode(line).get("body", {})
    return str(body.get("name") or "")
