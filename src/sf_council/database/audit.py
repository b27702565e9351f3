"""The audit: rows are only ever added, and each carries a hash over itself and the row before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, insert, or_, select, update

from sf_council.database.tables import audit, council, record
from sf_record.wire.audit import Head

HISTORY = "looked_at_history"  # the subject is the record
_AT_A_TIME = 5_000  # rows, when a chain is verified


@dataclass(frozen=True, slots=True)
class Note:
    """What one row says, before it has its place in the chain."""

    what: str
    worker_id: str | None = None
    device_id: str | None = None
    subject: str | None = None
    code: str = ""


def note(connection: Connection, council_id: str, at: str, said: Note) -> None:
    """Add one row; the council's row is locked until commit, so that numbers and hashes have one order."""
    note_all(connection, council_id, at, (said,))


def note_all(connection: Connection, council_id: str, at: str, notes: Sequence[Note]) -> None:
    """Add rows, all of the same moment."""
    asked = select(council.c.audit_count, council.c.audit_head).where(council.c.council_id == council_id)
    head = connection.execute(asked.with_for_update()).one()
    number, chain = head.audit_count, head.audit_head
    values = []
    for each in notes:
        number += 1
        chain = _chain(chain, (number, at, each.what, each.worker_id, each.device_id, each.subject, each.code))
        said = {name: getattr(each, name) for name in Note.__slots__}
        values.append({"council_id": council_id, "number": number, "at": at, "chain": chain, **said})
    connection.execute(insert(audit), values)
    moved = update(council).where(council.c.council_id == council_id)
    connection.execute(moved.values(audit_count=number, audit_head=chain))


def about(connection: Connection, council_id: str, family_id: str, first: str, last: str) -> Sequence[Row[Any]]:
    """Return the rows about a family file between two moments, oldest first, and of histories of its records."""
    its = select(record.c.record_id).where(record.c.council_id == council_id, record.c.family_id == family_id)
    is_history = (audit.c.what == HISTORY) & audit.c.subject.in_(its)
    asked = select(audit).where(
        audit.c.council_id == council_id,
        or_(audit.c.subject == family_id, is_history),
        audit.c.at >= first,
        audit.c.at < last,
    )
    return connection.execute(asked.order_by(audit.c.number)).all()


def last_sent(connection: Connection, council_id: str, device_id: str) -> dict[str, str]:
    """Return every family file of which a laptop was ever sent anything, each with the moment of the last time."""
    mine = (audit.c.council_id == council_id) & (audit.c.what == "sent") & (audit.c.device_id == device_id)
    asked = select(audit.c.subject, func.max(audit.c.at).label("at")).where(mine).group_by(audit.c.subject)
    return {row.subject: row.at for row in connection.execute(asked)}


def first_broken(connection: Connection, council_id: str) -> int | None:
    """Return the number of the first row that was changed, removed or put in another place; None for a whole chain."""
    head = connection.execute(select(council).where(council.c.council_id == council_id)).one()
    before, expected = "", 0
    for row in in_order(connection, select(audit).where(audit.c.council_id == council_id), audit.c.number):
        expected += 1
        parts = (expected, row.at, row.what, row.worker_id, row.device_id, row.subject, row.code)
        if row.number != expected or row.chain != _chain(before, parts):
            return expected
        before = row.chain
    return None if (expected, before) == (head.audit_count, head.audit_head) else expected + 1


def in_order(connection: Connection, asked: Select[Any], number: ColumnElement[int]) -> Iterator[Row[Any]]:
    """Yield the rows of a chain by their numbers, some thousands at a time: PostgreSQL's driver would hold them all."""
    reached, is_last = -1, False
    while not is_last:
        found = connection.execute(asked.where(number > reached).order_by(number).limit(_AT_A_TIME)).all()
        yield from found
        reached, is_last = (found[-1].number if found else reached), len(found) < _AT_A_TIME


def head(connection: Connection, council_id: str) -> Head:
    """Return where the council's own audit stands."""
    row = connection.execute(select(council).where(council.c.council_id == council_id)).one()
    return Head(number=row.audit_count, chain=row.audit_head)


def holds(connection: Connection, council_id: str, said: Head) -> bool:
    """Say whether the audit still has the row that was its last once, as it was then."""
    if said.number == 0:
        return True
    asked = select(audit.c.chain).where(audit.c.council_id == council_id, audit.c.number == said.number)
    return connection.execute(asked).scalar_one_or_none() == said.chain


def _chain(before: str, parts: tuple[int | str | None, ...]) -> str:
    line = "\x1f".join("" if part is None else str(part) for part in (before, *parts))
    return hashlib.sha256(line.encode()).hexdigest()
