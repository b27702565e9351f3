"""Turns wire shapes into bytes and back: JSON, zstd, and bounds on both, so that nothing hostile is believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any, TypeVar, cast

import msgspec
import zstandard

from sf_record.wire.rounds import BODY_BYTES, COMPRESS_FROM_BYTES

T = TypeVar("T")

LINE_BYTES = 8_000_000  # one record of a stream, unpacked
WINDOW_BYTES = 8 << 20  # the memory that a stream may ask of the decompressor
LEVEL = 3
_PIECE = 64 << 10
_DECODERS: dict[Any, msgspec.json.Decoder[Any]] = {}


class UnreadableError(Exception):
    """What came is not what the protocol says. Carries a code word, never what came."""


def encode(shape: Any) -> tuple[bytes, bool]:
    """Return a shape as it is sent, and whether it is compressed (only where that is worth it)."""
    plain = msgspec.json.encode(shape)
    if len(plain) < COMPRESS_FROM_BYTES:
        return plain, False
    return zstandard.ZstdCompressor(level=LEVEL).compress(plain), True


def decode(content: bytes, shape: type[T]) -> T:
    """Return the shape that JSON bytes hold; :class:`UnreadableError` if they hold another."""
    decoder = _DECODERS.get(shape)
    if decoder is None:
        decoder = _DECODERS[shape] = msgspec.json.Decoder(shape)
    try:
        decoded: T = decoder.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        # The library's message quotes the path and type only, but what it says may change: say nothing of ours with it.
        raise UnreadableError("malformed") from None
    return decoded


def unpacked(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Unpack an answer piece by piece, in bounded memory, whatever its size turns out to be."""
    if coding in ("", "identity"):
        yield from pieces
        return
    if coding != "zstd":
        raise UnreadableError("coding")
    unpacker = zstandard.ZstdDecompressor(max_window_size=WINDOW_BYTES)
    reader = unpacker.stream_reader(cast("IO[bytes]", _Source(pieces)), read_across_frames=True)
    try:
        while piece := reader.read(_PIECE):
            yield piece
    except zstandard.ZstdError:
        raise UnreadableError("compressed") from None


def whole(pieces: Iterable[bytes], limit: int = BODY_BYTES) -> bytes:
    """Join pieces; :class:`UnreadableError` as soon as they exceed the limit."""
    content = bytearray()
    for piece in pieces:
        content += piece
        if len(content) > limit:
            raise UnreadableError("too_large")
    return bytes(content)


def lines(pieces: Iterable[bytes], limit: int = LINE_BYTES) -> Iterator[bytes]:
    """Split pieces into lines; what follows the last line feed was cut short: :class:`UnreadableError`."""
    rest = b""
    for piece in pieces:
        *complete, rest = (rest + piece).split(b"\n")
        yield from complete
        if len(rest) > limit:
            raise UnreadableError("too_large")
    if rest:
        raise UnreadableError("cut")


class _Source:
    """Pieces as the part of a file that the decompressor uses."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        while not self._left:
            try:
                self._left = next(self._pieces)
            except StopIteration:
                return b""
        size = len(self._left) if size < 0 else size
        piece, self._left = self._left[:size], self._left[size:]
        return piece
