"""Looks through its own memory for its keys: while a vault is open and after it is closed. Prints the copies found."""

from __future__ import annotations

import gc
import secrets
import sys
from pathlib import Path

from sf_desktop.store.keys.derivation import DATABASE, Keys, overwrite
from tests.builders.vaults import BuiltVault, build_vault

_MASK = 0x5A


def masked(key: bytes | bytearray) -> bytes:
    """Remember a key so that remembering it is no copy of it."""
    return bytes(byte ^ _MASK for byte in key)


def copies(hidden: bytes) -> int:
    """Count the key's bytes and its hexadecimal in all memory that can be written to, less this function's own."""
    wanted = (masked(hidden), masked(hidden).hex().encode())
    found = 0
    with Path("/proc/self/maps").open() as maps, Path("/proc/self/mem").open("rb", 0) as memory:
        for line in maps.read().splitlines():
            place, rights = line.split()[:2]
            if "w" not in rights:
                continue
            start, end = (int(part, 16) for part in place.split("-"))
            memory.seek(start)
            content = memory.read(end - start)
            found += sum(content.count(text) for text in wanted)
            del content
    return found - len(wanted)


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
