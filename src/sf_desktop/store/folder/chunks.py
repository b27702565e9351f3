r"""Keeps one content as a file of encrypted chunks, so that any part of it can be read, proved, sent and gone on with.

::

    "SFATTACH1\n", then for each chunk of 256 KiB (the last may be shorter): nonce 12 | AES-256-GCM(chunk), tag 16
    AAD = "SFATTACH1\n" | the file's name | size of the whole 8 | how many chunks 4 | this chunk's number 4

The key is the file's own. A flipped bit, a chunk that is missing, moved or another file's, and a file under another's
name are all the same: damaged, and nothing of it is given out.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sf_desktop.store.folder.files import open_private, sync_folder, translated, write_all
from sf_desktop.wording import error

CHUNK_BYTES = 256 * 1024
_MAGIC = b"SFATTACH1\n"
_NONCE_BYTES = 12
_EXTRA_BYTES = _NONCE_BYTES + 16


def chunk_count(size: int) -> int:
    """Return how many chunks a content of this size has."""
    return -(-size // CHUNK_BYTES)


def write(path: Path, key: bytes, content: bytes) -> None:
    """Write a whole new file and return only when it is on the disk; after an error nothing is left of it."""
    with translated():
        descriptor = open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        try:
            write_all(descriptor, _MAGIC)
            for number in range(chunk_count(len(content))):
                chunk = content[number * CHUNK_BYTES : (number + 1) * CHUNK_BYTES]
                write_all(descriptor, _sealed(path, key, len(content), number, chunk))
            os.fsync(descriptor)
        except BaseException:
            os.close(descriptor)
            path.unlink(missing_ok=True)
            raise
        os.close(descriptor)
        sync_folder(path.parent)


def append(path: Path, key: bytes, size: int, offset: int, piece: bytes) -> int:
    """Add whole chunks from ``offset`` on, durably, and return how many bytes of content the file then holds.

    What a cut left after the last whole chunk is cut off.
    """
    with translated():
        descriptor = open_private(path, os.O_WRONLY | os.O_CREAT)
        try:
            if offset == 0:
                os.ftruncate(descriptor, 0)
                write_all(descriptor, _MAGIC)
            first = offset // CHUNK_BYTES
            os.ftruncate(descriptor, _place(first))
            os.lseek(descriptor, _place(first), os.SEEK_SET)
            for number in range(chunk_count(len(piece))):
                chunk = piece[number * CHUNK_BYTES : (number + 1) * CHUNK_BYTES]
                write_all(descriptor, _sealed(path, key, size, first + number, chunk))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if offset == 0:
            sync_folder(path.parent)
    return offset + len(piece)


def read(path: Path, key: bytes, size: int) -> bytes:
    """Return the whole content, proved. VaultError ``attachment_missing`` or ``attachment_damaged``."""
    return read_part(path, key, size, 0, size)


def read_part(path: Path, key: bytes, size: int, offset: int, length: int) -> bytes:
    """Return a part of the content, each chunk of it proved."""
    length = min(length, size - offset)
    if length <= 0:
        return b""
    first, last = offset // CHUNK_BYTES, (offset + length - 1) // CHUNK_BYTES
    start, end = _place(first), _place(last + 1)
    if not path.is_file():
        raise error("attachment_missing")
    with translated(), path.open("rb") as source:
        magic = source.read(len(_MAGIC))
        source.seek(start)
        sealed = source.read(end - start)
    if magic != _MAGIC:
        raise error("attachment_damaged")
    opened = bytearray()
    for number in range(first, last + 1):
        place = (number - first) * (CHUNK_BYTES + _EXTRA_BYTES)
        opened += _opened(path, key, size, number, sealed[place : place + CHUNK_BYTES + _EXTRA_BYTES])
    skipped = offset - first * CHUNK_BYTES
    if len(opened) < skipped + length:
        raise error("attachment_damaged")
    return bytes(opened[skipped : skipped + length])


def _place(number: int) -> int:
    return len(_MAGIC) + number * (CHUNK_BYTES + _EXTRA_BYTES)


def _sealed(path: Path, key: bytes, size: int, number: int, chunk: bytes) -> bytes:
    nonce = token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, chunk, _about(path, size, number))


def _opened(path: Path, key: bytes, size: int, number: int, sealed: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _about(path, size, number))
    except (InvalidTag, ValueError) as cause:
        raise error("attachment_damaged") from cause


def _about(path: Path, size: int, number: int) -> bytes:
    return _MAGIC + path.name.encode() + struct.pack(">QII", size, chunk_count(size), number)
