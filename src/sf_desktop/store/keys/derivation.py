"""Derives the vault's keys: from passphrase and device secret to the key that wraps, from the data key to the sub-keys.

::

    passphrase --Argon2id--> A;  device secret D in the keyring
    KEK = HKDF-SHA256(A || D, info = version | device | user)
    DEK (32 random), wrapped under the KEK in the slots
    DEK -> HKDF -> database key, attachment key, head-counter MAC key
"""

from __future__ import annotations

import secrets
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sf_desktop.store.keys.keyrings import SecretStore
from sf_desktop.wording import error

KEY_BYTES = 32
SALT_BYTES = 16
VERSION = 1
DEVICE_SECRET = "device-secret"  # noqa: S105 - the name of the keyring entry


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a passphrase costs. It is written in the slot's header, so it can be raised later."""

    memory_kib: int = 256 * 1024
    passes: int = 3
    lanes: int = 4

    @property
    def is_allowed(self) -> bool:
        """Say whether a slot may be read at this cost: weaker is tampering, absurdly dearer is a trap."""
        return (
            FLOOR.memory_kib <= self.memory_kib <= 4 * 1024 * 1024
            and FLOOR.passes <= self.passes <= 64
            and 1 <= self.lanes <= 64
        )


FLOOR = Cost(memory_kib=64 * 1024, passes=3, lanes=4)


@dataclass(frozen=True, slots=True)
class Owner:
    """The laptop and the person that a key is for, as the council's opaque ids."""

    device: UUID
    user: UUID


class Keys:
    """The unlocked keys of one vault. They live until :meth:`forget`, which overwrites them.

    The KEK is kept beside the DEK because releasing a family file re-keys the vault without asking for the passphrase.
    Whoever can read one from memory can read the other, so nothing more is exposed.
    """

    def __init__(self, kek: bytearray, dek: bytearray, pending: bytearray | None = None) -> None:
        self.kek = kek
        self.dek = dek
        self.pending = pending

    def subkey(self, purpose: str) -> bytearray:
        """Return a fresh copy of one sub-key (see PURPOSES); the caller overwrites it after use."""
        return subkey(self.dek, purpose)

    def forget(self) -> None:
        for key in (self.kek, self.dek, self.pending):
            overwrite(key)


DATABASE = "database"
ATTACHMENT = "attachment"
HEAD_MAC = "head-counter"
PURPOSES = (DATABASE, ATTACHMENT, HEAD_MAC)


def subkey(dek: bytearray, purpose: str) -> bytearray:
    if purpose not in PURPOSES or len(dek) != KEY_BYTES:
        raise ValueError("no such sub-key")
    return _hkdf(dek, f"strengthening-families/{VERSION}/{purpose}".encode())


def derive_kek(passphrase: str, device_secret: bytearray, salt: bytes, cost: Cost, owner: Owner) -> bytearray:
    """Derive the key that wraps the data key. Takes about a second at the full cost: never on the GUI thread."""
    from argon2.low_level import Type, hash_secret_raw  # here and not at the start: the lock screen does without

    stretched = bytearray(
        hash_secret_raw(
            spelled(passphrase),
            salt,
            time_cost=cost.passes,
            memory_cost=cost.memory_kib,
            parallelism=cost.lanes,
            hash_len=KEY_BYTES,
            type=Type.ID,
        )
    )
    both = stretched + device_secret
    info = b"|".join((b"strengthening-families kek", bytes([VERSION]), owner.device.bytes, owner.user.bytes))
    kek = _hkdf(both, info)
    overwrite(stretched)
    overwrite(both)
    return kek


def spelled(passphrase: str) -> bytes:
    """Return the bytes of a passphrase: the same for every way that a keyboard composes the same letters."""
    return unicodedata.normalize("NFKC", passphrase).encode()


def new_key() -> bytearray:
    return bytearray(secrets.token_bytes(KEY_BYTES))


def new_device_secret(store: SecretStore) -> bytearray:
    """Make the laptop's half of the key, keep it in the keyring and prove that it is kept. Only for a new vault."""
    if store.get(DEVICE_SECRET) is not None:
        raise error("vault_exists")
    secret = new_key()
    store.set(DEVICE_SECRET, urlsafe_b64encode(secret).decode().rstrip("="))
    if read_device_secret(store) != secret:
        raise error("keyring_lies")
    return secret


def replace_device_secret(store: SecretStore, secret: bytearray) -> None:
    """Put a new half of the key in the place of a lost or used one, and prove that it is kept. Only in a recovery."""
    store.set(DEVICE_SECRET, urlsafe_b64encode(secret).decode().rstrip("="))
    if read_device_secret(store) != secret:
        raise error("keyring_lies")


def read_device_secret(store: SecretStore) -> bytearray:
    """Return the laptop's half of the key. Where it is missing there is no new one: the way on is a recovery."""
    text = store.get(DEVICE_SECRET)
    if text is None:
        raise error("secret_missing")
    try:
        secret = bytearray(urlsafe_b64decode(text + "="))
    except ValueError:
        secret = bytearray()
    if len(secret) != KEY_BYTES:
        raise error("keyring_lies")
    return secret


def overwrite(key: bytearray | None) -> None:
    """Fill a key with zeros in place."""
    if key is not None:
        key[:] = bytes(len(key))


def _hkdf(material: bytearray, info: bytes) -> bytearray:
    """Derive a key in place: bytes on the way would be freed as they are, and stay until that memory is used again."""
    derived = bytearray(KEY_BYTES)
    HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive_into(material, derived)
    return derived
