"""Tells support how this laptop stands, without unlocking anything: libraries, keyring, disk and vaults, no names."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from uuid import uuid4

from sf_desktop.paths import Paths
from sf_desktop.store.ending.setaside import all_set_aside
from sf_desktop.store.ending.wiping import unfinished, wiped_homes
from sf_desktop.store.folder.home import VaultHome, homes
from sf_desktop.store.hygiene import is_hardened
from sf_desktop.store.keys.keyrings import probe, system_secrets
from sf_desktop.store.lease.beside import read_beside
from sf_desktop.store.lease.reckoning import Term
from sf_desktop.store.sealed.outbox import count_entries
from sf_desktop.store.unlock.slots import has_slots
from sf_record.errors import SfError

_LIBRARIES = ("PySide6-Essentials", "sqlcipher3", "keyring", "cryptography", "argon2-cffi", "requests", "truststore")
_ROOM_BYTES = 500_000_000


def examine(paths: Paths) -> tuple[bool, tuple[str, ...]]:
    """Return whether all is well, and the lines to print. Holds ids, dates, sizes and counts only."""
    findings = (*_program(), *_disk(paths), *_keyring(), *_vaults(paths))
    return all(good for good, _ in findings), tuple(f"{'ok  ' if good else 'LOOK'} {line}" for good, line in findings)


def _program() -> Iterator[tuple[bool, str]]:
    yield True, f"python {platform.python_version()} on {platform.system()} {platform.release()}"
    for name in _LIBRARIES:
        try:
            yield True, f"{name} {version(name)}"
        except PackageNotFoundError:
            yield False, f"{name} is not installed"
    yield is_hardened(), "no core dump of this process can be made"


def _disk(paths: Paths) -> Iterator[tuple[bool, str]]:
    folder = next(each for each in (paths.data, *paths.data.parents) if each.is_dir())
    free = shutil.disk_usage(folder).free
    yield free > _ROOM_BYTES, f"{free // 1_000_000:,} MB free where the vaults lie"


def _keyring() -> Iterator[tuple[bool, str]]:
    try:
        probe(system_secrets(uuid4()))
    except SfError as error:
        yield False, f"keyring: {error.code}. {error.title}. {error.advice}"
    else:
        yield True, "the keyring keeps, gives back and forgets"


def _vaults(paths: Paths) -> Iterator[tuple[bool, str]]:
    found = homes(paths.vaults)
    yield True, f"{len(found)} vault(s) on this laptop"
    for home in found:
        yield from _vault(home)
    for aside in all_set_aside(paths.set_aside):
        yield False, f"set aside: {aside.home.vault_id}, {aside.unsent} sealed entries that can be handed in"
    for left in wiped_homes(paths.vaults):
        why, told = left.farewell.why, left.farewell.confirmed_at or "not yet told to the council"
        yield not left.sealed, f"cleared: {left.home.vault_id} on {left.farewell.wiped_at} ({why}), told: {told}"
        if left.sealed:
            yield False, f"cleared: {left.sealed} sealed entries can be handed in from {left.home.folder}"
    for home in unfinished(paths.vaults):
        yield False, f"cleared: {home.vault_id} is not finished; start the program with the keyring unlocked"


def _vault(home: VaultHome) -> Iterator[tuple[bool, str]]:
    sealed = count_entries(home.sealed_files)
    size = _size(home.database)
    yield size > 0, f"vault {home.vault_id}: made {home.created_at:%Y-%m-%d}, {size:,} bytes, sealed entries: {sealed}"
    if not has_slots(home):
        yield False, f"vault {home.vault_id}: its keys are destroyed or missing: recover, or hand in from {home.folder}"
    try:
        has_secret = system_secrets(home.vault_id).get("device-secret") is not None
    except SfError as error:
        yield False, f"vault {home.vault_id}: {error.code}"
    else:
        yield has_secret, f"vault {home.vault_id}: this laptop's half of the key is {'' if has_secret else 'not '}there"
        if has_secret:
            yield from _lease(home)
    yield from _content(home)


def _lease(home: VaultHome) -> Iterator[tuple[bool, str]]:
    """What lies beside the vault is read with the keyring's secret, not with the passphrase."""
    try:
        beside = read_beside(home, system_secrets(home.vault_id))
    except SfError as error:
        yield False, f"vault {home.vault_id}: lease {error.code}"
        return
    if beside is None:
        yield True, f"vault {home.vault_id}: no lease lies beside it, as after a recovery: the one within holds"
        return
    tenure, lease = beside.tenure, beside.tenure.lease
    words = f"council last heard {lease.began_at:%Y-%m-%d %H:%M} UTC, locks without it from {lease.locks_at:%Y-%m-%d}"
    is_open = tenure.term in {Term.OPEN, Term.WARN}
    yield is_open, f"vault {home.vault_id}: {words}, destroyed from {lease.wipes_at:%Y-%m-%d}; now: {tenure.term.value}"


def _content(home: VaultHome) -> Iterator[tuple[bool, str]]:
    """Count what can be counted from outside, and say what cannot: even how many families there are is encrypted."""
    files = [each for each in home.attachments.iterdir() if each.is_file()] if home.attachments.is_dir() else []
    yield True, f"vault {home.vault_id}: {len(files)} attachment file(s), {sum(map(_size, files)):,} bytes, encrypted"
    if home.database_next.exists():
        yield True, f"vault {home.vault_id}: a release was broken off; it goes on after the next unlocking"
    unknown = "family files, records, what is unsent and what leaves are known after unlocking only"
    where = "What is on this laptop (Ctrl+8), or at the council: sf-council device show"
    yield True, f"vault {home.vault_id}: {unknown}: {where}"


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
