"""Tells support how this laptop stands, without unlocking or changing anything: libraries, keyring, disk and vaults.

What is printed is sent on: it holds no name, and no path either, for that of a home folder names its person.
"""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from uuid import uuid4

from sf_desktop import wording
from sf_desktop.paths import Paths
from sf_desktop.store.ending.setaside import all_set_aside
from sf_desktop.store.ending.wiping import unfinished, wiped_homes
from sf_desktop.store.folder.home import VaultHome, homes
from sf_desktop.store.hygiene import is_hardened
from sf_desktop.store.keys.derivation import DEVICE_SECRET
from sf_desktop.store.keys.keyrings import probe, system_secrets
from sf_desktop.store.lease.beside import read_beside
from sf_desktop.store.lease.reckoning import Term
from sf_desktop.store.sealed.outbox import count_entries, lost_bytes
from sf_desktop.store.unlock.slots import unreadable_copies, usable_slots
from sf_record.errors import SfError

_LIBRARIES = ("PySide6-Essentials", "sqlcipher3", "keyring", "cryptography", "argon2-cffi", "requests", "truststore")
_ROOM_BYTES = 500_000_000


def examine(paths: Paths) -> tuple[bool, tuple[str, ...]]:
    """Return whether all is well, and the lines to print. Holds ids, dates, sizes, counts and what to do only."""
    is_readable, words = _folder(paths)
    findings = (*_program(), (is_readable, words), *_disk(paths), *_keyring(), *(_vaults(paths) if is_readable else ()))
    return all(good for good, _ in findings), tuple(f"{'ok  ' if good else 'LOOK'} {line}" for good, line in findings)


def _program() -> Iterator[tuple[bool, str]]:
    yield True, f"python {platform.python_version()} on {platform.system()} {platform.release()}"
    for name in _LIBRARIES:
        try:
            yield True, f"{name} {version(name)}"
        except PackageNotFoundError:
            yield False, f"{name} is not installed"
    yield is_hardened(), "no core dump of this process can be made"


def _folder(paths: Paths) -> tuple[bool, str]:
    """Say whether the program's data folder can be looked into by this account."""
    try:
        if not paths.data.exists():
            return True, "nothing was set up yet in this account: the program's data folder is not there"
        for folder in (paths.data, paths.vaults):
            for within in folder.iterdir() if folder.exists() else ():
                if within.is_dir():
                    next(within.iterdir(), None)  # a vault of another account lets nobody in
    except OSError as refused:
        why = f"the program's data folder cannot be read ({refused.strerror})"
        return False, f"{why}: it is another account's, or no folder. Sign in to the account in which it was set up."
    return True, "the program's data folder can be read"


def _disk(paths: Paths) -> Iterator[tuple[bool, str]]:
    folder = next(each for each in (paths.data, *paths.data.parents) if os.path.isdir(each))  # noqa: PTH112 - says False where nobody may look
    free = shutil.disk_usage(folder).free
    advice = "" if free > _ROOM_BYTES else ": nothing can be saved on a full disk. Free some space"
    yield free > _ROOM_BYTES, f"{free // 1_000_000:,} MB free where the vaults lie{advice}"


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
        try:
            yield from tuple(_vault(home))
        except OSError as refused:
            yield False, f"vault {home.vault_id}: cannot be read ({refused.strerror}): is it another account's?"
    for aside in all_set_aside(paths.set_aside):
        yield False, f"set aside: {aside.home.vault_id}, {aside.unsent} sealed entries that can be handed in"
    for left in wiped_homes(paths.vaults):
        why, told = left.farewell.why, left.farewell.confirmed_at or "not yet told to the council"
        yield not left.sealed, f"cleared: {left.home.vault_id} on {left.farewell.wiped_at} ({why}), told: {told}"
        if left.sealed:
            yield False, f"cleared: {left.sealed} sealed entries can be handed in from {_where(left.home)}"
    for home in unfinished(paths.vaults):
        yield False, f"cleared: {home.vault_id} is not finished; start the program with the keyring unlocked"


def _vault(home: VaultHome) -> Iterator[tuple[bool, str]]:
    sealed = count_entries(home.sealed_files)
    size = _size(home.database)
    yield size > 0, f"vault {home.vault_id}: made {home.created_at:%Y-%m-%d}, {size:,} bytes, sealed entries: {sealed}"
    if size == 0:
        yield False, _told(home, wording.error("vault_damaged"))
    lost = sum(map(lost_bytes, home.sealed_files))
    if lost or not home.sealed_outbox.exists():
        yield False, f"{_told(home, wording.error('sealed_damaged'))} ({lost:,} bytes are no whole entry)"
    try:
        secrets = system_secrets(home.vault_id)
        has_secret = secrets.get(DEVICE_SECRET) is not None
        if not has_secret:
            yield False, _told(home, wording.error("secret_missing"))
        usable_slots(home, secrets)
    except SfError as error:
        yield False, f"{_told(home, error)} What was not sent can be handed in from {_where(home)}."
    else:
        is_whole = unreadable_copies(home) == 0
        one = "one of the two copies of its key file is missing or damaged: unlock once, which makes it anew"
        yield is_whole, f"vault {home.vault_id}: {'its key file can be read' if is_whole else one}"
        if has_secret:
            yield True, f"vault {home.vault_id}: this laptop's half of the key is there"
            yield from _lease(home)
    yield from _content(home)


def _lease(home: VaultHome) -> Iterator[tuple[bool, str]]:
    """What lies beside the vault is read with the keyring's secret, not with the passphrase."""
    try:
        beside = read_beside(home, system_secrets(home.vault_id))
    except SfError as error:
        yield False, f"{_told(home, error)} (lease)"
        return
    if beside is None:
        is_there = home.lease.exists()
        why = "what lies beside it of its lease cannot be read" if is_there else "no lease lies beside it"
        yield not is_there, f"vault {home.vault_id}: {why}, as after a recovery: the one within holds, after unlocking"
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
    unknown = "family files, what is unsent, what leaves and whether it is sound within are known after unlocking only"
    where = "What is on this laptop (Ctrl+8), or at the council: sf-council device show"
    yield True, f"vault {home.vault_id}: {unknown}: {where}"


def _told(home: VaultHome, error: SfError) -> str:
    return f"vault {home.vault_id}: {error.code}. {error.title}. {error.advice}"


def _where(home: VaultHome) -> str:
    """Say where a vault lies, beneath the program's data folder."""
    return f"the folder {home.folder.parent.name}/{home.folder.name}"


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
