"""The council's own keys, in files that only their owner may read: policy (Ed25519), sealing and recovery (X25519)."""

from __future__ import annotations

import base64
import binascii
import errno
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sf_council.durable import sync_folder, write_new
from sf_record.errors import InputError
from sf_record.wire.orders import Signed, to_sign

_KEY_BYTES = 32
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What a laptop pins when it is enrolled, as base64."""

    policy: str
    sealing: str
    recovery: str


def make_keys(folder: Path) -> None:
    """Make the keys that are not there yet: only for a council of which no laptop has pinned any.

    The private recovery key may be taken off the server: its public half stays in ``recovery.pub``.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    private = ("policy.key", "sealing.key", *(() if (folder / "recovery.pub").exists() else ("recovery.key",)))
    for name in private:
        if not (folder / name).exists():
            _write(folder / name, os.urandom(_KEY_BYTES))
    if not (folder / "recovery.pub").exists():
        recovery = X25519PrivateKey.from_private_bytes(_key(folder / "recovery.key"))
        _write(folder / "recovery.pub", recovery.public_key().public_bytes_raw())


def public_keys(folder: Path) -> PublicKeys:
    """Return the public keys; InputError where one is missing or damaged. None is made."""
    policy = Ed25519PrivateKey.from_private_bytes(_key(folder / "policy.key"))
    sealing = X25519PrivateKey.from_private_bytes(_key(folder / "sealing.key"))
    return PublicKeys(
        policy=_text(policy.public_key().public_bytes_raw()),
        sealing=_text(sealing.public_key().public_bytes_raw()),
        recovery=_text(_key(folder / "recovery.pub")),
    )


class PolicySigner:
    """Signs what the council decides for one laptop, with the key that laptops pinned when they were enrolled."""

    def __init__(self, folder: Path) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(_key(folder / "policy.key"))

    def sign(self, what: str, text: str) -> Signed:
        """Return a statement (see ``sf_record.wire.orders``) with its signature."""
        return Signed(text=text, signature=_text(self._key.sign(to_sign(what, text))))


def sealing_key(folder: Path) -> bytes:
    """Return the private key to which laptops seal their unsent work."""
    return _key(folder / "sealing.key")


def _key(path: Path) -> bytes:
    """Read a key. One that is missing is never made here: laptops that have pinned it would believe no other."""
    try:
        key = base64.b64decode(path.read_bytes())
    except FileNotFoundError:
        raise InputError(
            "keys_missing",
            f"There is no {path.name} in {path.parent.absolute()}",
            "Laptops that are set up believe no other key, and would clear themselves at the end of their lease. Name"
            " the folder with --data, or put it back from its backup.",
        ) from None
    except binascii.Error:
        key = b""
    if len(key) != _KEY_BYTES:
        raise InputError(
            "key_damaged",
            f"{path.name} is damaged",
            "Put it back from a backup of its folder: laptops believe no other.",
        )
    return key


def _write(path: Path, key: bytes) -> None:
    """Write a key whole or not at all: a key that is there is never written over."""
    made = path.with_suffix(f".{os.urandom(8).hex()}.new")  # in a container every start has the same process id
    try:
        write_new(made, base64.b64encode(key) + b"\n")
        os.link(made, path)
        sync_folder(path.parent)
    except FileExistsError:
        pass  # another process of this council was quicker; its key is read
    finally:
        made.unlink(missing_ok=True)


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()


def take_recovery_key(folder: Path, to: Path) -> None:
    """Move the private recovery key into a new file and off the server; InputError if either cannot be."""
    private = folder / "recovery.key"
    if not private.exists():
        raise InputError(
            "recovery_gone",
            "The private recovery key is not here any more",
            "It was moved into a file before: look for that file, there is no other copy.",
        )
    try:
        write_new(to, private.read_bytes())
    except OSError as error:
        why = "There is a file of that name" if to.exists() else "There is no such folder, or it cannot be written to"
        if error.errno in _NO_ROOM:
            why = "There is no room for it"
        raise InputError(
            "file_refused",
            f"{why}: the key was not moved, and is where it was",
            "Name a file that is not there yet, in a folder that is and has room.",
        ) from error
    private.unlink()
