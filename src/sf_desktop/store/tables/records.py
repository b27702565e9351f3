"""Reads and writes single records: the row as shown, the council's version beside it, and the index.

Lists read a person who was recorded twice as one (``store/tables/merges.py``); a single record is read as it was
written.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sf_desktop.store.coding import read_id, read_record, record_text
from sf_desktop.store.connection import Connection
from sf_desktop.store.sql import marks
from sf_desktop.store.tables import index, seen
from sf_desktop.store.tables.merges import OF_KIND, read_as_one
from sf_desktop.store.tables.rows import RowNumbers, Shown, columns, day_of, first_row, is_named, shown
from sf_desktop.store.tables.shelves import PaperNumbers
from sf_desktop.store.tables.words import again
from sf_record.record import Record

_MOST_MARKS = 500
WITH_PAPER = "record JOIN paper ON paper.id = record.paper"
_WRITTEN = (
    "written_at = ?, author_id = ?, is_signed = ?, is_in_error = ?, has_conflicts = ?, seq = ?, is_waiting = ?,"
    " title = ?, about = ?"
)
NOTHING_YET = ""  # `truth` of a record that the council does not have yet


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of the vault: where it is, what the council holds, and what is shown."""

    row: int
    paper: int
    family_id: str
    kind: str
    happened_at: str
    seq: int
    shown_text: str
    truth_text: str | None
    beside: str
    fields: str | None

    @property
    def words(self) -> str:
        """The words under which the index has it."""
        return again(self.shown_text, self.beside, self.fields)

    @property
    def council_text(self) -> str | None:
        """The council's version as JSON; None where it has none."""
        text = self.shown_text if self.truth_text is None else self.truth_text
        return text or None


class Version(NamedTuple):
    """What is to be stored of one record. ``truth`` as the column says; ``wire`` is the shown record's JSON."""

    record: Record
    wire: str
    truth: str | None
    seq: int

    @property
    def is_waiting(self) -> bool:
        return self.truth is not None


def held(record: Record, wire: str | None = None) -> Version:
    """Return the version of a record that is just as the council holds it."""
    return Version(record, wire if wire is not None else record_text(record), None, record.seq)


def get(connection: Connection, record_id: str) -> Record | None:
    """Return a record as shown."""
    found = connection.execute(f"SELECT wire FROM {WITH_PAPER} WHERE record.id = ?", (record_id,)).fetchone()
    return None if found is None else read_record(found[0])


def get_many(connection: Connection, record_ids: Sequence[str]) -> dict[str, Record]:
    """Return records as shown, by id."""
    rows = connection.execute(
        f"SELECT record.id, wire FROM {WITH_PAPER} WHERE record.id IN ({marks(len(record_ids))})", record_ids
    )
    return {str(each[0]): read_record(each[1]) for each in rows}


def of_family(connection: Connection, family_id: str, kinds: Sequence[str]) -> list[Record]:
    """Return a family file's records of these kinds as shown, oldest first, also those marked as in error."""
    rows = connection.execute(
        # By family alone it would read every record of the file to look at its kind.
        f"SELECT wire FROM record INDEXED BY record_kind JOIN paper ON paper.id = record.paper"
        f" WHERE kind IN ({marks(len(kinds))}) AND family_id = ? ORDER BY happened_at, row",
        (*kinds, family_id),
    )
    return read_as_one(connection, [read_record(each[0]) for each in rows])


def of_kind(connection: Connection, kind: str) -> list[Record]:
    """Return every family file's records of a kind as shown, without those marked as in error."""
    return read_as_one(connection, all_as_written(connection, kind))


def all_as_written(connection: Connection, kind: str, only: Collection[str] | None = None) -> list[Record]:
    """Return the same (``only``: those of these ids) without reading a person who was recorded twice as one."""
    texts = (str(each[0]) for each in connection.execute(OF_KIND, (kind,)))
    return _standing(read_record(each) for each in texts if only is None or read_id(each) in only)


