"""Makes work that the council can have, as it stands, of what somebody began and did not finish.

Of a family file that leaves it becomes work at once. Everywhere else it is only sealed, for the day on which this
laptop is wiped or opens no more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from sf_desktop.ops import writing
from sf_desktop.ops.activities import registering
from sf_desktop.ops.as_text import as_text
from sf_desktop.ops.drafts.adding import AMENDMENT
from sf_desktop.ops.drafts.drafting import changed
from sf_desktop.ops.drafts.unfinished import new_file_in_words
from sf_desktop.ops.office import Office
from sf_desktop.store.changes import ChangeSet, of_event
from sf_desktop.store.coding import event_text, plain_text
from sf_desktop.store.queries import entries, projection
from sf_desktop.store.rounds import release
from sf_desktop.store.sealed.drafts import Begun
from sf_desktop.store.tables import attachments, drafts, outbox, places, records
from sf_desktop.store.tables.attachments import KIND, Content
from sf_desktop.store.tables.drafts import NEW_FILE, Draft
from sf_record.dates import moment_text
from sf_record.events import Action, Event
from sf_record.kinds import KINDS
from sf_record.merge import changed_fields
from sf_record.wire.rounds import SEALED_BEGUN

QUIET = timedelta(hours=1)  # nobody is in the middle of what was not touched for so long


def keep_begun(office: Office) -> ChangeSet:
    """Turn drafts of family files that leave into events; nothing is checked, because a person decides about them.

    What is marked on a register and not saved is saved. What was touched within the last hour, or has photographs with
    it, is left to its author: the file waits.
    """
    touched_before = moment_text(office.clock.now() - QUIET)
    changes = ChangeSet()
    for family_id in release.waiting_ids(office.connection, 1_000):
        begun = [
            each
            for each in drafts.current(office.connection, family_id)
            if each.saved_at < touched_before and not attachments.of_draft(office.connection, each.id)
        ]
        for draft in reversed(begun):
            changes |= _keep(office, draft)
        count = len(begun)
        if str(places.get(office.connection, places.MARKED).get("at") or "") < touched_before:
            saved, registers = registering.save_marks_of(office, family_id)
            changes, count = changes | saved, count + registers
        if count:
            release.note_kept_drafts(office.connection, family_id, count)
    return changes


def begun(office: Office) -> Iterator[Begun]:
    """Yield all that is begun, as the council is to have it sealed: drafts, what is held with them or for a file, and
    registers on which somebody is marked and that are not saved.

    What it refused and its author has not dealt with is as good as begun: the council knows the event, and would leave
    it out of what is handed in.
    """
    for draft in drafts.current(office.connection):
        yield Begun(draft.id, _state(draft.body), partial(_draft_to_seal, office, draft))
    thrown_away = {each.id for each in drafts.discarded(office.connection)}
    for content in attachments.held(office.connection):
        if content.draft_id in thrown_away:
            continue
        yield Begun(content.id, _state(content.body, content.file), partial(_content_to_seal, office, content))
    for key, marks in registering.unsaved(office):
        yield Begun(key, _state(marks), partial(_marks_to_seal, office, key, marks))
    for entry in entries.not_taken(office.connection):
        yield Begun(entry.event.id, entry.code, partial(_refused_to_seal, office, entry.event))


def _state(body: Mapping[str, Any], file: str = "") -> str:
    return hashlib.sha256(f"{plain_text(body)}{file}".encode()).hexdigest()


def _draft_to_seal(office: Office, draft: Draft) -> tuple[tuple[str, bytes], ...]:
    event = _event(office, draft)
    return () if event is None else ((f"{SEALED_BEGUN}{draft.id}", event_text(event).encode()),)


def _content_to_seal(office: Office, content: Content) -> tuple[tuple[str, bytes], ...]:
    body = writing.clean(content.body)
    event = writing.new_event(office, Action.CREATE, KIND, content.family_id, content.id, fields=body)
    told = (f"{SEALED_BEGUN}{content.id}", event_text(event).encode())
    if not content.is_here:  # a signature on paper, or consent given aloud
        return (told,)
    return told, attachments.sealed_key(office.connection, content, str(body.get("media_type") or ""))


def _marks_to_seal(office: Office, key: str, marks: Mapping[str, bool | None]) -> tuple[tuple[str, bytes], ...]:
    events = registering.would_send(office, key, marks)
    return tuple((f"{SEALED_BEGUN}{each.id}", event_text(each).encode()) for each in events)


def _refused_to_seal(office: Office, event: Event) -> tuple[tuple[str, bytes], ...]:
    again = replace(event, id=office.new_id(), previous=None)
    return ((f"{SEALED_BEGUN}{event.id}", event_text(again).encode()),)


def _keep(office: Office, draft: Draft) -> ChangeSet:
    event = _event(office, draft)
    changes = changed(draft)
    if event is not None:
        outbox.append(office.tx, event, event.written_at)
        projection.project(office.connection, event.record_id)
        changes |= of_event(event)
    drafts.delete(office.connection, draft.id)
    return changes


def _event(office: Office, draft: Draft) -> Event | None:
    """Return what a draft comes to; None for one in which nothing was written."""
    record = records.get(office.connection, draft.record_id) if draft.record_id else None
    body = writing.clean(draft.body)
    if record is None and draft.kind in KINDS:
        return (
            writing.new_event(office, Action.CREATE, draft.kind, draft.family_id, draft.id, fields=body)
            if body
            else None
        )
    if record is not None and draft.kind == record.kind and record.signed is None:
        fields, was = changed_fields(draft.base, {**draft.base, **body})
        more: dict[str, Any] = {"fields": fields, "was": was, "base_seq": draft.base_seq}
        return (
            writing.new_event(office, Action.CHANGE, record.kind, record.family_id, record.id, **more)
            if fields
            else None
        )
    if record is not None and draft.kind == AMENDMENT and body.get("text"):
        return writing.new_event(
            office, Action.AMEND, record.kind, record.family_id, record.id, base_seq=record.seq, text=body["text"]
        )
    if draft.kind == NEW_FILE:  # there is no file yet: the words of its form are what a supervisor is to have
        text = new_file_in_words(office, draft)
    else:
        text = as_text(office, draft.kind, body, draft.base) or _all_texts(body, draft.base)
    if not text:
        return None
    note = {"type": "note", "happened_at": draft.started_at, "text": text}
    return writing.new_event(office, Action.CREATE, "note", draft.family_id, draft.id, fields=note)


def _all_texts(body: Mapping[str, Any], seen: Mapping[str, Any]) -> str:
    """Return whatever was written and not seen before, of a kind that has no words of its own or was answered only."""
    return " ".join(each for name, each in body.items() if isinstance(each, str) and each != seen.get(name))
