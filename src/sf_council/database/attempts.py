"""Slows down guessing of passwords: by username and address together, so that nobody can lock a colleague out."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from sf_council.database.dialect import insert_into
from sf_council.database.tables import attempt
from sf_record.dates import moment_text, read_moment

FREE_TRIES = 5
LONGEST = timedelta(minutes=5)
FORGOTTEN = timedelta(hours=1)


def wait(connection: Connection, council_id: str, who: str, at: datetime) -> timedelta:
    """Return how long this username from this address must wait before its next try: never more than five minutes."""
    asked = select(attempt).where(attempt.c.council_id == council_id, attempt.c.who == who)
    row = connection.execute(asked).one_or_none()
    if row is None or row.failures < FREE_TRIES:
        return timedelta(0)
    pause = min(timedelta(seconds=2 ** min(row.failures - FREE_TRIES, 20)), LONGEST)
    return max(read_moment(row.last_at) + pause - at, timedelta(0))


def failed(connection: Connection, council_id: str, who: str, at: datetime) -> None:
    """Count a failed try; those of more than an hour ago are forgotten, everybody's."""
    connection.execute(
        delete(attempt).where(attempt.c.council_id == council_id, attempt.c.last_at < moment_text(at - FORGOTTEN))
    )
    first = insert_into(connection, attempt).values(council_id=council_id, who=who, failures=1, last_at=moment_text(at))
    again = {"failures": attempt.c.failures + 1, "last_at": moment_text(at)}
    connection.execute(first.on_conflict_do_update(index_elements=["council_id", "who"], set_=again))


def succeeded(connection: Connection, council_id: str, who: str) -> None:
    """Forget the failed tries."""
    connection.execute(delete(attempt).where(attempt.c.council_id == council_id, attempt.c.who == who))


def key(username: str, address: str) -> str:
    """Return what the tries are counted under: a hash, so that no list of tried names is kept."""
    return hashlib.sha256(f"{username}\x1f{address}".encode()).hexdigest()
