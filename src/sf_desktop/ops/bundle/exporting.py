"""Writes a family file out of the encrypted laptop as a bundle: piece by piece, audited, and whole or not at all.

What a piece holds is read on the vault's thread; it is written to the disk, or to somebody's slow stick, on another one
(:func:`write`, :func:`put_in_place`, :func:`abandon`), so that nobody's save waits for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from sf_desktop.ops import left_behind, looks
from sf_desktop.ops.bundle.file import Writing
from sf_desktop.ops.bundle.shapes import (
    FORMAT,
    MANIFEST,
    PAPER,
    READ_ME,
    RECORDS,
    SCHEMA,
    VERSION,
    Manifest,
    content_name,
    read_me,
    schema,
)
from sf_desktop.ops.looks import Look
from sf_desktop.ops.office import Done, Office, reads
from sf_desktop.ops.reading.file_paper import every_record
from sf_desktop.store.coding import plain_text
from sf_desktop.store.queries import counts
from sf_desktop.store.tables import attachments, drafts, families, records
from sf_desktop.wording import error
from sf_record.description import Shape
from sf_record.ids import is_id
from sf_record.kinds import KINDS
from sf_record.record import Record
from sf_record.rules.permissions import hidden_fields
from sf_record.wire.rounds import record_wire

CODE = "bundle"  # what an export's row in the audit says


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a family file can be exported, and how large that is. ``missing``: contents that only the council has."""

    family_id: str
    name: str
    records: int
    attachments: int
    size: int
    is_complete: bool
    missing: tuple[str, ...]
    drafts: int
    waiting: int

    @property
    def is_ready(self) -> bool:
        return self.is_complete and not self.missing


@dataclass(frozen=True, slots=True)
class Progress:
    """So many pieces of so many are written; the last two are the paper and the manifest."""

    done: int
    total: int

    @property
    def is_paper_next(self) -> bool:
        return self.done == self.total - 2

    @property
    def is_done(self) -> bool:
        return self.done >= self.total


@dataclass(frozen=True, slots=True)
class Piece:
    """Parts of a bundle with their content, to be written one after the other."""

    parts: tuple[tuple[str, bytes], ...]


@dataclass(slots=True)
class Export:
    """One export on its way: what is still to be written. One thread after the other touches it, never two at once."""

    family_id: str
    writing: Writing
    kept: tuple[Record, ...]
    contents: list[Record]
    total: int
    made_at: str
    done: int = 0
    is_begun: bool = field(default=False)


@reads
def readiness(office: Office, family_id: str) -> Readiness:
    """Say whether all of a family file is here, and what it comes to."""
    standing = families.standing(office.connection, family_id)
    family = records.get(office.connection, family_id)
    if standing is None or family is None:
        raise error("family_gone")
    kept = _records(office, family_id)
    contents = _with_content(kept)
    here = attachments.some(office.connection, [each.id for each in contents])
    missing = [each.id for each in contents if each.id not in here or not here[each.id].is_here]
    return Readiness(
        family_id=family_id,
        name=str(family.body.get("name") or ""),
        records=len(kept),
        attachments=len(contents),
        size=sum(int(each.body.get("size") or 0) for each in contents),
        is_complete=standing.is_complete,
        missing=tuple(missing),
        drafts=len(drafts.current(office.connection, family_id)),
        waiting=counts.waiting_of(office.connection, family_id),
    )


def fetch_missing(office: Office, family_id: str) -> Done:
    """Have the contents fetched that only the council has."""
    for id_ in readiness(office, family_id).missing:
        record = records.get(office.connection, id_)
        sha256, size = (str(record.body.get("sha256")), int(record.body.get("size") or 0)) if record else ("", 0)
        if sha256 and size:
            attachments.want(office.connection, id_, family_id, sha256, size, office.now())
    return Done(frozenset({"attachment"}), frozenset(), frozenset({family_id}))


def begin(office: Office, family_id: str, path: str) -> Export:
    """Note the export in the audit, where it is durable before anything leaves the laptop, and get it ready."""
    ready = readiness(office, family_id)
    if not ready.is_ready:
        raise error("export_not_whole")
    kept = _records(office, family_id)
    contents = _with_content(kept)
    writing = Writing(Path(path))
    looks.record(office, Look.EXPORTED, family_id, code=CODE)
    left_behind.note(office, writing.beside)
    return Export(family_id, writing, kept, contents, total=len(contents) + 3, made_at=office.now())


