"""Says of a vault's database whether it is whole: every page of it, and the chain of what was looked at."""

from __future__ import annotations

from sf_desktop.store.connection import Connection, maintenance, translated_database
from sf_desktop.store.tables import audit
from sf_record.errors import SfError
from sf_record.wire.audit import first_broken


def is_sound(connection: Connection) -> bool:
    """Check every page's authentication code and the database's structure; takes a while on a large vault."""
    try:
        with maintenance(connection), translated_database():
            bad_pages = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            verdict = connection.execute("PRAGMA integrity_check").fetchall()
    except SfError as cause:
        if cause.code == "vault_damaged":
            return False
        raise
    return not bad_pages and verdict == [("ok",)]


def first_broken_look(connection: Connection) -> int | None:
    """Return the number of the first row that is not as it was written; None for a whole chain."""
    rows = audit.rows_after(connection, 0)
    return first_broken(rows, audit.base(connection), audit.head(connection), may_resume=True)