def ids_of_kind(connection: Connection, kind: str) -> frozenset[str]:
    """Return the ids of every file's records of a kind."""
    rows = connection.execute("SELECT id FROM record WHERE kind = ?", (kind,))
    return frozenset(str(each[0]) for each in rows)


def in_conflict(connection: Connection) -> list[Record]:
    """Return the records on which two people's versions wait to be settled, the last written first."""
    rows = connection.execute(f"SELECT wire FROM {WITH_PAPER} WHERE has_conflicts > 0 ORDER BY record.written_at DESC")
    return [read_record(each[0]) for each in rows]


def waiting_ids(connection: Connection, family_id: str) -> frozenset[str]:
    """Return the ids of a family file's records with something that the council does not hold yet."""
    rows = connection.execute("SELECT id FROM record WHERE family_id = ? AND is_waiting = 1", (family_id,))
    return frozenset(str(each[0]) for each in rows)


def latest_of(connection: Connection, family_id: str, kind: str, limit: int) -> list[Record]:
    """Return a family file's latest records of a kind, newest first, without those marked as in error."""
    some = _newest(connection, family_id, kind, limit)
    found = _standing(some)
    if len(found) < limit <= len(some):
        found = _standing(_newest(connection, family_id, kind, -1))[:limit]
    return read_as_one(connection, found)


def _newest(connection: Connection, family_id: str, kind: str, limit: int) -> list[Record]:
    """Return a family file's latest records of a kind, from the index and the texts alone; -1: all."""
    rows = connection.execute(
        f"{OF_KIND} AND family_id = ? ORDER BY happened_at DESC, paper DESC LIMIT ?", (kind, family_id, limit)
    )
    return [read_record(each[0]) for each in rows]


def _standing(found: Iterable[Record]) -> list[Record]:
    return [each for each in found if each.in_error is None]


def happened_between(connection: Connection, kind: str, since: str, until: str) -> list[Record]:
    """Return every family file's records of a kind from a moment until another, without those marked as in error."""
    # By kind it would read the index of all that there ever were; rows lie in the order of their days.
    rows = connection.execute(
        "SELECT wire FROM record NOT INDEXED JOIN paper ON paper.id = record.paper WHERE row >= ? AND row < ?"
        " AND kind = ? AND is_in_error = 0 AND happened_at >= ? AND happened_at < ? ORDER BY happened_at, row",
        (first_row(day_of(since)), first_row(day_of(until) + 1), kind, since, until),
    )
    return read_as_one(connection, [read_record(each[0]) for each in rows])


def stored(connection: Connection, record_id: str) -> Stored | None:
    """Return a record's row."""
    return stored_many(connection, (record_id,)).get(record_id)


def stored_many(connection: Connection, record_ids: Sequence[str]) -> dict[str, Stored]:
    """Return the rows of those records that are here, by id."""
    found: dict[str, Stored] = {}
    for start in range(0, len(record_ids), _MOST_MARKS):
        some = record_ids[start : start + _MOST_MARKS]
        rows = connection.execute(
            f"SELECT record.id, row, paper, family_id, kind, happened_at, seq, wire, truth, words, fields"
            f" FROM {WITH_PAPER}"
            f" WHERE record.id IN ({marks(len(some))})",
            some,
        )
        found |= {str(each[0]): Stored(*each[1:]) for each in rows}
    return found


def is_any_here(connection: Connection, record_ids: Sequence[str]) -> bool:
    """Say whether any of these records is here."""
    found = connection.execute(
        "SELECT 1 FROM json_each(?) JOIN record ON record.id = json_each.value LIMIT 1", (json.dumps(list(record_ids)),)
    ).fetchone()
    return found is not None


