"""Takes in the contents of attachments that were handed in with a sealed file: only those that an attachment names."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import msgspec
from anyio import to_thread
from sqlalchemy import Connection

from sf_council import sealedcontent
from sf_council.api.council import Council
from sf_council.contents import Address
from sf_council.database.family import attachments
from sf_record.ids import is_id
from sf_record.wire.rounds import SealedAttachment


async def take_content(council: Council, folder: Path, payload: bytes, *, is_check: bool) -> str:
    """Return what became of a content: ``taken``, ``known``, ``missing``, ``damaged``, ``unnamed``, or ``readable``."""
    sealed = _sealed(payload)
    if sealed is None or sealed.size > council.attachment_bytes:
        return "damaged"
    at = Address(council.id, sealed.family_id, sealed.sha256)
    path = folder / sealed.file
    if await to_thread.run_sync(council.contents.is_complete, at):
        return "known"
    if not path.is_file():
        return "missing"
    if is_check:
        return "readable" if sealedcontent.read(path, b64decode(sealed.key), sealed.size) is not None else "damaged"

    def is_named(connection: Connection) -> bool:
        return attachments.is_named(connection, council.id, sealed.family_id, sealed.sha256)

    if not await council.database.reading(is_named):
        return "unnamed"
    return await to_thread.run_sync(_put, council, at, path, sealed)


def _put(council: Council, at: Address, path: Path, sealed: SealedAttachment) -> str:
    chunks = sealedcontent.read(path, b64decode(sealed.key), sealed.size)
    if chunks is None:
        return "damaged"
    council.contents.delete(at)  # what came of it before the laptop was lost may be cut into other pieces
    offset = 0
    for chunk in chunks:
        council.contents.put(at, offset, chunk)
        offset += len(chunk)
    return "taken" if council.contents.complete(at) else "damaged"


def _sealed(payload: bytes) -> SealedAttachment | None:
    """Read what was sealed; a file's name is a name, and never a way to another folder."""
    try:
        found = msgspec.json.decode(payload, type=SealedAttachment)
        is_sound = len(b64decode(found.key, validate=True)) == 32
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    is_hash = len(found.sha256) == 64 and found.sha256.isalnum()
    return (
        found if is_sound and is_hash and found.file.isalnum() and is_id(found.family_id) and found.size > 0 else None
    )
