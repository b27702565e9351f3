r"""Reads a sealed outbox that was handed in: each whole entry in the order of writing, and where the file is damaged.

::

    "SFSEALED1\n"
    then for each event: length 4 (of what follows up to the check) | id length 1 | id | sealed bytes | check 8
    then zeros, or nothing: room that a laptop which was not closed had made for more
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

MAGIC = b"SFSEALED1\n"
_CHECK_BYTES = 8
_LEAST_BYTES = 2 + 65
_LARGEST_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One sealed entry: its id, and what only the council's key opens."""

    name: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes that are no whole entry: from where, and how many."""

    at: int
    size: int


def read(content: bytes) -> Iterator[Entry | Damage]:
    """Yield what a file holds; after damage, from the next place where a whole entry begins."""
    place = damaged_from = len(MAGIC) if content.startswith(MAGIC) else 0
    used = len(content.rstrip(b"\0"))
    while place < used:
        end = _end(content, place)
        if end is None:
            place += 1
            continue
        if damaged_from < place:
            yield Damage(damaged_from, place - damaged_from)
        name_end = place + 5 + content[place + 4]
        yield Entry(content[place + 5 : name_end].decode("utf-8", "replace"), content[name_end : end - _CHECK_BYTES])
        place = damaged_from = end
    if damaged_from < used:
        yield Damage(damaged_from, used - damaged_from)


def _end(content: bytes, place: int) -> int | None:
    """Return where the entry at this place ends; None where none is whole."""
    if place + 5 > len(content):
        return None
    (length,) = struct.unpack_from(">I", content, place)
    end = place + 4 + length + _CHECK_BYTES
    if not _LEAST_BYTES <= length <= _LARGEST_BYTES or end > len(content):
        return None
    check = sha256(memoryview(content)[place : end - _CHECK_BYTES]).digest()[:_CHECK_BYTES]
    return end if check == content[end - _CHECK_BYTES : end] else None
