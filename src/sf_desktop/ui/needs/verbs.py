"""What the screen asks for at once: the list, and one thing of it with its surroundings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sf_desktop.ops.looks import Look, record
from sf_desktop.ops.office import Office, reads
from sf_desktop.ops.records import mending
from sf_desktop.ops.records.mending import MendSheet
from sf_desktop.ops.sending import conflicts
from sf_desktop.ops.sending.conflicts import ConflictRow, ConflictSheet, SettledRow
from sf_desktop.ops.sending.ledger import LedgerRow
from sf_desktop.ui.form.surroundings import Surroundings, surroundings
from sf_record.description import Role


@dataclass(frozen=True, slots=True)
class NeedsSheet:
    """Everything that needs somebody, and what was settled here and may still be taken back."""

    conflicts: tuple[ConflictRow, ...]
    not_taken: tuple[LedgerRow, ...]
    settled: tuple[SettledRow, ...]
    today: date
    has_files: bool = True  # a centre's staff have no family file to open, and nothing to write in one


@dataclass(frozen=True, slots=True)
class ConflictView:
    """One conflict, with what is needed to say and edit its values."""

    sheet: ConflictSheet
    around: Surroundings


@dataclass(frozen=True, slots=True)
class MendView:
    """One event that was not taken, with what is needed to say what was written."""

    sheet: MendSheet
    around: Surroundings


@reads
def needs_sheet(office: Office) -> NeedsSheet:
    """Return the whole list."""
    return NeedsSheet(
        conflicts.open_conflicts(office),
        mending.not_taken(office),
        conflicts.settled_here(office),
        office.today(),
        has_files=office.me.worker.role is not Role.CENTRE,
    )


@reads
def conflict_view(office: Office, record_id: str, conflict_id: str, is_look: bool) -> ConflictView:
    """Return one conflict; InputError where it has been settled already. ``is_look``: it was not open before."""
    sheet = conflicts.conflict(office, record_id, conflict_id)
    if is_look:
        record(office, Look.RECORD_OPENED, sheet.record.family_id, record_id)
    return ConflictView(sheet, surroundings(office, sheet.record.family_id, sheet.record.kind))


@reads
def mend_view(office: Office, event_id: str, is_look: bool) -> MendView:
    """Return one event that was not taken; InputError where nothing has to be done about it any more."""
    sheet = mending.look_at(office, event_id)
    if is_look:
        record(office, Look.RECORD_OPENED, sheet.event.family_id, sheet.event.record_id)
    return MendView(sheet, surroundings(office, sheet.event.family_id, sheet.event.kind))
