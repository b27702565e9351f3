"""What is added to a finished record, a draft while it is typed: an amendment, or why it is entered in error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sf_desktop.ops import writing
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.office import Done, Office, done, reads
from sf_desktop.store.tables import drafts
from sf_desktop.store.tables.drafts import NEW_FILE, Draft
from sf_record.kinds import KINDS
from sf_record.kinds.concern_step import STEPS

AMENDMENT, IN_ERROR, STEP = "amendment", "in_error", "concern_step"
LABELS = {AMENDMENT: "Amendment", IN_ERROR: "Entered in error"}  # drafts of these kinds name the record they belong to
_VERBS = {AMENDMENT: writing.amend, IN_ERROR: writing.enter_in_error}


def label_of(draft: Draft) -> str:
    """Return what a list calls a draft; of the steps on concerns, several of which may be begun, which it is."""
    if draft.kind == NEW_FILE:
        return "New family file"
    kind = KINDS.get(draft.kind)
    return with_step(LABELS.get(draft.kind) or (kind.label if kind else "Draft"), draft.kind, draft.body)


def with_step(label: str, kind: str, body: Mapping[str, Any]) -> str:
    """Return a label with which step on a concern it is, where it is one."""
    step = dict(STEPS).get(str(body.get("step"))) if kind == STEP else None
    return f"{label}: {step[:1].lower()}{step[1:]}" if step else label


def keep(office: Office, draft_id: str, kind: str, record_id: str, text: str, cursor: int = 0) -> str:
    """Store what is typed now in this draft; return when (moment text). With nothing typed nothing is begun."""
    now = office.now()
    body, place = {"text": text}, {"field": "text", "cursor": cursor}
    if not drafts.save(office.connection, draft_id, body, place, now) and text.strip():
        family_id = writing.found(office, record_id).family_id
        draft = Draft(
            id=draft_id, kind=kind, family_id=family_id, record_id=record_id,
            started_at=now, saved_at=now, place=place, body=body,
        )  # fmt: skip
        drafts.begin(office.connection, draft)
    return now


def begin(office: Office, kind: str, record_id: str, text: str) -> str:
    """Begin a draft of its own with these words, beside what was begun already; return when (moment text)."""
    return keep(office, office.new_id(), kind, record_id, text)


@reads
def begun(office: Office, record_id: str) -> Draft | None:
    """Return what was being added to a record, the last touched where there are several."""
    return next(iter(all_begun(office, record_id)), None)


@reads
def all_begun(office: Office, record_id: str) -> tuple[Draft, ...]:
    """Return all that was being added to a record, the last touched first."""
    return drafts.all_of_record(office.connection, record_id, tuple(LABELS))


def add(office: Office, draft_id: str, kind: str, record_id: str, text: str) -> Done:
    """Add it to the record: this draft is gone. InputError leaves both as they are."""
    written = _VERBS[kind](office, record_id, text)
    draft = drafts.get(office.connection, draft_id)
    if draft is None:
        return written
    drafts.delete(office.connection, draft.id)
    return done(written | drafting.changed(draft), record_id)


def put_away(office: Office, draft_id: str) -> Done:
    """Throw away what was being added; :func:`sf_desktop.ops.drafts.drafting.take_back` undoes it."""
    draft = drafts.get(office.connection, draft_id)
    return Done(record_id=draft_id) if draft is None else drafting.discard(office, draft.id)
