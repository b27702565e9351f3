"""What two people changed at once: what waits to be settled, one such thing with both values, and taking it back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sf_desktop.ops.office import Done, Office, done, reads
from sf_desktop.ops.writing import conflict_of, found
from sf_desktop.store.changes import of_event
from sf_desktop.store.queries import counts, entries, projection
from sf_desktop.store.tables import records, withdrawals
from sf_desktop.store.tables.outbox import IN_TRAY
from sf_desktop.store.tables.withdrawals import Undo
from sf_desktop.wording import error
from sf_record.body import read
from sf_record.description import Field, Shape
from sf_record.events import Event
from sf_record.kinds import KINDS
from sf_record.outcomes import Result
from sf_record.record import Change, Conflict, Record
from sf_record.rules.permissions import kinds_to_settle, may_change_field


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One field that two people changed, to be settled by somebody who may change such records."""

    record_id: str
    conflict_id: str
    family_id: str
    family_name: str
    kind_label: str
    title: str
    field_label: str
    by: str  # whose value is kept beside, by name; "you"
    at: str
    their_by: str  # whose value stands
    their_at: str
    is_safeguarding: bool


@dataclass(frozen=True, slots=True)
class ConflictSheet:
    """One conflict with the record on which it stands, and who last wrote what stands there now."""

    row: ConflictRow
    conflict: Conflict
    record: Record
    stands: Any
    stands_by: str
    stands_at: str
    is_unsent: bool  # what stands was written on this laptop, and the council has not numbered it
    is_mine: bool  # I wrote the value that is kept beside
    is_author: bool  # I wrote the record


@dataclass(frozen=True, slots=True)
class SettledRow:
    """What was settled here and has not been sent."""

    event_id: str
    conflict_id: str  # that stands again where this is undone
    record_id: str
    family_id: str
    family_name: str
    title: str  # of the record, as a list shows it
    field_label: str
    stands: str  # the words that were chosen; empty where they are no text
    reason: str
    saved_at: str
    undo: Undo

    @property
    def may_undo(self) -> bool:
        return self.undo is Undo.POSSIBLE


class Became(StrEnum):
    """What became of what was settled here."""

    SENT = "sent"
    IN_TRAY = "in_tray"  # its family file had moved: a supervisor decides where it belongs
    OPEN = "open"  # something of it needs somebody again, which the list says


@reads
def open_conflicts(office: Office) -> tuple[ConflictRow, ...]:
    """Return what waits to be settled on the family files that are here: safety first, then what was written last."""
    mine = kinds_to_settle(office.me.worker)
    waiting = [each for each in records.in_conflict(office.connection) if each.kind in mine]
    names = family_names(office, {each.family_id for each in waiting})
    rows = (
        _row(office, each, one, names) for each in waiting for one in each.conflicts if _is_ones_own(office, each, one)
    )
    return tuple(sorted(rows, key=lambda each: not each.is_safeguarding))


@reads
def others_to_settle(office: Office) -> int:
    """Count the conflicts of fields that this worker may not write, on records that they may change."""
    mine = kinds_to_settle(office.me.worker)
    waiting = (each for each in records.in_conflict(office.connection) if each.kind in mine)
    return sum(not _is_ones_own(office, each, one) for each in waiting for one in each.conflicts)


@reads
def of_family(office: Office, family_id: str) -> tuple[int, int]:
    """Count the conflicts of one family file that this worker may settle, and those that only others may."""
    if not counts.conflicts_of(office.connection, family_id):
        return 0, 0
    mine = kinds_to_settle(office.me.worker)
    found_ = [each for each in records.in_conflict(office.connection) if each.family_id == family_id]
    own = [each.kind in mine and _is_ones_own(office, each, one) for each in found_ for one in each.conflicts]
    return sum(own), len(own) - sum(own)


@reads
def conflict(office: Office, record_id: str, conflict_id: str) -> ConflictSheet:
    """Return one conflict; InputError where it has been settled or has left the laptop."""
    record = found(office, record_id)
    one = conflict_of(record, conflict_id)
    row = _row(office, record, one, family_names(office, {record.family_id}))
    last = _last(record, one)
    me = office.me.worker.id
    return ConflictSheet(
        row, one, record, record.body.get(one.field), person_name(office, last.by), last.at,
        last.by == me and not last.seq, one.by == me,
        record.author_id == me,
    )  # fmt: skip


@reads
def is_here(office: Office, record_id: str) -> bool:
    """Say whether a record is on this laptop still."""
    return records.get(office.connection, record_id) is not None


