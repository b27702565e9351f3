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


@reads
def drafts_begun(office: Office, family_id: str | None = None, kind: str | None = None) -> tuple[Draft, ...]:
    """Return what was begun and not finished, the last touched first."""
    return tuple(drafts.current(office.connection, family_id, kind))
