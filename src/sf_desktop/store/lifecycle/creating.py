"""Makes a new vault: keyring proved first, then home, keys, database and head, and its card last of all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from sf_desktop.clock import Clock
from sf_desktop.store.connection import Connection, translated_database
from sf_desktop.store.folder.home import VaultHome, create_home, finish_home
from sf_desktop.store.keys.derivation import DEVICE_SECRET, HEAD_MAC, Cost, Keys, Owner, new_device_secret, overwrite
from sf_desktop.store.keys.headcounter import KeptHead
from sf_desktop.store.keys.keyrings import SecretStore, probe
from sf_desktop.store.keys.labels import write_label
from sf_desktop.store.lifecycle.opening import SEALING_KEY, head, open_database
from sf_desktop.store.unlock.recovery import make_recovery_slot
from sf_desktop.store.unlock.slots import destroy_slots
from sf_desktop.store.unlock.unlocking import make_keys
from sf_record.errors import SfError


@dataclass(frozen=True, slots=True)
class NewVault:
    """What a new vault is made from. The passphrase has been checked (passphrases.py); ``label`` names no family."""

    passphrase: str
    owner: Owner
    label: str = ""
    recovery_public_key: bytes | None = None
    sealing_public_key: bytes | None = None

    def __repr__(self) -> str:
        return "NewVault()"


def create_vault(
    vaults: Path, secrets_of: Callable[[UUID], SecretStore], new: NewVault, clock: Clock, cost: Cost | None = None
) -> tuple[VaultHome, Keys]:
    """Make a vault under the vaults folder and return it with its keys, for :meth:`Vault.open`.

    Refused without a real keyring, before anything is made. Whatever fails, nothing of it is left behind. Takes about a
    second (Argon2id): off the GUI thread.
    """
    home = VaultHome(vaults / uuid4().hex)
    secrets = secrets_of(home.vault_id)
    probe(secrets)
    try:
        create_home(home)
        keys = _fill(home, secrets, new, cost or Cost())
        finish_home(home, clock.now())
    except BaseException:
        unmake(home, secrets)
        raise
    return home, keys


def _fill(home: VaultHome, secrets: SecretStore, new: NewVault, cost: Cost) -> Keys:
    device_secret = new_device_secret(secrets)
    try:
        keys = make_keys(home, secrets, device_secret, new.passphrase, new.owner, cost)
    finally:
        overwrite(device_secret)
    if new.label:
        write_label(home, secrets, new.label)
    if new.recovery_public_key:
        make_recovery_slot(home, keys, new.recovery_public_key)
    connection = open_database(home, secrets, keys, create=True)
    try:
        if new.sealing_public_key:
            _pin(connection, new.sealing_public_key)
        KeptHead(secrets, home.vault_id.bytes, keys.subkey(HEAD_MAC)).write(head(connection))
    finally:
        connection.close()
    return keys


def _pin(connection: Connection, sealing_public_key: bytes) -> None:
    """Pinned before the card is written, so that no vault of a council's ever lives without its sealed outbox."""
    with translated_database():
        values = (SEALING_KEY, sealing_public_key)
        connection.execute("INSERT INTO meta (name, value) VALUES (?, ?)", values)


def unmake(home: VaultHome, secrets: SecretStore) -> None:
    """Remove a closed vault that never held a record. What cannot be removed has no card, so it is never offered."""
    with suppress(OSError):
        home.card.unlink(missing_ok=True)
    with suppress(SfError):
        destroy_slots(home)
    for name in (DEVICE_SECRET, "slot-generation", "tries", "tried", "head"):
        with suppress(SfError):
            secrets.delete(name)
    shutil.rmtree(home.folder, ignore_errors=True)
