"""Opens a vault's database: under the key that fits, brought to today's tables, and compared with the kept head."""

from __future__ import annotations

from enum import StrEnum

from sf_desktop.store.connection import CACHE_KIB, Connection, open_connection, translated_database
from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.keys.derivation import DATABASE, Keys, subkey
from sf_desktop.store.keys.headcounter import KeptHead
from sf_desktop.store.keys.keyrings import SecretStore
from sf_desktop.store.lifecycle.migrating import migrate
from sf_desktop.store.lifecycle.rotation import clear, keep
from sf_record.errors import SfError

SEALING_KEY = "sealing-public-key"


class Standing(StrEnum):
    """Whether this vault may be written to."""

    SOUND = "sound"
    ROLLED_BACK = "rolled_back"


def open_database(
    home: VaultHome, secrets: SecretStore, keys: Keys, *, create: bool = False, cache_kib: int = CACHE_KIB
) -> Connection:
    """Open (or, once in its life, create) the database and run what it lacks; the caller closes it."""
    connection = _under_the_right_key(home, secrets, keys, create=create, cache_kib=cache_kib)
    try:
        migrate(connection, home.database)
        clear(home)
    except BaseException:
        connection.close()
        raise
    return connection


def standing(connection: Connection, kept: KeptHead) -> Standing:
    """Compare the head in the database with the keyring's. One that is missing there counts as put back too."""
    known = kept.read()
    return Standing.SOUND if known is not None and head(connection) >= known else Standing.ROLLED_BACK


def head(connection: Connection) -> int:
    with translated_database():
        row = connection.execute("SELECT head FROM audit_state").fetchone()
    return int(row[0]) if row else 0


def raise_head(connection: Connection) -> int:
    """Count one more change, inside its transaction; return the new number."""
    row = connection.execute("UPDATE audit_state SET head = head + 1 RETURNING head").fetchall()
    return int(row[0][0])


def pinned_key(connection: Connection) -> bytes | None:
    """Return the council's sealing key, if this vault has been told it."""
    with translated_database():
        row = connection.execute("SELECT value FROM meta WHERE name = ?", (SEALING_KEY,)).fetchone()
    return bytes(row[0]) if row else None


def _under_the_right_key(
    home: VaultHome, secrets: SecretStore, keys: Keys, *, create: bool, cache_kib: int
) -> Connection:
    """After an interrupted rotation one of two keys fits: try both, and settle on it."""
    if keys.pending is None:
        return open_connection(home.database, keys.subkey(DATABASE), create=create, cache_kib=cache_kib)
    try:
        connection = open_connection(home.database, keys.subkey(DATABASE), create=create, cache_kib=cache_kib)
        is_pending = False
    except SfError as cause:
        if cause.code != "vault_damaged":
            raise
        pending = subkey(keys.pending, DATABASE)
        connection = open_connection(home.database, pending, create=create, cache_kib=cache_kib)
        is_pending = True
    try:
        keep(home, secrets, keys, is_pending=is_pending)
    except BaseException:
        connection.close()
        raise
    return connection
