"""Everything that ever stood in a record: each event as a version with what it changed, what it met, who and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sf_desktop.ops.as_text import NOT_SAID
from sf_desktop.ops.looks import Look
from sf_desktop.ops.looks import record as look
from sf_desktop.ops.office import Office, reads
from sf_desktop.ops.sending.conflicts import title_of
from sf_desktop.ops.writing import found, may_restore
from sf_desktop.store.queries import entries
from sf_desktop.store.queries.entries import Entry
from sf_desktop.store.tables import records
from sf_desktop.store.tables.outbox import State
from sf_record.events import Action, Event
from sf_record.kinds import KINDS
from sf_record.merge import apply, changed_fields
from sf_record.outcomes import Outcome, Receipt, Result
from sf_record.record import Record
from sf_record.rules.permissions import kinds_to_settle
from sf_record.wire.rounds import HistoryEntry


@dataclass(frozen=True, slots=True)
class Changed:
    """One field: what stood in it, what came in its place. ``is_kept_beside``: it did not, and waits or waited.

    ``is_known``: what stood before is known here; otherwise only the council can say.
    """

    field: str
    was: Any
    became: Any
    is_kept_beside: bool = False
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Version:
    """One thing that was done to the record. ``state`` is this laptop's own, where the event is in its ledger."""

    event_id: str
    action: Action
    by: str
    at: str
    changes: tuple[Changed, ...] = ()
    is_signing: bool = False
    text: str = ""
    reason: str = ""
    result: str = ""
    code: str = ""
    seq: int | None = None
    received_at: str = ""
    state: State | None = None
    given_up: str = ""
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class HistorySheet:
    """A record as it stands here, and what this laptop did to it; the council has the rest."""

    record: Record
    title: str
    family_name: str
    local: tuple[Entry, ...]
    may_restore: bool
    left_out: frozenset[str] = frozenset()  # fields that are not brought back all the same


@reads
def history_sheet(office: Office, record_id: str, *, is_look: bool = True) -> HistorySheet:
    """Return what is on this laptop of a record's history; InputError where the record has left. A look is noted."""
    record = found(office, record_id)
    family = records.get(office.connection, record.family_id)
    local = entries.of_record(office.connection, record_id)
    if is_look:
        look(office, Look.HISTORY_READ, record.family_id, record_id)
    is_open = record.signed is None and record.in_error is None
    return HistorySheet(
        record,
        title_of(record),
        str(family.body.get("name") or "") if family else "",
        tuple(sorted(local, key=lambda each: each.number)),
        is_open and record.kind in kinds_to_settle(office.me.worker),
        frozenset(name for name in KINDS[record.kind].by_name if not may_restore(office, record.kind, name))
        if record.kind in KINDS
        else frozenset(),
    )


def whole(council: Sequence[HistoryEntry], sheet: HistorySheet) -> tuple[Version, ...]:
    """Return every version, newest first: what the council has not yet, above the council's events.

    What never comes to the council stands where it was written: above what stands now it would seem to be newer.
    """
    known = {each.event.id for each in council}
    states = {each.event.id: each for each in sheet.local}
    made = list(_replayed((each.event, each.outcome) for each in council))
    made = [_with_state(each, states.get(each.event_id)) for each in made]
    for each in (_alone(entry) for entry in sheet.local if entry.event.id not in known):
        is_over = each.is_withdrawn or bool(each.given_up)
        later = next((at for at, one in enumerate(made) if is_over and one.at > each.at), len(made))
        made.insert(later, each)
    return tuple(reversed(made))


def of_this_laptop(sheet: HistorySheet) -> tuple[Version, ...]:
    """Return what can be said without the council, newest first: events of this laptop, and what the record says."""
    local = [_meeting(_alone(each), sheet.record) for each in sheet.local]
    covered = {(each.by, each.at) for each in local}
    told = [each for each in _told_by(sheet.record) if (each.by, each.at) not in covered]
    return tuple(sorted([*told, *local], key=_at, reverse=True))


def _meeting(version: Version, record: Record) -> Version:
    """Say of a conflict what the record says that it met; its author saw something older."""
    met = {each.id: each.theirs for each in record.conflicts}
    changes = tuple(
        replace(each, was=met.get(f"{version.event_id}:{each.field}", each.was)) if each.is_kept_beside else each
        for each in version.changes
    )
    return replace(version, changes=changes)


def _at(version: Version) -> str:
    return version.at


