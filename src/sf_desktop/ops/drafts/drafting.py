"""Drafts: begin, save as one types, go on after anything, throw away and take back."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sf_desktop.ops.office import Done, Office, done, reads
from sf_desktop.store.changes import ChangeSet
from sf_desktop.store.tables import attachments, drafts, records
from sf_desktop.store.tables.drafts import Draft
from sf_desktop.wording import error
from sf_record.merge import changed_fields
from sf_record.record import Record

__all__ = [
    "Draft",
    "begin",
    "begin_change",
    "begin_on",
    "discard",
    "get",
    "go_on",
    "let_go",
    "make_room",
    "save",
    "take_back",
]

NOTHING: Mapping[str, Any] = MappingProxyType({})
SUGGESTED = "suggested"  # in the place of a change until somebody writes: what the draft began with beside the record


def begin(
    office: Office,
    kind: str,
    family_id: str,
    body: dict[str, Any] | None = None,
    written: dict[str, Any] | None = None,
    draft_id: str = "",
) -> Draft:
    """Begin something new; the record will have the draft's id. What is suggested stays beside it as its base.

    What somebody has ``written`` already goes on top of that: it is not let go as if nothing had been begun.
    """
    now, first = office.now(), body or {}
    draft = Draft(
        id=draft_id or office.new_id(), kind=kind, family_id=family_id, started_at=now, saved_at=now, base=first,
        body=first | (written or {}),
    )  # fmt: skip
    drafts.begin(office.connection, draft)
    return draft


def begin_change(office: Office, record_id: str) -> Draft:
    """Begin to change a record, or go on where that was begun before."""
    record = records.get(office.connection, record_id)
    if record is None:
        raise error("record_gone")
    begun = drafts.of_record(office.connection, record_id, (record.kind,))
    if begun is not None:
        return begun
    return begin_on(office, record, record.body)


def begin_on(
    office: Office, record: Record, body: Mapping[str, Any], suggested: Mapping[str, Any] = NOTHING, field: str = "",
    seen: Mapping[str, Any] = NOTHING,
) -> Draft:  # fmt: skip
    """Begin a change of a record, with this body to go on from, and what is ``suggested`` in it, at this field.

    ``seen`` is what somebody had before them who wrote the body earlier: what else stands by now they have not seen.
    """
    now = office.now()
    _, stood = changed_fields({**record.body, **seen}, record.body)
    draft = Draft(
        id=office.new_id(), kind=record.kind, family_id=record.family_id, record_id=record.id, base_seq=record.seq,
        started_at=now, saved_at=now, base={**record.body, **stood}, body={**suggested, **body},
        place={"field": field, SUGGESTED: dict(suggested)} if field else {},
    )  # fmt: skip
    drafts.begin(office.connection, draft)
    return draft


def go_on(office: Office, before: Draft, body: Mapping[str, Any]) -> Draft:
    """Go on with what a draft became while somebody wrote: its family file leaves, so it was kept as it stood then.

    InputError ``draft_gone`` where it was signed or thrown away, or has left.
    """
    record = records.get(office.connection, before.record_id or before.id)
    if record is None or record.kind != before.kind or record.signed is not None or record.in_error is not None:
        raise error("draft_gone")
    return begin_on(office, record, body)


def save(office: Office, draft_id: str, body: dict[str, Any], place: dict[str, Any] | None = None) -> str:
    """Store what is typed now, whatever it is; return when (moment text). InputError ``draft_gone`` after signing."""
    now = office.now()
    if not drafts.save(office.connection, draft_id, body, place or {}, now):
        raise error("draft_gone")
    return now


@reads
def get(office: Office, draft_id: str) -> Draft:
    """Return a draft; InputError ``draft_gone`` where it is no more."""
    draft = drafts.get(office.connection, draft_id)
    if draft is None:
        raise error("draft_gone")
    return draft


def discard(office: Office, draft_id: str) -> Done:
    """Throw a draft away; :func:`take_back` undoes it."""
    return _put(office, draft_id, office.now())


def take_back(office: Office, draft_id: str) -> Done:
    """Undo :func:`discard`."""
    return _put(office, draft_id, None)


def let_go(office: Office, draft_id: str) -> Done:
    """Let go of a draft into which nothing was written and to which nothing was attached: nothing was begun."""
    draft = drafts.get(office.connection, draft_id)
    if draft is None or not _is_untouched(draft) or attachments.of_draft(office.connection, draft_id):
        return Done(record_id=draft_id)
    drafts.delete(office.connection, draft_id)
    return done(changed(draft), draft_id)


@reads
def make_room(office: Office) -> None:
    """Before a lock, where a full disk did not take what is typed: give it the room that is kept for this."""
    office.tx.make_room()


def _is_untouched(draft: Draft) -> bool:
    return draft.body == {**draft.place.get(SUGGESTED, NOTHING), **draft.base}


def _put(office: Office, draft_id: str, at: str | None) -> Done:
    draft = drafts.get(office.connection, draft_id)
    if draft is None:
        raise error("draft_gone")
    drafts.discard(office.connection, draft_id, at)
    return Done(frozenset({"draft"}), frozenset({draft_id}), frozenset({draft.family_id}), draft_id)


def changed(draft: Draft) -> ChangeSet:
    """Return what saving or finishing a draft touches."""
    return ChangeSet(frozenset({"draft"}), frozenset({draft.id}), frozenset({draft.family_id}))
