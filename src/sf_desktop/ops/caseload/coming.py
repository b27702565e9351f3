"""What a workbook of families comes to before anything is written: the family files that would be opened, faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sf_record.kinds import KINDS


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong, and in which cell: ("People!C7", "Date of birth: write the day …")."""

    at: str
    what: str


@dataclass(frozen=True, slots=True)
class ToCome:
    """One record that would be written."""

    kind: str
    record_id: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FamilyToCome:
    """One family file that would be opened."""

    family_id: str
    at: str
    body: Mapping[str, Any]
    records: tuple[ToCome, ...]

    @property
    def name(self) -> str:
        return str(self.body.get("name") or "")

    @property
    def bodies(self) -> tuple[Mapping[str, Any], ...]:
        """Its people."""
        return tuple(each.body for each in self.records if each.kind == "person")

    @property
    def people(self) -> tuple[str, ...]:
        return tuple(KINDS["person"].type(**_plain(each)).name for each in self.bodies)


@dataclass(frozen=True, slots=True)
class Caseload:
    """What a workbook would bring. It can be brought in when there are no problems; ``likenesses`` are only told."""

    families: tuple[FamilyToCome, ...]
    problems: tuple[CellProblem, ...]
    likenesses: tuple[CellProblem, ...]
    may_open: bool

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many of each kind, by the kind's name."""
        return tuple(Counter(each.kind for family in self.families for each in family.records).items())


def _plain(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: body[name] for name in ("role", "given_name", "family_name", "known_as") if body.get(name)}
