"""Visit packs: a family file of the team taken along for a few days, with a stated reason; the shapes that travel."""

from __future__ import annotations

from dataclasses import dataclass

MOST_DAYS = 7  # a pack ends at the latest so many days after it is taken
REASONS: tuple[tuple[str, str], ...] = (
    ("duty", "Duty cover: their worker is away"),
    ("joint", "A visit together with their worker"),
    ("urgent", "Somebody must see the family now"),
)
REASON_CODES = frozenset(code for code, _ in REASONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindFamilies:
    """A worker looks for a family file of the team by words of its name: in a body, because addresses are logged."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFamily:
    """A family file of a worker's team that is not their own: as much as is needed to choose it."""

    family_id: str
    name: str
    worker_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePack:
    """A worker wants a family file of the team until the end of a day; ``reason`` is one of REASONS."""

    protocol: int
    family_id: str
    until: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPack:
    """The council lets the worker have it until the end of a day; '' where it is on their caseload anyway."""

    family_id: str
    until: str
