"""Attachments: take a file or a signature in, look at it, take it out again, and let it go with what it belongs to.

What is attached to a draft is held with it, encrypted at once, and becomes a record when the draft does; what belongs
to the family file itself is added by itself. A record is never taken away: it is marked as entered in error.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sf_desktop.ops import looks, writing
from sf_desktop.ops.attaching import pictures
from sf_desktop.ops.attaching.intake import Taken
from sf_desktop.ops.looks import Look
from sf_desktop.ops.office import Done, Office, done, reads
from sf_desktop.store.changes import ChangeSet
from sf_desktop.store.tables import attachments, drafts, records
from sf_desktop.store.tables.attachments import Content, State
from sf_desktop.wording import error
from sf_record.body import Body
from sf_record.dates import moment_text
from sf_record.kinds.attachment import SORTS
from sf_record.record import Record

KIND = "attachment"
_SORT_OF = {
    "image/jpeg": "photograph",
    "image/png": "photograph",
    "image/heic": "photograph",
    "application/pdf": "scan",
}
_PICTURES = frozenset({"image/jpeg", "image/png"})
_PAGES = "application/pdf"
_SHOWN = _PICTURES | {_PAGES, "text/plain"}
_FACTS = ("media_type", "size", "sha256", "has_place", "kept_closed", "about_record")


@dataclass(frozen=True, slots=True)
class Target:
    """What something is attached to: a draft, or (none) the family file itself."""

    family_id: str
    draft_id: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature: who, what for, how; ``drawing`` is its picture (PNG) where it was drawn on the screen."""

    who: str
    what_for: str
    how: str
    witness: str = ""
    person_id: str = ""
    drawing: bytes = b""


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """One attachment as a list shows it. ``reached`` of ``size`` bytes have been sent, or fetched."""

    id: str
    family_id: str
    body: Body
    state: State | None  # None: only the record is here, and the council has the content
    is_here: bool
    is_taken_out: bool
    is_in_error: bool
    reached: int
    size: int
    code: str
    author: str
    received_at: str | None

    @property
    def is_held(self) -> bool:
        """Say whether it is still with what is being written."""
        return self.state is State.HELD

    @property
    def title(self) -> str:
        return str(self.body.get("caption") or dict(SORTS).get(str(self.body.get("sort")), "Attachment"))

    @property
    def has_content(self) -> bool:
        return bool(self.body.get("sha256"))

    @property
    def closed(self) -> str:
        """Why it is not opened here, as a code of ``intake.CLOSED``."""
        return str(self.body.get("kept_closed") or "")

    @property
    def is_shown(self) -> bool:
        """Say whether its content can be looked at here and now."""
        return self.is_here and not self.closed and self.body.get("media_type") in _SHOWN

    @property
    def is_picture(self) -> bool:
        return self.is_shown and self.body.get("media_type") in _PICTURES

    @property
    def has_pages(self) -> bool:
        """Say whether it is shown page by page."""
        return self.is_shown and self.body.get("media_type") == _PAGES


def attach(office: Office, target: Target, taken: Taken) -> Done:
    """Hold a file with what is being written; when this is done it is encrypted and on the disk."""
    now = office.now()
    body: dict[str, Any] = {
        "caption": taken.title or _untitled(taken),
        "sort": _SORT_OF.get(taken.media_type, "other"),
        "about_record": _about(office, target),
        "taken_at": _camera_moment(taken.taken_at, now),
    }
    return _hold(office, target, taken, body)


def sign(office: Office, target: Target, signed: Signed) -> Done:
    """Hold a signature: drawn on the screen, given on paper, or agreed aloud before a witness."""
    body: dict[str, Any] = {
        "caption": f"Signature of {signed.who}".strip()[:500],
        "sort": "signature",
        "about_record": _about(office, target),
        "taken_at": office.now(),
        "signed_how": signed.how,
        "signed_by": signed.who,
        "signed_for": signed.what_for,
        "witness": signed.witness,
        "about": [signed.person_id] if signed.person_id else [],
    }
    if signed.drawing:
        return _hold(office, target, Taken(signed.drawing, "image/png", ""), body)
    writing.check(office, KIND, body, sign=False)
    id_ = office.new_id()
    attachments.hold_words(
        office.connection, id_, target.family_id, target.draft_id or None, writing.clean(body), office.now()
    )
    return _done(id_, target.family_id)