def _replayed(events: Iterable[tuple[Event, Outcome]]) -> Iterator[Version]:
    """Do again what the council did, so that each version says what truly stood before and after."""
    record: Record | None = None
    for event, outcome in events:
        seq = outcome.receipt.seq if outcome.receipt else 0
        after = apply(record, event, seq).record
        changes = _as_told(event) if after is None else tuple(_changes(record, after, event))
        record = after or record
        yield _version(event, changes, outcome)


def _changes(before: Record | None, after: Record, event: Event) -> Iterator[Changed]:
    old = before.body if before else {}
    fields, was = changed_fields(old, after.body)
    for name, value in fields.items():
        yield Changed(name, was.get(name), value)
    known = {each.id for each in before.conflicts} if before else set()
    for conflict in after.conflicts:
        if conflict.id not in known:
            yield Changed(conflict.field, conflict.theirs, conflict.mine, is_kept_beside=True)
    if event.action is Action.SETTLE and not fields:
        for name, value in event.fields.items():
            yield Changed(name, value, value)  # what stood was chosen


def _as_told(event: Event) -> tuple[Changed, ...]:
    """What an event itself says, where nobody can say what it met."""
    return tuple(Changed(name, event.was.get(name), value) for name, value in event.fields.items())


def _version(event: Event, changes: tuple[Changed, ...], outcome: Outcome) -> Version:
    receipt = outcome.receipt
    return Version(
        event.id, event.action, event.author_id, event.written_at, changes, event.is_signing, event.text, event.reason,
        outcome.result.value, outcome.code, receipt.seq if receipt else None, receipt.at if receipt else "",
    )  # fmt: skip


def _with_state(version: Version, entry: Entry | None) -> Version:
    return version if entry is None else replace(version, state=entry.state)


def _alone(entry: Entry) -> Version:
    """Say an event of this laptop by what its author saw and wrote."""
    receipt = None
    if entry.receipt_seq is not None:
        receipt = Receipt(family_id=entry.event.family_id, seq=entry.receipt_seq, at=entry.receipt_at or "")
    result = Result(entry.result) if entry.result in set(Result) else Result.HELD
    outcome = Outcome(event_id=entry.event.id, result=result, receipt=receipt, code=entry.code)
    changes = _as_told(entry.event)
    if entry.result == Result.CONFLICT.value:
        changes = tuple(replace(each, is_kept_beside=each.field in entry.fields) for each in changes)
    made = _version(entry.event, changes, outcome)
    return replace(
        made, result=entry.result, state=entry.state, given_up=entry.given_up, is_withdrawn=entry.is_withdrawn
    )


def _told_by(record: Record) -> Iterator[Version]:
    """What a record says of its own past: who wrote it, last changed each field, signed, added, or found it wrong."""
    changed = record.changes
    first = {name: value for name, value in record.body.items() if name not in changed}
    made = tuple(Changed(name, None, value) for name, value in first.items())
    yield Version(f"{record.id}:created", Action.CREATE, record.author_id, record.written_at, made)
    for name, change in changed.items():
        one = Changed(name, None, record.body.get(name), is_known=False)
        seq = change.seq or None
        yield Version(f"{record.id}:{name}", Action.CHANGE, change.by, change.at, (one,), seq=seq)
    for conflict in record.conflicts:
        kept = Changed(conflict.field, conflict.theirs, conflict.mine, is_kept_beside=True)
        yield Version(
            conflict.id, Action.CHANGE, conflict.by, conflict.at, (kept,), result=Result.CONFLICT.value,
            code="same_field_changed",
        )  # fmt: skip
    if record.signed is not None:
        yield Version(f"{record.id}:signed", Action.SIGN, record.signed.by, record.signed.at)
    for amendment in record.amendments:
        yield Version(amendment.id, Action.AMEND, amendment.by, amendment.at, text=amendment.text)
    if record.in_error is not None:
        mark = record.in_error
        yield Version(f"{record.id}:in_error", Action.ENTER_IN_ERROR, mark.by, mark.at, reason=mark.reason)


def fields_of(kind_name: str, versions: Sequence[Version]) -> tuple[tuple[str, str], ...]:
    """Return the fields that any of these changed, as (name, label), in the order of the form."""
    kind = KINDS.get(kind_name)
    touched = {each.field for version in versions for each in version.changes} - NOT_SAID
    known = tuple((name, field.label) for name, field in (kind.by_name if kind else {}).items() if name in touched)
    return known + tuple((name, name) for name in sorted(touched - {name for name, _ in known}))
