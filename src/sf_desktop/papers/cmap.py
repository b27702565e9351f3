"""Reads which characters a TrueType or OpenType font draws, from its map of them (cmap, formats 4 and 12)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_COLLECTION = b"ttcf"


def drawn_by(font: bytes) -> Iterator[int]:
    """Yield every character that a font draws, the first one of a collection. ValueError where it is no font."""
    try:
        start = struct.unpack_from(">I", font, 12)[0] if font[:4] == _COLLECTION else 0
        yield from _characters(font, start)
    except struct.error as cause:
        raise ValueError("no font") from cause


def _characters(font: bytes, start: int) -> Iterator[int]:
    tables = struct.unpack_from(">H", font, start + 4)[0]
    for number in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, start + 12 + 16 * number)
        if tag == b"cmap":
            yield from _mapped(font, offset)


def _mapped(font: bytes, start: int) -> Iterator[int]:
    for number in range(struct.unpack_from(">H", font, start + 2)[0]):
        at = start + struct.unpack_from(">I", font, start + 4 + 8 * number + 4)[0]
        match struct.unpack_from(">H", font, at)[0]:
            case 4:
                yield from _segments(font, at)
            case 12:
                yield from _groups(font, at)


def _segments(font: bytes, at: int) -> Iterator[int]:
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts, deltas, offsets = (
        struct.unpack_from(f">{count}H", font, at + 16 + 2 * count * place) for place in (1, 2, 3)
    )
    for number, (first, last) in enumerate(zip(starts, ends, strict=True)):
        here = at + 16 + 6 * count + 2 * number + offsets[number] - 2 * first
        for code in range(first, min(last + 1, 0xFFFF)):
            glyph = struct.unpack_from(">H", font, here + 2 * code)[0] if offsets[number] else code + deltas[number]
            if glyph & 0xFFFF:
                yield code


def _groups(font: bytes, at: int) -> Iterator[int]:
    for number in range(struct.unpack_from(">I", font, at + 12)[0]):
        first, last, _ = struct.unpack_from(">III", font, at + 16 + 12 * number)
        yield from range(first, last + 1)
