"""Makes small pictures without a picture library: PNG by hand, and JPEG parts around given bytes."""

from __future__ import annotations

import random
import struct
import zlib


def png(width: int = 40, height: int = 30, seed: int = 1, *, more: tuple[tuple[bytes, bytes], ...] = ()) -> bytes:
    """Return a PNG of random colours; ``more`` are chunks put before its pixels."""
    noise = random.Random(seed)
    rows = b"".join(b"\0" + noise.randbytes(width * 3) for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), *more, (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, body) for name, body in parts)


def chunk(name: bytes, body: bytes) -> bytes:
    """Return one chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def exif(*, turned: int = 1, with_place: bool = True, taken: bytes = b"2026:11:20 14:30:00") -> bytes:
    """Return an Exif directory as a camera writes it: how it was turned, when, and (if asked) where."""
    taken += b"\0"
    first_at = 8
    count = 3 if with_place else 2
    inner_at = first_at + 2 + count * 12 + 4
    text_at = inner_at + 2 + 12 + 4
    place_at = text_at + len(taken)
    entries = [struct.pack("<HHIHH", 0x0112, 3, 1, turned, 0), struct.pack("<HHII", 0x8769, 4, 1, inner_at)]
    if with_place:
        entries.append(struct.pack("<HHII", 0x8825, 4, 1, place_at))
    first = struct.pack("<H", count) + b"".join(entries) + bytes(4)
    inner = struct.pack("<H", 1) + struct.pack("<HHII", 0x9003, 2, len(taken), text_at) + bytes(4)
    made = b"II*\0" + struct.pack("<I", first_at) + first + inner + taken
    if with_place:
        degrees_at = place_at + 2 + 2 * 12 + 4
        made += struct.pack("<H", 2) + struct.pack("<HHI4s", 1, 2, 2, b"N\0\0\0")
        made += struct.pack("<HHII", 2, 5, 3, degrees_at) + bytes(4)
        made += struct.pack("<IIIIII", 52, 1, 14, 1, 777, 100)
    return made


def with_exif(jpeg: bytes, tiff: bytes) -> bytes:
    """Return a JPEG with this Exif directory in front."""
    body = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]
