r"""Keeps the sealed outbox: an append-only file of unsent events that only the council can read.

::

    "SFSEALED1\n"
    then for each event: length 4 (of what follows up to the check) | id length 1 | id | sealed bytes | check 8
    then zeros, or nothing

The zeros are room, on the disk before it is needed: an entry that is written over them is flushed without a new length
of the file, which a file system flushes with a transaction of its own. A file that is closed ends with its last entry.
The check is the start of SHA-256 over all before it in the entry. A torn tail (a kill in the middle of an append) is
cut off: it was never acknowledged. Damage further in is stepped over where the next entry can be found.
"""

from __future__ import annotations

import os
import shutil
import struct
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sf_desktop.store.folder.files import open_private, replace_durably, sync_folder, translated, write_all
from sf_desktop.store.sealed.sealing import OVERHEAD_BYTES, Sealer

_MAGIC = b"SFSEALED1\n"
_CHECK_BYTES = 8
_LARGEST_BYTES = 64 << 20
_ROOM_BYTES, _LEAST_ROOM_BYTES = 1 << 20, 128 << 10
_LEAST_FREE_BYTES = 64 << 20  # on the disk: below, room is left to the database
_flush = getattr(os, "fdatasync", os.fsync)  # a length that has changed is flushed by it, too


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """One sealed event: its id can be read by anybody who has the file, its content only by the council."""

    event_id: str
    sealed: bytes

    def packed(self) -> bytes:
        name = self.event_id.encode()
        body = bytes([len(name)]) + name + self.sealed
        content = struct.pack(">I", len(body)) + body
        return content + sha256(content).digest()[:_CHECK_BYTES]


class SealedOutbox:
    """The file, open for appending. Used on the vault thread only."""

    def __init__(self, path: Path, public_key: bytes) -> None:
        self._path = path
        self._sealer = Sealer(public_key)
        self._ids = self._mend_tail()
        self._open()

    @property
    def event_ids(self) -> frozenset[str]:
        return frozenset(self._ids)

    def _open(self) -> None:
        with translated():
            self._descriptor = open_private(self._path, os.O_RDWR)
            self._end = self._size = os.fstat(self._descriptor).st_size
        self._wants_room = False  # before the first entry: a day of reading needs none

    def make_room(self) -> None:
        """After an append, where little room is left: put zeros behind the last entry, for those to come.

        Never the last room of a disk: an append goes on without.
        """
        if not self._wants_room or self._size - self._end >= _LEAST_ROOM_BYTES:
            return
        self._wants_room = False
        with suppress(OSError):
            try:
                if shutil.disk_usage(self._path.parent).free >= _LEAST_FREE_BYTES:
                    os.lseek(self._descriptor, self._size, os.SEEK_SET)
                    write_all(self._descriptor, bytes(_ROOM_BYTES))
                    os.fsync(self._descriptor)
                    self._size += _ROOM_BYTES
            except OSError:
                self._trim()

    def _trim(self) -> None:
        """Let the file end with its last entry."""
        os.ftruncate(self._descriptor, self._end)
        self._size = self._end

    def append(self, events: Collection[tuple[str, bytes]]) -> None:
        """Seal and append events and return only when they are on the disk; all of them or, after an error, none."""
        self._append([seal_entry(self._sealer, event_id, payload) for event_id, payload in events])
        self._ids.update(event_id for event_id, _ in events)

    def adopt(self, path: Path) -> None:
        """Append the entries of another sealed file as they are, but for those that are here already."""
        here = {(entry.event_id, entry.sealed) for entry in read_entries(self._path)}
        others = [entry for entry in read_entries(path) if (entry.event_id, entry.sealed) not in here]
        self._append([entry.packed() for entry in others])
        self._ids.update(entry.event_id for entry in others)

    def _append(self, entries: Sequence[bytes]) -> None:
        if not entries:
            return
        content = b"".join(entries)
        with translated():
            try:
                os.lseek(self._descriptor, self._end, os.SEEK_SET)
                write_all(self._descriptor, content)
                _flush(self._descriptor)
            except OSError:
                self._trim()
                raise
        self._end += len(content)
        self._size = max(self._size, self._end)
        self._wants_room = True

    def prune(self, event_ids: Collection[str]) -> None:
        """Drop events that the council holds and has backed up. The whole file is replaced at once."""
        if self._ids.isdisjoint(event_ids):
            return
        kept = [entry for entry in read_entries(self._path) if entry.event_id not in set(event_ids)]
        with translated():
            self._trim()  # should it not be replaced, what is appended next follows the last entry
        os.close(self._descriptor)  # Windows replaces no file that is open
        try:
            replace_entries(self._path, [entry.packed() for entry in kept])
        finally:
            self._open()
        self._ids = {entry.event_id for entry in kept}

    def close(self) -> None:
        self._sealer.forget()
        with suppress(OSError):
            self._trim()
        os.close(self._descriptor)

    def _mend_tail(self) -> set[str]:
        """Make the file if there is none, cut off what an interrupted append left, and return the ids of the rest."""
        ids: set[str] = set()
        with translated():
            descriptor = open_private(self._path, os.O_RDWR | os.O_CREAT)
            try:
                size = os.fstat(descriptor).st_size
                if size < len(_MAGIC):
                    os.ftruncate(descriptor, 0)
                    write_all(descriptor, _MAGIC)
                    sync_folder(self._path.parent)
                else:
                    whole = len(_MAGIC)
                    for end, name, _ in _whole_entries(self._path.read_bytes()):
                        ids.add(name)
                        whole = end
                    if whole < size:
                        os.ftruncate(descriptor, whole)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        return ids


