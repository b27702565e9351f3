"""Reads the ledger's entries: each event that was written on this laptop, with what became of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sf_desktop.store.coding import read_event, read_plain
from sf_desktop.store.connection import Connection
from sf_desktop.store.sql import marks
from sf_desktop.store.tables.outbox import IN_TRAY, State
from sf_record.events import Action, Event

_MAX_MARKS = 900
_COLUMNS = (
    "number, event, state, saved_at, sent_at, result, code, fields, receipt_seq, receipt_at, given_up, withdrawn,"
    " id, record_id, family_id, kind, action"
)
# What stays in sight without its text: its author waits to hear, or has heard, what was decided of it.
_LISTED = f"(event <> '' OR code = '{IN_TRAY}' OR id IN (SELECT event_id FROM decision))"


@dataclass(frozen=True, slots=True)
class Entry:
    """One event in the ledger, with what became of it."""

    number: int
    event: Event
    state: State
    saved_at: str
    sent_at: str | None
    result: str
    code: str
    fields: tuple[str, ...]
    receipt_seq: int | None
    receipt_at: str | None
    given_up: str = ""  # why its author gave it up
    is_withdrawn: bool = False  # taken back before it was sent


@dataclass(frozen=True, slots=True)
class Unsettled:
    """One event that is not settled, without its text."""

    event_id: str
    record_id: str
    family_id: str
    kind: str
    saved_at: str
    needs_you: bool


def numbers(connection: Connection, states: Collection[State] = ()) -> list[int]:
    """Return the ledger's numbers, newest first, of these states only, if any.

    What was with the council before its family file was released is left out.
    """
    where = f" AND state IN ({marks(len(states))})" if states else ""
    rows = connection.execute(
        f"SELECT number FROM outbox WHERE {_LISTED}{where} ORDER BY number DESC", tuple(s.value for s in states)
    )
    return [int(each[0]) for each in rows]


def chosen(connection: Connection, wanted: Collection[int]) -> list[Entry]:
    """Return these entries of the ledger, newest first, as :func:`numbers` lists them."""
    asked = tuple(wanted)[:_MAX_MARKS]
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM outbox WHERE number IN ({marks(len(asked))}) AND {_LISTED} ORDER BY number DESC",
        asked,
    )
    return [_entry(each) for each in rows]


def of_record(connection: Connection, record_id: str) -> list[Entry]:
    """Return what was done to one record on this laptop, newest first."""
    found = connection.execute("SELECT number FROM outbox WHERE record_id = ?", (record_id,)).fetchall()
    return chosen(connection, [int(each[0]) for each in found])


def unsettled(connection: Connection, most: int) -> list[Unsettled]:
    """Return what the council does not have yet or what needs its author, that first, then the newest."""
    rows = connection.execute(
        "SELECT id, record_id, family_id, kind, saved_at, state FROM outbox WHERE state IN (?, ?)"
        " ORDER BY state = 'needs_you' DESC, number DESC LIMIT ?",
        (State.WAITING.value, State.NEEDS_YOU.value, most),
    )
    return [
        Unsettled(str(event), str(record), str(family), str(kind), str(at), needs_you=state == State.NEEDS_YOU.value)
        for event, record, family, kind, at, state in rows
    ]


def one(connection: Connection, event_id: str) -> Entry | None:
    """Return one event's entry."""
    found = connection.execute(f"SELECT {_COLUMNS} FROM outbox WHERE id = ? AND event <> ''", (event_id,)).fetchone()
    return None if found is None else _entry(found)


def settling_answers(connection: Connection, record_ids: Collection[str]) -> list[tuple[str, str]]:
    """Return what the council answered to the last settling on each of these records: the result and its code."""
    ids = tuple(record_ids)
    rows = connection.execute(
        "SELECT result, code FROM outbox WHERE number IN (SELECT max(number) FROM outbox"
        f" WHERE record_id IN ({marks(len(ids))}) AND action = 'settle' AND state <> 'set_aside' GROUP BY record_id)",
        ids,
    )
    return [(str(result), str(code)) for result, code in rows]


def first_not_taken(connection: Connection, record_id: str) -> Entry | None:
    """Return the first event on a record that the council has not taken and that still needs its author."""
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM outbox WHERE record_id = ? AND state = ? AND receipt_seq IS NULL AND event <> ''"
        " ORDER BY number LIMIT 1",
        (record_id, State.NEEDS_YOU.value),
    ).fetchone()
    return None if found is None else _entry(found)


def not_taken(connection: Connection) -> list[Entry]:
    """Return what the council has not taken and what still needs its author, in order; nothing that has a receipt."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM outbox WHERE state = ? AND receipt_seq IS NULL AND event <> '' ORDER BY number",
        (State.NEEDS_YOU.value,),
    )
    return [_entry(each) for each in rows]


def built_on(connection: Connection, refused: Entry) -> list[Entry]:
    """Return what was done to the same record after a refused event and went no further because of it, in order."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM outbox WHERE record_id = ? AND number > ? AND state = ? AND receipt_seq IS NULL"
        " AND event <> '' ORDER BY number",
        (refused.event.record_id, refused.number, State.NEEDS_YOU.value),
    )
    return [_entry(each) for each in rows]


def _entry(found: tuple[object, ...]) -> Entry:
    number, event, state, saved_at, sent_at, result, code, fields, receipt_seq, receipt_at, given_up, withdrawn = found[
        :12
    ]
    return Entry(
        int(str(number)),
        read_event(str(event)) if event else _without_text(found),
        State(str(state)),
        str(saved_at),
        None if sent_at is None else str(sent_at),
        str(result),
        str(code),
        tuple(read_plain(str(fields))),
        None if receipt_seq is None else int(str(receipt_seq)),
        None if receipt_at is None else str(receipt_at),
        str(given_up),
        withdrawn is not None,
    )


def _without_text(found: tuple[object, ...]) -> Event:
    """Return what is still known of an event whose text was destroyed."""
    event_id, record_id, family_id, kind, action = (str(each) for each in found[12:])
    return Event(
        id=event_id,
        action=Action(action),
        family_id=family_id,
        record_id=record_id,
        kind=kind,
        author_id="",
        device_id="",
        written_at=str(found[3]),
    )