@reads
def of_draft(office: Office, draft_id: str) -> tuple[AttachmentView, ...]:
    """Return what is held with a draft, and what the record that it changes has already."""
    held = [_held(office, each) for each in attachments.of_draft(office.connection, draft_id)]
    draft = drafts.get(office.connection, draft_id)
    if draft is None or draft.record_id is None:
        return tuple(held)
    return (*of_record(office, draft.family_id, draft.record_id), *held)


@reads
def of_record(office: Office, family_id: str, record_id: str) -> tuple[AttachmentView, ...]:
    """Return the attachments of a visit or note, oldest first; of an attachment, itself."""
    every = of_family(office, family_id)
    return tuple(each for each in every if record_id in (each.id, each.body.get("about_record")))


@reads
def of_family(office: Office, family_id: str) -> tuple[AttachmentView, ...]:
    """Return every attachment of a family file, oldest first, and what is held for the file itself last."""
    found = list(records.of_family(office.connection, family_id, (KIND,)))
    known = attachments.some(office.connection, [each.id for each in found])
    views = [_recorded(office, each, known.get(each.id)) for each in found]
    views.sort(key=lambda each: str(each.body.get("taken_at") or ""))
    return (*views, *(_held(office, each) for each in attachments.held_alone(office.connection, family_id)))


@reads
def one(office: Office, id_: str) -> AttachmentView:
    """Return one attachment; InputError where neither its record nor its content is here."""
    content = attachments.get(office.connection, id_)
    if content is not None and content.state is State.HELD:
        return _held(office, content)
    record = records.get(office.connection, id_)
    if record is None:
        raise error("attachment_gone")
    return _recorded(office, record, content)


@dataclass(frozen=True, slots=True)
class Opened:
    """A content to be looked at, in memory only."""

    view: AttachmentView
    content: bytes


@reads
def look(office: Office, id_: str) -> Opened:
    """Open a content to be looked at; each time is in the audit."""
    view = one(office, id_)
    opened = _open(office, view)
    looks.record(office, Look.ATTACHMENT_VIEWED, view.family_id, id_)
    return opened


@reads
def glimpse(office: Office, id_: str) -> Opened:
    """Open a content for its small picture in a list."""
    return _open(office, one(office, id_))


def describe(office: Office, id_: str, body: Body) -> Done:
    """Keep what is said of a held attachment as it is written; what the program found out stays."""
    content = attachments.found(office.connection, id_)
    attachments.keep_body(office.connection, id_, {**_said(body), **_facts(content.body)})
    return _done(id_, content.family_id)


def take_out(office: Office, id_: str) -> Done:
    """Take a held attachment out of what is written; :func:`put_back` undoes it."""
    content = attachments.found(office.connection, id_)
    attachments.take_out(office.connection, id_, office.now())
    return _done(id_, content.family_id)


def put_back(office: Office, id_: str) -> Done:
    """Undo :func:`take_out`."""
    content = attachments.found(office.connection, id_)
    attachments.take_out(office.connection, id_, None)
    return _done(id_, content.family_id)


def take_place_out(office: Office, id_: str) -> Done:
    """Take out of a held picture what says where it was taken; the hash is that of what is then kept."""
    content = attachments.found(office.connection, id_)
    if content.state is not State.HELD:
        raise error("attachment_gone")
    stripped = pictures.without_place(attachments.read(office.tx, id_))
    body = {**content.body, "has_place": False}
    now = attachments.replace(office.tx, id_, stripped, body)
    attachments.keep_body(office.connection, id_, {**body, "size": now.size, "sha256": now.sha256})
    return _done(id_, content.family_id)


def add(office: Office, id_: str, body: Body | None = None) -> Done:
    """Make the record of what is held for the family file itself; InputError with every field at fault."""
    content = attachments.found(office.connection, id_)
    if body is not None:
        describe(office, id_, body)
        content = attachments.found(office.connection, id_)
    return done(_finish(office, content), id_)


def add_with(office: Office, draft_id: str) -> ChangeSet:
    """Make the records of what is held with a draft that becomes one; what was taken out is gone for good."""
    changes = ChangeSet()
    for content in attachments.of_draft(office.connection, draft_id):
        if content.removed_at is None:
            changes |= _finish(office, content)
        else:
            attachments.drop(office.tx, (content.id,))
    return changes


