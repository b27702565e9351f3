"""Gives records row numbers in the order of time, and reads from a record what the columns of its row say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sf_desktop.store.connection import Connection
from sf_record import body as bodies
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


class RowNumbers:
    """Hands out free row numbers: the day shifted left by 20 bits, plus a counter within the day."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._last: dict[int, int] = {}

    def free(self, happened_at: str) -> int:
        """Return the next free row of that day. One object serves one transaction."""
        day = day_of(happened_at)
        last = self._last.get(day)
        if last is None:
            first = day << DAY_BITS
            found = self._connection.execute(
                "SELECT max(row) FROM record WHERE row BETWEEN ? AND ?", (first, first + (1 << DAY_BITS) - 1)
            ).fetchone()
            last = first if found is None or found[0] is None else int(found[0])
        self._last[day] = last + 1
        return last + 1


@dataclass(frozen=True, slots=True)
class Shown:
    """What lists and the index need of a record, besides its own text."""

    happened_at: str
    title: str
    about: str  # the ids of the people whom it concerns, with a space before, between and after
    words: str


def shown(record: Record) -> Shown:
    """Read from a record what its columns say; a kind that this program does not know has no title and no words."""
    kind = KINDS.get(record.kind)
    body = record.body
    if kind is None:
        return Shown(record.written_at, "", "", "")
    happened = body.get(kind.happened) if kind.happened else None
    return Shown(
        happened if isinstance(happened, str) and happened else record.written_at,
        _title(record.kind, body),
        _about(record),
        _words(record),
    )


def _title(kind: str, body: bodies.Body) -> str:
    return str(bodies.read(kind, body).title())[:TITLE_CHARACTERS]


def _about(record: Record) -> str:
    people = bodies.people_of(record.kind, record.body)
    if record.kind == "person":
        people |= {record.id}
    return f" {' '.join(sorted(people))} " if people else ""


def _words(record: Record) -> str:
    parts = [bodies.search_text(record.kind, record.body), *(each.text for each in record.amendments)]
    parts += [str(each.mine) for each in record.conflicts if isinstance(each.mine, str)]
    return "\n".join(part for part in parts if part)


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
        int(bool(record.conflicts)),
    )
