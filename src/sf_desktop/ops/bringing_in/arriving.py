"""What is brought in, made ready in pieces in memory, then written at once: whole family files, or nothing.

Making it ready (rules, permissions, the texts that are stored and sealed) takes longer than the rest by far and writes
nothing, so it is done a piece at a time and whoever saves meanwhile is served in between. What is left for the one
transaction are rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sf_desktop.ops import writing
from sf_desktop.ops.families import opening_files
from sf_desktop.ops.office import ChangeSet, Office, reads
from sf_desktop.ops.pieces import Pieces
from sf_desktop.store.coding import event_text, record_text
from sf_desktop.store.tables import attachments, families, outbox, records
from sf_desktop.store.tables.attachments import Kept
from sf_desktop.store.tables.records import NOTHING_YET, Version
from sf_desktop.store.tables.rows import RowNumbers
from sf_desktop.wording import error
from sf_record.body import Body
from sf_record.events import Action, Event
from sf_record.merge import apply
from sf_record.outcomes import REASONS
from sf_record.record import Record
from sf_record.rules import agreements
from sf_record.rules.permissions import Standing, may_do

ALLOCATION = "allocation"


@dataclass(slots=True)
class FileComing:
    """One family file as it will be: what is done in it, and each record as that leaves it."""

    family_id: str
    events: list[Event] = field(default_factory=list)
    records: dict[str, Record] = field(default_factory=dict)
    contents: list[tuple[Kept, Mapping[str, Any]]] = field(default_factory=list)  # each with its record's body
    _last: dict[str, str] = field(default_factory=dict)

    def open(self, office: Office, body: Body, worker_id: str, began_on: str = "") -> None:
        """Begin the file, allocated to a worker from today or a day before; InputError with every field at fault."""
        opening_files.require(office, worker_id)
        self.create(office, ALLOCATION, opening_files.allocation(office, worker_id, began_on))
        self.create(office, "family", body, record_id=self.family_id)

    def create(self, office: Office, kind: str, body: Body, *, record_id: str = "", sign: bool = False) -> str:
        """Add a record; InputError with every field at fault. Return its id.

        What stood in a file before is not held against the others of its kind: it stood beside them.
        """
        record_id = record_id or office.new_id()
        writing.check(office, kind, body, sign=sign, record_id=record_id)
        self._do(office, Action.CREATE, kind, record_id, fields=writing.clean(body), is_signing=sign)
        return record_id

    def finish(self, office: Office, record: Record) -> None:
        """Add what was added to a record after it was written, and that it was marked as entered in error."""
        for each in record.amendments:
            self._do(
                office,
                Action.AMEND,
                record.kind,
                record.id,
                text=writing.required(each.text, "text", "Write what you want to add"),
            )
        if record.in_error is not None:
            reason = writing.required(record.in_error.reason, "reason", writing.SAY_WHY_IN_ERROR)
            self._do(office, Action.ENTER_IN_ERROR, record.kind, record.id, reason=reason)

    def _do(self, office: Office, action: Action, kind: str, record_id: str, **more: Any) -> None:
        event = Event(
            id=office.new_id(),
            action=action,
            family_id=self.family_id,
            record_id=record_id,
            kind=kind,
            author_id=office.me.worker.id,
            device_id=office.me.device_id,
            written_at=office.now(),
            previous=self._last.get(record_id),
            **more,
        )
        before = self.records.get(record_id)
        after = apply(before, event, 0)
        reason = may_do(office.me.worker, Standing.TEAM, event, before) or ("" if after.record else after.code)
        reason = reason or self._not_agreed(event, before)
        if reason or after.record is None:
            raise error(reason if reason in REASONS else "not_allowed")
        self.events.append(event)
        self.records[record_id] = replace(after.record, seq=0)
        self._last[record_id] = event.id

    def _not_agreed(self, event: Event, before: Record | None) -> str:
        if not agreements.asks(event.kind):
            return ""
        given = [each for each in self.records.values() if each.kind in agreements.KINDS_OF_AGREEMENT]
        return agreements.reason_against(event, before.body if before is not None else {}, given) or ""


@dataclass(frozen=True, slots=True)
class Written:
    """A family file as it is stored: the texts of its events and records. Made where nobody waits for the disk."""

    file: FileComing
    events: tuple[tuple[Event, str], ...]
    versions: tuple[Version, ...]


def written(file: FileComing) -> Written:
    """Return a file with its texts."""
    events = tuple((each, event_text(each)) for each in file.events)
    versions = tuple(Version(each, record_text(each), NOTHING_YET, 0) for each in file.records.values())
    return Written(file, events, versions)


def write(office: Office, coming: Iterable[Written]) -> ChangeSet:
    """Write these family files: all of them or, where one is here meanwhile, none. One short transaction."""
    every = tuple(coming)
    try:
        require_new(office, every)
        return write_rows(office, every)
    except BaseException:
        _take_away(office, every)
        raise


def write_rows(office: Office, every: Sequence[Written]) -> ChangeSet:
    """Put in all rows of these family files, many at a time; nothing is asked any more."""
    _write(office, every)
    events = [event for each in every for event, _ in each.events]
    return ChangeSet(
        frozenset({*(each.kind for each in events), "outbox"}),
        frozenset(each.record_id for each in events),
        frozenset(each.family_id for each in events),
    )


@reads
def give_up(office: Office, pieces: Pieces[tuple[Written, ...]]) -> None:
    """Stop making ready: what was put down for it is taken away, also where it was all ready by then."""
    pieces.stop()
    if pieces.is_done:
        _take_away(office, pieces.result)


def _take_away(office: Office, every: tuple[Written, ...]) -> None:
    attachments.erase(office.tx.attachments, [kept.file for each in every for kept, _ in each.file.contents])


def _write(office: Office, every: Sequence[Written]) -> None:
    saved_at = office.now()
    for each in every:
        families.note_opened(office.connection, each.file.family_id)
    outbox.append_all(office.tx, [event for each in every for event in each.events], saved_at)
    records.insert_new(
        office.connection, [one for each in every for one in each.versions], RowNumbers(office.connection)
    )
    for each in every:
        for kept, body in each.file.contents:
            attachments.hold_kept(office.tx, kept, each.file.family_id, None, body, saved_at)
            attachments.promise(office.tx, kept.id, body)


def require_new(office: Office, every: Sequence[Written]) -> None:
    """InputError where one of these family files, or a record of theirs, is here by now."""
    here = families.some(office.connection, [each.file.family_id for each in every])
    if here:
        raise error("family_here_already")
    ids = [record_id for each in every for record_id in each.file.records]
    if records.is_any_here(office.connection, ids):
        raise error("bundle_does_not_fit")
    folder = office.tx.attachments
    if not all((folder / kept.file).is_file() for each in every for kept, _ in each.file.contents):
        raise error("attachment_damaged")
