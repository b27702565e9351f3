"""Brings a vault's tables to what this program knows: each step one transaction, an encrypted copy made before."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from sf_desktop.store.connection import Connection, maintenance, translated_database
from sf_desktop.store.folder.files import open_private, sync_folder, translated
from sf_desktop.store.migrations import STEPS
from sf_desktop.wording import error

Step = Callable[[Connection], None]


def schema_version(connection: Connection) -> int:
    with translated_database():
        row = connection.execute("PRAGMA user_version").fetchone()
    return int(row[0]) if row else 0


def migrate(connection: Connection, database: Path, steps: Sequence[Step] = STEPS) -> int:
    """Run the steps that this vault lacks and return how many ran.

    ``vault_too_new`` where a newer program has been here. The copy lies beside the database, encrypted as it is, while
    the steps run. If one fails it has changed nothing; the copy stays until a later start has succeeded.
    """
    found = schema_version(connection)
    if found > len(steps):
        raise error("vault_too_new")
    missing = list(enumerate(steps, start=1))[found:]
    if missing and found > 0:
        _copy(connection, database, safety_copy(database))
    for number, step in missing:
        _run(connection, number, step)
    with translated():
        safety_copy(database).unlink(missing_ok=True)
    return len(missing)


def safety_copy(database: Path) -> Path:
    return database.with_name(database.name + ".before-upgrade")


def _run(connection: Connection, number: int, step: Step) -> None:
    with maintenance(connection), translated_database():
        connection.execute("BEGIN IMMEDIATE")
        try:
            step(connection)
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _copy(connection: Connection, database: Path, copy: Path) -> None:
    """Copy the encrypted file while nobody can write to it; nothing is decrypted on the way."""
    with translated_database():
        connection.execute("BEGIN IMMEDIATE")
    try:
        with translated(), database.open("rb") as source:
            target = open_private(copy, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
            with os.fdopen(target, "wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
                sink.flush()
                os.fsync(sink.fileno())
            sync_folder(copy.parent)
    except BaseException:  # half a copy is of no use, and on a full disk it would take the room that is left
        with suppress(OSError):
            copy.unlink()
        raise
    finally:
        with translated_database():
            connection.execute("ROLLBACK")
