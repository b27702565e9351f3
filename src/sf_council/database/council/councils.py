"""Which council this server serves: made on the first start, found again afterwards."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from sf_council.database.tables import council
from sf_council.ids import fresh_id
from sf_record.dates import moment_text
from sf_record.errors import InputError


def settle(connection: Connection, wanted: str | None, at: datetime) -> str:
    """Return the council's id; an empty database gets one. Else ``wanted``, where given, must be one that is there.

    A slip of the pen in it must begin no second council: from then on every command would ask which one is meant.
    """
    known = [row.council_id for row in connection.execute(select(council.c.council_id))]
    if wanted in known:
        return str(wanted)
    if wanted is None and len(known) == 1:
        return str(known[0])
    if known and wanted is None:
        raise InputError("council_ambiguous", "This database holds several councils", "Say which one with --council.")
    if known:
        raise InputError(
            "council_unknown",
            "This database holds no council of that id",
            f"It holds {', '.join(sorted(known))}: leave --council out, or name that. Nothing was changed.",
        )
    made = wanted or fresh_id(at)
    connection.execute(
        insert(council).values(council_id=made, created_at=moment_text(at), audit_count=0, audit_head="")
    )
    return made
