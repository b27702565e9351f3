"""Writes records at once, as a test begins with them, and returns what was begun."""

from __future__ import annotations

from typing import Any

from sf_desktop.ops import writing
from sf_desktop.ops.drafts import finishing
from sf_desktop.ops.office import Done, Office, reads
from sf_desktop.store.tables import drafts
from sf_desktop.store.tables.drafts import Draft


def write_note(office: Office, family_id: str, body: dict[str, Any], *, sign: bool = True) -> Done:
    """Write a note without a draft."""
    return writing.create(office, "note", family_id, body, sign=sign)


def save_unsigned(office: Office, draft_id: str) -> Done:
    """Finish a draft without a signature."""
    return finishing.finish(office, draft_id, sign=False)


def settle(office: Office, record_id: str, conflict_id: str, *, keep_mine: bool, reason: str) -> Done:
    """Settle a conflict: what stands at the council, or the other value."""
    record = writing.found(office, record_id)
    conflict = writing.conflict_of(record, conflict_id)
    stands = record.body.get(conflict.field)
    return writing.settle_with(office, record_id, conflict_id, conflict.mine if keep_mine else stands, stands, reason)


@reads
def drafts_begun(office: Office, family_id: str | None = None, kind: str | None = None) -> tuple[Draft, ...]:
    """Return what was begun and not finished, the last touched first."""
    return tuple(drafts.current(office.connection, family_id, kind))
