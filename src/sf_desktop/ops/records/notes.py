"""Case notes: begin one, check it, sign it."""

from __future__ import annotations

from sf_desktop.ops.drafts import drafting, finishing
from sf_desktop.ops.office import Done, Office, reads
from sf_desktop.store.tables.drafts import Draft
from sf_record.errors import FieldProblem


def start_note(office: Office, family_id: str, type_: str = "note", text: str = "") -> Draft:
    """Begin a note, happening now unless somebody says otherwise."""
    body = {"type": type_, "happened_at": office.now()}
    return drafting.begin(office, "note", family_id, body, {"text": text} if text else None)


@reads
def check_note(office: Office, draft_id: str) -> tuple[FieldProblem, ...]:
    """Return everything to mend before the note can be signed."""
    return finishing.problems(office, draft_id, sign=True)


def sign_note(office: Office, draft_id: str) -> Done:
    """Sign a note: the draft becomes the record."""
    return finishing.finish(office, draft_id, sign=True)
