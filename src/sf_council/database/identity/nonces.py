"""Remembers the nonces of signed requests, so that none is answered twice."""

from __future__ import annotations

from sqlalchemy import Connection, delete
from sqlalchemy.dialects import postgresql, sqlite

from sf_council.database.spelt import Spelt
from sf_council.database.tables import nonce

# Made once: every signed request asks.
_KEEP = Spelt(
    {
        "sqlite": sqlite.insert(nonce).on_conflict_do_nothing(),
        "postgresql": postgresql.insert(nonce).on_conflict_do_nothing(),
    }
)


def is_fresh(connection: Connection, council_id: str, device_id: str, value: str, until: int) -> bool:
    """Keep a laptop's nonce until a moment (seconds since 1970); False if it is kept already."""
    return _KEEP.changed(connection, council_id=council_id, device_id=device_id, nonce=value, until=until) == 1


def forget(connection: Connection, council_id: str, now: int) -> None:
    """Forget the nonces whose time is over."""
    connection.execute(delete(nonce).where(nonce.c.council_id == council_id, nonce.c.until < now))
