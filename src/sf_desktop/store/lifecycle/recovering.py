"""Opens a vault whose passphrase is forgotten or whose key is missing, with the data key that its council gives back.

The laptop shows a fresh public key. The council opens the recovery slot with its offline key and seals the data key to
the laptop's. Nothing here is changed before that key has opened the database. Then the vault gets a new device secret,
a new passphrase and new slots around the same data key: everything in it stays, drafts too.
"""

from __future__ import annotations

import secrets as randomness
from base64 import b64decode, b64encode
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sf_desktop.store.connection import open_connection, translated_database
from sf_desktop.store.ending.wiping import mark_of
from sf_desktop.store.folder.files import translated
from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.folder.processlock import ProcessLock
from sf_desktop.store.keys.derivation import (
    DATABASE,
    KEY_BYTES,
    SALT_BYTES,
    Cost,
    Keys,
    Owner,
    derive_kek,
    new_key,
    overwrite,
    replace_device_secret,
)
from sf_desktop.store.keys.keyrings import SecretStore, probe
from sf_desktop.store.keys.labels import write_label
from sf_desktop.store.keys.slotfile import Slot, SlotHeader, new_slot
from sf_desktop.store.lease.beside import read_beside
from sf_desktop.store.sealed.sealing import open_sealed
from sf_desktop.store.tables import tokens
from sf_desktop.store.tables.tokens import Identity
from sf_desktop.store.unlock.lockout import forget_tries
from sf_desktop.store.unlock.slots import next_generation, write_slot
from sf_desktop.wording import error
from sf_record.errors import SfError
from sf_record.text.spoken import ANSWER, MisreadError, heard, request_code

CONTEXT = b"strengthening-families recovery answer 1|"
_REQUEST = "recovery"  # the private key of the request that was shown last, until it is answered


def request(home: VaultHome, secrets: SecretStore, *, anew: bool = False) -> str:
    """Return this laptop's request code; the same again until it is answered, so that one may come back to it."""
    probe(secrets)
    kept = None if anew else secrets.get(_REQUEST)
    private = X25519PrivateKey.from_private_bytes(b64decode(kept)) if kept else X25519PrivateKey.generate()
    secrets.set(_REQUEST, b64encode(private.private_bytes_raw()).decode())
    return request_code(private.public_key().public_bytes_raw(), home.vault_id.bytes)


def laptop_id(home: VaultHome, secrets: SecretStore) -> str:
    """Return the council's id of this laptop as far as it can be known without the keys; else nothing."""
    for path in (home.slot_a, home.slot_b):
        with translated():
            slot = Slot.read(path.read_bytes()) if path.exists() else None
        if slot is not None:
            return str(slot.header.owner.device)
    try:
        beside = read_beside(home, secrets)
    except SfError:
        return ""  # the key that it lies under is missing: that is why somebody is here
    return beside.tenure.lease.device_id if beside is not None else ""


def recover(home: VaultHome, secrets: SecretStore, answer: str, passphrase: str, cost: Cost | None = None) -> Keys:
    """Take the council's answer and the new passphrase (which the caller has checked); return the keys.

    Raises the VaultError that says why not, and has changed nothing then. A second or more: off the GUI thread.
    """
    if mark_of(home) is not None:
        raise error("wiped")
    dek = _data_key(home, secrets, answer)
    ProcessLock(home.lock).release()  # proves that no program has it open
    who = _opens(home, dek)
    owner = Owner(UUID(who.device_id), UUID(who.worker_id))
    generation = next_generation(home, secrets)
    # From here on the old passphrase opens nothing. Killed before the end: the same answer is given again.
    device_secret = new_key()
    replace_device_secret(secrets, device_secret)
    salt, price = randomness.token_bytes(SALT_BYTES), cost or Cost()
    keys = Keys(derive_kek(passphrase, device_secret, salt, price, owner), dek)
    overwrite(device_secret)
    write_slot(home, secrets, new_slot(SlotHeader(generation, price, salt, owner), keys.kek, keys.dek), keys)
    forget_tries(home, secrets)
    write_label(home, secrets, who.username)
    secrets.delete(_REQUEST)
    return keys


def _data_key(home: VaultHome, secrets: SecretStore, answer: str) -> bytearray:
    try:
        sealed = heard(ANSWER, answer)
    except MisreadError as misread:
        raise (error("code_misread", line=misread.line) if misread.line else error("code_short")) from None
    kept = secrets.get(_REQUEST)
    if kept is None:
        raise error("recovery_refused")
    try:
        dek = bytearray(open_sealed(b64decode(kept), sealed, CONTEXT + home.vault_id.bytes))
    except SfError:
        raise error("recovery_refused") from None
    if len(dek) != KEY_BYTES:
        raise error("recovery_refused")
    return dek


def _opens(home: VaultHome, dek: bytearray) -> Identity:
    """Prove that the key opens this vault, and return whose it is."""
    keys = Keys(bytearray(KEY_BYTES), dek)
    try:
        connection = open_connection(home.database, keys.subkey(DATABASE), create=False)
    except SfError as cause:
        if cause.code != "vault_damaged":
            raise
        raise error("recovery_refused") from None
    try:
        with translated_database():
            who = tokens.identity(connection)
    finally:
        connection.close()
    if who is None:
        raise error("not_enrolled")
    return who
