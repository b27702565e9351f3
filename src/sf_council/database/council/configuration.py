"""What the council decides for itself, in versions; the newest is sent to laptops as the bytes it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, func, insert, select

from sf_council.database.identity import workers
from sf_council.database.tables import configuration
from sf_record.configuration import Configuration
from sf_record.dates import moment_text

# Made once: every round asks.
_VERSION = select(func.max(configuration.c.version)).where(configuration.c.council_id == bindparam("of"))


def version(connection: Connection, council_id: str) -> int:
    """Return the newest version's number; 0 before there is one."""
    return connection.execute(_VERSION, {"of": council_id}).scalar_one() or 0


def line(connection: Connection, council_id: str) -> bytes:
    """Return the newest version as JSON."""
    asked = select(configuration.c.line).where(configuration.c.council_id == council_id)
    found = connection.execute(asked.order_by(configuration.c.version.desc()).limit(1)).scalar_one_or_none()
    return found if found is not None else msgspec.json.encode(Configuration(council_id=council_id))


def read(connection: Connection, council_id: str) -> Configuration:
    """Return the newest version."""
    return msgspec.json.decode(line(connection, council_id), type=Configuration)


def publish(connection: Connection, council_id: str, at: datetime, **changes: Any) -> int:
    """Write a new version with these changes and with the workers and teams of this moment; return its number."""
    number = version(connection, council_id) + 1
    changes |= {
        "version": number,
        "council_id": council_id,
        "workers": workers.names(connection, council_id),
        "teams": workers.teams(connection, council_id),
    }
    made = msgspec.json.encode(replace(read(connection, council_id), **changes))
    connection.execute(
        insert(configuration).values(council_id=council_id, version=number, line=made, at=moment_text(at))
    )
    return number
