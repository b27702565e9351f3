"""Says which contents a family file's attachments name: in the file, the tray, on hold, or returned to their author."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select

from sf_council.database.tables import event, held, holding, record
from sf_record.outcomes import Outcome

_RETURNED = "returned"


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


def is_kept(connection: Connection, council_id: str, family_id: str, sha256: str) -> bool:
    """Say whether the council keeps this content: one that is named, or of work that was returned to its author.

    Such work is in no file, so nobody reads its content from one; but its author's laptop may have let the family file
    go, and then the council's copy is the only one.
    """
    if is_named(connection, council_id, family_id, sha256):
        return True
    wanted = sha256.encode()
    of_none = select(event.c.line, event.c.outcome).where(
        event.c.council_id == council_id, event.c.family_id == family_id, event.c.seq.is_(None)
    )
    return any(wanted in row.line and _is_returned(row.outcome) for row in connection.execute(of_none))


def is_of(connection: Connection, council_id: str, family_id: str, sha256: str, author_id: str) -> bool:
    """Say whether something that this worker wrote in this family file names the content, whatever became of it."""
    wanted = sha256.encode()
    return any(
        wanted in line
        for table in (event, holding, held)
        for line in connection.execute(
            select(table.c.line).where(
                table.c.council_id == council_id, table.c.family_id == family_id, table.c.author_id == author_id
            )
        ).scalars()
    )


def _is_returned(outcome: bytes) -> bool:
    return msgspec.json.decode(outcome, type=Outcome).code == _RETURNED
