"""Takes back what has not left the laptop, and gives up what the council did not take: both stay readable here.

The sealed outbox is append-only and cannot be read here, so whatever is taken out of what is sent is followed there by
a withdrawal: ``{"withdrawn": id of the event}`` under an id of its own. Whoever imports the file leaves that event out.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from enum import StrEnum

from sf_desktop.store.connection import Connection
from sf_desktop.store.sql import Work, marks

# A settled conflict, and two records of one person that were taken apart.
_UNDONE = "(action = 'settle' OR (action = 'enter_in_error' AND kind = 'same_person'))"

# What stands in a family file stays there, and is sent again to a council that forgot it.
_GIVEN_UP = "CASE WHEN receipt_seq > 0 THEN 'with_council' ELSE 'set_aside' END"
_SHOWN_STILL = "CASE WHEN receipt_seq > 0 THEN is_shown ELSE 0 END"


def withdrawal(event_id: str) -> bytes:
    """Return what is sealed for an event that was taken back or given up."""
    return json.dumps({"withdrawn": event_id}).encode()


def withdraw(tx: Work, event_id: str, withdrawal_id: str) -> bool:
    """Take an event out of what is sent; False where it may have left, or something was built upon it."""
    changed = tx.connection.execute(
        "UPDATE outbox SET state = 'set_aside', is_shown = 0, code = 'withdrawn', withdrawn = ?"
        f" WHERE id = ? AND state = 'waiting' AND may_have_left = 0 AND {_UNDONE} AND NOT EXISTS"
        " (SELECT 1 FROM outbox AS later WHERE later.previous = outbox.id AND later.state <> 'set_aside')",
        (withdrawal_id, event_id),
    ).rowcount
    if changed:
        tx.seal(withdrawal_id, withdrawal(event_id))
    return bool(changed)


def give_up(tx: Work, event_id: str, withdrawal_id: str, reason: str) -> None:
    """Its author gives up an event that the council did not take. One with a receipt is the council's to keep."""
    sealed = tx.connection.execute(
        f"UPDATE outbox SET state = {_GIVEN_UP}, is_shown = {_SHOWN_STILL}, given_up = ?,"
        " withdrawn = CASE WHEN receipt_seq IS NULL THEN ? END WHERE id = ? AND state = 'needs_you'"
        " RETURNING withdrawn",
        (reason, withdrawal_id, event_id),
    ).fetchall()
    if sealed and sealed[0][0]:
        tx.seal(withdrawal_id, withdrawal(event_id))


def give_up_for_copy(tx: Work, event_id: str, reason: str) -> None:
    """Its words are in a draft now, which is sealed nowhere: so the sealed copy stays, and can be handed in."""
    tx.connection.execute(
        f"UPDATE outbox SET state = {_GIVEN_UP}, is_shown = {_SHOWN_STILL}, given_up = ?"
        " WHERE id = ? AND state = 'needs_you'",
        (reason, event_id),
    )


def unsealed(connection: Connection, sealed_ids: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the withdrawals that the sealed outbox lacks: after a kill between commit and append."""
    for event_id, withdrawal_id in connection.execute("SELECT id, withdrawn FROM outbox WHERE withdrawn IS NOT NULL"):
        if withdrawal_id not in sealed_ids:
            yield withdrawal_id, withdrawal(event_id)


def leaving(connection: Connection, event_ids: Collection[str]) -> frozenset[str]:
    """Note which of these are handed to the wire and can no longer be taken back; return those that could before.

    Little can ever be taken back, and only that is noted.
    """
    ids = tuple(event_ids)
    rows = connection.execute(
        f"UPDATE outbox SET may_have_left = 1 WHERE {_UNDONE} AND may_have_left = 0"
        f" AND id IN ({marks(len(ids))}) RETURNING id",
        ids,
    ).fetchall()
    return frozenset(str(each[0]) for each in rows)


def stayed(connection: Connection, event_ids: Collection[str]) -> None:
    """No connection was made: these have certainly not left, and can be taken back again."""
    connection.executemany("UPDATE outbox SET may_have_left = 0 WHERE id = ?", [(each,) for each in event_ids])


class Undo(StrEnum):
    """Whether something can be taken back, and why not."""

    POSSIBLE = "possible"
    BUILT_UPON = "built_upon"  # what was saved on the same record afterwards says what it saw
    MAY_HAVE_LEFT = "may_have_left"


def settled(connection: Connection) -> list[tuple[str, Undo]]:
    """Return what was settled here and waits to be sent, newest first, each with whether it can be taken back."""
    rows = connection.execute(
        "SELECT id, CASE WHEN may_have_left = 1 THEN 'may_have_left' WHEN EXISTS"
        " (SELECT 1 FROM outbox AS later WHERE later.previous = outbox.id AND later.state <> 'set_aside')"
        " THEN 'built_upon' ELSE 'possible' END"
        " FROM outbox WHERE state = 'waiting' AND action = 'settle' AND event <> '' ORDER BY number DESC"
    )
    return [(str(each[0]), Undo(each[1])) for each in rows]
