"""The people who may sign in, and their teams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from sf_council.database.dialect import insert_into
from sf_council.database.tables import past_team, team, worker
from sf_council.ids import fresh_id
from sf_record.configuration import WorkerName
from sf_record.dates import moment_text
from sf_record.description import Role
from sf_record.rules.permissions import Worker


@dataclass(frozen=True, slots=True)
class Account:
    """A worker with what signing in needs."""

    worker: Worker
    username: str
    name: str
    password_hash: str
    is_disabled: bool


@dataclass(frozen=True, slots=True)
class NewWorker:
    """Somebody who is to sign in."""

    username: str
    name: str
    role: Role
    team_id: str | None
    password_hash: str


def account(connection: Connection, council_id: str, username: str) -> Account | None:
    """Return the account of a username; None if there is none. Case and outer spaces do not matter."""
    asked = select(worker).where(worker.c.council_id == council_id, worker.c.username == folded(username))
    row = connection.execute(asked).one_or_none()
    return None if row is None else _account(row)


def get(connection: Connection, council_id: str, worker_id: str) -> Worker | None:
    """Return a worker as they are now, whether or not they may still sign in."""
    asked = select(worker.c.worker_id, worker.c.role, worker.c.team_id)
    row = connection.execute(asked.where(worker.c.council_id == council_id, worker.c.worker_id == worker_id)).first()
    return None if row is None else Worker(row.worker_id, Role(row.role), row.team_id)


def username(connection: Connection, council_id: str, worker_id: str) -> str:
    """Return the name that a worker signs in with; nothing where there is none of that id."""
    asked = select(worker.c.username).where(worker.c.council_id == council_id, worker.c.worker_id == worker_id)
    return str(connection.execute(asked).scalar_one_or_none() or "")


def accounts(connection: Connection, council_id: str) -> Sequence[Account]:
    """Return all accounts, by username."""
    asked = select(worker).where(worker.c.council_id == council_id).order_by(worker.c.username)
    return [_account(row) for row in connection.execute(asked)]


def add(connection: Connection, council_id: str, at: datetime, new: NewWorker) -> str:
    """Add a worker and return the id; IntegrityError if the username is taken."""
    worker_id = fresh_id(at)
    connection.execute(
        insert(worker).values(
            council_id=council_id,
            worker_id=worker_id,
            username=folded(new.username),
            name=new.name,
            role=new.role.value,
            team_id=new.team_id,
            password_hash=new.password_hash,
            is_disabled=False,
            created_at=moment_text(at),
        )
    )
    return worker_id


def disable(connection: Connection, council_id: str, worker_id: str) -> None:
    """Let a worker no longer sign in; sessions end because every request asks."""
    _change(connection, council_id, worker_id, is_disabled=True)


def set_password(connection: Connection, council_id: str, worker_id: str, password_hash: str) -> None:
    """Replace the hash of a worker's password."""
    _change(connection, council_id, worker_id, password_hash=password_hash)


def set_team(connection: Connection, council_id: str, worker_id: str, team_id: str | None) -> None:
    """Move a worker to another team; which one it was before is kept."""
    before = get(connection, council_id, worker_id)
    if before is not None and before.team_id not in {None, team_id}:
        kept = insert_into(connection, past_team).values(
            council_id=council_id, worker_id=worker_id, team_id=before.team_id
        )
        connection.execute(kept.on_conflict_do_nothing())
    _change(connection, council_id, worker_id, team_id=team_id)


def add_team(connection: Connection, council_id: str, at: datetime, name: str) -> str:
    """Return the id of the team of this name, made if it is new."""
    asked = select(team.c.team_id).where(team.c.council_id == council_id, team.c.name == name)
    known = connection.execute(asked).scalar_one_or_none()
    if known is not None:
        return str(known)
    team_id = fresh_id(at)
    connection.execute(insert(team).values(council_id=council_id, team_id=team_id, name=name))
    return team_id


def teams(connection: Connection, council_id: str) -> dict[str, str]:
    """Return the names of all teams by id."""
    asked = select(team.c.team_id, team.c.name).where(team.c.council_id == council_id).order_by(team.c.name)
    return {row.team_id: row.name for row in connection.execute(asked)}


def names(connection: Connection, council_id: str) -> tuple[WorkerName, ...]:
    """Return all workers as colleagues see them, past ones too: old records still name them."""
    return tuple(
        WorkerName(id=each.worker.id, name=each.name, role=each.worker.role.value, team_id=each.worker.team_id)
        for each in accounts(connection, council_id)
    )


def folded(username: str) -> str:
    """Return the one spelling of a username that is stored and looked up."""
    return username.strip().casefold()


def _account(row: Row[tuple[object, ...]]) -> Account:
    person = Worker(row.worker_id, Role(row.role), row.team_id)
    return Account(person, row.username, row.name, row.password_hash, row.is_disabled)


def _change(connection: Connection, council_id: str, worker_id: str, **values: object) -> None:
    changed = update(worker).where(worker.c.council_id == council_id, worker.c.worker_id == worker_id)
    connection.execute(changed.values(**values))