def write(connection: Connection, version: Version, before: Stored | None, numbers: RowNumbers | None = None) -> None:
    """Store one version in place of the row that was there. A record that happened on another day moves its row."""
    if before is None:
        insert_new(connection, (version,), numbers or RowNumbers(connection))
        return
    about = shown(version.record)
    row = before.row
    if day_of(before.happened_at) != day_of(about.happened_at):
        row = (numbers or RowNumbers(connection)).free(about.happened_at)
    words, were = about.words, before.words
    if row != before.row or were != words.text:
        index.take_out(connection, before.row, were, named=is_named(before.kind))
        index.put(connection, row, words.text, named=is_named(version.record.kind))
    _update(connection, version, before, about, row)
    connection.execute(
        "UPDATE paper SET wire = ?, truth = ?, words = ?, fields = ? WHERE id = ?",
        (version.wire, version.truth, words.beside, words.fields, before.paper),
    )
    if seen.VISIT in (before.kind, version.record.kind):  # last: it may read all visits again
        seen.changed(connection, read_record(before.shown_text), version.record)


def _update(connection: Connection, version: Version, before: Stored, about: Shown, row: int) -> None:
    """Write a row's columns. Those that place it only where they changed: each index that names one is written anew."""
    _, family_id, kind, happened_at, *rest = columns(version.record, about)
    values = (*rest, version.seq, int(version.is_waiting), about.title, about.about, before.row)
    if (before.seq > 0) != (version.seq > 0):
        # By itself: to name it is to write its index anew, which a new number alone need not do.
        is_given = "UPDATE record SET is_given = (? > 0 AND is_forgotten = 0) WHERE row = ?"
        connection.execute(is_given, (version.seq, before.row))
    if (row, family_id, kind, happened_at) == (before.row, before.family_id, before.kind, before.happened_at):
        connection.execute(f"UPDATE record SET {_WRITTEN} WHERE row = ?", values)
    else:
        connection.execute(
            f"UPDATE record SET row = ?, family_id = ?, kind = ?, happened_at = ?, {_WRITTEN} WHERE row = ?",
            (row, family_id, kind, happened_at, *values),
        )


def insert_new(connection: Connection, versions: Iterable[Version], numbers: RowNumbers) -> None:
    """Store versions of records that are not here yet."""
    rows: list[tuple[Any, ...]] = []
    papers: list[tuple[Any, ...]] = []
    names: list[tuple[int, str]] = []
    notes: list[tuple[int, str]] = []
    papers_free = PaperNumbers(connection)
    read = [(each, shown(each.record)) for each in versions]
    numbers.look_up({day_of(about.happened_at) for _, about in read})
    for version, about in read:
        row = numbers.free(about.happened_at)
        paper = papers_free.free(version.record.kind)
        papers.append((paper, version.wire, version.truth, about.words.beside, about.words.fields))
        rows.append((
            row, *columns(version.record, about), version.seq, int(version.seq > 0), int(version.is_waiting),
            about.title, about.about, paper,
        ))  # fmt: skip
        (names if is_named(version.record.kind) else notes).append((row, about.words.text))
    # Family files come one after the other, rows stand in the order of time: sorted, each page is written once.
    rows.sort()
    papers.sort()
    notes.sort()
    connection.executemany("INSERT INTO paper (id, wire, truth, words, fields) VALUES (?, ?, ?, ?, ?)", papers)
    connection.executemany(
        "INSERT INTO record (row, id, family_id, kind, happened_at, written_at, author_id, is_signed, is_in_error,"
        f" has_conflicts, seq, is_given, is_waiting, title, about, paper) VALUES ({marks(16)})",
        rows,
    )
    if names:
        index.put_new(connection, names, named=True)
    if notes:
        index.put_new(connection, notes, named=False)
    seen.added(connection, (each.record for each, _ in read))


def delete(connection: Connection, record_ids: Sequence[str]) -> None:
    """Destroy records: rows, texts and their words in the index."""
    leaving = stored_many(connection, record_ids).values()
    for before in leaving:
        index.take_out(connection, before.row, before.words, named=is_named(before.kind))
        connection.execute("DELETE FROM paper WHERE id = ?", (before.paper,))
        connection.execute("DELETE FROM record WHERE row = ?", (before.row,))
    seen.gone(connection, {each.family_id for each in leaving if each.kind == seen.VISIT})


def ids_of_family(connection: Connection, family_id: str) -> list[str]:
    """Return the ids of everything that is here of a family file."""
    return [str(each[0]) for each in connection.execute("SELECT id FROM record WHERE family_id = ?", (family_id,))]
