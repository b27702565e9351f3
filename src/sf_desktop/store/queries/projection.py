"""Works out what is shown: the council's version of a record with this laptop's waiting events laid over it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sf_desktop.store.coding import read_record, record_text
from sf_desktop.store.connection import Connection
from sf_desktop.store.tables import outbox
from sf_desktop.store.tables.records import NOTHING_YET, Stored, Version, delete, held, stored, write
from sf_desktop.store.tables.rows import RowNumbers
from sf_record.events import Action, Event
from sf_record.merge import Applied, apply
from sf_record.record import Record


def fold(truth: Record | None, events: list[Event]) -> Record | None:
    """Lay events over the council's version, as the council will; one that does not fit changes nothing here.

    The number stays the council's: it is what the author of the next event has seen.
    """
    seq = truth.seq if truth else 0
    now = truth
    for event in events:
        if now is not None and _is_in(now, event):
            continue
        after = apply(now, event, 0).record
        now = now if after is None else replace(after, seq=seq)
    return now


def preview(record: Record | None, event: Event) -> Applied:
    """Return what would become of an event, without storing anything."""
    return apply(record, event, 0)


def _is_in(record: Record, event: Event) -> bool:
    """Say whether an amendment stands in the record already: the council's version came before its receipt."""
    return event.action is Action.AMEND and any(each.id == event.id for each in record.amendments)


def project(connection: Connection, record_id: str, numbers: RowNumbers | None = None) -> Record | None:
    """Work out a record anew after events came or went, and store it."""
    before = stored(connection, record_id)
    council_text = before.council_text if before else None
    truth = read_record(council_text) if council_text else None
    shown = outbox.shown_events(connection, record_id)
    return _store(connection, record_id, _Held(truth, council_text, shown), before, numbers)


def accept(connection: Connection, truth: Record, wire: str, before: Stored | None, numbers: RowNumbers) -> None:
    """Store the council's new version of a record, with the events that it does not hold yet laid over it."""
    events = outbox.shown_events(connection, truth.id)
    if not events:
        write(connection, held(truth, wire), before, numbers)
        outbox.nothing_left(connection, truth, truth.seq)
    else:
        _store(connection, truth.id, _Held(truth, wire, events), before, numbers)


@dataclass(frozen=True, slots=True)
class _Held:
    """What there is of a record: the council's version with its JSON, and the events that were laid over it."""

    truth: Record | None
    text: str | None
    shown: list[tuple[Event, int | None]]


def _store(
    connection: Connection, record_id: str, known: _Held, before: Stored | None, numbers: RowNumbers | None
) -> Record | None:
    truth = known.truth
    events = _still_shown(connection, known)
    now = fold(truth, events)
    if now is None:
        delete(connection, (record_id,))
        return None
    if not events:
        assert truth is not None
        version = held(now, known.text)
    else:
        version = Version(now, record_text(now), known.text or NOTHING_YET, truth.seq if truth else 0)
    write(connection, version, before, numbers)
    outbox.nothing_left(connection, now, version.seq)
    return now


def _still_shown(connection: Connection, known: _Held) -> list[Event]:
    """Return the events that the council's version does not hold yet; those that it holds are laid over no longer."""
    seq = known.truth.seq if known.truth else 0
    shown: list[Event] = []
    done: list[str] = []
    for event, receipt_seq in known.shown:
        if receipt_seq is not None and 0 < receipt_seq <= seq:
            done.append(event.id)
        else:
            shown.append(event)
    if done:
        outbox.hide(connection, done)
    return shown
