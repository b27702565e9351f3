"""Makes and checks the ids of records and events: UUID version 7 (RFC 9562), made where the thing is written.

What two people begin by themselves and mean as one has an id made of what it is about, version 5.
"""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID, uuid5

RANDOM_BYTES = 10
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def new_id(at: datetime, randomness: bytes) -> str:
    """Return a UUIDv7 as 36 lower-case characters, for a moment (UTC-aware) and ten random bytes.

    Ids of one laptop sort by the time they were made, to the millisecond.
    """
    if len(randomness) != RANDOM_BYTES:
        raise ValueError("ten random bytes are needed")
    milliseconds = int(at.timestamp() * 1000)
    noise = int.from_bytes(randomness, "big")
    value = (milliseconds & (1 << 48) - 1) << 80
    value |= 0x7 << 76
    value |= (noise >> 62 & 0xFFF) << 64
    value |= 0b10 << 62
    value |= noise & (1 << 62) - 1
    return str(UUID(int=value))


def id_about(family_id: str, *about: str) -> str:
    """Return the one id of what lies in a file under these words: whoever makes it, and whenever. ValueError: no id."""
    return str(uuid5(UUID(family_id), "|".join(about)))


def is_id(text: str) -> bool:
    """Say whether the text is a UUID in the one spelling that we write (36 characters, lower case)."""
    return _ID.fullmatch(text) is not None
