"""Finds which records of a family file are of one person, and reads lists of records accordingly."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sf_desktop.store.coding import read_record
from sf_desktop.store.connection import Connection
from sf_desktop.store.sql import marks
from sf_record.record import Record
from sf_record.rules import sameness

_MOST_MARKS = 500
# From the index and the texts alone: a record's row would be one more page.
OF_KIND = "SELECT wire FROM record INDEXED BY record_kind JOIN paper ON paper.id = record.paper WHERE kind = ?"


def read_as_one(connection: Connection, records: Sequence[Record]) -> list[Record]:
    """Return records with everybody read once. Costs one look into an index where nobody was recorded twice."""
    return sameness.read_as_one(records, stands(connection, {each.family_id for each in records}))


def stands(connection: Connection, family_ids: Collection[str] | None = None) -> dict[str, str]:
    """Return, by the ids of people's records that are one too many, the record that stands for each.

    In these family files, or in all.
    """
    said = _read(connection, f"{OF_KIND} ORDER BY record.id", (sameness.KIND,))
    merges = [each for each in said if each.in_error is None and (family_ids is None or each.family_id in family_ids)]
    if not merges:
        return {}
    named = sorted({each.family_id for each in merges})
    gone = {
        each.id
        for start in range(0, len(named), _MOST_MARKS)
        for each in _of_families(connection, "person", named[start : start + _MOST_MARKS])
        if each.in_error is not None
    }
    return sameness.one_for_another(merges, gone)


def others_of(connection: Connection, family_id: str) -> dict[str, tuple[str, ...]]:
    """Return, by the id of each person's record that stands for others, the ids of those."""
    found: dict[str, tuple[str, ...]] = {}
    for other, standing in sorted(stands(connection, {family_id}).items()):
        found[standing] = (*found.get(standing, ()), other)
    return found


def _of_families(connection: Connection, kind: str, family_ids: Sequence[str]) -> list[Record]:
    return _read(connection, f"{OF_KIND} AND family_id IN ({marks(len(family_ids))})", (kind, *family_ids))


def _read(connection: Connection, sql: str, values: Sequence[str]) -> list[Record]:
    return [read_record(each[0]) for each in connection.execute(sql, values)]
