"""Family files: the counter row that is the stream, and the records as the bytes that are sent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from sf_council.database.spelt import Spelt
from sf_council.database.tables import family, record, record_key
from sf_record.record import Record
from sf_record.wire import digest
from sf_record.wire.rounds import record_wire


@dataclass(slots=True)
class Counter:
    """A family file's counter while its row is locked."""

    family_id: str
    seq: int
    count: int
    digest: int

    def moved(self, record_id: str, before: int | None) -> None:
        """Take the next number for a record that stood at ``before`` (None for a new one)."""
        self.seq += 1
        self.digest ^= digest.entry(record_id, self.seq)
        if before is None:
            self.count += 1
        else:
            self.digest ^= digest.entry(record_id, before)


class Line(NamedTuple):
    """A record as it is sent, with what is needed without reading it."""

    record_id: str
    kind: str
    seq: int
    line: bytes


# Made once: every round with news asks.
_CHANGED = Spelt(
    select(record.c.record_id, record.c.kind, record.c.seq, record.c.line)
    .where(record.c.council_id == bindparam("council"), record.c.family_id == bindparam("family"))
    .where(record.c.seq > bindparam("cursor"))
    .order_by(record.c.seq)
    .limit(bindparam("most")),
    row=Line,
)


def add(connection: Connection, council_id: str, family_id: str) -> None:
    """Make an empty family file."""
    empty = {"family_id": family_id, "seq": 0, "record_count": 0, "digest": digest.text(0)}
    connection.execute(insert(family).values(council_id=council_id, **empty))


def lock(connection: Connection, council_id: str, family_ids: Iterable[str]) -> dict[str, Counter]:
    """Lock the counter rows until commit, in one order for everybody, so that two writers never wait for each other.

    Families that are not there are left out. On SQLite the transaction already holds the only writer's lock.
    """
    asked = select(family).where(family.c.council_id == council_id, family.c.family_id.in_(sorted(family_ids)))
    rows = connection.execute(asked.order_by(family.c.family_id).with_for_update())
    return {row.family_id: Counter(row.family_id, row.seq, row.record_count, int(row.digest, 16)) for row in rows}


def keep_counters(connection: Connection, council_id: str, counters: Collection[Counter]) -> None:
    """Write the counters of locked rows."""
    if not counters:
        return
    mine = (family.c.council_id == council_id) & (family.c.family_id == bindparam("of"))
    changed = (
        update(family)
        .where(mine)
        .values(seq=bindparam("to_seq"), record_count=bindparam("to_count"), digest=bindparam("to_digest"))
    )
    rows = [
        {"of": each.family_id, "to_seq": each.seq, "to_count": each.count, "to_digest": digest.text(each.digest)}
        for each in counters
    ]
    connection.execute(changed, rows)


def states(connection: Connection, council_id: str, family_ids: Collection[str]) -> Sequence[Row[Any]]:
    """Return the counter rows of these family files."""
    asked = select(family).where(family.c.council_id == council_id, family.c.family_id.in_(family_ids))
    return connection.execute(asked).all()


def records(
    connection: Connection, council_id: str, family_ids: Collection[str], record_ids: Collection[str]
) -> dict[tuple[str, str], Record]:
    """Return records by family file and id."""
    asked = select(record.c.family_id, record.c.record_id, record.c.line).where(
        record.c.council_id == council_id, record.c.family_id.in_(family_ids), record.c.record_id.in_(record_ids)
    )
    return _decoded(connection.execute(asked))


def records_of_kinds(
    connection: Connection, council_id: str, family_ids: Collection[str], kinds: Collection[str]
) -> dict[tuple[str, str], Record]:
    """Return these family files' records of these kinds, by family file and id."""
    asked = select(record.c.family_id, record.c.record_id, record.c.line).where(
        record.c.council_id == council_id, record.c.family_id.in_(family_ids), record.c.kind.in_(kinds)
    )
    return _decoded(connection.execute(asked))


def groups(connection: Connection, council_id: str, file_ids: Collection[str]) -> frozenset[str]:
    """Return which of these files are groups': their root, the record that has the file's own id, says so."""
    asked = select(record.c.family_id).where(
        record.c.council_id == council_id,
        record.c.family_id.in_(file_ids),
        record.c.record_id == record.c.family_id,
        record.c.kind == "group",
    )
    return frozenset(connection.execute(asked).scalars()) if file_ids else frozenset()


def owners(connection: Connection, council_id: str, record_ids: Collection[str]) -> dict[str, str]:
    """Return which family files have records of these ids, by id: not their content, and nothing is locked."""
    if not record_ids:
        return {}
    asked = select(record_key.c.record_id, record_key.c.family_id).where(
        record_key.c.council_id == council_id, record_key.c.record_id.in_(record_ids)
    )
    return {row.record_id: row.family_id for row in connection.execute(asked)}


def changed_after(connection: Connection, council_id: str, family_id: str, cursor: int, most: int) -> Sequence[Line]:
    """Return the records of a family file that changed after the cursor, in order of their numbers."""
    return _CHANGED.rows(connection, council=council_id, family=family_id, cursor=cursor, most=most)


def insert_records(connection: Connection, council_id: str, records: Collection[Record]) -> None:
    """Add new records; IntegrityError if another family file has an id of theirs."""
    if records:
        connection.execute(insert(record), [_row(council_id, each) for each in records])
        keys = [{"council_id": council_id, "record_id": each.id, "family_id": each.family_id} for each in records]
        connection.execute(insert(record_key), keys)


def replace_records(connection: Connection, council_id: str, records: Collection[Record]) -> None:
    """Write changed records in place of what was there."""
    if not records:
        return
    mine = (
        (record.c.council_id == council_id)
        & (record.c.family_id == bindparam("of"))
        & (record.c.record_id == bindparam("which"))
    )
    changed = update(record).where(mine).values(seq=bindparam("to_seq"), line=bindparam("to_line"))
    connection.execute(
        changed,
        [{"of": each.family_id, "which": each.id, "to_seq": each.seq, "to_line": line(each)} for each in records],
    )


def line(each: Record) -> bytes:
    """Return a record as the bytes that are stored and sent."""
    return msgspec.json.encode(record_wire(each))


def sizes(connection: Connection, council_id: str, family_ids: Collection[str]) -> tuple[int, int]:
    """Return how many records, and bytes of them, these family files hold."""
    asked = select(func.count(), func.coalesce(func.sum(func.length(record.c.line)), 0)).where(
        record.c.council_id == council_id, record.c.family_id.in_(family_ids)
    )
    count, size = connection.execute(asked).one()
    return int(count), int(size)


def _decoded(rows: Iterable[Row[Any]]) -> dict[tuple[str, str], Record]:
    return {(row.family_id, row.record_id): msgspec.json.decode(row.line, type=Record) for row in rows}


def _row(council_id: str, each: Record) -> dict[str, Any]:
    return {
        "council_id": council_id,
        "family_id": each.family_id,
        "record_id": each.id,
        "kind": each.kind,
        "seq": each.seq,
        "line": line(each),
    }
