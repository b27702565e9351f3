"""Gives records row numbers in the order of time, and reads from a record what the columns of its row say."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sf_desktop.store.connection import Connection
from sf_desktop.store.tables.words import NO_WORDS, Fields, Words, of_record
from sf_record.description import Shape
from sf_record.kinds import KINDS
from sf_record.record import Record

_EPOCH = date(1900, 1, 1).toordinal()
DAY_BITS = 20
TITLE_CHARACTERS = 200


def day_of(happened_at: str) -> int:
    """Return the number of a record's day: days since 1900; 0 for what cannot be read or lies before."""
    try:
        return max(0, date.fromisoformat(happened_at[:10]).toordinal() - _EPOCH)
    except ValueError:
        return 0


def first_row(day: int) -> int:
    """Return where the rows of a day begin."""
    return day << DAY_BITS


class RowNumbers:
    """Hands out free row numbers: the day shifted left by 20 bits, plus a counter within the day."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._last: dict[int, int] = {}

    def look_up(self, days: Collection[int]) -> None:
        """Read in one question how far these days are: for many records at once."""
        rows = self._connection.execute(
            "SELECT value, (SELECT max(row) FROM record WHERE row BETWEEN value << ? AND (value + 1 << ?) - 1)"
            " FROM json_each(?)",
            (DAY_BITS, DAY_BITS, json.dumps([each for each in days if each not in self._last])),
        )
        self._last |= {day: first_row(day) if last is None else last for day, last in rows}

    def free(self, happened_at: str) -> int:
        """Return the next free row of that day. One object serves one transaction."""
        day = day_of(happened_at)
        if day not in self._last:
            self.look_up((day,))
        self._last[day] += 1
        return self._last[day]


class Shown(NamedTuple):
    """What lists and the index need of a record, besides its own text."""

    happened_at: str
    title: str
    about: str  # the ids of the people whom it concerns, with a space before, between and after
    words: Words


def shown(record: Record) -> Shown:
    """Read from a record what its columns say; a kind that this program does not know has no title and no words."""
    plan = _plan(record.kind)
    if plan is None:
        return Shown(record.written_at, "", "", NO_WORDS)
    body = record.body
    happened = body.get(plan.happened) if plan.happened else None
    happened_at = happened if isinstance(happened, str) and happened else record.written_at
    try:
        return Shown(happened_at, _title(plan, body), _about(plan, record), of_record(record, plan.searched))
    except (TypeError, ValueError, AttributeError):
        # A newer program gave a field another shape: the record is kept, and must not hold up everything else.
        return Shown(happened_at, "", "", NO_WORDS)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where to look in a kind's body: worked out once, because a first load asks for thousands."""

    type: type
    happened: str
    single: tuple[str, ...]  # the fields that a title is made of: one value, or a list of codes
    searched: Fields
    person: tuple[str, ...]
    people: tuple[str, ...]
    row_person: tuple[tuple[str, str], ...]


@cache
def _plan(kind: str) -> _Plan | None:
    described = KINDS.get(kind)
    if described is None:
        return None
    fields = described.fields
    rows = [each for each in fields if each.shape is Shape.ROWS]
    searched = [(each.name, tuple(field.name for field in each.rows if field.is_searchable)) for each in fields]
    flat = {each.name for each in fields if each.is_searchable}
    return _Plan(
        described.type,
        described.happened,
        tuple(each.name for each in fields if not each.is_list or each.shape is Shape.CODES),
        tuple((name, inner) for name, inner in searched if inner or name in flat),
        tuple(each.name for each in fields if each.shape is Shape.PERSON),
        tuple(each.name for each in fields if each.shape is Shape.PEOPLE),
        tuple((each.name, field.name) for each in rows for field in each.rows if field.shape is Shape.PERSON),
    )


def _title(plan: _Plan, body: Mapping[str, Any]) -> str:
    known = plan.type(**{name: body[name] for name in plan.single if body.get(name) is not None})
    return str(known.title())[:TITLE_CHARACTERS]


def _about(plan: _Plan, record: Record) -> str:
    body = record.body
    people = {str(body[name]) for name in plan.person if body.get(name)}
    for name in plan.people:
        people.update(map(str, body.get(name) or ()))
    for name, inner in plan.row_person:
        people.update(str(row[inner]) for row in body.get(name) or () if row.get(inner))
    if record.kind == "person":
        people.add(record.id)
    return f" {' '.join(sorted(people))} " if people else ""


def is_named(kind: str) -> bool:
    """Say whether a kind is found by name (families and people) rather than among the notes."""
    return kind in NAMED


NAMED = frozenset({"family", "person"})


def columns(record: Record, about: Shown) -> tuple[Any, ...]:
    """Return the small columns of a row, from ``id`` to ``has_conflicts``."""
    return (
        record.id,
        record.family_id,
        record.kind,
        about.happened_at,
        record.written_at,
        record.author_id,
        int(record.signed is not None),
        int(record.in_error is not None),
        len(record.conflicts),
    )
