"""Streams the current state of family files: records as stored lines, then the line that closes each file.

Consistent without holding a snapshot open while a slow laptop reads: each piece of 500 lines is read in a transaction
of its own, in order of number. A record that changes meanwhile moves to a higher number, so it is met again further on
and the later line wins; since a file's number order is its commit order, nothing can appear behind the place already
reached. The closing line is taken from the same snapshot as the piece that came up short, so cursor, count and digest
are those of exactly what the laptop has then received. A file that leaves the caseload in between is not closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec
import zstandard
from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse
from sqlalchemy import Connection

from sf_council.api import scope
from sf_council.api.council import Council
from sf_council.api.exchange.bodies import LEVEL, decoded, reads_zstd
from sf_council.api.exchange.openapi import documented, signed_in
from sf_council.api.identity.signatures import Proven, proven
from sf_council.api.scope import Caller
from sf_council.database.family import events, families
from sf_record.wire.proof import LINES, PROVED_LINES_BYTES, LinesSoFar
from sf_record.wire.rounds import FamilyState, PullEnd, PullProof, PullRequest

router = APIRouter()
_PROVES_LINES = 3  # the protocol since which a stream is proved


@router.post(
    "/v1/pull",
    **documented(
        "Stream family files",
        takes=PullRequest,
        streams=PullEnd,
        declines=signed_in("version_refused", "version_ahead"),
    ),
)
async def pull(request: Request, asked: Proven = Depends(proven)) -> StreamingResponse:
    """Stream what the laptop lacks of the family files in scope: all of those that it does not name.

    One that it names with the council's own number is left out, one out of scope is passed over in silence, and one
    that it names with a number that no event here has (a backup was restored) is streamed from its beginning.
    """
    wanted = decoded(request, asked.body, PullRequest)
    known = wanted.cursors
    council, caller = asked.council, asked.caller
    cursors = await council.database.writing(lambda connection: _begin(connection, council, caller, known))
    lines = _Stream(council, caller).pieces(cursors)
    if wanted.protocol >= _PROVES_LINES:
        lines = _proved(council, request.headers["signature"], lines)
    if not reads_zstd(request):
        return StreamingResponse(lines, media_type="application/x-ndjson")
    headers = {"Content-Encoding": "zstd", "Vary": "Accept-Encoding"}
    return StreamingResponse(_small(lines), media_type="application/x-ndjson", headers=headers)


def _after(cursor: int, seq: int) -> int:
    return cursor if 0 <= cursor <= seq else 0


def _begin(connection: Connection, council: Council, caller: Caller, known: Mapping[str, int]) -> dict[str, int]:
    """Return from which number each family file is streamed, and audit that it was asked for."""
    mine = scope.caseload(connection, caller, council.now())
    behind = [
        (row, _after(known.get(row.family_id, 0), row.seq)) for row in mine if known.get(row.family_id) != row.seq
    ]
    forgotten = events.forgotten(connection, council.id, behind)
    council.note(connection, caller, "pulled", code=str(len(mine)))
    return {row.family_id: 0 if row.family_id in forgotten else cursor for row, cursor in behind}


def _proved(council: Council, request_signature: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Put lines between that prove what stands before them: after each piece, and within one that is large."""
    so_far = LinesSoFar(request_signature)
    for part in (part for piece in pieces for part in _parts(piece)):
        so_far.add(part)
        proof = PullProof(proof=council.policy.sign(LINES, so_far.text()).signature)
        yield part + msgspec.json.encode(proof) + b"\n"


def _parts(piece: bytes) -> Iterator[bytes]:
    begin = 0
    while begin < len(piece):
        end = piece.find(b"\n", begin + PROVED_LINES_BYTES) + 1 or len(piece)
        yield piece[begin:end]
        begin = end


def _small(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Compress as one frame, with each piece readable as soon as it arrives."""
    packer = zstandard.ZstdCompressor(level=LEVEL).compressobj()
    for piece in pieces:
        yield packer.compress(piece) + packer.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
    yield packer.flush()


@dataclass(frozen=True, slots=True)
class _Piece:
    text: bytes
    reached: int
    is_last: bool
    count: int = 0  # records in it


@dataclass(frozen=True, slots=True)
class _Stream:
    council: Council
    caller: Caller

    def pieces(self, cursors: Mapping[str, int]) -> Iterator[bytes]:
        """Yield the lines of each family file after its cursor. Runs in a worker thread."""
        for family_id, cursor in cursors.items():
            reached, is_last = cursor, False
            while not is_last:
                piece = self.council.database.read(lambda c, f=family_id, r=reached: self._piece(c, f, r))  # type: ignore[misc]
                reached, is_last = piece.reached, piece.is_last
                if piece.count:
                    self.council.sendings.add(self.caller, {family_id: piece.count})
                yield piece.text

    def _piece(self, connection: Connection, family_id: str, reached: int) -> _Piece:
        if not scope.may_see(connection, self.caller, family_id, self.council.now()):
            return _Piece(b"", reached, is_last=True)
        most = self.council.pull_records
        lines = families.changed_after(connection, self.council.id, family_id, reached, most)
        text = b"".join(sent + b"\n" for sent in scope.lines_for(self.caller, lines))
        if len(lines) == most:
            return _Piece(text, lines[-1].seq, is_last=False, count=len(lines))
        until = scope.pack_days(connection, self.caller, self.council.now()).get(family_id, "")
        (row,) = families.states(connection, self.council.id, (family_id,))
        end = FamilyState(
            family_id=family_id, cursor=row.seq, seq=row.seq, count=row.record_count, digest=row.digest, until=until
        )
        return _Piece(text + msgspec.json.encode(PullEnd(end=end)) + b"\n", row.seq, is_last=True, count=len(lines))
