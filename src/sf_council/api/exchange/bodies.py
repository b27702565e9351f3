"""Reads what is sent and packs what is answered: bounded, zstd where large, decoded into the shapes of the wire."""

from __future__ import annotations

import threading
from typing import TypeVar

import msgspec
import zstandard
from fastapi import Request, Response

from sf_council.api.exchange.proving import note_plain
from sf_council.api.problems import Declined
from sf_record.wire.rounds import BODY_BYTES, COMPRESS_FROM_BYTES, OLDEST_PROTOCOL, PROTOCOL

T = TypeVar("T")
LEVEL = 3
_PACKERS = threading.local()
_WINDOW_BYTES = 8 * 1024 * 1024  # a frame that asks for more memory than this is refused


async def raw_body(request: Request) -> bytes:
    """Return the body as it was sent, at most BODY_BYTES of it; read once for each request."""
    pieces = []
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > BODY_BYTES:
            raise Declined("body_too_large")
        pieces.append(piece)
    return b"".join(pieces)


def unpacked(request: Request, raw: bytes) -> bytes:
    """Return the body without its packing; one that would grow beyond BODY_BYTES is refused before it does."""
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding == "identity":
        return raw
    if encoding != "zstd":
        raise Declined("encoding_unknown")
    try:
        with zstandard.ZstdDecompressor(max_window_size=_WINDOW_BYTES).stream_reader(raw) as reader:
            plain = reader.read(BODY_BYTES + 1)
    except (zstandard.ZstdError, MemoryError) as error:
        raise Declined("body_unreadable") from error
    if len(plain) > BODY_BYTES:
        raise Declined("body_too_large")
    return plain


def decoded(request: Request, raw: bytes, shape: type[T]) -> T:
    """Return the body as a shape of the wire."""
    try:
        found = msgspec.json.decode(unpacked(request, raw), type=shape)
    except msgspec.ValidationError as error:
        raise Declined("body_invalid", fields=_path(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Declined("body_unreadable") from error
    protocol = getattr(found, "protocol", PROTOCOL)
    if protocol > PROTOCOL:
        raise Declined("version_ahead")
    if protocol < OLDEST_PROTOCOL:
        raise Declined("version_refused")
    return found


def packed(request: Request, plain: bytes) -> Response:
    """Return an answer, with zstd if it is large and the laptop reads it."""
    if len(plain) < COMPRESS_FROM_BYTES or not reads_zstd(request):
        return Response(plain, media_type="application/json")
    note_plain(request, plain)
    small = _packer().compress(plain)
    headers = {"Content-Encoding": "zstd", "Vary": "Accept-Encoding"}
    return Response(small, media_type="application/json", headers=headers)


def _packer() -> zstandard.ZstdCompressor:
    """Return this thread's own: its memory is half a megabyte, and is not asked for again with each answer."""
    kept: zstandard.ZstdCompressor | None = getattr(_PACKERS, "one", None)
    if kept is None:
        kept = _PACKERS.one = zstandard.ZstdCompressor(level=LEVEL)
    return kept


def reads_zstd(request: Request) -> bool:
    """Say whether the laptop said that it reads zstd."""
    offered = request.headers.get("accept-encoding", "").lower().split(",")
    return any(each.split(";")[0].strip() == "zstd" and "q=0" not in each.replace("q=0.", "") for each in offered)


def _path(error: msgspec.ValidationError) -> tuple[str, ...]:
    """Return the place of what does not fit; the message itself may say more than belongs in an answer."""
    _, found, place = str(error).rpartition(" - at `")
    path = place.rstrip("`").removeprefix("$.").removeprefix("$")
    # A key of a mapping is what was sent: msgspec writes it as [...], and it stays so.
    return (path,) if found and path else ()
