"""Brings a laptop into the states that need somebody: two people's versions, a refusal, a signed text that moved on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sf_desktop.ops import writing
from sf_desktop.ops.office import Office
from sf_desktop.store.queries import entries
from sf_desktop.store.queries.entries import Entry
from sf_desktop.store.rounds import inbox
from sf_desktop.store.tables import records
from sf_record.events import Event
from sf_record.merge import apply
from sf_record.outcomes import Outcome, Receipt, Result
from sf_record.record import Change, Record
from sf_record.wire.rounds import RoundAnswer

AT = "2026-11-23T10:00:00.000000Z"
COLLEAGUE = "01900000-0000-7000-8000-00000000c011"


def latest(office: Office, record_id: str) -> Entry:
    """Return the ledger's last entry of a record."""
    found = entries.chosen(office.connection, entries.numbers(office.connection))
    return next(each for each in found if each.event.record_id == record_id)


def council_holds(office: Office, record: Record, *outcomes: Outcome) -> None:
    """Bring the council's version of a record, with what it said of events."""
    inbox.apply(office.connection, RoundAnswer(at=AT, outcomes=outcomes, records=(record,)))


def refuse(office: Office, event_id: str, code: str, *fields: str) -> None:
    """The council did not take an event."""
    said = Outcome(event_id=event_id, result=Result.REFUSED, code=code, fields=fields)
    inbox.apply(office.connection, RoundAnswer(at=AT, outcomes=(said,)))


def merged(office: Office, theirs: Record, event: Event) -> Record:
    """The council applies this laptop's event to what it has, and says so."""
    applied = apply(theirs, event, theirs.seq + 1)
    assert applied.record is not None
    receipt = Receipt(family_id=event.family_id, seq=theirs.seq + 1, at=AT)
    said = Outcome(event_id=event.id, result=applied.result, receipt=receipt, code=applied.code, fields=applied.fields)
    council_holds(office, applied.record, said)
    return applied.record


def changed_by_a_colleague(record: Record, seq: int = 800, **values: Any) -> Record:
    """Return a record as a colleague changed it meanwhile."""
    changes = {name: Change(by=COLLEAGUE, at=AT, seq=seq) for name in values}
    return replace(record, body={**record.body, **values}, changes={**record.changes, **changes}, seq=seq)


def both_change(office: Office, record_id: str, mine: dict[str, Any], theirs: dict[str, Any]) -> Record:
    """Two people change a record at once; the council has both now."""
    before = records.get(office.connection, record_id)
    assert before is not None
    writing.change(office, record_id, {**before.body, **mine})
    return merged(office, changed_by_a_colleague(before, **theirs), latest(office, record_id).event)
