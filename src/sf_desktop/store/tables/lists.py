"""Reads lists over all family files for one question: each kind once, and who was recorded twice is looked up once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property

from sf_desktop.store.connection import Connection
from sf_desktop.store.tables import merges, records, seen
from sf_record.record import Record
from sf_record.rules import sameness


class Lists:
    """What one question reads over all family files. It serves one transaction, in which nothing of it is written."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[str, list[Record]] = {}

    def of_kind(self, kind: str) -> list[Record]:
        """Return every family file's records of a kind as shown, without those marked as in error."""
        if kind not in self._read:
            self._read[kind] = self._as_one(records.all_as_written(self._connection, kind))
        return self._read[kind]

    def seen(self) -> dict[str, dict[str, str]]:
        """Return when children were last seen, by family file and child (``seen.ANY``: the last visit)."""
        return {key: seen.as_one(its, self._stands) for key, its in seen.of_all(self._connection).items()}

    def people(self, person_ids: Collection[str]) -> dict[str, Record]:
        """Return people's records by id, each with what only another record of the same person says."""
        others = {other for other, one in self._stands.items() if one in person_ids}
        found = records.all_as_written(self._connection, "person", only={*person_ids, *others})
        return {each.id: each for each in self._as_one(found) if each.id in person_ids}

    def family_names(self, family_ids: Iterable[str]) -> dict[str, str]:
        """Return the names of these family files, by id; also of one whose own record was marked as in error."""
        wanted = set(family_ids)
        found = [each for each in self.of_kind("family") if each.id in wanted]
        if left := wanted.difference(each.id for each in found):
            found += records.get_many(self._connection, tuple(left)).values()
        return {each.id: str(each.body.get("name") or "") for each in found}

    @cached_property
    def _stands(self) -> dict[str, str]:
        return merges.stands(self._connection)

    def _as_one(self, found: list[Record]) -> list[Record]:
        return sameness.read_as_one(found, self._stands)
