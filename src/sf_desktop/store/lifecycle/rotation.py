"""Replaces the data key of a vault, so that what is left of old pages and old backups cannot be read.

The whole database is written anew into a second file under the next key. Only when that file is on the disk is the next
key wrapped beside the current one (pending); then one rename puts it in the old one's place, and when it has opened the
old wrap is dropped. After a kill in between, one of the two keys opens: see opening.py.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress

from sf_desktop.store.connection import Connection, export, translated_database
from sf_desktop.store.folder.files import open_private, sync_folder, translated
from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.keys.derivation import DATABASE, Keys, new_key, overwrite, subkey
from sf_desktop.store.keys.headcounter import pass_on
from sf_desktop.store.keys.keyrings import SecretStore
from sf_desktop.store.keys.slotfile import Slot, SlotHeader, new_slot, unwrap
from sf_desktop.store.lifecycle.migrating import safety_copy
from sf_desktop.store.tables import index
from sf_desktop.store.unlock.slots import usable_slots, write_slot
from sf_desktop.wording import error

TELL_EVERY_S = 0.1


class Watch:
    """Is asked while the file is written whether to stop, and tells how far it is, a few times a second."""

    def __init__(
        self,
        home: VaultHome,
        has_to_stop: Callable[[], bool],
        on_progress: Callable[[float], None],
        tell_every_s: float = TELL_EVERY_S,
    ) -> None:
        self._home, self._has_to_stop, self._on_progress = home, has_to_stop, on_progress
        self._tell_every_s, self._told_at = tell_every_s, time.monotonic()

    def should_stop(self) -> bool:
        now = time.monotonic()
        if now - self._told_at >= self._tell_every_s:
            self._told_at = now
            self._on_progress(self._part())
        return self._has_to_stop()

    def _part(self) -> float:
        with suppress(OSError):
            whole = max(1, self._home.database.stat().st_size)
            return min(1.0, self._home.database_next.stat().st_size / whole)
        return 0.0


def write_anew(
    connection: Connection,
    home: VaultHome,
    secrets: SecretStore,
    keys: Keys,
    watch: Watch,
    seal: Callable[[bytes], None] = lambda _: None,
) -> None:
    """Write the database under a fresh data key beside the one in use; ``keys.pending`` is that key afterwards.

    On the vault thread, outside a transaction. Until it returns nothing has changed: it can be broken off
    (``stopped``), killed or run out of disk. ``seal`` keeps the fresh key for a recovery before it is used.

    Then close the connection, :func:`put_in_place`, and open again.
    """
    if keys.pending is not None:
        raise error("vault_closed")  # an earlier rotation was cut off near its end: the next start ends it
    slot = _own_slot(home, secrets, keys)
    fresh = new_key()
    try:
        _merge_index(connection, watch)
        _write_file(connection, home, subkey(fresh, DATABASE), watch)
        seal(bytes(fresh))
        keys.pending = fresh
        write_slot(home, secrets, new_slot(_next(slot), keys.kek, keys.dek, fresh), keys)
    except BaseException:
        keys.pending = None
        overwrite(fresh)
        clear(home)
        raise


def put_in_place(home: VaultHome) -> None:
    """Let the new file be the database, in one step; the journal and any copy under the old key leave with the old one.

    Nobody has the database open now.
    """
    with translated():
        home.journal.unlink(missing_ok=True)
        safety_copy(home.database).unlink(missing_ok=True)
        home.database_next.replace(home.database)
        sync_folder(home.folder)


def clear(home: VaultHome) -> None:
    """Remove what a rotation that did not come to its end has left; where it cannot be removed the next one tries."""
    with suppress(OSError):
        home.database_next.unlink(missing_ok=True)


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


def generation(home: VaultHome, secrets: SecretStore) -> int:
    """Return the number of the key slot in use: it goes up with every key and every passphrase."""
    return usable_slots(home, secrets)[0].header.generation


def _merge_index(connection: Connection, watch: Watch) -> None:
    """Let the words that were taken out of the search index leave it: it is written anew as it stands."""
    is_merged = False
    while not is_merged:
        if watch.should_stop():
            raise error("stopped")
        with translated_database():
            connection.execute("BEGIN IMMEDIATE")
            try:
                is_merged = index.merge_slice(connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise


def _write_file(connection: Connection, home: VaultHome, key: bytearray, watch: Watch) -> None:
    with translated():
        descriptor = open_private(home.database_next, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    try:
        export(connection, home.database_next, key, watch.should_stop)
        with translated():
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
    with translated():
        sync_folder(home.folder)


def _own_slot(home: VaultHome, secrets: SecretStore, keys: Keys) -> Slot:
    """Return the newest slot, if these keys still open it: after a change of passphrase elsewhere they do not."""
    slot = usable_slots(home, secrets)[0]
    if unwrap(slot, keys.kek) is None:
        raise error("vault_closed")
    return slot


def _next(slot: Slot) -> SlotHeader:
    header = slot.header
    return SlotHeader(header.generation + 1, header.cost, header.salt, header.owner)
