"""Looks through its own memory for its keys: while a vault is open and after it is closed. Prints the copies found."""

from __future__ import annotations

import gc
import mmap
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

from sf_desktop.store.keys.derivation import DATABASE, Keys, overwrite
from tests.builders.vaults import BuiltVault, build_vault

_MASK = 0x5A


def masked(key: bytes | bytearray) -> bytes:
    """Remember a key so that remembering it is no copy of it."""
    return bytes(byte ^ _MASK for byte in key)


def copies(hidden: bytes) -> int:
    """Count the key's bytes and its hexadecimal in all memory that can be written to, less this function's own.

    What is looked through is read into a mapping of its own, which is not looked through: read into Python's memory, a
    part of it would stay there when it is freed and be counted as another copy.
    """
    wanted = (masked(hidden), masked(hidden).hex().encode())
    found = 0
    with Path("/proc/self/maps").open() as maps, Path("/proc/self/mem").open("rb", 0) as memory:
        for start, end in writable(maps.read()):
            with mmap.mmap(-1, end - start) as content:
                memory.seek(start)
                length = memory.readinto(content)
                found += sum(_count(content, text, length) for text in wanted)
    return found - len(wanted)


def writable(maps: str) -> Iterator[tuple[int, int]]:
    """Yield from where to where each mapping goes that can be written to, as /proc/self/maps tells."""
    for line in maps.splitlines():
        place, rights = line.split()[:2]
        if "w" in rights:
            start, end = (int(part, 16) for part in place.split("-"))
            yield start, end


def _count(content: mmap.mmap, text: bytes, length: int) -> int:
    count, place = 0, content.find(text, 0, length)
    while place >= 0:
        count, place = count + 1, content.find(text, place + 1, length)
    return count


def used_and_forgotten(built: BuiltVault, keys: Keys) -> None:
    """Derive and unwrap once more, so that what is freed stays: others are freed after it, and used first."""
    others = [secrets.token_bytes(32) for _ in range(4_000)]
    overwrite(keys.subkey(DATABASE))
    del others
    others = [secrets.token_bytes(32) for _ in range(4_000)]
    built.unlock().forget()
    del others


def main() -> None:
    built = build_vault(Path(sys.argv[1]))
    keys = built.unlock()
    database_key, data_key = masked(keys.subkey(DATABASE)), masked(keys.dek)
    control = secrets.token_bytes(32)
    vault = built.open(keys)
    used_and_forgotten(built, keys)
    gc.collect()
    print(copies(masked(control)), copies(database_key), copies(data_key))
    vault.close()
    del keys
    gc.collect()
    print(copies(masked(control)), copies(database_key), copies(data_key))


main()
