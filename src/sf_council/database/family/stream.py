"""Puts the council's own events into a family file: what is seeded, and what is decided at the command line.

Nobody's permission is asked, because whoever may run the program's commands holds the database anyway.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import msgspec
from sqlalchemy import Connection

from sf_council.database.family import allocations, events, families
from sf_council.database.family.events import Kept
from sf_council.ids import fresh_id
from sf_record.dates import day_in_england, moment_text
from sf_record.errors import InputError
from sf_record.events import Action, Event
from sf_record.merge import apply
from sf_record.outcomes import Outcome, Receipt, Result
from sf_record.record import Record


def put(connection: Connection, council_id: str, family_id: str, made: Sequence[Event], at: datetime) -> None:
    """Apply the events to a family file, made if it is new, in their order; InputError if one does not apply."""
    if not families.states(connection, council_id, (family_id,)):
        families.add(connection, council_id, family_id)
    counter = families.lock(connection, council_id, (family_id,))[family_id]
    ids = {(family_id, each.record_id) for each in made}
    held = {key[1]: record for key, record in families.records(connection, council_id, ids).items()}
    stored = {record_id: record.seq for record_id, record in held.items()}
    kept: list[Kept] = []
    for event in made:
        before = held.get(event.record_id)
        applied = apply(before, event, counter.seq + 1)
        if applied.record is None:
            raise InputError("not_applied", "Something of that id is there already", "Nothing was changed.")
        counter.moved(event.record_id, None if before is None else before.seq)
        held[event.record_id] = applied.record
        kept.append(_kept(event, Receipt(family_id=family_id, seq=counter.seq, at=moment_text(at)), applied.result))
    changed = [record for record in held.values() if record.seq != stored.get(record.id)]
    _write(connection, council_id, changed, stored)
    families.keep_counters(connection, council_id, (counter,))
    events.keep(connection, council_id, kept)


def allocate(connection: Connection, council_id: str, family_id: str, worker_id: str, at: datetime, *, by: str) -> None:
    """End the open allocations of a family file and begin one to this worker, from today. A closed file opens again."""
    if not families.states(connection, council_id, (family_id,)):
        raise InputError(
            "family_unknown",
            "There is no family file of that id",
            "sf-council device show USERNAME names those that somebody has.",
        )
    ended = _ended(connection, council_id, at, by, family_id)
    opens = _closed_on(connection, council_id, at, by, family_id, None)
    put(connection, council_id, family_id, [*ended, *opens, _begun(council_id, at, by, family_id, worker_id)], at)


def open_group(
    connection: Connection, council_id: str, body: dict[str, str], worker_ids: Sequence[str], at: datetime, *, by: str
) -> str:
    """Make a group's file, allocated to these workers from today; return its id."""
    group_id = fresh_id(at)
    root = replace(_event(council_id, at, by, group_id, group_id, Action.CREATE, body), kind="group")
    put(
        connection,
        council_id,
        group_id,
        [*(_begun(council_id, at, by, group_id, each) for each in worker_ids), root],
        at,
    )
    return group_id


def allow(connection: Connection, council_id: str, file_id: str, worker_id: str, at: datetime, *, by: str) -> None:
    """Allocate a file to one more worker from today, and leave the others on it."""
    put(connection, council_id, file_id, [_begun(council_id, at, by, file_id, worker_id)], at)


def _begun(council_id: str, at: datetime, by: str, file_id: str, worker_id: str) -> Event:
    body = {"worker": worker_id, "role": "lead", "began_on": day_in_england(at).isoformat()}
    return _event(council_id, at, by, file_id, fresh_id(at), Action.CREATE, body)


def close(connection: Connection, council_id: str, family_id: str, at: datetime, *, by: str) -> None:
    """End the open allocations of a family file and say in it that it is closed, from today or since it has been."""
    ended = _ended(connection, council_id, at, by, family_id)
    day = closed_on(connection, council_id, family_id) or day_in_england(at).isoformat()
    put(connection, council_id, family_id, [*ended, *_closed_on(connection, council_id, at, by, family_id, day)], at)


def closed_on(connection: Connection, council_id: str, family_id: str) -> str | None:
    """Return the day on which a family file was closed; None where it is open."""
    roots = families.records(connection, council_id, [(family_id, family_id)]).values()
    return next((str(day) for root in roots if (day := root.body.get("closed_on"))), None)


def _ended(connection: Connection, council_id: str, at: datetime, by: str, family_id: str) -> list[Event]:
    """Return what ends the open allocations of a family file today, also those that had a later day already."""
    today = day_in_england(at).isoformat()
    return [
        replace(
            _event(council_id, at, by, family_id, row.allocation_id, Action.CHANGE, {"ended_on": today}),
            was={"ended_on": row.ended_on},
        )
        for row in allocations.open_of(connection, council_id, family_id, today)
    ]


def _closed_on(
    connection: Connection, council_id: str, at: datetime, by: str, family_id: str, day: str | None
) -> list[Event]:
    """Return what says in the family file on which day it was closed, or (None) no more; nothing where it says so."""
    made = []
    for root in families.records(connection, council_id, [(family_id, family_id)]).values():
        was = root.body.get("closed_on") or None
        if root.kind == "family" and was != day:
            said = _event(council_id, at, by, family_id, family_id, Action.CHANGE, {"closed_on": day})
            made.append(replace(said, kind="family", base_seq=root.seq, was={"closed_on": was}))
    return made


def _event(
    council_id: str,
    at: datetime,
    by: str,
    family_id: str,
    record_id: str,
    action: Action,
    fields: Mapping[str, str | None],
) -> Event:
    return Event(
        id=fresh_id(at),
        action=action,
        family_id=family_id,
        record_id=record_id,
        kind="allocation",
        author_id=by,
        device_id=council_id,
        written_at=moment_text(at),
        fields=dict(fields),
    )


def _kept(event: Event, receipt: Receipt, result: Result) -> Kept:
    outcome = Outcome(event_id=event.id, result=result, receipt=receipt)
    return Kept(
        event_id=event.id,
        family_id=event.family_id,
        record_id=event.record_id,
        author_id=event.author_id,
        at=receipt.at,
        line=msgspec.json.encode(event),
        seq=receipt.seq,
        outcome=outcome,
    )


def _write(connection: Connection, council_id: str, changed: Sequence[Record], stored: dict[str, int]) -> None:
    written = [families.written(each) for each in changed]
    families.insert_records(connection, council_id, [each for each in written if each.record.id not in stored])
    families.replace_records(connection, council_id, [each for each in written if each.record.id in stored])
    for each in changed:
        if each.kind == "allocation":
            allocations.keep(connection, council_id, each)
