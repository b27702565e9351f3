"""Says which contents a family file's attachments name, wherever their events are: in the file, the tray or on hold."""

from __future__ import annotations

from sqlalchemy import Connection, select

from sf_council.database.tables import held, holding, record


def is_named(connection: Connection, council_id: str, family_id: str, sha256: str) -> bool:
    """Say whether an attachment of this family file, or one that waits to be decided upon, has this content.

    The hash is looked for in the lines as they are: what waits may be of a newer program.
    """
    wanted = sha256.encode()
    of_file = select(record.c.line).where(
        record.c.council_id == council_id, record.c.family_id == family_id, record.c.kind == "attachment"
    )
    in_tray = select(holding.c.line).where(holding.c.council_id == council_id, holding.c.family_id == family_id)
    on_hold = select(held.c.line).where(held.c.council_id == council_id, held.c.family_id == family_id)
    return any(wanted in row.line for asked in (of_file, in_tray, on_hold) for row in connection.execute(asked))
