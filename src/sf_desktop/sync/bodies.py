"""Turns wire shapes into bytes and back: JSON, zstd, and bounds on both, so that nothing hostile is unpacked or believed."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import msgspec
import zstandard

from sf_record.wire import BODY_BYTES, COMPRESS_FROM_BYTES

T = TypeVar("T")

LINE_BYTES = 8_000_000  # one record of a stream, unpacked
WINDOW_BYTES = 8 << 20  # the memory that a stream may ask of the decompressor
LEVEL = 3
_PIECE = 64 << 10
_DECODERS: dict[Any, msgspec.json.Decoder[Any]] = {}


class Unreadable(Exception):
    """What came is not what the protocol says. Carries a code word, never what came."""


def encode(shape: Any) -> tuple[bytes, bool]:
    """Return a shape as it is sent, and whether it is compressed (only where that is worth it)."""
    plain = msgspec.json.encode(shape)
    if len(plain) < COMPRESS_FROM_BYTES:
        return plain, False
    return zstandard.ZstdCompressor(level=LEVEL).compress(plain), True


def decode(content: bytes, shape: type[T]) -> T:
    """Return the shape that JSON bytes hold; :class:`Unreadable` if they hold another."""
    decoder = _DECODERS.get(shape)
    if decoder is None:
        decoder = _DECODERS[shape] = msgspec.json.Decoder(shape)
    try:
        decoded: T = decoder.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        # The library's message quotes the path and type only, but what it says may change: say nothing of ours with it.
        raise Unreadable("malformed") from None
    return decoded


def unpacked(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Unpack an answer piece by piece, in bounded memory, whatever its size turns out to be."""
    if coding in ("", "identity"):
        yield from pieces
        return
    if coding != "zstd":
        raise Unreadable("coding")
    source = _Source(pieces)
    reader = zstandard.ZstdDecompressor(max_window_size=WINDOW_BYTES).stream_reader(source, read_across_frames=True)
    try:
        while piece := reader.read(_PIECE):
            yield piece
    except zstandard.ZstdError:
        raise Unreadable("compressed") from None


def whole(pieces: Iterable[bytes], limit: int = BODY_BYTES) -> bytes:
    """Join pieces; :class:`Unreadable` as soon as they exceed the limit."""
    content = bytearray()
    for piece in pieces:
        content += piece
        if len(content) > limit:
            raise Unreadable("too_large")
    return bytes(content)


def lines(pieces: Iterable[bytes], limit: int = LINE_BYTES) -> Iterator[bytes]:
    """Split pieces into lines; what follows the last line feed is a line cut short, so it is :class:`Unreadable`."""
    rest = b""
    for piece in pieces:
        *complete, rest = (rest + piece).split(b"\n")
        yield from complete
        if len(rest) > limit:
            raise Unreadable("too_large")
    if rest:
        raise Unreadable("cut")


class _Source(io.RawIOBase):
    """Pieces as a file that the decompressor reads from."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        super().__init__()
        self._pieces = iter(pieces)
        self._left = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while not self._left:
            try:
                self._left = next(self._pieces)
            except StopIteration:
                return b""
        size = len(self._left) if size < 0 else size
        piece, self._left = self._left[:size], self._left[size:]
        return piece
