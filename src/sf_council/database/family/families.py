"""Family files: the counter row that is the stream, and the records as the bytes that are sent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    BigInteger,
    ClauseElement,
    Connection,
    Row,
    bindparam,
    case,
    cast,
    func,
    insert,
    select,
    true,
    update,
)

from sf_council.database.dialect import both, listed, pairs, texts
from sf_council.database.spelt import Spelt
from sf_council.database.tables import family, record, record_key
from sf_record.record import Record
from sf_record.wire import digest
from sf_record.wire.rounds import record_wire

RESTART = 10_000  # a council that was put back goes on behind a whole one of these: no event has that number


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


class Written(NamedTuple):
    """A record, and the bytes as which it is stored and sent."""

    record: Record
    line: bytes


class Line(NamedTuple):
    """A record as it is sent, with what is needed without reading it."""

    kind: str
    seq: int
    line: bytes


# Made once: every round with news asks.
_CHANGED = Spelt(
    select(record.c.kind, record.c.seq, record.c.line)
    .where(record.c.council_id == bindparam("council"), record.c.family_id == bindparam("family"))
    .where(record.c.seq > bindparam("cursor"))
    .order_by(record.c.seq)
    .limit(bindparam("most")),
    row=Line,
)

# Made once: every page of events asks.
_MINE = family.c.council_id == bindparam("council")
_LOCK = Spelt(
    both(
        lambda database: (
            select(family.c.family_id, family.c.seq, family.c.record_count, family.c.digest)
            .where(_MINE, family.c.family_id.in_(texts("families", database)))
            .order_by(family.c.family_id)
            .with_for_update(of=family)
        )
    )
)
_COUNT = Spelt(
    update(family)
    .where(_MINE, family.c.family_id == bindparam("of"))
    .values(seq=bindparam("to_seq"), record_count=bindparam("to_count"), digest=bindparam("to_digest"))
)
_OWNERS = Spelt(
    both(
        lambda database: select(record_key.c.record_id, record_key.c.family_id).where(
            record_key.c.council_id == bindparam("council"),
            record_key.c.record_id.in_(texts("records", database)),
        )
    )
)
_ADD, _ADD_KEY = Spelt(insert(record)), Spelt(insert(record_key))
_REPLACE = Spelt(
    update(record)
    .where(record.c.council_id == bindparam("council"))
    .where(record.c.family_id == bindparam("of"), record.c.record_id == bindparam("which"))
    .values(seq=bindparam("to_seq"), line=bindparam("to_line"))
)


def _records_wanted(database: str) -> ClauseElement:
    wanted = pairs("wanted", database)
    is_it = (record.c.family_id == wanted.c.one) & (record.c.record_id == wanted.c.other)
    # An outer join: SQLite would else go through all records, and look for each among those that are wanted.
    here = wanted.outerjoin(record, is_it & (record.c.council_id == bindparam("council")))
    return select(record.c.family_id, record.c.record_id, record.c.line).select_from(here)


_RECORDS = Spelt(both(_records_wanted))


def _changed_in(database: str) -> ClauseElement:
    after = pairs("after", database)
    is_newer = (record.c.family_id == after.c.one) & (record.c.seq > cast(after.c.other, BigInteger))
    is_newer &= record.c.council_id == bindparam("council")
    asked = select(record.c.family_id, record.c.kind, record.c.seq, record.c.line)
    if database == "sqlite":
        return asked.select_from(after.outerjoin(record, is_newer)).order_by(record.c.family_id, record.c.seq)
    # One look into the index for each: PostgreSQL would else read all records of the council, and join them.
    newer = asked.where(is_newer).order_by(record.c.seq).limit(bindparam("most")).lateral("newer")
    return select(newer).select_from(after.join(newer, true())).order_by(newer.c.family_id, newer.c.seq)


_CHANGED_IN = Spelt(both(_changed_in))


def add(connection: Connection, council_id: str, family_id: str) -> None:
    """Make an empty family file."""
    empty = {"family_id": family_id, "seq": 0, "record_count": 0, "digest": digest.text(0)}
    connection.execute(insert(family).values(council_id=council_id, **empty))


def number_anew(connection: Connection, behind: int) -> None:
    """Leave out the numbers that every council's family files had given when an older copy was put in their place.

    Whoever holds one of those has what the copy forgot: were it given again, nobody could tell. ``behind`` is the
    highest that the replaced ones are known to have given: another copy may have been put back before.
    """
    own, least = (family.c.seq // RESTART + 2) * RESTART, (behind // RESTART + 1) * RESTART
    connection.execute(update(family).values(seq=case((own > least, own), else_=least)))


def lock(connection: Connection, council_id: str, family_ids: Iterable[str]) -> dict[str, Counter]:
    """Lock the counter rows until commit, in one order for everybody, so that two writers never wait for each other.

    Families that are not there are left out. On SQLite the transaction already holds the only writer's lock.
    """
    rows = _LOCK.rows(connection, council=council_id, families=listed(family_ids))
    return {row.family_id: Counter(row.family_id, row.seq, row.record_count, int(row.digest, 16)) for row in rows}


def keep_counters(connection: Connection, council_id: str, counters: Collection[Counter]) -> None:
    """Write the counters of locked rows."""
    _COUNT.many(
        connection,
        (
            {"council": council_id, "of": each.family_id}
            | {"to_seq": each.seq, "to_count": each.count, "to_digest": digest.text(each.digest)}
            for each in counters
        ),
    )


def states(connection: Connection, council_id: str, family_ids: Collection[str]) -> Sequence[Row[Any]]:
    """Return the counter rows of these family files."""
    asked = select(family).where(family.c.council_id == council_id, family.c.family_id.in_(family_ids))
    return connection.execute(asked).all()


def records(
    connection: Connection, council_id: str, wanted: Collection[tuple[str, str]]
) -> dict[tuple[str, str], Record]:
    """Return those of these records that are there, by family file and id."""
    rows = _RECORDS.rows(connection, council=council_id, wanted=listed(wanted))
    return _decoded(each for each in rows if each.line is not None)


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
    rows = _OWNERS.rows(connection, council=council_id, records=listed(record_ids))
    return {row.record_id: row.family_id for row in rows}


def changed_after(connection: Connection, council_id: str, family_id: str, cursor: int, most: int) -> Sequence[Line]:
    """Return the records of a family file that changed after the cursor, in order of their numbers."""
    return _CHANGED.rows(connection, council=council_id, family=family_id, cursor=cursor, most=most)


def changed_in(
    connection: Connection, council_id: str, after: Collection[tuple[str, int]], most: int
) -> dict[str, list[Line]]:
    """Return the records that changed in these family files after a number of each, in order of theirs.

    For files after whose numbers there can be no more than ``most`` each.
    """
    found: dict[str, list[Line]] = {family_id: [] for family_id, _ in after}
    for row in _CHANGED_IN.rows(connection, council=council_id, after=listed(after), most=most):
        if row.family_id is not None:
            found[row.family_id].append(Line(row.kind, row.seq, row.line))
    return found


def insert_records(connection: Connection, council_id: str, written: Collection[Written]) -> None:
    """Add new records; IntegrityError if another family file has an id of theirs."""
    _ADD.many(connection, (_row(council_id, each) for each in written))
    _ADD_KEY.many(
        connection,
        ({"council_id": council_id, "record_id": each.id, "family_id": each.family_id} for each, _ in written),
    )


def replace_records(connection: Connection, council_id: str, written: Collection[Written]) -> None:
    """Write changed records in place of what was there."""
    _REPLACE.many(
        connection,
        (
            {"council": council_id, "of": each.family_id, "which": each.id, "to_seq": each.seq, "to_line": line}
            for each, line in written
        ),
    )


def written(each: Record) -> Written:
    """Return a record with the bytes that are stored and sent."""
    return Written(each, msgspec.json.encode(record_wire(each)))


def sizes(connection: Connection, council_id: str, family_ids: Collection[str]) -> tuple[int, int]:
    """Return how many records, and bytes of them, these family files hold."""
    asked = select(func.count(), func.coalesce(func.sum(func.length(record.c.line)), 0)).where(
        record.c.council_id == council_id, record.c.family_id.in_(family_ids)
    )
    count, size = connection.execute(asked).one()
    return int(count), int(size)


def _decoded(rows: Iterable[Any]) -> dict[tuple[str, str], Record]:
    return {(row.family_id, row.record_id): msgspec.json.decode(row.line, type=Record) for row in rows}


def _row(council_id: str, written_: Written) -> dict[str, Any]:
    each, line = written_
    return {
        "council_id": council_id,
        "family_id": each.family_id,
        "record_id": each.id,
        "kind": each.kind,
        "seq": each.seq,
        "line": line,
    }
