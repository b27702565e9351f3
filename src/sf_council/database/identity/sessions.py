"""Signed-in laptops: short access tokens, and refresh tokens that can be used once."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from sf_council.database.tables import session, token
from sf_council.ids import fresh_id
from sf_record.dates import moment_text
from sf_record.wire.rounds import Tokens

ACCESS = timedelta(minutes=15)
REFRESH = timedelta(days=30)
_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Spent:
    """What became of a refresh token: fresh tokens, or why not (``unknown``, ``expired``, ``reused``)."""

    tokens: Tokens | None
    worker_id: str = ""
    why: str = ""


def start(connection: Connection, council_id: str, at: datetime, *, worker_id: str, device_id: str) -> Tokens:
    """Begin a session for a worker on a laptop; the laptop's older sessions end."""
    older = (session.c.council_id == council_id) & (session.c.device_id == device_id) & session.c.ended_at.is_(None)
    connection.execute(update(session).where(older).values(ended_at=moment_text(at), ended_why="replaced"))
    session_id = fresh_id(at)
    values = {"session_id": session_id, "worker_id": worker_id, "device_id": device_id, "created_at": moment_text(at)}
    connection.execute(insert(session).values(council_id=council_id, ended_at=None, ended_why=None, **values))
    return _issue(connection, council_id, session_id, at)


def refresh(connection: Connection, council_id: str, at: datetime, *, refresh_token: str, device_id: str) -> Spent:
    """Exchange a refresh token of this laptop; one that was used before ends its whole session.

    Except the one used last, while its successor has not been used: the answer that brought the successor may have been
    lost, and nobody must be locked out by that. The pair that was lost becomes worthless.
    """
    asked = (
        select(token, session.c.worker_id, session.c.ended_at)
        .join(session, (session.c.council_id == token.c.council_id) & (session.c.session_id == token.c.session_id))
        .where(
            token.c.council_id == council_id,
            token.c.token_hash == token_hash(refresh_token),
            token.c.purpose == "refresh",
            session.c.device_id == device_id,
        )
    )
    row = connection.execute(asked.with_for_update()).one_or_none()
    if row is None:
        return Spent(None, why="unknown")
    if row.used_at is not None and not _withdraw_successor(connection, council_id, row.session_id, row.token_hash):
        end(connection, council_id, row.session_id, at, "reused")
        return Spent(None, row.worker_id, "reused")
    if row.ended_at is not None or row.until <= moment_text(at):
        return Spent(None, row.worker_id, "expired")
    used = update(token).where(token.c.council_id == council_id, token.c.token_hash == row.token_hash)
    connection.execute(used.values(used_at=moment_text(at)))
    return Spent(_issue(connection, council_id, row.session_id, at), row.worker_id)


def _withdraw_successor(connection: Connection, council_id: str, session_id: str, used_hash: str) -> bool:
    """Make the pair worthless that this refresh token brought, if it was used last; False if a later one was used."""
    mine = (token.c.council_id == council_id) & (token.c.session_id == session_id)
    refreshes = select(token.c.token_hash, token.c.used_at).where(mine & (token.c.purpose == "refresh"))
    used = {row.token_hash: row.used_at for row in connection.execute(refreshes) if row.used_at is not None}
    used_last = [each for each, at in used.items() if at == max(used.values())]
    if used_last != [used_hash]:
        return False
    connection.execute(delete(token).where(mine & token.c.used_at.is_(None)))
    return True


def end(connection: Connection, council_id: str, session_id: str, at: datetime, why: str) -> None:
    """End a session; its tokens stop working at once."""
    ended = update(session).where(session.c.council_id == council_id, session.c.session_id == session_id)
    connection.execute(ended.values(ended_at=moment_text(at), ended_why=why))


def end_all(connection: Connection, council_id: str, worker_id: str, at: datetime, why: str) -> None:
    """End every session of a worker: each laptop asks for the password again, and keeps what it holds."""
    theirs = (session.c.council_id == council_id) & (session.c.worker_id == worker_id) & session.c.ended_at.is_(None)
    connection.execute(update(session).where(theirs).values(ended_at=moment_text(at), ended_why=why))


def token_hash(plain: str) -> str:
    """Return the hash under which a token is kept."""
    return hashlib.sha256(plain.encode()).hexdigest()


def _issue(connection: Connection, council_id: str, session_id: str, at: datetime) -> Tokens:
    mine = (token.c.council_id == council_id) & (token.c.session_id == session_id)
    # Used refresh tokens are kept until they expire, because a reuse must be noticed.
    connection.execute(delete(token).where(mine & (token.c.until <= moment_text(at))))
    tokens = Tokens(
        access_token=secrets.token_urlsafe(_TOKEN_BYTES),
        access_until=moment_text(at + ACCESS),
        refresh_token=secrets.token_urlsafe(_TOKEN_BYTES),
    )
    rows = [
        ("access", tokens.access_token, tokens.access_until),
        ("refresh", tokens.refresh_token, moment_text(at + REFRESH)),
    ]
    for purpose, plain, until in rows:
        values = {"token_hash": token_hash(plain), "session_id": session_id, "purpose": purpose, "until": until}
        connection.execute(insert(token).values(council_id=council_id, used_at=None, **values))
    return tokens
