"""The contents of attachments, apart from rounds: up in pieces that go on where they stopped, down in ranges.

A content is addressed by its SHA-256 inside one family file. Whoever may read the file may fetch what its attachments
name; whoever wrote on a file that has moved since may still bring what that work names, and not read it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec
from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection

from sf_council.api import scope
from sf_council.api.exchange.openapi import documented, signed_in
from sf_council.api.identity.signatures import Proven, proven
from sf_council.api.problems import Declined
from sf_council.contents import Address
from sf_council.database.family import attachments
from sf_record.ids import is_id
from sf_record.wire.rounds import AttachmentState

router = APIRouter()
PATH = "/v1/families/{family_id}/attachments/{sha256}"
MOST_PIECE_BYTES = 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"[0-9]{1,10}")


@router.get(PATH, **documented("How much of a content is here", gives=AttachmentState, declines=signed_in("not_found")))
async def state(family_id: str, sha256: str, asked: Proven = Depends(proven)) -> Response:
    """Answer how far a content has come, for going on with it."""
    at = _address(asked, family_id, sha256)
    await _permit(asked, at, is_bringing=True)
    return _answer(await to_thread.run_sync(_state, asked, at))


@router.put(
    PATH,
    **documented(
        "Bring a piece of a content",
        takes=bytes,
        gives=AttachmentState,
        declines=signed_in("not_found", "content_differs"),
    ),
)
async def bring(
    request: Request, family_id: str, sha256: str, offset: str = "0", size: str = "0", asked: Proven = Depends(proven)
) -> Response:
    """Keep a piece at its place. With the last one the whole is proved; what is not what its address says is dropped.

    A piece that leaves a gap or is here already changes nothing: the answer says from where to go on.
    """
    del request
    at = _address(asked, family_id, sha256)
    piece = _Piece(at, _number(offset, "offset"), _number(size, "size"), asked.body)
    if piece.size > asked.council.attachment_bytes or len(piece.content) > MOST_PIECE_BYTES:
        raise Declined("body_too_large")
    if not piece.content or piece.offset + len(piece.content) > piece.size:
        raise Declined("body_invalid", fields=("size",))
    await _permit(asked, at, is_bringing=True)
    before, now, is_broken = await to_thread.run_sync(_keep, asked, piece)
    if is_broken:
        raise Declined("content_differs")
    if now.is_complete and not before:
        await _note(asked, at, "received_attachment")
    return _answer(now)


@router.get(PATH + "/content", **documented("Fetch a part of a content", declines=signed_in("not_found")))
async def fetch(
    family_id: str, sha256: str, offset: str = "0", length: str = "524288", asked: Proven = Depends(proven)
) -> Response:
    """Answer a range of a content that the caller may read. Each beginning is audited, and each part by itself."""
    at = _address(asked, family_id, sha256)
    start, most = _number(offset, "offset"), min(_number(length, "length"), MOST_PIECE_BYTES)
    await _permit(asked, at, is_bringing=False)
    part = await to_thread.run_sync(asked.council.contents.read, at, start, most)
    if not part:
        raise Declined("not_found")
    if asked.council.fetches.is_look((asked.caller.device_id, family_id, sha256), start, asked.council.now()):
        await _note(asked, at, "fetched_attachment")
    return Response(part, media_type="application/octet-stream")


@dataclass(frozen=True, slots=True)
class _Piece:
    at: Address
    offset: int
    size: int
    content: bytes


def _keep(asked: Proven, piece: _Piece) -> tuple[bool, AttachmentState, bool]:
    """Keep a piece; return whether all was here before, how it stands now, and whether the whole was not what it is."""
    contents = asked.council.contents
    if contents.is_complete(piece.at):
        return True, _state(asked, piece.at), False
    if contents.received(piece.at) == piece.offset:
        contents.put(piece.at, piece.offset, piece.content)
    is_broken = contents.received(piece.at) >= piece.size and not contents.complete(piece.at)
    return False, _state(asked, piece.at), is_broken


def _state(asked: Proven, at: Address) -> AttachmentState:
    contents = asked.council.contents
    return AttachmentState(received=contents.received(at), is_complete=contents.is_complete(at))


async def _permit(asked: Proven, at: Address, *, is_bringing: bool) -> None:
    """What is out of scope, and what no attachment of the family file names, is not there."""

    def is_allowed(connection: Connection) -> bool:
        caller, now, what = asked.caller, asked.council.now(), (at.council_id, at.family_id, at.sha256)
        if not scope.may_have_contents(caller):
            return False
        if is_bringing:
            may = scope.may_bring(connection, caller, at.family_id, at.sha256, now)
            return may and attachments.is_kept(connection, *what)
        return scope.may_see(connection, caller, at.family_id, now) and attachments.is_named(connection, *what)

    if not await asked.council.database.reading(is_allowed):
        raise Declined("not_found")


async def _note(asked: Proven, at: Address, what: str) -> None:
    council, caller = asked.council, asked.caller
    await council.database.writing(
        lambda connection: council.note(connection, caller, what, subject=at.family_id, code=at.sha256)
    )


def _address(asked: Proven, family_id: str, sha256: str) -> Address:
    if not is_id(family_id) or not _SHA256.fullmatch(sha256):
        raise Declined("not_found")
    return Address(asked.council.id, family_id, sha256)


def _number(text: str, name: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise Declined("body_invalid", fields=(name,))
    return int(text)


def _answer(state: AttachmentState) -> Response:
    return Response(msgspec.json.encode(state), media_type="application/json")
