r"""Reads the content of an attachment that was handed in: chunks under the key that lay sealed, each proved.

::

    "SFATTACH1\n", then for each chunk of 256 KiB (the last may be shorter): nonce 12 | AES-256-GCM(chunk), tag 16
    AAD = "SFATTACH1\n" | the file's name | size of the whole 8 | how many chunks 4 | this chunk's number 4
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK_BYTES = 256 * 1024
_MAGIC = b"SFATTACH1\n"
_NONCE_BYTES = 12
_EXTRA_BYTES = _NONCE_BYTES + 16


def read(path: Path, key: bytes, size: int) -> Iterator[bytes] | None:
    """Yield the content chunk by chunk; None where the file is not there, not whole, or not this one."""
    try:
        chunks = list(_chunks(path, key, size))
    except (OSError, InvalidTag, ValueError):
        return None
    return iter(chunks)


def _chunks(path: Path, key: bytes, size: int) -> Iterator[bytes]:
    count = -(-size // CHUNK_BYTES)
    opener = AESGCM(key)
    with path.open("rb") as source:
        if source.read(len(_MAGIC)) != _MAGIC:
            raise ValueError("not a content")
        for number in range(count):
            sealed = source.read(min(CHUNK_BYTES, size - number * CHUNK_BYTES) + _EXTRA_BYTES)
            about = _MAGIC + path.name.encode() + struct.pack(">QII", size, count, number)
            yield opener.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], about)
