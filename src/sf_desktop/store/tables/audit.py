"""The laptop's audit in the vault: rows are only ever added, each linked to the one before by its hash."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from sf_desktop.store.connection import Connection
from sf_desktop.store.sql import marks
from sf_record.wire.audit import AuditRow, Head, Look, Looked, linked
from sf_record.wire.orders import Signed

_MOST_MARKS = 900
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


def rows(connection: Connection, wanted: Collection[int]) -> Sequence[AuditRow]:
    """Return these rows, newest first."""
    chosen = tuple(wanted)[:_MOST_MARKS]
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM audit WHERE number IN ({marks(len(chosen))}) ORDER BY number DESC", chosen
    )
    return [_row(each) for each in found.fetchall()]


def numbers(connection: Connection, since: str, what: str = "") -> list[tuple[int, frozenset[str]]]:
    """Return the numbers of the rows since a moment, newest first, each with the family files that it is about."""
    found = connection.execute(
        "SELECT number, family_id, what, ids FROM audit WHERE at >= ? AND (? = '' OR what = ?) ORDER BY number DESC",
        (since, what, what),
    )
    return [(int(each[0]), _about(str(each[1]), str(each[2]), str(each[3]))) for each in found.fetchall()]


def _about(family_id: str, what: str, ids: str) -> frozenset[str]:
    return frozenset(ids.split(" ")) if what == Look.SEARCHED else frozenset((family_id,))


def base(connection: Connection) -> Head:
    """Return what stands before the first row that is still here."""
    return _head(connection, "base_number, base_chain")


def sent(connection: Connection) -> int:
    """Return the number of the last row that the council has."""
    found = connection.execute("SELECT sent_number FROM audit_state").fetchone()
    assert found is not None
    return int(found[0])


def sent_to(connection: Connection, number: int) -> None:
    """Note how far the council has the chain."""
    connection.execute("UPDATE audit_state SET sent_number = ?", (min(number, head(connection).number),))


def resume(connection: Connection, agreed: int, council: Head, at: str) -> None:
    """Go on after what the council holds, because an older vault was put back here.

    The rows after ``agreed`` are not with the council: they are linked anew, behind one that says what happened.
    """
    rows = rows_after(connection, agreed)
    connection.execute("UPDATE audit_state SET is_resuming = 1, sent_number = ?", (agreed,))
    connection.execute("DELETE FROM audit WHERE number > ?", (agreed,))
    connection.execute(
        "UPDATE audit_state SET is_resuming = 0, number = ?, chain = ?, sent_number = ?",
        (council.number, council.chain, council.number),
    )
    code = f"{council.number} {council.chain}"
    append(connection, (Looked(at, Look.RESUMED, code=code), *map(_looked, rows)))


def _looked(row: AuditRow) -> Looked:
    ids = tuple(row.ids.split(" ")) if row.ids else ()
    return Looked(row.at, Look(row.what), row.family_id, row.record_id, row.code, ids)


def prune(connection: Connection, moment: str) -> int:
    """Let rows go that the council has and that are from before a moment; return how many."""
    last = connection.execute(
        "SELECT number, chain FROM audit WHERE number <= (SELECT sent_number FROM audit_state) AND number <"
        " coalesce((SELECT min(number) FROM audit WHERE at >= ?), (SELECT number + 1 FROM audit_state))"
        " ORDER BY number DESC LIMIT 1",
        (moment,),
    ).fetchone()
    if last is None:
        return 0
    connection.execute("UPDATE audit_state SET base_number = ?, base_chain = ?", (last[0], last[1]))
    return connection.execute("DELETE FROM audit WHERE number <= ?", (last[0],)).rowcount


def council_head(connection: Connection) -> Signed | None:
    """Return the newest head of the council's own audit that this laptop was given."""
    found = connection.execute("SELECT council_at, council_signature FROM audit_state").fetchone()
    return Signed(text=str(found[0]), signature=str(found[1])) if found and found[1] else None


def keep_council_head(connection: Connection, head: Head, signed: Signed) -> None:
    """Keep the council's newest head, as it was signed."""
    connection.execute(
        "UPDATE audit_state SET council_number = ?, council_chain = ?, council_at = ?, council_signature = ?",
        (head.number, head.chain, signed.text, signed.signature),
    )


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
