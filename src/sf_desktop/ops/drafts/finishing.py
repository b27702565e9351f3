"""Makes a record of a draft: checked, written, signed where asked, and the draft gone, all of it or nothing."""

from __future__ import annotations

from sf_desktop.ops import writing
from sf_desktop.ops.activities import groups
from sf_desktop.ops.activities.registers import PLACE
from sf_desktop.ops.attaching import attachments
from sf_desktop.ops.drafts import agreed
from sf_desktop.ops.drafts.drafting import changed, get
from sf_desktop.ops.office import Done, Office, done
from sf_desktop.store.tables import drafts
from sf_desktop.store.tables.drafts import Draft
from sf_desktop.wording import input_error
from sf_record.errors import FieldProblem

_TOLD_TO_GROUPS = frozenset({"person", PLACE})  # what a group's register knows of somebody stands in these


def problems(office: Office, draft_id: str, *, sign: bool) -> tuple[FieldProblem, ...]:
    """Return everything to mend before a draft can be saved, or signed."""
    draft = get(office, draft_id)
    record_id = draft.record_id or draft.id
    found = writing.problems(office, draft.kind, draft.body, sign=sign, family_id=draft.family_id, record_id=record_id)
    return (*found, *agreed.problems(office, draft, sign=sign))


def finish(office: Office, draft_id: str, *, sign: bool) -> Done:
    """Make the record; InputError with all fields leaves the draft as it is."""
    draft = get(office, draft_id)
    if missing := agreed.problems(office, draft, sign=sign):
        raise input_error("mend_form", missing)
    written = _write(office, draft, sign=sign)
    if draft.kind in _TOLD_TO_GROUPS:
        written = done(written | groups.bring_up_to_date(office, draft.family_id), written.record_id)
    attached = attachments.add_with(office, draft_id)
    drafts.delete(office.connection, draft_id)
    return done(written | attached | changed(draft), written.record_id)


def _write(office: Office, draft: Draft, *, sign: bool) -> Done:
    if draft.record_id is None:
        return writing.create(office, draft.kind, draft.family_id, draft.body, record_id=draft.id, sign=sign)
    return writing.change(office, draft.record_id, draft.body, base=draft.base, base_seq=draft.base_seq, sign=sign)
