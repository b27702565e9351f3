"""Makes a small TrueType font by hand: every character it knows is drawn as a square."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_UNITS = 1000


def font(characters: str, family: str = "Pretend Square") -> bytes:
    """Return a font that draws these characters and nothing else."""
    square = _square()
    tables = {
        b"OS/2": _os2(characters),
        b"cmap": _cmap(sorted({ord(each) for each in characters})),
        b"glyf": square,
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh", 0x00010000, 0x00010000, 0, 0x5F0F3CF5, 3, _UNITS, 0, 0, 50, 0, 950, 900, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH", 0x00010000, 880, -120, 0, _UNITS, 50, 50, 950, 1, 0, 0, 0, 0, 0, 0, 0, 1
        ),
        b"hmtx": struct.pack(">Hh", _UNITS, 50) + struct.pack(">h", 50),
        b"loca": struct.pack(">III", 0, 0, len(square)),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x00010000, 2, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
        b"name": _names(family),
        b"post": struct.pack(">IIhhIIIII", 0x00030000, 0, -100, 50, 0, 0, 0, 0, 0),
    }
    return _file(tables)


def _square() -> bytes:
    corners = ((50, 0), (50, 900), (950, 900), (950, 0))
    steps = [
        (x - before_x, y - before_y) for (x, y), (before_x, before_y) in zip(corners, ((0, 0), *corners), strict=False)
    ]
    body = struct.pack(">hhhhhHH", 1, 50, 0, 950, 900, 3, 0) + bytes([1] * 4)
    body += b"".join(struct.pack(">h", x) for x, _ in steps) + b"".join(struct.pack(">h", y) for _, y in steps)
    return body + bytes(-len(body) % 4)


def _cmap(codes: Sequence[int]) -> bytes:
    groups = b"".join(struct.pack(">III", code, code, 1) for code in codes)
    table = struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, len(codes)) + groups
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + table


def _os2(characters: str) -> bytes:
    first, last = (min(0xFFFF, ord(each)) for each in (min(characters), max(characters)))
    head = struct.pack(">HhHHHhhhhhhhhhhh", 4, _UNITS, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 250, 0)
    return head + bytes(10) + struct.pack(
        ">IIII4sHHHhhhHHIIhhHHH", 0, 0, 0, 0, b"PRET", 64, first, last, 880, -120, 0, 880, 120, 0, 0, 500, 700, 0, 32, 1
    )  # fmt: skip


def _names(family: str) -> bytes:
    said = {1: family, 2: "Regular", 4: family, 6: family.replace(" ", "")}
    texts = {number: text.encode("utf-16-be") for number, text in said.items()}
    rows, at = b"", 0
    for number, text in texts.items():
        rows += struct.pack(">HHHHHH", 3, 1, 0x0409, number, len(text), at)
        at += len(text)
    return struct.pack(">HHH", 0, len(texts), 6 + len(rows)) + rows + b"".join(texts.values())


def _file(tables: dict[bytes, bytes]) -> bytes:
    head = struct.pack(">IHHHH", 0x00010000, len(tables), 128, 3, len(tables) * 16 - 128)
    at = len(head) + 16 * len(tables)
    directory, bodies = b"", b""
    for tag, body in sorted(tables.items()):
        whole = body + bytes(-len(body) % 4)
        total = sum(struct.unpack(f">{len(whole) // 4}I", whole)) & 0xFFFFFFFF
        directory += struct.pack(">4sIII", tag, total, at + len(bodies), len(body))
        bodies += whole
    return head + directory + bodies
