"""The laptop's audit in the vault: rows are only ever added, each linked to the one before by its hash."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from sf_desktop.store.connection import Connection
from sf_desktop.store.sql import marks
from sf_record.audit import AuditRow, Head, Look, Looked, first_broken, linked

__all__ = ["Looked", "append", "broken", "changes", "head", "rows_after"]

_COLUMNS = "number, at, what, family_id, record_id, code, ids, chain"


def append(connection: Connection, looks: Iterable[Looked]) -> int:
    """Add rows to the end of the chain; return how many."""
    at, count = head(connection), 0
    for look in looks:
        row = _next(at, look)
        connection.execute(
            f"INSERT INTO audit ({_COLUMNS}) VALUES ({marks(8)})",
            (row.number, row.at, row.what, row.family_id, row.record_id, row.code, row.ids, row.chain),
        )
        at, count = Head(number=row.number, chain=row.chain), count + 1
    if count:
        connection.execute("UPDATE audit_state SET number = ?, chain = ?", (at.number, at.chain))
    return count


def _next(at: Head, look: Looked) -> AuditRow:
    row = AuditRow(
        number=at.number + 1,
        at=look.at,
        what=look.what.value,
        family_id=look.family_id,
        record_id=look.record_id,
        code=look.code,
        ids=" ".join(look.ids),
        chain="",
    )
    return replace(row, chain=linked(at.chain, row))


def head(connection: Connection) -> Head:
    """Return where the chain stands."""
    return _head(connection, "number, chain")


def _head(connection: Connection, columns: str) -> Head:
    found = connection.execute(f"SELECT {columns} FROM audit_state").fetchone()
    assert found is not None
    return Head(number=int(found[0]), chain=str(found[1]))


def changes(connection: Connection, event_ids: Collection[str]) -> list[Looked]:
    """Return what the chain says of events that were just written: which record, and the event's own id."""
    rows = connection.execute(
        f"SELECT saved_at, family_id, record_id, action, id FROM outbox WHERE id IN ({marks(len(event_ids))})"
        " ORDER BY number",
        tuple(event_ids),
    )
    return [Looked(str(at), Look.CHANGED, str(fam), str(rec), str(act), (str(i),)) for at, fam, rec, act, i in rows]


def rows_after(connection: Connection, number: int, limit: int = -1) -> Sequence[AuditRow]:
    """Return the rows after a number, in order."""
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM audit WHERE number > ? ORDER BY number LIMIT ?", (number, limit)
    )
    return [_row(each) for each in found.fetchall()]


def broken(connection: Connection) -> int | None:
    """Return the number of the first row that is not as it was written; None for a whole chain."""
    base = _head(connection, "base_number, base_chain")
    return first_broken(rows_after(connection, 0), base, head(connection), may_resume=True)


def _row(found: Sequence[object]) -> AuditRow:
    number, at, what, family_id, record_id, code, ids, chain = found
    return AuditRow(
        number=int(str(number)),
        at=str(at),
        what=str(what),
        family_id=str(family_id),
        record_id=str(record_id),
        code=str(code),
        ids=str(ids),
        chain=str(chain),
    )