def change(office: Office, id_: str, body: Body, seen: Body) -> Done:
    """Say something else of a recorded attachment, having ``seen`` this said of it: what came since is kept."""
    record = writing.found(office, id_)
    facts = _facts(record.body)
    return writing.change(office, id_, {**_said(body), **facts}, base={**writing.clean(_said(seen)), **facts})


def want(office: Office, id_: str) -> Done:
    """Have a content fetched that only the council has."""
    record = writing.found(office, id_)
    sha256, size = str(record.body.get("sha256") or ""), int(record.body.get("size") or 0)
    if not sha256 or size < 1:
        raise error("attachment_gone")
    attachments.want(office.connection, id_, record.family_id, sha256, size, office.now())
    return _done(id_, record.family_id)


def fetch_again(office: Office, id_: str) -> Done:
    """Give up a copy that is damaged, or not there any more, and have it fetched."""
    attachments.not_here(office.connection, id_)
    return want(office, id_)


def want_no_more(office: Office, id_: str) -> Done:
    """Stop fetching."""
    content = attachments.found(office.connection, id_)
    attachments.want_no_more(office.connection, id_)
    return _done(id_, content.family_id)


def _hold(office: Office, target: Target, taken: Taken, body: dict[str, Any]) -> Done:
    id_, now = office.new_id(), office.now()
    facts = {
        "media_type": taken.media_type,
        "has_place": taken.has_place or None,
        "kept_closed": taken.closed,
    }
    held = attachments.hold(
        office.tx, id_, target.family_id, target.draft_id or None, taken.content, writing.clean({**body, **facts}), now
    )
    attachments.keep_body(office.connection, id_, {**held.body, "size": held.size, "sha256": held.sha256})
    return _done(id_, target.family_id)


def _finish(office: Office, content: Content) -> ChangeSet:
    written = writing.create(office, KIND, content.family_id, content.body, record_id=content.id)
    attachments.promise(office.tx, content.id, content.body)
    return written


def _about(office: Office, target: Target) -> str:
    """Return the record that the draft will be, or changes."""
    if not target.draft_id:
        return ""
    draft = drafts.get(office.connection, target.draft_id)
    if draft is None:
        raise error("draft_gone")
    return draft.record_id or draft.id


def _open(office: Office, view: AttachmentView) -> Opened:
    if view.closed:
        raise error("attachment_closed")
    return Opened(view, attachments.read(office.tx, view.id))


def _held(office: Office, content: Content) -> AttachmentView:
    return AttachmentView(
        content.id, content.family_id, content.body, content.state, content.is_here, content.removed_at is not None,
        False, 0, content.size, content.code, office.me.name, None,
    )  # fmt: skip


def _recorded(office: Office, record: Record, content: Content | None) -> AttachmentView:
    size = int(record.body.get("size") or 0)
    return AttachmentView(
        id=record.id,
        family_id=record.family_id,
        body=record.body,
        state=content.state if content is not None else None,
        is_here=content is not None and content.is_here,
        is_taken_out=False,
        is_in_error=record.in_error is not None,
        reached=content.reached if content is not None else 0,
        size=size,
        code=content.code if content is not None else "",
        author=office.configuration.worker_name(record.author_id),
        received_at=content.received_at if content is not None else None,
    )


def _said(body: Body) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in _FACTS}


def _facts(body: Body) -> dict[str, Any]:
    return {name: body[name] for name in _FACTS if name in body}


def _untitled(taken: Taken) -> str:
    return {"image/heic": "Photograph", "application/pdf": "Scan", "text/plain": "Text"}.get(
        taken.media_type, "Photograph"
    )


def _camera_moment(text: str, now: str) -> str:
    """Return the moment that a camera wrote, which knows no time zone: this laptop's; now where it cannot be."""
    try:
        at = datetime.strptime(text, "%Y:%m:%d %H:%M:%S").astimezone()
    except (ValueError, OverflowError, OSError):  # no day, or one that the computer does not reckon with
        return now
    return min(moment_text(at.astimezone(UTC)), now) if at.year >= 1990 else now


def _done(id_: str, family_id: str) -> Done:
    return Done(frozenset({KIND, "draft"}), frozenset({id_}), frozenset({family_id}), id_)