@reads
def settled_here(office: Office) -> tuple[SettledRow, ...]:
    """Return what was settled on this laptop and waits to be sent, newest first."""
    waiting = [(entries.one(office.connection, each), undo_) for each, undo_ in withdrawals.settled(office.connection)]
    names = family_names(office, {entry.event.family_id for entry, _ in waiting if entry})
    about = records.get_many(office.connection, tuple({entry.event.record_id for entry, _ in waiting if entry}))
    return tuple(_settled(entry, undo_, names, about.get(entry.event.record_id)) for entry, undo_ in waiting if entry)


@reads
def became_of(office: Office, record_ids: Collection[str]) -> Became:
    """Say what became of what was settled last on these records, once none of it waits to be sent any more."""
    answers = entries.settling_answers(office.connection, record_ids)
    if any(code == IN_TRAY for _, code in answers):
        return Became.IN_TRAY
    taken = {Result.ACCEPTED.value, Result.MERGED.value}
    return Became.SENT if all(result in taken for result, _ in answers) else Became.OPEN


def undo(office: Office, event_id: str) -> Done:
    """Take back what was settled and has not left: the conflict stands again. InputError where it is too late."""
    entry = entries.one(office.connection, event_id)
    if entry is None or not withdrawals.withdraw(office.tx, event_id, office.new_id()):
        raise error("undo_too_late")
    projection.project(office.connection, entry.event.record_id)
    return done(of_event(entry.event), entry.event.record_id)


def family_names(office: Office, family_ids: set[str]) -> dict[str, str]:
    """Return the names of family files by id."""
    found_ = records.get_many(office.connection, tuple(family_ids))
    return {each.id: str(each.body.get("name") or "") for each in found_.values()}


def person_name(office: Office, worker_id: str) -> str:
    """Return a worker's name; "you" for whoever works here."""
    return "you" if worker_id == office.me.worker.id else office.configuration.worker_name(worker_id)


def title_of(record: Record) -> str:
    """Return what a list shows of a record; its kind's label where its body cannot be read."""
    kind = KINDS.get(record.kind)
    if kind is None:
        return "Record"
    try:
        return str(read(record.kind, record.body).title())
    except (TypeError, ValueError, AttributeError):
        return kind.label


def field_label(kind_name: str, field: str) -> str:
    """Return what a form calls a field."""
    kind = KINDS.get(kind_name)
    described = kind.by_name.get(field) if kind else None
    return described.label if described else field


def kind_label(kind_name: str) -> str:
    """Return what a kind of record is called."""
    return KINDS[kind_name].label if kind_name in KINDS else "Record"


def _is_ones_own(office: Office, record: Record, one: Conflict) -> bool:
    return may_change_field(office.me.worker, record.kind, one.field)


def _last(record: Record, one: Conflict) -> Change:
    """Return who wrote what stands now, and when: of three who wrote, one may have been chosen since."""
    return record.changes.get(one.field) or Change(by=record.author_id, at=record.written_at, seq=record.seq)


def _row(office: Office, record: Record, one: Conflict, names: dict[str, str]) -> ConflictRow:
    kind = KINDS.get(record.kind)
    described = kind.by_name.get(one.field) if kind else None
    last = _last(record, one)
    return ConflictRow(
        record.id, one.id, record.family_id, names.get(record.family_id, ""), kind_label(record.kind),
        title_of(record), field_label(record.kind, one.field), person_name(office, one.by), one.at,
        person_name(office, last.by), last.at, described is not None and described.is_safeguarding,
    )  # fmt: skip


def _settled(entry: entries.Entry, undo_: Undo, names: dict[str, str], record: Record | None) -> SettledRow:
    event = entry.event
    return SettledRow(
        event.id, event.conflict_id or "", event.record_id, event.family_id, names.get(event.family_id, ""),
        title_of(record) if record is not None else kind_label(event.kind), settled_field(event),
        _chosen(event), event.reason, entry.saved_at, undo_,
    )  # fmt: skip


def _chosen(event: Event) -> str:
    """Return the text that an event lets stand; empty where its field is answered by choosing."""
    if all(value in (None, "") for value in event.fields.values()):
        return "nothing, it was emptied"
    kind = KINDS.get(event.kind)
    texts = (str(value) for name, value in event.fields.items() if value and kind and _is_text(kind.by_name.get(name)))
    return ", ".join(texts)


def _is_text(described: Field | None) -> bool:
    return described is not None and described.shape in (Shape.TEXT, Shape.PROSE)


def settled_field(event: Event) -> str:
    """Return the label of the field that an event settles."""
    return ", ".join(field_label(event.kind, each) for each in event.fields)