@reads
def go_on(office: Office, export: Export) -> Piece:
    """Read the next piece: the records, then one attachment at a time."""
    if not export.is_begun:
        return Piece(tuple(_first_parts(office, export)))
    record = export.contents[export.done - 1]
    return Piece(((content_name(record), attachments.read(office.tx, record.id)),))


def paper_piece(made: bytes) -> Piece:
    """Return the file as a paper (PDF), for whoever reads it without a program."""
    return Piece(((PAPER, made),))


@reads
def manifest(office: Office, export: Export) -> Piece:
    """Return what is said last of all that was written."""
    told = Manifest(
        format=FORMAT,
        version=VERSION,
        made_at=export.made_at,
        made_by=office.me.name,
        council_id=office.configuration.council_id,
        council_name=office.configuration.council_name,
        family_id=export.family_id,
        records=len(export.kept),
        attachments=len(export.contents),
        files=tuple(export.writing.parts),
    )
    return Piece(((MANIFEST, plain_text(told).encode()),))


def write(export: Export, piece: Piece) -> Progress:
    """Write a piece, away from the vault. What fails leaves nothing behind."""
    try:
        for name, content in piece.parts:
            export.writing.add(name, content)
    except BaseException:
        export.writing.abandon()
        raise
    export.is_begun = True
    export.done += 1
    return Progress(export.done, export.total)


def put_in_place(export: Export, piece: Piece) -> Progress:
    """Write the manifest and put the bundle in its place, away from the vault: flushing a stick may take long."""
    written = write(export, piece)
    try:
        export.writing.finish()
    except BaseException:
        export.writing.abandon()
        raise
    return written


def abandon(export: Export) -> Export:
    """Give an export up, away from the vault, and return it: nothing of it stays on the disk, so :func:`forget` it."""
    export.writing.abandon()
    return export


def forget(office: Office, export: Export) -> None:
    """The export has ended, one way or the other: no part of it lies anywhere."""
    left_behind.forget(office, export.writing.beside)


def _first_parts(office: Office, export: Export) -> Iterator[tuple[str, bytes]]:
    council = office.configuration.council_name
    yield READ_ME, read_me(export.made_at[:10], council).encode()
    yield SCHEMA, plain_text(schema(office.codes)).encode()
    told = {
        "family_id": export.family_id,
        "workers": _workers(office, export.kept),
        "records": [record_wire(each) for each in export.kept],
    }
    yield RECORDS, plain_text(told).encode()


def _records(office: Office, family_id: str) -> tuple[Record, ...]:
    """Return everything that whoever works here may see of a family file, in the order in which it was written."""
    kept = [_seen(office, each) for each in every_record(office, family_id)]
    return tuple(sorted(kept, key=lambda each: (each.id != family_id, each.written_at, each.id)))


def _seen(office: Office, record: Record) -> Record:
    hidden = hidden_fields(office.me.worker, record.kind)
    if not hidden:
        return record
    return replace(record, body={name: value for name, value in record.body.items() if name not in hidden})


def _with_content(kept: tuple[Record, ...]) -> list[Record]:
    return [each for each in kept if each.kind == attachments.KIND and each.body.get("sha256")]


def _workers(office: Office, kept: tuple[Record, ...]) -> dict[str, str]:
    """Return what everybody is called whom the records name."""
    named = {office.me.worker.id: office.me.name}
    for each in kept:
        ids = {each.author_id, *(change.by for change in each.changes.values())}
        ids |= {one.by for one in (each.signed, each.in_error, *each.amendments) if one is not None}
        ids |= set(_workers_in(each))
        named |= {id_: office.configuration.worker_name(id_) for id_ in ids if is_id(id_) and id_ not in named}
    return named


def _workers_in(record: Record) -> Iterator[str]:
    kind = KINDS.get(record.kind)
    for each in kind.fields if kind else ():
        if each.shape is Shape.WORKER and record.body.get(each.name):
            yield str(record.body[each.name])
