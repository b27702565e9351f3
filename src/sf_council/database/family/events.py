"""Every event that the council was sent, with its answer: in a family file, refused, held, or in the holding tray."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import BigInteger, ClauseElement, Connection, bindparam, cast, delete, func, insert, select

from sf_council.database.dialect import both, insert_into, listed, pairs, texts
from sf_council.database.family.allocations import FamilyRow
from sf_council.database.family.families import RESTART
from sf_council.database.spelt import Spelt
from sf_council.database.tables import event, held, holding
from sf_record.outcomes import Outcome, Receipt, Result


@dataclass(frozen=True, slots=True)
class Answered:
    """An event that has its final answer; ``line`` is as it was sent."""

    author_id: str
    outcome: Outcome
    is_in_file: bool
    line: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """An event to be stored: ``line`` is as it was sent."""

    event_id: str
    family_id: str
    record_id: str
    author_id: str
    at: str
    line: bytes
    seq: int | None
    outcome: Outcome


# Made once: every page of events asks.
_KEEP = Spelt(insert(event))
_ANSWERED = Spelt(
    both(
        lambda database: (
            select(event.c.event_id, event.c.author_id, event.c.seq, event.c.outcome, event.c.line)
            .where(event.c.council_id == bindparam("council"))
            .where(event.c.event_id.in_(texts("events", database)))
        )
    )
)


def _numbers_given(database: str) -> ClauseElement:
    asked = pairs("numbers", database)
    is_it = (event.c.family_id == asked.c.one) & (event.c.seq == cast(asked.c.other, BigInteger))
    here = asked.outerjoin(event, is_it & (event.c.council_id == bindparam("council")))
    return select(event.c.family_id).select_from(here)


_GIVEN = Spelt(both(_numbers_given))
_IN_TRAY = Spelt(
    both(
        lambda database: (
            select(holding)
            .where(holding.c.council_id == bindparam("council"))
            .where(holding.c.event_id.in_(texts("events", database)))
        )
    )
)
_HOLD_NO_LONGER = Spelt(
    both(
        lambda database: (
            delete(held)
            .where(held.c.council_id == bindparam("council"))
            .where(held.c.event_id.in_(texts("events", database)))
        )
    )
)


def answered(connection: Connection, council_id: str, event_ids: Collection[str]) -> dict[str, Answered]:
    """Return the final answers that these events were given, those in the holding tray included."""
    asked = {"council": council_id, "events": listed(event_ids)}
    found = {
        row.event_id: Answered(
            row.author_id, msgspec.json.decode(row.outcome, type=Outcome), row.seq is not None, bytes(row.line)
        )
        for row in _ANSWERED.rows(connection, **asked)
    }
    for row in _IN_TRAY.rows(connection, **asked):
        outcome = in_tray(row.event_id, row.family_id, row.at, row.code)
        found[row.event_id] = Answered(row.author_id, outcome, is_in_file=False, line=bytes(row.line))
    return found


def forgotten(connection: Connection, council_id: str, behind: Iterable[tuple[FamilyRow, int]]) -> frozenset[str]:
    """Return the family files of which a laptop holds a number that was forgotten when an older copy was put back.

    ``behind`` gives each with the laptop's number. No event has a forgotten one, and none was given since.
    """
    numbers = {row.family_id: at for row, at in behind if row.seq >= RESTART and at > 0 and at % RESTART}
    if not numbers:
        return frozenset()
    rows = _GIVEN.rows(connection, council=council_id, numbers=listed(numbers.items()))
    return frozenset(numbers) - {row.family_id for row in rows}


def in_tray(event_id: str, family_id: str, at: str, code: str) -> Outcome:
    """Return the answer to work that waits for a supervisor: held, with a receipt for the tray (number 0)."""
    receipt = Receipt(family_id=family_id, seq=0, at=at)
    return Outcome(event_id=event_id, result=Result.HELD, receipt=receipt, code=code)


def keep(connection: Connection, council_id: str, kept: Collection[Kept]) -> None:
    """Store events with their final answers; what was held of them is held no longer."""
    rows = (
        {
            "council_id": council_id,
            "event_id": each.event_id,
            "family_id": each.family_id,
            "record_id": each.record_id,
            "seq": each.seq,
            "author_id": each.author_id,
            "at": each.at,
            "line": each.line,
            "outcome": msgspec.json.encode(each.outcome),
        }
        for each in kept
    )
    _KEEP.many(connection, rows)
    _hold_no_longer(connection, council_id, kept)


def keep_held(connection: Connection, council_id: str, kept: Collection[Kept]) -> None:
    """Store events that wait for another; one that waits already is left as it is."""
    for each in kept:
        values = _waiting(council_id, each) | {"code": each.outcome.code}
        connection.execute(insert_into(connection, held).values(**values).on_conflict_do_nothing())


def held_since(connection: Connection, council_id: str, event_id: str) -> str | None:
    """Return when an event that waits for another came first; None where it does not wait yet."""
    asked = select(held.c.at).where(held.c.council_id == council_id, held.c.event_id == event_id)
    found: str | None = connection.execute(asked).scalar_one_or_none()
    return found


def keep_in_tray(connection: Connection, council_id: str, kept: Collection[Kept]) -> None:
    """Store events that a supervisor decides: on family files that have moved, or begun and never finished."""
    if kept:
        connection.execute(insert(holding), _in_order(connection, council_id, kept))
        _hold_no_longer(connection, council_id, kept)


def lies_in_tray(connection: Connection, council_id: str, family_id: str, record_id: str) -> bool:
    """Say whether anything of a record lies in the holding tray, whoever wrote it."""
    mine = (holding.c.council_id == council_id) & (holding.c.family_id == family_id)
    asked = select(holding.c.event_id).where(mine, holding.c.record_id == record_id).limit(1)
    return connection.execute(asked).first() is not None


def _in_order(connection: Connection, council_id: str, kept: Collection[Kept]) -> list[dict[str, Any]]:
    """Number them after what lies in the tray already; the locks on their family files are held."""
    mine = holding.c.council_id == council_id
    families = {each.family_id for each in kept}
    last = connection.execute(select(func.max(holding.c.place)).where(mine, holding.c.family_id.in_(families))).scalar()
    return [
        _waiting(council_id, each) | {"record_id": each.record_id, "place": place, "code": each.outcome.code}
        for place, each in enumerate(kept, start=(last or 0) + 1)
    ]


def history(connection: Connection, council_id: str, family_id: str, record_id: str) -> Sequence[Any]:
    """Return the events that made a record what it is, first to last, with their answers."""
    asked = (
        select(event.c.line, event.c.outcome)
        .where(event.c.council_id == council_id, event.c.family_id == family_id, event.c.record_id == record_id)
        .where(event.c.seq.is_not(None))
        .order_by(event.c.seq)
    )
    return connection.execute(asked).all()


def _hold_no_longer(connection: Connection, council_id: str, kept: Collection[Kept]) -> None:
    _HOLD_NO_LONGER.changed(connection, council=council_id, events=listed(each.event_id for each in kept))


def _waiting(council_id: str, each: Kept) -> dict[str, Any]:
    return {
        "council_id": council_id,
        "event_id": each.event_id,
        "family_id": each.family_id,
        "author_id": each.author_id,
        "at": each.at,
        "line": each.line,
    }
