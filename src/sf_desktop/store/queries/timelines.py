"""Reads a family file's timeline: the ids at once, newest first, and rows as they are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sf_desktop.store.coding import read_record
from sf_desktop.store.connection import Connection
from sf_desktop.store.queries import search
from sf_desktop.store.sql import marks
from sf_desktop.store.tables.merges import others_of
from sf_desktop.store.tables.records import WITH_PAPER
from sf_record.kinds import KINDS
from sf_record.record import Record


@dataclass(frozen=True, slots=True)
class TimelineFilter:
    """What to show. Empty means everything."""

    kinds: tuple[str, ...] = ()
    person_id: str = ""
    words: str = ""
    since: str = ""  # a day


@dataclass(frozen=True, slots=True)
class TimelineRecord:
    """A record with what its row says beside it."""

    record: Record
    happened_at: str
    title: str
    seq: int
    is_waiting: bool
    is_forgotten: bool


_HIDDEN = tuple(sorted(name for name, kind in KINDS.items() if not kind.on_timeline))


def ids(connection: Connection, family_id: str, wanted: TimelineFilter) -> tuple[str, ...]:
    """Return the ids of what happened, newest first."""
    where = ["family_id = ?", f"kind NOT IN ({marks(len(_HIDDEN))})"]
    values: list[str] = [family_id, *_HIDDEN]
    if wanted.kinds:
        where.append(f"kind IN ({marks(len(wanted.kinds))})")
        values += wanted.kinds
    if wanted.person_id:
        theirs = (wanted.person_id, *others_of(connection, family_id).get(wanted.person_id, ()))
        where.append(f"({' OR '.join('instr(about, ?) > 0' for _ in theirs)})")
        values += [f" {each} " for each in theirs]
    if wanted.since:
        where.append("happened_at >= ?")
        values.append(wanted.since)
    if wanted.words.strip():
        query = search.query(wanted.words)
        if not query:
            return ()
        where.append("row IN (SELECT rowid FROM record_fts WHERE record_fts MATCH ?)")
        values.append(query)
    found = connection.execute(
        f"SELECT id FROM record WHERE {' AND '.join(where)} ORDER BY happened_at DESC, row DESC", values
    )
    return tuple(str(each[0]) for each in found)


def rows(connection: Connection, record_ids: Sequence[str]) -> dict[str, TimelineRecord]:
    """Return these records by id; those that have left the laptop are left out."""
    found = connection.execute(
        f"SELECT record.id, wire, happened_at, title, seq, is_waiting, is_forgotten FROM {WITH_PAPER}"
        f" WHERE record.id IN ({marks(len(record_ids))})",
        tuple(record_ids),
    )
    return {
        str(each[0]): TimelineRecord(read_record(each[1]), each[2], each[3], each[4], bool(each[5]), bool(each[6]))
        for each in found
    }
