"""Replaces the data key of a vault, so that what is left of old pages and old backups cannot be read.

The next key is wrapped beside the current one (pending) and on the disk before the database is re-keyed; only when the
database has opened under it is the old wrap dropped. After a kill in between, one of the two opens: see opening.py.
"""

from __future__ import annotations

from sf_desktop.store.connection import Connection, rekey
from sf_desktop.store.headcounter import pass_on
from sf_desktop.store.home import VaultHome
from sf_desktop.store.keyrings import SecretStore
from sf_desktop.store.keys import DATABASE, Keys, new_key, overwrite, subkey
from sf_desktop.store.slotfile import Slot, SlotHeader, new_slot, unwrap
from sf_desktop.store.slots import usable_slots, write_slot
from sf_desktop.wording import error
from sf_record.errors import SfError


def rotate(connection: Connection, home: VaultHome, secrets: SecretStore, keys: Keys) -> None:
    """Re-key the whole database under a fresh data key and drop the old one; takes as long as rewriting the file.

    On the vault thread, outside a transaction. If it fails part way the old key is still the one in use, or the next
    start finishes it. The recovery slot must be made anew afterwards (:func:`recovery.make_recovery_slot`), and what
    was encrypted under the old attachment key be encrypted again by the caller, before.
    """
    if keys.pending is not None:
        raise error(
            "vault_closed"
        )  # an earlier rotation was cut off after its last step but one: the next start ends it
    slot = _own_slot(home, secrets, keys)
    keys.pending = new_key()
    _write_pending(home, secrets, slot, keys)
    try:
        rekey(connection, subkey(keys.pending, DATABASE))
    except SfError:
        keep(home, secrets, keys, is_pending=False)
        raise
    keep(home, secrets, keys, is_pending=True)


def keep(home: VaultHome, secrets: SecretStore, keys: Keys, *, is_pending: bool) -> None:
    """Settle on the one of two keys that opens the database, and drop the other from both slots."""
    slot = _own_slot(home, secrets, keys)
    pending = keys.pending
    if pending is None:
        return
    dropped = keys.dek if is_pending else pending
    pass_on(secrets, home.vault_id.bytes, (keys.dek, pending), pending if is_pending else keys.dek)
    keys.dek, keys.pending = (pending if is_pending else keys.dek), None
    write_slot(home, secrets, new_slot(_next(slot), keys.kek, keys.dek), keys)
    overwrite(dropped)


def _write_pending(home: VaultHome, secrets: SecretStore, slot: Slot, keys: Keys) -> None:
    try:
        write_slot(home, secrets, new_slot(_next(slot), keys.kek, keys.dek, keys.pending), keys)
    except SfError:
        overwrite(keys.pending)
        keys.pending = None
        raise


def _own_slot(home: VaultHome, secrets: SecretStore, keys: Keys) -> Slot:
    """Return the newest slot, if these keys still open it: after a change of passphrase elsewhere they do not."""
    slot = usable_slots(home, secrets)[0]
    if unwrap(slot, keys.kek) is None:
        raise error("vault_closed")
    return slot


def _next(slot: Slot) -> SlotHeader:
    header = slot.header
    return SlotHeader(header.generation + 1, header.cost, header.salt, header.owner)
