"""A record as it stands: its body, and what has been done to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed, when (moment text)."""

    by: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What its author added after signing."""

    id: str
    text: str
    by: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InError:
    """Who marked the record as entered in error, when and why."""

    by: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One field that two people changed: the council's value stands in the body, the other is kept here until settled.

    ``id`` is the id of the event that lost; ``theirs`` is what stood at the council when it arrived.
    """

    id: str
    field: str
    mine: Any
    theirs: Any
    base: Any
    by: str
    at: str
    their_by: str
    their_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Who last changed a field, when, and the council's number of that event (0 while the council has not seen it)."""

    by: str
    at: str
    seq: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing known about a family.

    ``seq`` is the family file's number of the last event that the council applied to it; 0 while the council has none.
    ``changes`` names only the fields that were changed after the record was created.
    """

    id: str
    family_id: str
    kind: str
    seq: int = 0
    author_id: str
    written_at: str
    body: Mapping[str, Any]
    changes: Mapping[str, Change] = field(default_factory=dict)
    signed: Signature | None = None
    amendments: tuple[Amendment, ...] = ()
    in_error: InError | None = None
    conflicts: tuple[Conflict, ...] = ()
