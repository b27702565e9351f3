"""Slows down guessing of passwords: by username and address together, so that nobody can lock a colleague out."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from sf_council.database.dialect import insert_into
from sf_council.database.tables import attempt
from sf_record.dates import moment_text, read_moment

FREE_TRIES = 5
LONGEST = timedelta(minutes=5)
FORGOTTEN = timedelta(hours=1)


def begin(connection: Connection, council_id: str, who: str, at: datetime) -> timedelta:
    """Count a try before it is made, or return how long it must wait: never more than five minutes.

    The row is made first and locked until commit, so that tries made at the same time are counted one by one.
    """
    now, mine = moment_text(at), (attempt.c.council_id == council_id) & (attempt.c.who == who)
    _forget(connection, council_id, at)
    first = insert_into(connection, attempt).values(council_id=council_id, who=who, failures=0, last_at=now)
    connection.execute(first.on_conflict_do_nothing())
    row = connection.execute(select(attempt).where(mine).with_for_update()).one()
    pause = _pause(row.failures)
    left = read_moment(row.last_at) + pause - at if pause else pause
    if left > timedelta(0):
        return left
    connection.execute(update(attempt).where(mine).values(failures=row.failures + 1, last_at=now))
    return timedelta(0)


def _pause(failures: int) -> timedelta:
    if failures < FREE_TRIES:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - FREE_TRIES, 20)), LONGEST)


def _forget(connection: Connection, council_id: str, at: datetime) -> None:
    """Forget tries of more than an hour ago, everybody's."""
    old = (attempt.c.council_id == council_id) & (attempt.c.last_at < moment_text(at - FORGOTTEN))
    connection.execute(delete(attempt).where(old))


def succeeded(connection: Connection, council_id: str, who: str) -> None:
    """Forget the failed tries."""
    connection.execute(delete(attempt).where(attempt.c.council_id == council_id, attempt.c.who == who))


def key(username: str, address: str) -> str:
    """Return what the tries are counted under: a hash, so that no list of tried names is kept."""
    return hashlib.sha256(f"{username}\x1f{address}".encode()).hexdigest()
