"""Gives an open vault another data key or another passphrase, and keeps its recovery slot in step with the key."""

from __future__ import annotations

import logging
from base64 import b64decode

from sf_desktop.store.keys.derivation import Keys, overwrite
from sf_desktop.store.keys.slotfile import SlotHeader, new_slot
from sf_desktop.store.lifecycle.database import Database
from sf_desktop.store.lifecycle.rotation import Watch, clear, generation, put_in_place, write_anew
from sf_desktop.store.tables import meta, tokens
from sf_desktop.store.unlock.recovery import DUE, make_next_slot, make_recovery_slot
from sf_desktop.store.unlock.slots import usable_slots, write_slot
from sf_record.errors import SfError

_log = logging.getLogger(__name__)


def rotate(database: Database, watch: Watch) -> int:
    """Write the whole database anew under a fresh data key and go on with that; return its slot's generation.

    What was broken off (``stopped``) or failed has changed nothing, and the database is open as before.
    """

    def seal_next(dek: bytes) -> None:
        if public_key := _recovery_key(database):
            make_next_slot(database.home, dek, public_key)

    try:
        write_anew(database.connection, database.home, database.secrets, database.keys, watch, seal_next)
    except SfError as cause:
        if cause.code != "stopped":
            # A file that a full disk cut short stays attached, and spoils every later statement of this connection.
            database.reopen_around(clear)
        raise
    database.reopen_around(put_in_place)
    _seal_for_recovery(database)
    return generation(database.home, database.secrets)


def rewrap(database: Database, kek: bytearray, salt: bytes) -> None:
    """Put a new passphrase's KEK around the keys of this vault."""
    keys = database.keys
    before = usable_slots(database.home, database.secrets)[0].header
    header = SlotHeader(before.generation + 1, before.cost, salt, before.owner)
    fresh = Keys(kek, keys.dek, keys.pending)
    write_slot(database.home, database.secrets, new_slot(header, kek, fresh.dek, fresh.pending), fresh)
    overwrite(keys.kek)
    keys.kek = kek


def settle_recovery(database: Database) -> None:
    """After a rotation that was cut off: make the slot of the key that opened, and have the council get it."""
    try:
        _seal_for_recovery(database)
        meta.write(database.connection, DUE, "yes")
    except SfError as cause:  # a full disk keeps nobody from their records: tried at the next opening
        _log.warning("recovery_slot_waits code=%s", cause.code)


def _seal_for_recovery(database: Database) -> None:
    """The recovery slot holds the data key: it is made anew, for the council to have in place of the old one."""
    if public_key := _recovery_key(database):
        make_recovery_slot(database.home, database.keys, public_key)


def _recovery_key(database: Database) -> bytes:
    who = tokens.identity(database.connection)
    return b64decode(who.recovery_key) if who is not None else b""
