"""What the council did not take as it is: mend it and send it again, copy its text into a note, or give it up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sf_desktop.ops.as_text import as_text
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.office import Done, Office, done, reads
from sf_desktop.ops.records import notes
from sf_desktop.ops.sending.ledger import LedgerRow, ledger_rows
from sf_desktop.store import coding
from sf_desktop.store.changes import of_event
from sf_desktop.store.queries import entries, projection
from sf_desktop.store.queries.entries import Entry
from sf_desktop.store.tables import decisions, families, outbox, records, withdrawals
from sf_desktop.store.tables.drafts import Draft
from sf_desktop.store.tables.outbox import State
from sf_desktop.wording import error, input_error
from sf_record.errors import FieldProblem
from sf_record.events import Action, Event
from sf_record.kinds import KINDS
from sf_record.outcomes import CHANGED_BEFORE_SIGNED, Result
from sf_record.record import Record

_PAGE = 500
COPIED = "Copied into a note"
_ON_BODY = frozenset({Action.CREATE, Action.CHANGE, Action.SIGN, Action.SETTLE})


@dataclass(frozen=True, slots=True)
class MendSheet:
    """One event that the council did not take, with what was written and the record as it stands here."""

    row: LedgerRow
    event: Event
    record: Record | None
    may_mend: bool


@reads
def not_taken(office: Office) -> tuple[LedgerRow, ...]:
    """Return what the council did not take as it is, newest first. A conflict stands on its record instead."""
    numbers = entries.numbers(office.connection, (State.NEEDS_YOU,))
    pages = (numbers[at : at + _PAGE] for at in range(0, len(numbers), _PAGE))
    rows = [row for page in pages for row in ledger_rows(office, page)]
    return tuple(each for each in rows if each.result != Result.CONFLICT.value)


@reads
def look_at(office: Office, event_id: str) -> MendSheet:
    """Return one of them; InputError where it needs nobody any more."""
    entry = _entry(office, event_id)
    (row,) = ledger_rows(office, (entry.number,))
    record = records.get(office.connection, entry.event.record_id)
    return MendSheet(row, entry.event, record, entry.event.kind in KINDS and _is_here(office, entry))


def write_again(office: Office, event_id: str) -> Draft:
    """Make a draft of what was refused, to be mended and finished anew; the refused event is dealt with.

    What was changed afterwards goes into the same draft, and is dealt with too. The draft changes the council's record
    where there is one. What was only said of a record (an amendment, a reason), or belongs to one that is signed by
    now, becomes a note of one's own. What was taken but for its signature needs its author until the record is signed.
    """
    entry = _root(office, _entry(office, event_id))
    if entry.code == CHANGED_BEFORE_SIGNED:
        return drafting.begin_change(office, entry.event.record_id)
    truth = _truth(office, entry.event)
    is_closed = truth is not None and (truth.signed is not None or truth.in_error is not None)
    if entry.event.action not in _ON_BODY or is_closed:
        draft = notes.start_note(office, entry.event.family_id, text=_words(office, entry.event, truth))
        _deal_with(office, entry)
        return draft
    chain = [entry, *(each for each in entries.built_on(office.connection, entry) if each.event.action in _ON_BODY)]
    written = [each.event for each in chain]
    changed = {name: value for event in written for name, value in event.fields.items()}
    if truth is not None and entry.event.action is not Action.CREATE:
        draft = drafting.begin_on(office, truth, {**truth.body, **changed}, seen=_seen(truth, written))
        _deal_with(office, *chain)
        return draft
    before = records.stored(office.connection, entry.event.record_id)
    shown = coding.read_record(before.shown_text).body if before is not None and truth is None else {}
    _deal_with(office, *chain)
    return drafting.begin(
        office, entry.event.kind, entry.event.family_id, written={**shown, **changed}, draft_id=_same_id(office, entry)
    )


def copy_to_note(office: Office, event_id: str) -> Draft:
    """Begin a note with the text of what was refused; the refused event is given up, and the ledger says why.

    Until the note is finished only the sealed copy of that event outlives this laptop, so it is not withdrawn.
    """
    entry = _entry(office, event_id)
    draft = notes.start_note(
        office, entry.event.family_id, text=_words(office, entry.event, _truth(office, entry.event))
    )
    withdrawals.give_up_for_copy(office.tx, event_id, COPIED)
    projection.project(office.connection, entry.event.record_id)
    return draft


def give_up(office: Office, event_id: str, reason: str) -> Done:
    """Give up what was refused, with a reason: the ledger keeps both, and it is no longer sent or handed in."""
    if not reason.strip():
        raise input_error("mend_form", (FieldProblem("reason", "Say why this is given up"),))
    entry = _entry(office, event_id)
    withdrawals.give_up(office.tx, event_id, office.new_id(), reason.strip())
    if not _is_here(office, entry):
        outbox.blank_one(office.connection, event_id)
        decisions.blank(office.connection)
    projection.project(office.connection, entry.event.record_id)
    return done(of_event(entry.event), entry.event.record_id)


@reads
def text_of(office: Office, event_id: str) -> str:
    """Return what was written as plain text, to be copied."""
    event = _entry(office, event_id).event
    return _words(office, event, _truth(office, event))


def _is_here(office: Office, entry: Entry) -> bool:
    """Say whether there is a family file to write into: what was returned may belong to one that has left."""
    return entry.code != outbox.RETURNED or families.standing(office.connection, entry.event.family_id) is not None


def _entry(office: Office, event_id: str) -> Entry:
    entry = entries.one(office.connection, event_id)
    if entry is None or entry.state is not State.NEEDS_YOU:
        raise error("not_a_refusal")
    return entry


def _root(office: Office, entry: Entry) -> Entry:
    """Return the first thing on the same record that was not taken: what came after it goes into the same draft."""
    if entry.code != "predecessor_refused":
        return entry
    first = entries.first_not_taken(office.connection, entry.event.record_id)
    return first if first is not None and first.event.action in _ON_BODY else entry


def _truth(office: Office, event: Event) -> Record | None:
    before = records.stored(office.connection, event.record_id)
    return coding.read_record(before.council_text) if before is not None and before.council_text else None


def _same_id(office: Office, entry: Entry) -> str:
    """Return the id that the record had: its photographs, and whatever else names it, are found with it again.

    Empty where that is taken, or something else was done to it that nobody has dealt with.
    """
    id_ = entry.event.record_id
    is_taken = entry.code == "already_exists" or records.get(office.connection, id_) is not None
    return "" if is_taken or outbox.followed(office.connection, id_) is not None else id_


def _seen(truth: Record, chain: Sequence[Event]) -> dict[str, Any]:
    """Return what these events' author had before them in the fields that somebody has changed since."""
    return {
        name: event.was.get(name)
        for event in reversed(chain)
        for name in event.fields
        if name in truth.changes and truth.changes[name].seq > event.base_seq
    }


def _deal_with(office: Office, *chain: Entry) -> None:
    for entry in chain:
        outbox.deal_with(office.connection, entry.event.id)
    projection.project(office.connection, chain[0].event.record_id)


def _words(office: Office, event: Event, truth: Record | None) -> str:
    """Return what somebody wrote in an event as plain text: the texts of its fields, then what was said with it."""
    said = [each for each in (event.text, event.reason) if each]
    return as_text(office, event.kind, event.fields, truth.body if truth else {}, said)
