"""Reads a bundle that somebody chose, away from the window: proved part by part, and never more than its limits."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from sf_desktop.ops.attaching import intake
from sf_desktop.ops.bundle.file import Reading
from sf_desktop.ops.bundle.shapes import FORMAT, MANIFEST, RECORDS, VERSION, Manifest, Part, Records, content_name
from sf_desktop.store.tables import attachments
from sf_desktop.wording import error
from sf_record.ids import is_id
from sf_record.record import Record


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that holds together. Its contents are still in its file, each under its record's id."""

    path: Path
    manifest: Manifest
    workers: Mapping[str, str]
    records: tuple[Record, ...]
    contents: Mapping[str, Part]

    @property
    def family_id(self) -> str:
        return self.manifest.family_id

    @property
    def family(self) -> Record:
        return next(each for each in self.records if each.id == self.family_id)

    @property
    def size(self) -> int:
        """How many bytes its contents come to."""
        return sum(each.size for each in self.contents.values())


def read_bundle(path: str) -> Bundle:
    """Read and prove a bundle; InputError ``bundle_…`` where it is none, is too new, or is not as it was written."""
    zipped = Reading(Path(path))
    try:
        manifest = _manifest(zipped)
        parts = {each.name: each for each in manifest.files}
        if zipped.names != parts.keys() | {MANIFEST}:
            raise error("bundle_unsound")
        told = _records(_proved(zipped, parts[RECORDS]) if RECORDS in parts else b"")
        contents = _contents(told.records, parts)
        for part in contents.values():
            _proved(zipped, part)
    finally:
        zipped.close()
    _check(manifest, told)
    return Bundle(Path(path), manifest, told.workers, told.records, contents)


class Contents:
    """The contents of a bundle, read again one by one while it is brought in."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._zipped = Reading(bundle.path)

    def read(self, record: Record) -> bytes:
        """Return an attachment's content, proved once more: the file may have changed meanwhile."""
        return _proved(self._zipped, self._bundle.contents[record.id])

    def close(self) -> None:
        self._zipped.close()


def _manifest(zipped: Reading) -> Manifest:
    if MANIFEST not in zipped.names:
        raise error("bundle_unreadable")
    try:
        manifest = msgspec.json.decode(zipped.read(MANIFEST), type=Manifest)
    except msgspec.MsgspecError as cause:
        raise error("bundle_unreadable") from cause
    if manifest.format != FORMAT:
        raise error("bundle_unreadable")
    if manifest.version > VERSION:
        raise error("bundle_too_new")
    return manifest


def _proved(zipped: Reading, part: Part) -> bytes:
    content = zipped.read(part.name)
    if len(content) != part.size or hashlib.sha256(content).hexdigest() != part.sha256:
        raise error("bundle_changed")
    return content


def _records(text: bytes) -> Records:
    try:
        return msgspec.json.decode(text, type=Records)
    except (msgspec.MsgspecError, RecursionError) as cause:
        raise error("bundle_unsound") from cause


def _contents(kept: tuple[Record, ...], parts: Mapping[str, Part]) -> dict[str, Part]:
    """Return the part that each attachment names; one without its content, or with another's, is not sound."""
    found = {}
    for each in kept:
        if each.kind == attachments.KIND and each.body.get("sha256"):
            part = parts.get(content_name(each))
            if part is None or part.sha256 != each.body["sha256"]:
                raise error("bundle_unsound")
            found[each.id] = part
    return found


def _check(manifest: Manifest, told: Records) -> None:
    ids = [each.id for each in told.records]
    is_one = all(each.family_id == manifest.family_id for each in told.records) and told.family_id == manifest.family_id
    families = [each for each in told.records if each.kind == "family"]
    is_named = len(families) == 1 and families[0].id == manifest.family_id
    if not (is_one and is_named and len(set(ids)) == len(ids) == manifest.records and all(map(is_id, ids))):
        raise error("bundle_unsound")


def judged(record: Record, content: bytes) -> Record:
    """Return an attachment's record with what this program finds its content to be; InputError if not taken."""
    taken = intake.take(content, "")
    facts = {"media_type": taken.media_type, "size": len(content)}
    body = {name: value for name, value in record.body.items() if name != "kept_closed"}
    return replace(record, body={**body, **facts, **({"kept_closed": taken.closed} if taken.closed else {})})
