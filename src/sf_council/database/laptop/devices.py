"""The laptops that the council knows: how one is enrolled by a one-time code, and how it is revoked."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Row, insert, select, update

from sf_council.database.tables import device, enrolment_code, recovery_slot
from sf_council.ids import fresh_id
from sf_record.dates import moment_text


def keep_code(connection: Connection, council_id: str, worker_id: str, code: str, until: datetime) -> None:
    """Remember a one-time code, as a hash only."""
    values = {"code_hash": code_hash(code), "worker_id": worker_id, "until": moment_text(until), "device_id": None}
    connection.execute(insert(enrolment_code).values(council_id=council_id, **values))


def enrol(
    connection: Connection, council_id: str, at: datetime, *, worker_id: str, code: str, public_key: str
) -> str | None:
    """Return the id of the laptop that this code enrols; None if the code is unknown, another's, expired or used.

    The same laptop may ask again with the same code, because the answer to its first request may have been lost.
    """
    asked = select(enrolment_code).where(
        enrolment_code.c.council_id == council_id,
        enrolment_code.c.code_hash == code_hash(code),
        enrolment_code.c.worker_id == worker_id,
        enrolment_code.c.until > moment_text(at),
    )
    row = connection.execute(asked.with_for_update()).one_or_none()
    if row is None:
        return None
    if row.device_id is not None:
        known = get(connection, council_id, row.device_id)
        is_same = known is not None and known.public_key == public_key and known.revoked_at is None
        return str(row.device_id) if is_same else None
    device_id = fresh_id(at)
    values = {"device_id": device_id, "worker_id": worker_id, "public_key": public_key, "created_at": moment_text(at)}
    connection.execute(insert(device).values(council_id=council_id, revoked_at=None, **values))
    used = update(enrolment_code).where(
        enrolment_code.c.council_id == council_id, enrolment_code.c.code_hash == code_hash(code)
    )
    connection.execute(used.values(device_id=device_id))
    return device_id


def get(connection: Connection, council_id: str, device_id: str) -> Row[Any] | None:
    """Return a laptop's row."""
    asked = select(device).where(device.c.council_id == council_id, device.c.device_id == device_id)
    return connection.execute(asked).one_or_none()


def is_any(connection: Connection, council_id: str) -> bool:
    """Say whether a laptop was ever set up: from then on the council's keys are pinned."""
    asked = select(device.c.device_id).where(device.c.council_id == council_id).limit(1)
    return connection.execute(asked).one_or_none() is not None


def of_worker(connection: Connection, council_id: str, worker_id: str) -> frozenset[str]:
    """Return the ids of every laptop that a worker ever enrolled."""
    asked = select(device.c.device_id).where(device.c.council_id == council_id, device.c.worker_id == worker_id)
    return frozenset(connection.execute(asked).scalars())


def listed(connection: Connection, council_id: str) -> Sequence[Row[Any]]:
    """Return all laptops, oldest first."""
    asked = select(device).where(device.c.council_id == council_id).order_by(device.c.created_at, device.c.device_id)
    return connection.execute(asked).all()


def revoke(connection: Connection, council_id: str, device_id: str, at: datetime) -> bool:
    """Revoke a laptop; False if there is none of that id. A second time changes nothing."""
    if get(connection, council_id, device_id) is None:
        return False
    revoked = update(device).where(
        device.c.council_id == council_id, device.c.device_id == device_id, device.c.revoked_at.is_(None)
    )
    connection.execute(revoked.values(revoked_at=moment_text(at)))
    return True


def vouch(connection: Connection, council_id: str, device_id: str, worker_id: str, at: datetime) -> bool:
    """Know a laptop again as somebody's, revoked, by a key that nobody has; False where it is known already.

    For what it wrote, never for the laptop: its own key went with the database that knew it.
    """
    if get(connection, council_id, device_id) is not None:
        return False
    key = base64.b64encode(Ed25519PrivateKey.generate().public_key().public_bytes_raw()).decode()
    values = {"device_id": device_id, "worker_id": worker_id, "public_key": key, "created_at": moment_text(at)}
    connection.execute(insert(device).values(council_id=council_id, revoked_at=moment_text(at), **values))
    return True


def keep_slot(connection: Connection, council_id: str, device_id: str, slot: bytes, at: datetime) -> None:
    """Keep a laptop's recovery slot in place of the one before."""
    mine = (recovery_slot.c.council_id == council_id) & (recovery_slot.c.device_id == device_id)
    values = {"slot": slot, "stored_at": moment_text(at)}
    if connection.execute(update(recovery_slot).where(mine).values(**values)).rowcount == 0:
        connection.execute(insert(recovery_slot).values(council_id=council_id, device_id=device_id, **values))


def slot(connection: Connection, council_id: str, device_id: str) -> bytes | None:
    """Return a laptop's recovery slot."""
    asked = select(recovery_slot.c.slot).where(
        recovery_slot.c.council_id == council_id, recovery_slot.c.device_id == device_id
    )
    return connection.execute(asked).scalar_one_or_none()


def code_hash(code: str) -> str:
    """Return the hash under which a code is kept: case, spaces and dashes do not matter, as people type codes."""
    plain = "".join(each for each in code.upper() if each.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
