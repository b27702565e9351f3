"""Makes a vault's keys, unlocks them with a passphrase, and changes the passphrase."""

from __future__ import annotations

import secrets as randomness

from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.keys.derivation import (
    SALT_BYTES,
    Cost,
    Keys,
    Owner,
    derive_kek,
    new_key,
    overwrite,
    read_device_secret,
)
from sf_desktop.store.keys.keyrings import SecretStore
from sf_desktop.store.keys.slotfile import Slot, SlotHeader, new_slot, unwrap
from sf_desktop.store.unlock.lockout import MOST_TRIES, Lockout
from sf_desktop.store.unlock.slots import first_that_opens, has_slots, settle, usable_slots, write_slot
from sf_desktop.wording import error


def make_keys(
    home: VaultHome, secrets: SecretStore, device_secret: bytearray, passphrase: str, owner: Owner, cost: Cost
) -> Keys:
    """Make the keys of a new vault and write its slots. Never for a home that has slots or a database."""
    if has_slots(home) or home.database.exists():
        raise error("vault_exists")
    salt = randomness.token_bytes(SALT_BYTES)
    keys = Keys(derive_kek(passphrase, device_secret, salt, cost, owner), new_key())
    write_slot(home, secrets, new_slot(SlotHeader(1, cost, salt, owner), keys.kek, keys.dek), keys)
    return keys


def unlock(home: VaultHome, secrets: SecretStore, passphrase: str, lockout: Lockout) -> Keys:
    """Return the keys, or raise the VaultError that says why not, before the database is opened.

    Takes as long as Argon2id does (about a second at the full cost): call it off the GUI thread. Needs no network.
    """
    slot, keys = _tried(home, secrets, passphrase, lockout)
    settle(home, secrets, slot)
    lockout.right()
    return keys


def checked_change(
    home: VaultHome, secrets: SecretStore, lockout: Lockout, old: str, new: str
) -> tuple[bytearray, bytes]:
    """Try the old passphrase, which counts as a try, and derive what the new one wraps with: the KEK and its salt.

    For a vault that is open, which writes its slots itself (``Vault.rewrap``): none is written here, because the vault
    may have been given a new data key since they were read. The caller has checked the new passphrase.
    """
    _tried(home, secrets, old, lockout)[1].forget()
    lockout.right()
    header = usable_slots(home, secrets)[0].header
    device_secret = read_device_secret(secrets)
    salt = randomness.token_bytes(SALT_BYTES)
    kek = derive_kek(new, device_secret, salt, header.cost, header.owner)
    overwrite(device_secret)
    return kek, salt


def _tried(home: VaultHome, secrets: SecretStore, passphrase: str, lockout: Lockout) -> tuple[Slot, Keys]:
    """Count a try and make it; return the slot that opened, with its keys, or raise what stands in the way."""
    if lockout.tries >= MOST_TRIES:
        lockout.begin_try()  # raises: there are none left
    slots = usable_slots(home, secrets)
    device_secret = read_device_secret(secrets)
    lockout.begin_try()
    found = first_that_opens(slots, lambda slot: _opened(slot, passphrase, device_secret))
    overwrite(device_secret)
    if found is None:
        lockout.wrong()
        raise AssertionError("a wrong try always raises")
    return found


def _opened(slot: Slot, passphrase: str, device_secret: bytearray) -> Keys | None:
    header = slot.header
    kek = derive_kek(passphrase, device_secret, header.salt, header.cost, header.owner)
    opened = unwrap(slot, kek)
    return Keys(kek, *opened) if opened else None
