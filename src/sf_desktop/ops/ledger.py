"""The ledger: every event of this laptop, when it was saved, sent and received, and what needs its author."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sf_desktop.ops import drafting, notes
from sf_desktop.ops.office import Done, Office, done, reads
from sf_desktop.store import coding, outbox, projection, records
from sf_desktop.store.changes import of_event
from sf_desktop.store.drafts import Draft
from sf_desktop.store.outbox import Entry, State
from sf_desktop.wording import error
from sf_record.events import Action, Event
from sf_record.kinds import KINDS
from sf_record.outcomes import REASONS, Reason

ACTION_WORDS = {
    Action.CREATE: "written",
    Action.CHANGE: "changed",
    Action.SIGN: "signed",
    Action.AMEND: "added to",
    Action.ENTER_IN_ERROR: "marked as entered in error",
    Action.SETTLE: "settled",
}


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One event: what was done, and how far it is. ``reason`` says why it needs somebody."""

    number: int
    event_id: str
    record_id: str
    family_id: str
    family_name: str
    kind: str
    what: str  # "Visit signed"
    state: State
    result: str
    saved_at: str
    sent_at: str | None
    received_at: str | None
    seq: int | None
    reason: Reason | None
    fields: tuple[str, ...]


@reads
def ledger_numbers(office: Office, states: Sequence[State] = ()) -> tuple[int, ...]:
    """Return the ledger's numbers, newest first."""
    return tuple(outbox.numbers(office.connection, states))


@reads
def ledger_rows(office: Office, numbers: Sequence[int]) -> tuple[LedgerRow, ...]:
    """Return these rows, newest first."""
    entries = outbox.entries(office.connection, numbers)
    families = records.get_many(office.connection, tuple({each.event.family_id for each in entries}))
    names = {each.id: str(each.body.get("name") or "") for each in families.values()}
    return tuple(_row(each, names) for each in entries)


@reads
def needs_you(office: Office) -> tuple[LedgerRow, ...]:
    """Return what needs its author, newest first."""
    return ledger_rows(office, outbox.numbers(office.connection, (State.NEEDS_YOU,)))


def _row(entry: Entry, names: dict[str, str]) -> LedgerRow:
    event = entry.event
    label = KINDS[event.kind].label if event.kind in KINDS else "Record"
    words = "signed" if event.is_signing else ACTION_WORDS[event.action]
    return LedgerRow(
        entry.number, event.id, event.record_id, event.family_id, names.get(event.family_id, ""), event.kind,
        f"{label} {words}", entry.state, entry.result, entry.saved_at, entry.sent_at, entry.receipt_at,
        entry.receipt_seq, REASONS.get(entry.code), entry.fields,
    )  # fmt: skip


def write_again(office: Office, event_id: str) -> Draft:
    """Make a draft of what was refused, to be mended and finished anew; the refused event is dealt with.

    What was changed afterwards goes into the same draft, and is dealt with too. The draft changes the council's record
    where there is one. What was only said of a record (an amendment, a reason) becomes a note of one's own.
    """
    entry = _refused(office, event_id)
    if entry.event.action not in _ACTIONS_ON_BODY:
        draft = notes.start_note(office, entry.event.family_id, text=entry.event.text or entry.event.reason)
        _set_aside(office, entry)
        return draft
    chain = [entry, *(each for each in outbox.built_on(office.connection, entry) if _is_on_body(each))]
    draft = _again(office, [each.event for each in chain])
    for each in chain:
        _set_aside(office, each)
    return draft


_ACTIONS_ON_BODY = frozenset({Action.CREATE, Action.CHANGE, Action.SIGN})


def _is_on_body(entry: Entry) -> bool:
    return entry.event.action in _ACTIONS_ON_BODY


def _again(office: Office, chain: Sequence[Event]) -> Draft:
    """Begin a draft with everything that these events would have made of the record."""
    first = chain[0]
    before = records.stored(office.connection, first.record_id)
    truth = coding.read_record(before.council_text) if before is not None and before.council_text else None
    changed = {name: value for event in chain for name, value in event.fields.items()}
    if truth is None or first.action is Action.CREATE:
        shown = coding.read_record(before.shown_text).body if before is not None and truth is None else {}
        return drafting.begin(office, first.kind, first.family_id, {**shown, **changed})
    return drafting.begin_on(office, truth, {**truth.body, **changed})


def set_aside(office: Office, event_id: str) -> Done:
    """Say that a refused event, or a conflict that was looked at, needs nobody any more; the ledger keeps it."""
    entry = _refused(office, event_id)
    _set_aside(office, entry)
    return done(of_event(entry.event), entry.event.record_id)


def _refused(office: Office, event_id: str) -> Entry:
    entry = outbox.entry(office.connection, event_id)
    if entry is None or entry.state is not State.NEEDS_YOU:
        raise error("not_a_refusal")
    return entry


def _set_aside(office: Office, entry: Entry) -> None:
    outbox.deal_with(office.connection, entry.event.id)
    projection.project(office.connection, entry.event.record_id)