def read_entries(path: Path) -> Iterator[SealedEntry]:
    """Read every whole entry of a sealed outbox, in the order of writing; needs no key, so it can be handed in."""
    with translated():
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            content = b""  # nothing was sealed, or it has just been taken away: not looked for first, then read
    for _, name, sealed in _whole_entries(content):
        yield SealedEntry(name, bytes(sealed))


def count_entries(files: Iterable[Path]) -> int:
    """Count what can be handed in from these files; one that is not there holds nothing."""
    return sum(1 for path in files for _ in read_entries(path))


def lost_bytes(path: Path) -> int:
    """Count the bytes of a sealed file that belong to no whole entry; none where it is sound, or not there."""
    whole = sum(len(each.packed()) for each in read_entries(path))
    with translated():
        content = path.read_bytes() if path.exists() else _MAGIC
    kept = whole + (len(_MAGIC) if content.startswith(_MAGIC) else 0)
    return max(0, len(content.rstrip(b"\0")) - kept)  # the last entry may itself end with zeros


def seal_entry(sealer: Sealer, event_id: str, payload: bytes) -> bytes:
    """Return one entry as it lies in a file."""
    if not 0 < len(event_id.encode()) < 256:
        raise ValueError("an event's id has 1 to 255 bytes")
    return SealedEntry(event_id, sealer.seal(payload, event_id.encode())).packed()


def replace_entries(path: Path, entries: Iterable[bytes]) -> None:
    """Put a file of these entries in the place of what was there: afterwards it is the old or the new one."""
    replace_durably(path, _MAGIC + b"".join(entries))


def _whole_entries(whole: bytes) -> Iterator[tuple[int, str, memoryview]]:
    """Yield where each whole entry ends, its id and its sealed bytes; after damage, look for the next byte by byte."""
    place = len(_MAGIC)
    content = memoryview(whole)
    used = len(whole.rstrip(b"\0"))
    while place < used:
        end = _entry_end(content, place)
        if end is None:
            place += 1
            continue
        name_end = place + 5 + content[place + 4]
        yield end, str(content[place + 5 : name_end], "utf-8", "replace"), content[name_end : end - _CHECK_BYTES]
        place = end


def _entry_end(content: memoryview, place: int) -> int | None:
    """Return where the entry at this place ends, or None where none is whole."""
    if place + 5 > len(content):
        return None
    (length,) = struct.unpack_from(">I", content, place)
    end = place + 4 + length + _CHECK_BYTES
    if not 1 + 1 + OVERHEAD_BYTES <= length <= _LARGEST_BYTES or end > len(content):
        return None
    checked = content[place : end - _CHECK_BYTES]
    return end if sha256(checked).digest()[:_CHECK_BYTES] == content[end - _CHECK_BYTES : end] else None
